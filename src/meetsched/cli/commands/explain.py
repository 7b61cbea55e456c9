"""`meetsched explain`."""

import sys
from pathlib import Path
from time import monotonic

import click

from meetsched.cli.exits import ExitCode, json_bytes
from meetsched.cli.options import input_argument, output_options, solver_options
from meetsched.cli.streams import show_bytes, tell_warnings


@click.command("explain", epilog="Example: meetsched explain town.yaml")
@input_argument("instance")
@click.option(
    "-n",
    "--most",
    type=click.IntRange(min=1, max=100),
    default=5,
    show_default=True,
    metavar="N",
    help="The most ways out, or things that bind, to look for.",
)
@solver_options
@output_options
def command(
    *,
    instance: Path,
    most: int,
    time_limit: float,
    workers: int | None,
    seed: int,
    deterministic: bool,
    as_json: bool,
    quiet: bool,
) -> ExitCode:
    """Tell why INSTANCE has no plan, and what would help.

    Shows a smallest set of rules that cannot be held together, and the least painful changes with
    which there is a plan. Where there is a plan already, shows what binds it hardest. Exit code 4
    tells that there is no plan, 5 that it could not be told in time.
    """
    started = monotonic()
    from meetsched.cli.explanations import explanation_document, news_display, show_explanation
    from meetsched.cli.interrupts import Interrupts
    from meetsched.service.explaining import ExplainOptions, SolveOptions, explain, load_instance

    loaded = load_instance(instance)
    if not quiet:
        tell_warnings(loaded.warnings)
    options = ExplainOptions(SolveOptions(time_limit, workers, seed, deterministic, started), most)
    with Interrupts(announce=not quiet and not sys.stderr.isatty()) as interrupts:
        with news_display(quiet=quiet) as listener:
            explanation = explain(loaded, options, listener, interrupts.stop)
        if as_json:
            show_bytes(json_bytes(explanation_document(loaded.instance, explanation)))
        else:
            show_explanation(loaded.instance, explanation, time_limit)
    if explanation.interrupted:
        return ExitCode.INTERRUPTED
    if explanation.feasible is None:
        return ExitCode.NO_PLAN_IN_TIME
    return ExitCode.DONE if explanation.feasible else ExitCode.NO_PLAN_EXISTS
