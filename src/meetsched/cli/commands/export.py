"""`meetsched export`."""

from pathlib import Path

import click

from meetsched.cli.exits import ExitCode, json_bytes
from meetsched.cli.options import dialect_option, folder_option, input_argument, output_options
from meetsched.cli.streams import show, show_bytes, tell_warnings
from meetsched.domain.cells import CsvDialect


@click.command("export", epilog="Example: meetsched export town.yaml plan/plan.json -o for-print")
@input_argument("instance")
@input_argument("plan")
@folder_option
@click.option(
    "--by",
    type=click.Choice(["city", "venue", "person"]),
    help="Write a calendar for each of them instead, to be subscribed to.",
)
@dialect_option
@output_options
def command(
    *,
    instance: Path,
    plan: Path,
    folder: Path,
    by: str | None,
    dialect: CsvDialect,
    as_json: bool,
    quiet: bool,
) -> ExitCode:
    """Write the calendar, tables, workbook and page of PLAN anew.

    Writes plan.ics, meetings.csv, duties.csv, plan.xlsx and plan.html; or, with --by, an .ics file for
    each city, venue or person, named after its id. PLAN is verified first: one that breaks a rule of
    INSTANCE, or carries a wrong figure, is not exported (exit code 6).
    """
    from meetsched.cli.verdicts import refuse
    from meetsched.service.delivering import write_feeds
    from meetsched.service.publishing import check_target, export
    from meetsched.service.reviewing import review

    check_target(instance, folder, with_plan=False)
    reviewed = review(instance, plan)
    if not quiet:
        tell_warnings(reviewed.warnings)
    if not reviewed.report.holds:
        why = "Error: nothing was written, since the plan has faults"
        return refuse(why, reviewed.report, reviewed.instance.currency, as_json=as_json)
    if by is None:
        files = export(reviewed.instance, reviewed.plan, folder, dialect)
    else:
        files = write_feeds(reviewed.instance, reviewed.plan, folder, by)
    if as_json:
        show_bytes(json_bytes({"files": [str(path) for path in files]}))
    else:
        show("".join(f"Wrote {path}\n" for path in files))
    return ExitCode.DONE
