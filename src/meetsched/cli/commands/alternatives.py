"""`meetsched alternatives`."""

import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from meetsched.cli.exits import ExitCode
from meetsched.cli.options import (
    Folder,
    dialect_option,
    input_argument,
    number_option,
    output_options,
    solver_options,
)
from meetsched.cli.streams import show_bytes, tell_warnings
from meetsched.domain.cells import CsvDialect

if TYPE_CHECKING:
    from meetsched.service.solving import SolveOptions


class ShareOf(click.ParamType[Decimal]):
    """A share: from 0 to 1."""

    name = "share"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """Read a share, without rounding it."""
        try:
            share = Decimal(str(value))
        except ArithmeticError:
            share = Decimal("NaN")
        if share.is_nan() or not 0 <= share <= 1:
            self.fail(f"{value!r} is not a share from 0 to 1, such as 0.02 for a fiftieth.")
        return share


@click.command("alternatives", epilog="Example: meetsched alternatives town.yaml -n 5 --give 0.02 -o choice")
@input_argument("instance")
@number_option(
    "-n", "most", least=2, default=5, help_text="How many plans to choose from, the best one among them."
)
@click.option(
    "--give",
    type=ShareOf(),
    default="0.02",
    show_default=True,
    metavar="SHARE",
    help="The share of its points, and of its cost, that the others may lose against the best plan.",
)
@click.option(
    "-o",
    "--output",
    "folder",
    metavar="DIR",
    type=Folder(),
    help="Folder for the files of each plan (plan-1/…), alternatives.html and alternatives.csv.",
)
@solver_options(300)
@dialect_option
@output_options
def command(
    *,
    instance: Path,
    most: int,
    give: Decimal,
    folder: Path | None,
    options: "SolveOptions",
    dialect: CsvDialect,
    as_json: bool,
    quiet: bool,
) -> ExitCode:
    """Find plans for INSTANCE to choose from: nearly as good as the best, unlike each other.

    Plan 1 is the best one. Each of the others loses no more than --give of its points and of its
    cost, and of all such plans differs by as much as possible from all plans before it.
    """
    from meetsched.cli.alternatives import alternatives_bytes, choice_display, show_alternatives
    from meetsched.cli.interrupts import Interrupts
    from meetsched.cli.outcomes import tell_no_plan
    from meetsched.service.alternatives import (
        AlternativesRequest,
        check_alternatives_target,
        find_alternatives,
        load_instance,
        publish_alternatives,
    )

    if folder is not None:
        check_alternatives_target(instance, folder)
    loaded = load_instance(instance)
    if not quiet:
        tell_warnings(loaded.warnings)
    with Interrupts(announce=not quiet and not sys.stderr.isatty()) as interrupts:
        with choice_display(loaded.instance, interrupts.stop, quiet=quiet) as (on_progress, on_news):
            found = find_alternatives(
                loaded,
                options,
                AlternativesRequest(most, give),
                on_progress=on_progress,
                on_news=on_news,
                stop=interrupts.stop,
            )
        if not found.plans:
            return tell_no_plan(found.outcome, instance, options.time_limit, as_json=as_json)
        with interrupts.unstoppable():
            files = () if folder is None else publish_alternatives(loaded.instance, found, folder, dialect)
        if as_json:
            show_bytes(alternatives_bytes(found))
        else:
            show_alternatives(loaded.instance, found, files, most)
    return ExitCode.INTERRUPTED if interrupts.stop.is_set() else ExitCode.DONE
