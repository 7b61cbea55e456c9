"""`meetsched publish`."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from meetsched.cli.exits import ExitCode
from meetsched.cli.options import Seconds, input_argument, output_options
from meetsched.cli.streams import tell, tell_warnings

if TYPE_CHECKING:
    from meetsched.service.synchronising import Credentials

PASSWORD = "MEETSCHED_CALDAV_PASSWORD"
"""The environment variable with the password, which on the command line everybody could read."""


@click.command(
    "publish",
    epilog="Example: meetsched publish town.yaml plan/plan.json "
    "--caldav https://cloud.example/remote.php/dav/calendars/anna/meetings/ --user anna --dry-run",
)
@input_argument("instance")
@input_argument("plan")
@click.option("--caldav", "url", required=True, metavar="URL", help="The address of the calendar.")
@click.option(
    "--user",
    metavar="NAME",
    help=f"Who signs in. The password is asked for, or taken from the environment variable {PASSWORD}.",
)
@click.option("--dry-run", is_flag=True, help="Only tell what would be done.")
@click.option(
    "--timeout",
    type=Seconds(),
    default=30,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for each answer of the server.",
)
@click.option(
    "--allow-http", is_flag=True, help="Allow an address without encryption, in a network of your own."
)
@output_options
def command(
    *,
    instance: Path,
    plan: Path,
    url: str,
    user: str | None,
    dry_run: bool,
    timeout: float,
    allow_http: bool,
    as_json: bool,
    quiet: bool,
) -> ExitCode:
    """Put PLAN into a calendar on a CalDAV server, or bring it up to date there.

    New meetings are added, changed ones changed, cancelled ones marked, and those that neither PLAN holds
    nor lists as cancelled removed. Nothing else in the calendar is touched. PLAN is verified first
    (exit code 6).
    """
    from meetsched.cli.calendars import show_steps
    from meetsched.cli.verdicts import refuse
    from meetsched.service.reviewing import review
    from meetsched.service.synchronising import Server, checked_url, synchronise

    try:
        address = checked_url(url, allow_http=allow_http)
    except ValueError as error:
        raise click.UsageError(f"--caldav: {error}.", click.get_current_context()) from None
    reviewed = review(instance, plan)
    if not quiet:
        tell_warnings(reviewed.warnings)
    if not reviewed.report.holds:
        why = "Error: nothing was published, since the plan has faults"
        return refuse(why, reviewed.report, reviewed.instance.currency, as_json=as_json)
    steps = synchronise(
        reviewed.instance,
        reviewed.plan,
        Server(address, _credentials(user), timeout),
        dry_run=dry_run,
        on_conflict=_tell_conflict,
    )
    show_steps(steps, reviewed.instance, reviewed.plan, dry_run=dry_run, as_json=as_json)
    return ExitCode.DONE


def _credentials(user: str | None) -> "Credentials | None":
    from meetsched.service.synchronising import Credentials

    if user is None:
        return None
    password = os.environ.get(PASSWORD)
    if password is None:
        if not sys.stdin.isatty():
            raise click.UsageError(
                f"--user needs a password, in the environment variable {PASSWORD}.",
                click.get_current_context(),
            )
        password = click.prompt(f"Password of {user}", hide_input=True, err=True)
    return Credentials(user, password)


def _tell_conflict(meeting: str) -> None:
    tell(f"Warning: {meeting} was changed on the server just now; it is read again")
