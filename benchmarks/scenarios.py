"""What a repair costs beside planning anew, after what may happen to a published plan.

Usage: python benchmarks/scenarios.py --help
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from contest.instances import ROOT, made_up_instance
from contest.page import FOLDER, record_in
from contest.runner import keep_to_two_cores
from contest.table import machine
from disturbances.kinds import Base, Kind, spread
from disturbances.measure import Bench, Measured, Way
from disturbances.table import change_table, time_table, write_csv

_TOWN = ROOT / "instances" / "town.yaml"


@click.command()
@click.option("--kinds", default=",".join(Kind), show_default=True, help="What happens.")
@click.option("--count", type=click.IntRange(min=1), default=20, show_default=True, help="Scenarios of each.")
@click.option(
    "--towns", type=click.IntRange(min=0), default=7, show_default=True, help="Made-up towns beside Kielce."
)
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed, the same scenarios.")
@click.option("--time-limit", type=float, default=60.0, show_default=True, help="Seconds for each command.")
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=FOLDER,
    show_default="benchmarks/",
    help="Folder for scenarios.csv and scenarios.md; in benchmarks/ the tables go between the markers of "
    "its README instead.",
)
def main(*, kinds: str, count: int, towns: int, seed: int, time_limit: float, output: Path) -> None:
    """Let things happen to plans; measure `meetsched resolve` beside `meetsched solve` of what is left."""
    chosen = kinds.split(",")
    unknown = [kind for kind in chosen if kind not in list(Kind)]
    if unknown:
        raise click.UsageError(f"nothing is called {unknown[0]!r}; there are {', '.join(Kind)}")
    keep_to_two_cores()
    output.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch:
        bench = Bench(Path(scratch), time_limit, len(os.sched_getaffinity(0)))
        paths = [
            _TOWN,
            *(made_up_instance(Path(scratch), f"town-{each}", "--seed", each) for each in range(towns)),
        ]
        bases = list(_published(bench, paths))
        runs = [run for kind in chosen for run in _runs(bench, Kind(kind), bases, count, seed)]
    _write(runs, bases, time_limit, output)


def _published(bench: Bench, paths: Iterable[Path]) -> Iterator[Base]:
    for path in paths:
        base = bench.publish(path)
        if base is not None:
            yield base
        held = "no plan to go on from" if base is None else f"published, {len(base.plan.meetings)} meetings"
        click.echo(f"{path.stem:10} {held}", err=True)


def _runs(bench: Bench, kind: Kind, bases: Sequence[Base], count: int, seed: int) -> Iterator[Measured]:
    made = spread(kind, bases, count, seed)
    if len(made) < count:
        click.echo(f"{kind}: no more than {len(made)} different ones; more --towns make more", err=True)
    for base, scenario in made:
        click.echo(f"{base.name:10} {scenario.what}", err=True)
        for way in Way:
            run = bench.measure(base, scenario, way)
            click.echo(f"{'':10} {way:8} {run.seconds:6.1f} s  {run.end}{_fate(run)}", err=True)
            yield run


def _fate(run: Measured) -> str:
    return "" if run.change is None else f", {run.untouched} of {run.before} meetings untouched"


def _write(runs: Sequence[Measured], bases: Sequence[Base], time_limit: float, output: Path) -> None:
    write_csv(runs, output / "scenarios.csv")
    head = (
        f"Measured on {machine()}; plans of {len(bases)} towns, {time_limit:g} s for each command. "
        "Everything measured is in [scenarios.csv](scenarios.csv)."
    )
    text = "\n\n".join([head, time_table(runs), change_table(runs)])
    record_in(output, "scenarios.md", "scenarios", text)


if __name__ == "__main__":
    main()
