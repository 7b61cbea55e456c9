"""`meetsched shares`."""

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
from meetsched.cli.streams import show_bytes, tell_warnings
from meetsched.domain.cells import CsvDialect

if TYPE_CHECKING:
    from meetsched.service.solving import SolveOptions


@click.command("shares", epilog="Example: meetsched shares region.yaml plan/plan.json -o shares")
@input_argument("instance")
@input_argument("plan")
@click.option(
    "-o",
    "--output",
    "folder",
    metavar="DIR",
    type=Folder(),
    help="Folder for the files shares.csv, shared-uses.csv and shares.html.",
)
@solver_options()
@dialect_option
@output_options
def command(
    *,
    instance: Path,
    plan: Path,
    folder: Path | None,
    options: "SolveOptions",
    dialect: CsvDialect,
    as_json: bool,
    quiet: bool,
) -> ExitCode:
    """Tell what each city of PLAN gets, what it gives up to whom, and who uses what they share.

    For each city of INSTANCE: its points against the most that it could have alone, and what it would
    gain if another city used none of the rooms and people that both may use. PLAN is verified first.
    Ctrl-C keeps what was found.
    """
    from meetsched.cli.interrupts import Interrupts
    from meetsched.cli.sharing import answer_teller, shares_bytes, show_shares
    from meetsched.cli.verdicts import refuse
    from meetsched.service.sharing import (
        check_cities,
        check_folder,
        load_instance,
        load_plan,
        publish_shares,
        verify,
        weigh,
    )

    if folder is not None:
        check_folder(folder)
    loaded = load_instance(instance)
    check_cities(loaded.instance)
    subject = load_plan(plan, loaded.instance)
    report = verify(loaded.instance, subject, sha256=loaded.sha256)
    if not quiet:
        tell_warnings((*loaded.warnings, *report.warnings))
    if not report.holds:
        why = "Error: the plan has faults, so that nothing can be told of it"
        return refuse(why, report, loaded.instance.currency, as_json=as_json)
    with Interrupts(announce=not quiet) as interrupts:
        teller = answer_teller(loaded.instance, options.started, quiet=quiet)
        found = weigh(loaded, subject, options, teller, interrupts.stop)
        shares = found.shares
        if not quiet:
            tell_warnings(found.warnings)
        with interrupts.unstoppable():
            files = (
                () if folder is None else publish_shares(loaded.instance, subject, shares, folder, dialect)
            )
        if as_json:
            show_bytes(shares_bytes(loaded.instance, shares))
        else:
            show_shares(loaded.instance, shares, files)
    return ExitCode.INTERRUPTED if interrupts.stop.is_set() else ExitCode.DONE
