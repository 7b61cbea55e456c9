"""`meetsched diff`."""

from pathlib import Path

import click

from meetsched.cli.exits import ExitCode, json_bytes
from meetsched.cli.options import input_argument, input_option, output_options
from meetsched.cli.streams import show, show_bytes


@click.command("diff", epilog="Example: meetsched diff old/plan.json new/plan.json --instance town.yaml")
@input_argument("old")
@input_argument("new")
@input_option("instance", "INSTANCE", "Where names, and the weights of a disruption, are taken from.")
@output_options
def command(old: Path, new: Path, instance: Path | None, as_json: bool, quiet: bool) -> ExitCode:
    """Tell what changed from plan OLD to plan NEW.

    Meeting by meeting: added, dropped, at another time or place, or with other people.
    """
    from meetsched.cli.changes import difference_document
    from meetsched.domain.wording.differences import change_lines
    from meetsched.service.reviewing import compare

    compared = compare(old, new, instance)
    if as_json:
        show_bytes(json_bytes(difference_document(compared.difference)))
    else:
        show("\n".join(change_lines(compared.difference, compared.instance)) + "\n")
    return ExitCode.DONE
