"""`meetsched busy`."""

from pathlib import Path

import click

from meetsched.cli.exits import ExitCode, json_bytes
from meetsched.cli.options import input_argument, input_option, output_options
from meetsched.cli.streams import show_bytes, tell_warnings


@click.command("busy", epilog="Example: meetsched busy town.yaml --person anna")
@input_argument("file")
@click.option("--person", metavar="ID", help="Show this person only; of a calendar, whose it is.")
@input_option("instance", "INSTANCE", "Where FILE is a calendar: the dates and the time zone to read it for.")
@output_options
def command(file: Path, person: str | None, instance: Path | None, as_json: bool, quiet: bool) -> ExitCode:
    """Show when people are busy, and where it says so.

    FILE is an instance, or a calendar (.ics) to be looked at before an instance names it. Shown are the
    times within the horizon, on the local clock; what was passed over, and why; and, as warnings, what
    could not be read. Titles of events are shown here and nowhere else.
    """
    from meetsched.cli.diaries import pages_document, show_pages
    from meetsched.service.leafing import is_calendar, leaf_through, load_instance, read_alone

    if is_calendar(file) and instance is None:
        raise click.UsageError("A calendar needs --instance, for its dates and its time zone.")
    if instance is not None and not is_calendar(file):
        raise click.UsageError("--instance goes with a calendar; FILE is an instance itself.")
    loaded = load_instance(instance or file)
    if person is not None and person not in loaded.instance.person_by_id:
        raise click.BadParameter(f"{person!r} is nobody in {instance or file}.", param_hint="'--person'")
    pages = (
        leaf_through(file, loaded, person)
        if instance is None
        else (read_alone(file, loaded.instance, person),)
    )
    if not quiet:
        tell_warnings(dict.fromkeys(oddity for page in pages for oddity in page.oddities))
    if as_json:
        show_bytes(json_bytes(pages_document(pages, loaded.instance)))
    else:
        show_pages(pages, loaded.instance)
    return ExitCode.DONE
