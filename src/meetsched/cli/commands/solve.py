"""`meetsched solve`."""

import sys
from pathlib import Path
from time import monotonic

import click

from meetsched.cli.exits import ExitCode
from meetsched.cli.options import (
    dialect_option,
    folder_option,
    input_argument,
    output_options,
    solver_options,
)
from meetsched.cli.streams import show_bytes, tell_warnings
from meetsched.domain.cells import CsvDialect


@click.command("solve", epilog="Example: meetsched solve town.yaml -o plan --time-limit 30")
@input_argument("instance")
@folder_option
@solver_options
@dialect_option
@output_options
def command(
    *,
    instance: Path,
    folder: Path,
    time_limit: float,
    workers: int | None,
    seed: int,
    deterministic: bool,
    dialect: CsvDialect,
    as_json: bool,
    quiet: bool,
) -> ExitCode:
    """Plan INSTANCE, verify the plan and write its files.

    Writes plan.json, plan.ics, meetings.csv, duties.csv, plan.xlsx and plan.html, or nothing at all.
    Ctrl-C ends the search early; the best plan so far is still verified and written (exit code 130).
    """
    started = monotonic()
    from meetsched.cli.interrupts import Interrupts
    from meetsched.cli.outcomes import tell_no_plan
    from meetsched.cli.progress import progress_display
    from meetsched.cli.summary import show_plan
    from meetsched.service.publishing import check_target, plan_document, publish
    from meetsched.service.solving import SolveOptions, load_instance, solve

    check_target(instance, folder)
    loaded = load_instance(instance)
    if not quiet:
        tell_warnings(loaded.warnings)
    options = SolveOptions(time_limit, workers, seed, deterministic, started)
    with Interrupts(announce=not quiet and not sys.stderr.isatty()) as interrupts:
        with progress_display(loaded.instance, interrupts.stop, quiet=quiet) as listener:
            outcome = solve(loaded, options, listener, interrupts.stop)
        if outcome.plan is None:
            return tell_no_plan(outcome, instance, time_limit, as_json=as_json)
        with interrupts.unstoppable():
            files = publish(loaded.instance, outcome.plan, folder, dialect)
        if as_json:
            show_bytes(plan_document(outcome.plan))
        else:
            show_plan(loaded.instance, outcome.plan, files)
    return ExitCode.INTERRUPTED if outcome.interrupted else ExitCode.DONE
