"""`meetsched resilience`."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from meetsched.cli.exits import ExitCode
from meetsched.cli.options import (
    Folder,
    dialect_option,
    input_argument,
    output_options,
    solver_options,
)
from meetsched.cli.repairs import Day
from meetsched.cli.streams import show_bytes, tell_warnings
from meetsched.domain.cells import CsvDialect

if TYPE_CHECKING:
    from meetsched.service.solving import SolveOptions


@click.command("resilience", epilog="Example: meetsched resilience town.yaml plan/plan.json --time-limit 180")
@input_argument("instance")
@input_argument("plan")
@click.option(
    "-o", "--output", "folder", metavar="DIR", type=Folder(), help="Folder for the file resilience.csv."
)
@click.option(
    "--as-of",
    type=Day(),
    metavar="DATE",
    help="From when on each is away; what starts before it is over.  [default: the horizon's start]",
)
@click.option(
    "--freeze-days",
    type=click.IntRange(min=0, max=10**9),
    default=0,
    show_default=True,
    metavar="N",
    help="For so many days from --as-of nothing moves and nothing new starts.",
)
@solver_options()
@dialect_option
@output_options
def command(
    *,
    instance: Path,
    plan: Path,
    folder: Path | None,
    as_of: date | None,
    freeze_days: int,
    options: "SolveOptions",
    dialect: CsvDialect,
    as_json: bool,
    quiet: bool,
) -> ExitCode:
    """Tell for each person and venue of PLAN what becomes of it without them.

    Plans INSTANCE anew for each, as resolve does: whether there is a repair, how much it disturbs
    and loses, and who stands in. Those without a repair come first. Ctrl-C keeps what was found.
    """
    from meetsched.cli.absences import consequence_teller, resilience_bytes, show_resilience
    from meetsched.cli.interrupts import Interrupts
    from meetsched.service.resilience import (
        check_folder,
        examine,
        load_instance,
        load_whole_plan,
        prepare_examination,
        publish_resilience,
    )

    if folder is not None:
        check_folder(folder)
    loaded = load_instance(instance)
    prepared = prepare_examination(loaded, load_whole_plan(plan, loaded.instance), as_of, freeze_days)
    if not quiet:
        tell_warnings((*loaded.warnings, *prepared.warnings))
    with Interrupts(announce=not quiet) as interrupts:
        teller = consequence_teller(loaded.instance, options.started, quiet=quiet)
        found = examine(prepared, options, teller, interrupts.stop)
        with interrupts.unstoppable():
            files = () if folder is None else publish_resilience(loaded.instance, found, folder, dialect)
        if as_json:
            show_bytes(resilience_bytes(found))
        else:
            show_resilience(loaded.instance, found, files)
    return ExitCode.INTERRUPTED if interrupts.stop.is_set() else ExitCode.DONE
