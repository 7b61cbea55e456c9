"""Write a plan's files."""

from collections.abc import Iterator
from pathlib import Path

from meetsched.domain.cells import CsvDialect
from meetsched.domain.difference import Difference
from meetsched.domain.instance import Instance
from meetsched.domain.plan import Plan
from meetsched.errors import OutputError
from meetsched.export import plan_document
from meetsched.service.writing import check_folder, write_files

__all__ = ["check_baseline", "check_target", "export", "plan_document", "publish"]

_PLAN_NAME = "plan.json"
_CHANGES_NAME = "changes.csv"
_DERIVED_NAMES = ("plan.ics", "meetings.csv", "duties.csv", "plan.xlsx", "plan.html")


def check_target(instance: Path, folder: Path, *, with_plan: bool = True) -> None:
    """Tell early that a plan's files cannot be written into a folder; `with_plan`, itself among them.

    Raises
    ------
    OutputError
        The folder cannot be used, or one of the files would replace that of the instance.
    """
    check_folder(folder)
    for target in _targets(folder, with_plan=with_plan):
        if target.exists() and target.samefile(instance):
            raise OutputError(
                f"{target} is the instance, which the plan would replace; choose another folder"
            )


def check_baseline(baseline: Path, folder: Path) -> None:
    """Tell early that a plan's files would replace the published plan, which is then lost.

    Raises
    ------
    OutputError
        One of the files would.
    """
    for target in _targets(folder, with_plan=True):
        if target.exists() and target.samefile(baseline):
            raise OutputError(
                f"{target} is the published plan, which the new one would replace; choose another folder, "
                "or ask for it with --replace"
            )


def _targets(folder: Path, *, with_plan: bool) -> Iterator[Path]:
    names = (*((_PLAN_NAME, _CHANGES_NAME) if with_plan else ()), *_DERIVED_NAMES)
    yield from (folder / name for name in names)


def publish(
    instance: Instance,
    plan: Plan,
    folder: Path,
    dialect: CsvDialect = CsvDialect.RFC4180,
    difference: Difference | None = None,
) -> tuple[Path, ...]:
    """Write a plan with all that is made of it: all files or, after an OutputError, none.

    Parameters
    ----------
    difference : Difference, optional
        What changed from the plan published before; it is then told, too.

    Returns
    -------
    tuple of Path
        ``plan.json``, ``plan.ics``, ``meetings.csv``, ``duties.csv``, ``plan.xlsx``, ``plan.html``; and
        ``changes.csv`` where there is a difference to tell.
    """
    contents = {_PLAN_NAME: plan_document(plan)} | _derived(instance, plan, dialect, difference)
    if difference is not None:
        from meetsched.export import changes_table

        contents[_CHANGES_NAME] = changes_table(instance, difference, dialect)
    return write_files(folder, contents)


def export(
    instance: Instance, plan: Plan, folder: Path, dialect: CsvDialect = CsvDialect.RFC4180
) -> tuple[Path, ...]:
    """Write what is made of a plan anew, and not the plan itself; otherwise as `publish`."""
    return write_files(folder, _derived(instance, plan, dialect))


def _derived(
    instance: Instance, plan: Plan, dialect: CsvDialect, difference: Difference | None = None
) -> dict[str, bytes]:
    from meetsched.export import calendar_file, duties_table, meetings_table, plan_page, plan_workbook

    contents = (
        calendar_file(instance, plan),
        meetings_table(instance, plan, dialect),
        duties_table(instance, plan, dialect),
        plan_workbook(instance, plan),
        plan_page(instance, plan, difference),
    )
    return dict(zip(_DERIVED_NAMES, contents, strict=True))
