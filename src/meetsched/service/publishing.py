"""Write a plan's files."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from meetsched.domain.cells import CsvDialect
from meetsched.domain.curve import Curve
from meetsched.domain.difference import Difference
from meetsched.domain.frontier import Frontier
from meetsched.domain.instance import Instance
from meetsched.domain.plan import Plan
from meetsched.errors import OutputError
from meetsched.export import plan_document
from meetsched.service.writing import check_folder, write_files

__all__ = [
    "check_baseline",
    "check_numbered",
    "check_target",
    "export",
    "numbered_files",
    "plan_document",
    "plan_files",
    "publish",
]

_PLAN_NAME = "plan.json"
_CHANGES_NAME, _FRONTIER_NAME = "changes.csv", "frontier.csv"
_CURVE_NAME = "frontier.html"
_FRONTIER_PLANS = "plan-{}-changes.json"
_NUMBERED = "plan-{}"
"""The folder of one of several plans."""
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


def check_numbered(instance: Path, folder: Path) -> None:
    """Tell early that several plans cannot be written below a folder, each into a folder of its own.

    Raises
    ------
    OutputError
        As for `check_target`.
    """
    check_folder(folder)
    for each in folder.glob(_NUMBERED.format("*")):
        if each.name.removeprefix(_NUMBERED.format("")).isdigit():
            check_target(instance, each)


def check_baseline(baseline: Path, folder: Path, *, with_frontier: bool = False) -> None:
    """Tell early that a plan's files, or a frontier's, would replace the published plan, which is then lost.

    Raises
    ------
    OutputError
        One of the files would.
    """
    targets = [*_targets(folder, with_plan=True)]
    if with_frontier:
        targets += folder.glob(_FRONTIER_PLANS.format("*"))
    for target in targets:
        if target.exists() and target.samefile(baseline):
            raise OutputError(
                f"{target} is the published plan, which the new one would replace; choose another folder, "
                "or ask for it with --replace"
            )


def _targets(folder: Path, *, with_plan: bool) -> Iterator[Path]:
    names = (*((_PLAN_NAME, _CHANGES_NAME, _FRONTIER_NAME) if with_plan else ()), *_DERIVED_NAMES)
    yield from (folder / name for name in names)


def publish(
    instance: Instance,
    plan: Plan,
    folder: Path,
    dialect: CsvDialect = CsvDialect.RFC4180,
    *,
    difference: Difference | None = None,
    frontier: Frontier | None = None,
    curve: Curve | None = None,
) -> tuple[Path, ...]:
    """Write a plan with all that is made of it: all files or, after an OutputError, none.

    Parameters
    ----------
    difference : Difference, optional
        What changed from the plan published before; it is then told, too.
    frontier : Frontier, optional
        What more changes would buy; it is then told, and each of its plans is written.
    curve : Curve, optional
        What more money would buy; it is then told, and each of its plans is written with all that is made
        of it.

    Returns
    -------
    tuple of Path
        ``plan.json``, ``plan.ics``, ``meetings.csv``, ``duties.csv``, ``plan.xlsx``, ``plan.html``; and
        ``changes.csv`` where there is a difference to tell, ``frontier.csv`` and plans such as
        ``plan-2-changes.json`` where there is a frontier; ``frontier.html``, ``frontier.csv`` and folders
        such as ``plan-2`` where there is a curve.
    """
    derived = _derived(instance, plan, dialect, difference, frontier)
    contents = {_PLAN_NAME: plan_document(plan)} | derived
    if difference is not None:
        from meetsched.export import changes_table

        contents[_CHANGES_NAME] = changes_table(instance, difference, dialect)
    if frontier is not None:
        contents |= _frontier_files(instance, frontier, dialect)
    if curve is not None and curve.plans:
        contents |= _curve_files(instance, curve, dialect)
    return write_files(folder, contents)


def plan_files(instance: Instance, plan: Plan, dialect: CsvDialect = CsvDialect.RFC4180) -> dict[str, bytes]:
    """Return a plan with all that is made of it, as files by their names."""
    return {_PLAN_NAME: plan_document(plan)} | _derived(instance, plan, dialect)


def numbered_files(
    instance: Instance, plans: Iterable[Plan], dialect: CsvDialect = CsvDialect.RFC4180
) -> dict[str, bytes]:
    """Return what is made of several plans, each with itself in a folder: ``plan-1/plan.json`` and so on."""
    return {
        f"{_NUMBERED.format(number)}/{name}": content
        for number, plan in enumerate(plans, start=1)
        for name, content in plan_files(instance, plan, dialect).items()
    }


def export(
    instance: Instance, plan: Plan, folder: Path, dialect: CsvDialect = CsvDialect.RFC4180
) -> tuple[Path, ...]:
    """Write what is made of a plan anew, and not the plan itself; otherwise as `publish`."""
    return write_files(folder, _derived(instance, plan, dialect))


def _frontier_files(instance: Instance, frontier: Frontier, dialect: CsvDialect) -> dict[str, bytes]:
    from meetsched.export import frontier_table

    plans = {
        _FRONTIER_PLANS.format(point.max_changes): plan_document(point.plan)
        for point in frontier.points
        if point.plan is not None
    }
    return {_FRONTIER_NAME: frontier_table(instance, frontier, dialect)} | plans


def _curve_files(instance: Instance, curve: Curve, dialect: CsvDialect) -> dict[str, bytes]:
    from meetsched.export import curve_page, curve_table

    compared = {
        _CURVE_NAME: curve_page(instance, curve),
        _FRONTIER_NAME: curve_table(instance, curve, dialect),
    }
    return compared | numbered_files(instance, (each.plan for each in curve.plans), dialect)


def _derived(
    instance: Instance,
    plan: Plan,
    dialect: CsvDialect,
    difference: Difference | None = None,
    frontier: Frontier | None = None,
) -> dict[str, bytes]:
    from meetsched.export import calendar_file, duties_table, meetings_table, plan_page, plan_workbook

    contents = (
        calendar_file(instance, plan),
        meetings_table(instance, plan, dialect),
        duties_table(instance, plan, dialect),
        plan_workbook(instance, plan),
        plan_page(instance, plan, difference, frontier),
    )
    return dict(zip(_DERIVED_NAMES, contents, strict=True))
