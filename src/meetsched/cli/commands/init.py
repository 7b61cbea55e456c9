"""`meetsched init`."""

from pathlib import Path

import click

from meetsched.cli.exits import ExitCode, json_bytes
from meetsched.cli.options import Folder, dialect_option, output_options
from meetsched.cli.streams import show, show_bytes, tell
from meetsched.domain.cells import CsvDialect


@click.command("init", epilog="Example: meetsched init my-town --format xlsx")
@click.argument("folder", metavar="DIR", type=Folder())
@click.option(
    "--format",
    "form",
    type=click.Choice(["yaml", "xlsx", "csv"]),
    default="yaml",
    show_default=True,
    help="A text file with a comment on every key; a workbook with explanations and drop-down lists; or a "
    "folder of CSV files.",
)
@dialect_option
@output_options
def command(*, folder: Path, form: str, dialect: CsvDialect, as_json: bool, quiet: bool) -> ExitCode:
    """Write a starter instance into the folder DIR.

    It is a small town, ready to be planned, with an explanation of every key. Change it into yours.
    A file that is there already is never overwritten.
    """
    from meetsched.service.starting import InstanceForm, start

    started = start(folder, InstanceForm(form), dialect)
    if as_json:
        show_bytes(json_bytes({"files": [str(path) for path in started.files]}))
    else:
        show("".join(f"Wrote {path}\n" for path in started.files))
    if not quiet:
        tell(f"Next: meetsched check {started.instance}")
    return ExitCode.DONE
