"""Write a plan's files."""

from pathlib import Path

from meetsched.domain.instance import Instance
from meetsched.domain.plan import Plan
from meetsched.errors import OutputError
from meetsched.export import plan_document
from meetsched.service.writing import check_folder, write_files

__all__ = ["check_target", "export", "plan_document", "publish"]

_PLAN_NAME = "plan.json"


def check_target(instance: Path, folder: Path) -> None:
    """Tell before the search that a plan cannot be written into a folder.

    Raises
    ------
    OutputError
        The folder cannot be used, or the plan would replace the file of the instance.
    """
    check_folder(folder)
    target = folder / _PLAN_NAME
    if target.exists() and target.samefile(instance):
        raise OutputError(f"{target} is the instance, which the plan would replace; choose another folder")


def publish(instance: Instance, plan: Plan, folder: Path) -> tuple[Path, ...]:
    """Write a plan with all that is made of it: all files or, after an OutputError, none.

    Returns
    -------
    tuple of Path
        ``plan.json``, ``plan.ics``, ``meetings.csv``, ``duties.csv``, ``plan.html``.
    """
    return write_files(folder, {_PLAN_NAME: plan_document(plan)} | _derived(instance, plan))


def export(instance: Instance, plan: Plan, folder: Path) -> tuple[Path, ...]:
    """Write what is made of a plan anew, and not the plan itself; otherwise as `publish`."""
    return write_files(folder, _derived(instance, plan))


def _derived(instance: Instance, plan: Plan) -> dict[str, bytes]:
    from meetsched.export import calendar_file, duties_table, meetings_table, plan_page

    return {
        "plan.ics": calendar_file(instance, plan),
        "meetings.csv": meetings_table(instance, plan),
        "duties.csv": duties_table(instance, plan),
        "plan.html": plan_page(instance, plan),
    }
