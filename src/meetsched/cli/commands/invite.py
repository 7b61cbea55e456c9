"""`meetsched invite`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from meetsched.cli.exits import ExitCode
from meetsched.cli.options import folder_option, input_argument, input_option, output_options
from meetsched.cli.streams import tell_warnings


class Sender(click.ParamType[tuple[str, str]]):
    """An e-mail address for all cities (as of no city's id), or that of one: ``CITY=ADDRESS``."""

    name = "address"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Read an address, with or without a city."""
        from meetsched.domain.addresses import is_mail_address

        city, _, address = str(value).rpartition("=")
        if not is_mail_address(address):
            self.fail(f"{address!r} is not an e-mail address such as meetings@town.example.")
        return city, address


@click.command(
    "invite",
    epilog="Example: meetsched invite town.yaml new/plan.json --baseline old/plan.json "
    "--organizer meetings@town.example -o letters",
)
@input_argument("instance")
@input_argument("plan")
@input_option(
    "baseline", "PLAN", "The plan of which everybody was told; only what is new since then is told."
)
@click.option(
    "--organizer",
    "senders",
    type=Sender(),
    multiple=True,
    required=True,
    metavar="[CITY=]ADDRESS",
    help="The e-mail address that invites and gets the answers; it stays the same from plan to plan. "
    "With CITY= that city's alone; may be given several times.",
)
@folder_option
@output_options
def command(
    *,
    instance: Path,
    plan: Path,
    baseline: Path | None,
    senders: tuple[tuple[str, str], ...],
    folder: Path,
    as_json: bool,
    quiet: bool,
) -> ExitCode:
    """Write an invitation for each person and meeting of PLAN, ready to be sent.

    Each is an e-mail to one person (.eml), with its calendar entry alone beside it (.ics): an invitation
    to what is new or has changed, a cancellation of what is held no more and for those taken off. Nothing
    is sent. With --baseline, what did not change since that plan is not told again. Who has no e-mail
    address stands in report.txt.
    """
    from meetsched.cli.invitations import show_invitations
    from meetsched.cli.verdicts import refuse
    from meetsched.service.inviting import prepare_invitations, write_invitations
    from meetsched.service.writing import check_folder

    check_folder(folder)
    prepared = prepare_invitations(instance, plan, baseline)
    reviewed = prepared.reviewed
    if not quiet:
        tell_warnings(reviewed.warnings)
    if not reviewed.report.holds:
        why = "Error: nobody was invited, since the plan has faults"
        return refuse(why, reviewed.report, reviewed.instance.currency, as_json=as_json)
    addresses = _addresses(senders, reviewed.instance.city_by_id, prepared.cities)
    show_invitations(write_invitations(prepared, addresses, folder), folder, as_json=as_json)
    return ExitCode.DONE


def _addresses(
    senders: tuple[tuple[str, str], ...], known: Mapping[str, object], needed: Mapping[str, str]
) -> dict[str, str]:
    """Return the address of each city that needs one, by the city's id."""
    given = dict(senders)
    for city in given.keys() - {"", *known, *needed}:
        raise click.UsageError(
            f"--organizer: the instance has no city {city!r}.", click.get_current_context()
        )
    missing = [name for city, name in needed.items() if city not in given and "" not in given]
    if missing:
        raise click.UsageError(
            f"--organizer: no address is given for {', '.join(missing)}.", click.get_current_context()
        )
    return {city: given.get(city) or given[""] for city in needed}
