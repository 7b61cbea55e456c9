"""`meetsched solve`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from meetsched.cli.curves import CurveWanted, curve_options, show_planned
from meetsched.cli.exits import ExitCode
from meetsched.cli.options import (
    dialect_option,
    engine_options,
    folder_option,
    input_argument,
    output_options,
    solver_options,
)
from meetsched.cli.streams import tell_warnings
from meetsched.domain.cells import CsvDialect

if TYPE_CHECKING:
    from meetsched.service.solving import SolveOptions


@click.command("solve", epilog="Example: meetsched solve town.yaml -o plan --frontier --time-limit 120")
@input_argument("instance")
@folder_option
@curve_options
@solver_options()
@engine_options
@dialect_option
@output_options
def command(
    *,
    instance: Path,
    folder: Path,
    with_frontier: bool,
    plans: int | str | None,
    options: "SolveOptions",
    engine: str | None,
    scheduler: str | None,
    parts: Path | None,
    dialect: CsvDialect,
    as_json: bool,
    quiet: bool,
) -> ExitCode:
    """Plan INSTANCE, verify the plan and write its files.

    Writes plan.json, plan.ics, meetings.csv, duties.csv, plan.xlsx and plan.html, or nothing at all;
    with --frontier also frontier.html, frontier.csv, and the same files of each of its plans in plan-1
    and so on. Ctrl-C ends the search early; what is found so far is still verified and written (exit code
    130).

    Cities that share no rooms and no people are planned apart, as many at a time as there are workers.
    What is finished is kept in the folder `parts` below DIR: after a crash the same command goes on from
    there.
    """
    from meetsched.cli.interrupts import Interrupts
    from meetsched.cli.searching import Asked, search
    from meetsched.service.curves import with_time_for_curve
    from meetsched.service.publishing import check_numbered, check_target, publish
    from meetsched.service.solving import load_instance

    wanted = CurveWanted.of(plans, with_frontier=with_frontier)
    check_target(instance, folder)
    if wanted is not None:
        check_numbered(instance, folder)
    loaded = load_instance(instance)
    if not quiet:
        tell_warnings(loaded.warnings)
    for_plan = options if wanted is None else with_time_for_curve(options)
    asked = Asked.of(engine, scheduler, parts, folder)
    with Interrupts(announce=not quiet and not sys.stderr.isatty()) as interrupts:
        found = search(loaded, for_plan, asked, interrupts.stop, quiet=quiet)
        outcome = found.outcome
        if outcome.plan is None:
            return found.tell_no_plan(instance, for_plan.time_limit, as_json=as_json)
        curve = None
        if wanted is not None:
            curve = wanted.find(loaded, options, outcome.plan, interrupts.stop, quiet=quiet)
        stopped = interrupts.stop.is_set()
        with interrupts.unstoppable():
            files = publish(loaded.instance, outcome.plan, folder, dialect, curve=curve)
            found.tidy()
        show_planned(loaded.instance, outcome.plan, curve, files, as_json=as_json)
    return ExitCode.INTERRUPTED if stopped else ExitCode.DONE
