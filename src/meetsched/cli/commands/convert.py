"""`meetsched convert`."""

from pathlib import Path

import click

from meetsched.cli.exits import ExitCode, json_bytes
from meetsched.cli.options import Folder, dialect_option, input_argument, output_options
from meetsched.cli.streams import show, show_bytes, tell_warnings
from meetsched.domain.cells import CsvDialect


@click.command("convert", epilog="Example: meetsched convert town.yaml town.xlsx")
@input_argument("instance")
@click.argument("out", metavar="OUT", type=Folder())
@dialect_option
@output_options
def command(*, instance: Path, out: Path, dialect: CsvDialect, as_json: bool, quiet: bool) -> ExitCode:
    """Write INSTANCE in another form: OUT ends in .yaml, .json or .xlsx, or is a folder of CSV files.

    Nothing of it is lost but the comments of a YAML file. Calendar files that it names are copied to
    where OUT will look for them. A file that is there already is never overwritten.
    """
    from meetsched.service.converting import convert

    converted = convert(instance, out, dialect)
    if not quiet:
        tell_warnings(converted.warnings)
    if as_json:
        show_bytes(json_bytes({"files": [str(path) for path in converted.files]}))
    else:
        show("".join(f"Wrote {path}\n" for path in converted.files))
    return ExitCode.DONE
