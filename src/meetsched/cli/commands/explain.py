"""`meetsched explain`."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from meetsched.cli.exits import ExitCode, json_bytes
from meetsched.cli.options import (
    input_argument,
    input_option,
    number_option,
    output_options,
    solver_options,
)
from meetsched.cli.repairs import pins_of, repair_options
from meetsched.cli.streams import show_bytes, tell_warnings

if TYPE_CHECKING:
    from meetsched.service.solving import SolveOptions


@click.command(
    "explain",
    epilog="Example: meetsched explain town.yaml --baseline plan/plan.json --as-of 2027-01-20",
)
@input_argument("instance")
@input_option("baseline", "PLAN", "A published plan: explain what stands against going on from it.")
@repair_options
@number_option(
    "-n", "--most", least=1, default=5, help_text="The most ways out, or things that bind, to look for."
)
@solver_options()
@output_options
def command(
    *,
    instance: Path,
    baseline: Path | None,
    as_of: date | None,
    freeze_days: int,
    thaw: tuple[str, ...],
    max_changes: int | None,
    pinned: tuple[Any, ...],
    forbid: tuple[tuple[str, str], ...],
    most: int,
    options: "SolveOptions",
    as_json: bool,
    quiet: bool,
) -> ExitCode:
    """Tell why INSTANCE has no plan, and what would help.

    Shows a smallest set of rules that cannot be held together, and the least painful changes with
    which there is a plan. Where there is a plan already, shows what binds it hardest. Exit code 4
    tells that there is no plan, 5 that it could not be told in time.

    With --baseline it explains what resolve says with the same options: then what is over, frozen or
    limited by --max-changes counts as well, and a way out may be to thaw a meeting.
    """
    from meetsched.cli.explanations import explanation_document, news_display, show_explanation
    from meetsched.cli.interrupts import Interrupts
    from meetsched.service.explaining import (
        ExplainOptions,
        RepairRequest,
        explain,
        load_baseline,
        load_instance,
        prepare,
        with_pins,
    )

    if baseline is None and (as_of is not None or thaw or max_changes is not None):
        raise click.UsageError("--as-of, --thaw and --max-changes say how to go on from a --baseline PLAN.")
    loaded = load_instance(instance)
    request = RepairRequest(as_of, freeze_days, thaw, max_changes, pins_of(pinned, forbid))
    prepared = None
    if baseline is not None:
        prepared = prepare(loaded, load_baseline(baseline, loaded.instance), request)
    if not quiet:
        tell_warnings((*loaded.warnings, *(prepared.warnings if prepared else ())))
    with Interrupts(announce=not quiet and not sys.stderr.isatty()) as interrupts:
        with news_display(quiet=quiet) as listener:
            explanation = explain(
                loaded,
                ExplainOptions(options, most),
                listener,
                interrupts.stop,
                baseline=prepared.baseline if prepared else None,
                pins=request.pins,
            )
        subject = with_pins(loaded.instance, request.pins)
        if as_json:
            show_bytes(json_bytes(explanation_document(subject, explanation)))
        else:
            show_explanation(subject, explanation, options.time_limit, most)
    if explanation.interrupted:
        return ExitCode.INTERRUPTED
    codes = {True: ExitCode.DONE, False: ExitCode.NO_PLAN_EXISTS, None: ExitCode.NO_PLAN_IN_TIME}
    return codes[explanation.feasible]
