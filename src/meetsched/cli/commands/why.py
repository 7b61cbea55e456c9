"""`meetsched why`."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from meetsched.cli.exits import ExitCode
from meetsched.cli.options import input_argument, output_options, solver_options
from meetsched.cli.repairs import Day, MeetingId, PinText
from meetsched.cli.streams import tell_warnings

if TYPE_CHECKING:
    from meetsched.domain.instance import Pin
    from meetsched.service.solving import SolveOptions


@click.command("why", epilog="Example: meetsched why town.yaml plan/plan.json kielce/export --venue oak")
@input_argument("instance")
@input_argument("plan")
@click.argument("meeting", type=MeetingId(), metavar="MEETING")
@click.option("--venue", metavar="ID", help="Why not in this venue?")
@click.option("--date", "day", type=Day(), metavar="DATE", help="Why not on this date?")
@click.option("--start", metavar="HH:MM", help="Why not at this hour?")
@click.option(
    "--person",
    "people",
    multiple=True,
    metavar="ID[:ROLE]",
    help="Why not with this person? May be given several times.",
)
@click.option(
    "--near", is_flag=True, help="Look only for the plan that changes as little as can be, not for the best."
)
@solver_options()
@output_options
def command(
    *,
    instance: Path,
    plan: Path,
    meeting: tuple[str, str],
    venue: str | None,
    day: date | None,
    start: str | None,
    people: tuple[str, ...],
    near: bool,
    options: "SolveOptions",
    as_json: bool,
    quiet: bool,
) -> ExitCode:
    """Tell why a MEETING of PLAN is when, where and with whom it is, or why it is not otherwise.

    With options: the rules that forbid what is asked for, or the plans that have it, and what they cost;
    what is asked together is looked for together. Without any: what each other time, place and person
    would mean. A meeting that the plan does not hold is asked for, too. Exit code 4 tells that what was
    asked for cannot be, 5 that it could not be told in time.
    """
    from meetsched.cli.answers import show_account, show_answer
    from meetsched.cli.interrupts import Interrupts
    from meetsched.cli.progress import progress_display
    from meetsched.cli.verdicts import refuse
    from meetsched.domain.answer import Standing
    from meetsched.service.asking import prepare, why, why_not

    question = prepare(instance, plan, _asked(meeting, people, venue=venue, date=day, start=start))
    if not quiet:
        tell_warnings((*question.loaded.warnings, *question.warnings))
    if not question.report.holds:
        return refuse(
            "The plan does not hold for this instance, so that there are no reasons for it. A plan that does "
            "can be made from it: meetsched resolve.",
            question.report,
            question.loaded.instance.currency,
            as_json=as_json,
        )
    with Interrupts(announce=not quiet and not sys.stderr.isatty()) as interrupts:
        if question.about_itself:
            account = why(question, options, interrupts.stop)
            show_account(question, account, as_json=as_json)
            return ExitCode.INTERRUPTED if account.interrupted else ExitCode.DONE
        with progress_display(question.loaded.instance, interrupts.stop, quiet=quiet) as listener:
            answer = why_not(question, options, listener, interrupts.stop, near_only=near)
        show_answer(question, answer, options.time_limit, as_json=as_json)
    if answer.interrupted:
        return ExitCode.INTERRUPTED
    codes = {Standing.FORBIDDEN: ExitCode.NO_PLAN_EXISTS, Standing.UNKNOWN: ExitCode.NO_PLAN_IN_TIME}
    return codes.get(answer.standing, ExitCode.DONE)


def _asked(meeting: tuple[str, str], people: tuple[str, ...], **parts: object) -> "Pin":
    """Return what was asked for as a pin, read as `--pin` is."""
    given = [f"{key}={value}" for key, value in parts.items() if value is not None]
    text = ",".join(["/".join(meeting), *given, *(f"person={each}" for each in people)])
    context = click.get_current_context()
    pin: Pin = PinText().convert(text, None, context)
    return pin
