"""`meetsched serve`."""

import os
import sys
from pathlib import Path

import click

from meetsched.cli.exits import ExitCode, json_bytes
from meetsched.cli.options import INPUT_PATH, Folder, output_options
from meetsched.cli.streams import show_bytes, tell, tell_warnings

PORT = 8420


def default_folder() -> Path:
    """Return where the page's data are kept unless told otherwise."""
    home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(home) / "meetsched"


@click.command("serve", epilog="Example: meetsched serve town.xlsx --data plans --port 8500")
@click.argument("instance", type=INPUT_PATH, metavar="[INSTANCE]", required=False)
@click.option(
    "--data",
    "data",
    metavar="DIR",
    type=Folder(),
    help="Folder in which all plans are kept.  [default: ~/.local/share/meetsched]",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    show_default=True,
    metavar="N",
    help="Where to listen, on this machine only; 0 for any port that is free.",
)
@click.option(
    "--open/--no-open",
    "opens",
    default=None,
    help="Open the page in the browser.  [default: on a terminal]",
)
@output_options
def command(
    *, instance: Path | None, data: Path | None, port: int, opens: bool | None, as_json: bool, quiet: bool
) -> ExitCode:
    """Serve the page for those who plan, until Ctrl-C.

    It listens on this machine only. With INSTANCE, that is where it begins: a new project, or a new
    edition of one that is there. Every version of every plan is kept in the folder of the data.
    """
    from meetsched.cli.running import DEBUG
    from meetsched.service.documents import load_instance
    from meetsched.web.server import serve

    loaded = None if instance is None else load_instance(instance)
    if loaded is not None and not quiet:
        tell_warnings(loaded.warnings)
    folder = data or default_folder()

    def ready(address: str) -> None:
        if as_json:
            show_bytes(json_bytes({"address": address, "data": str(folder)}))
        else:
            click.echo(f"The page is at {address} (Ctrl-C ends it)")
        if opens or (opens is None and sys.stdout.isatty()):
            click.launch(address)

    serve(folder, port, loaded, ready, debug=os.environ.get(DEBUG) == "1")
    if not quiet:
        tell("Ended; all versions are kept.")
    return ExitCode.DONE
