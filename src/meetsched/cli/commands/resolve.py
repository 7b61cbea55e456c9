"""`meetsched resolve`."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from meetsched.cli.exits import ExitCode
from meetsched.cli.options import (
    INPUT_PATH,
    dialect_option,
    folder_option,
    input_argument,
    output_options,
    solver_options,
)
from meetsched.cli.repairs import explain_line, pins_of, repair_options
from meetsched.cli.streams import tell_warnings
from meetsched.domain.cells import CsvDialect

if TYPE_CHECKING:
    from meetsched.service.solving import SolveOptions


@click.command(
    "resolve",
    epilog="Example: meetsched resolve town.yaml --baseline plan/plan.json --as-of 2027-01-20 -o plan-2",
)
@input_argument("instance")
@click.option(
    "--baseline", type=INPUT_PATH, required=True, metavar="PLAN", help="The published plan to go on from."
)
@folder_option
@repair_options
@click.option(
    "--frontier",
    "with_frontier",
    is_flag=True,
    help="Also find the best plan with 0, 1, 2, … changed meetings, until more changes buy nothing.",
)
@click.option(
    "--replace", is_flag=True, help="Let the new plan replace the published one, where DIR holds it."
)
@solver_options()
@dialect_option
@output_options
def command(
    *,
    instance: Path,
    baseline: Path,
    folder: Path,
    as_of: date | None,
    freeze_days: int,
    thaw: tuple[str, ...],
    max_changes: int | None,
    pinned: tuple[Any, ...],
    forbid: tuple[tuple[str, str], ...],
    with_frontier: bool,
    replace: bool,
    options: "SolveOptions",
    dialect: CsvDialect,
    as_json: bool,
    quiet: bool,
) -> ExitCode:
    """Plan INSTANCE anew, with as little disruption of a published plan as possible.

    What everybody knows already stays, as far as the rules let it; then the instance's aims count. Writes
    what solve writes, and changes.csv: what is another than published, and who has to be told.
    """
    from meetsched.cli.interrupts import Interrupts
    from meetsched.cli.outcomes import tell_no_plan
    from meetsched.cli.progress import progress_display
    from meetsched.cli.repaired import beside, find_frontier, show_repair
    from meetsched.service.publishing import check_baseline, check_target, publish
    from meetsched.service.repairing import (
        RepairRequest,
        load_baseline,
        load_instance,
        prepare,
        resolve,
    )

    check_target(instance, folder)
    if not replace:
        check_baseline(baseline, folder, with_frontier=with_frontier)
    loaded = load_instance(instance)
    request = RepairRequest(as_of, freeze_days, thaw, max_changes, pins_of(pinned, forbid))
    prepared = prepare(loaded, load_baseline(baseline, loaded.instance), request)
    if not quiet:
        tell_warnings((*loaded.warnings, *prepared.warnings))
    with Interrupts(announce=not quiet and not sys.stderr.isatty()) as interrupts:
        with progress_display(loaded.instance, interrupts.stop, quiet=quiet) as listener:
            repaired = resolve(prepared, options, listener, interrupts.stop)
        plan, difference = repaired.outcome.plan, repaired.difference
        if plan is None or difference is None:
            return tell_no_plan(
                repaired.outcome,
                instance,
                options.time_limit,
                beside=beside(prepared),
                explain=explain_line(instance, baseline, request),
                as_json=as_json,
            )
        frontier = find_frontier(prepared, options, interrupts.stop, quiet=quiet) if with_frontier else None
        with interrupts.unstoppable():
            files = publish(loaded.instance, plan, folder, dialect, difference=difference, frontier=frontier)
        show_repair(loaded.instance, plan, difference, frontier, files, as_json=as_json)
    return ExitCode.INTERRUPTED if interrupts.stop.is_set() else ExitCode.DONE
