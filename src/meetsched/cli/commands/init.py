"""`meetsched init`."""

from pathlib import Path

import click

from meetsched.cli.exits import ExitCode, json_bytes
from meetsched.cli.options import Folder, output_options
from meetsched.cli.streams import show, show_bytes, tell


@click.command("init", epilog="Example: meetsched init my-town")
@click.argument("folder", metavar="DIR", type=Folder())
@output_options
def command(folder: Path, as_json: bool, quiet: bool) -> ExitCode:
    """Write a starter instance into the folder DIR.

    It is a small town, ready to be planned, with a comment on every key. Change it into yours.
    A file that is there already is never overwritten.
    """
    from meetsched.service.starting import start

    written = start(folder)
    if as_json:
        show_bytes(json_bytes({"files": [str(written)]}))
    else:
        show(f"Wrote {written}\n")
    if not quiet:
        tell(f"Next: meetsched check {written}")
    return ExitCode.DONE
