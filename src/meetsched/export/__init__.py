"""Plans as files for people and calendars: pure functions from a plan to bytes.

Heavy libraries are imported inside the functions that need them: this package is on the start-up
path of the command line.
"""

from importlib import import_module

from meetsched.export.alternatives import alternatives_page, alternatives_table
from meetsched.export.calendar import calendar_file
from meetsched.export.changes import changes_table
from meetsched.export.curve import curve_page, curve_table
from meetsched.export.document import plan_document
from meetsched.export.frontier import frontier_table
from meetsched.export.page import plan_page
from meetsched.export.resilience import resilience_table
from meetsched.export.shares_page import shares_page
from meetsched.export.sharing import shared_uses_table, shares_table
from meetsched.export.tables import duties_table, meetings_table
from meetsched.export.workbook import plan_workbook

__all__ = [
    "alternatives_page",
    "alternatives_table",
    "calendar_file",
    "changes_table",
    "curve_page",
    "curve_table",
    "duties_table",
    "frontier_table",
    "load_libraries",
    "meetings_table",
    "plan_document",
    "plan_page",
    "plan_workbook",
    "resilience_table",
    "shared_uses_table",
    "shares_page",
    "shares_table",
]


def load_libraries() -> None:
    """Import what the exports need, so that they need not wait for it when there is something to write."""
    for name in ("icalendar", "jinja2", "xlsxwriter"):
        import_module(name)
