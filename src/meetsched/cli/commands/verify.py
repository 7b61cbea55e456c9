"""`meetsched verify`."""

from pathlib import Path

import click

from meetsched.cli.exits import ExitCode
from meetsched.cli.options import input_argument, input_option, output_options
from meetsched.cli.streams import tell_warnings


@click.command("verify", epilog="Example: meetsched verify town.yaml plan/plan.json")
@input_argument("instance")
@input_argument("plan")
@input_option("baseline", "PLAN", "The published plan that PLAN was made from.")
@output_options
def command(instance: Path, plan: Path, baseline: Path | None, as_json: bool, quiet: bool) -> ExitCode:
    """Check that PLAN holds every rule of INSTANCE.

    All its figures are computed anew; the check shares no code with the planner. Exit code 6 tells
    that a rule is broken or a figure wrong.
    """
    from meetsched.cli.verdicts import show_report
    from meetsched.service.reviewing import review

    reviewed = review(instance, plan, baseline)
    if not quiet:
        tell_warnings(reviewed.warnings)
    show_report(reviewed.report, reviewed.instance.currency, as_json=as_json)
    return ExitCode.DONE if reviewed.report.holds else ExitCode.BROKEN_RULES
