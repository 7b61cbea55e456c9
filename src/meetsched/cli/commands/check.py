"""`meetsched check`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from meetsched.cli.exits import ExitCode, json_bytes
from meetsched.cli.options import Folder, input_argument, output_options
from meetsched.cli.streams import show_bytes, tell, tell_warnings

if TYPE_CHECKING:
    from meetsched.service.surveying import Loaded


@click.command("check", epilog="Example: meetsched check town.xlsx --annotate town-checked.xlsx")
@input_argument("instance")
@click.option(
    "--annotate",
    metavar="OUT.xlsx",
    type=Folder(),
    help="Write a copy of the workbook (or of the CSV files) too, in which each cell with a fault is "
    "coloured and says what was expected.",
)
@output_options
def command(*, instance: Path, annotate: Path | None, as_json: bool, quiet: bool) -> ExitCode:
    """Check INSTANCE and sum up what it makes possible.

    For each city: which topics, venues and people a meeting could have at all, why other starts and
    venues are dropped, and whether every month has topics enough.
    """
    from meetsched.cli.surveys import show_survey, survey_document
    from meetsched.service.surveying import load_instance, survey

    loaded = load_instance(instance) if annotate is None else _annotated(instance, annotate, quiet=quiet)
    if not quiet:
        tell_warnings(loaded.warnings)
    found = survey(loaded)
    if as_json:
        show_bytes(json_bytes(survey_document(found)))
    else:
        show_survey(found)
    return ExitCode.DONE


def _annotated(instance: Path, target: Path, *, quiet: bool) -> "Loaded":
    """Load an instance, and write the workbook that shows what is wrong or odd about it."""
    from meetsched.errors import MeetschedError
    from meetsched.service.annotating import load_annotated

    found = load_annotated(instance, target)
    if not quiet:
        tell(f"Wrote {target}")
    if isinstance(found, MeetschedError):
        raise found
    return found
