"""`meetsched check`."""

from pathlib import Path

import click

from meetsched.cli.exits import ExitCode, json_bytes
from meetsched.cli.options import input_argument, output_options
from meetsched.cli.streams import show_bytes, tell_warnings


@click.command("check", epilog="Example: meetsched check town.yaml")
@input_argument("instance")
@output_options
def command(instance: Path, as_json: bool, quiet: bool) -> ExitCode:
    """Check INSTANCE and sum up what it makes possible.

    For each city: which topics, venues and people a meeting could have at all, why other starts and
    venues are dropped, and whether every month has topics enough.
    """
    from meetsched.cli.surveys import show_survey, survey_document
    from meetsched.service.surveying import load_instance, survey

    loaded = load_instance(instance)
    if not quiet:
        tell_warnings(loaded.warnings)
    found = survey(loaded)
    if as_json:
        show_bytes(json_bytes(survey_document(found)))
    else:
        show_survey(found)
    return ExitCode.DONE
