"""Coupled cities: how good the plans are in the time given, beside the textbook model, and how it grows.

Usage: python benchmarks/regions.py --help
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from contest.answers import Claim
from contest.bout import bout
from contest.instances import made_up_instance
from contest.page import print_option, record
from contest.runner import Run, keep_to_two_cores, run
from contest.systems import SYSTEMS
from contest.table import (
    TIERS,
    claim_of,
    first_plan_after,
    machine,
    markdown,
    proven_after,
    result_table,
    verdict,
)
from growth import exponent
from meetsched.domain.outcome import Verdict
from meetsched.rules import Tier

_LIMITS = {5: 120.0, 12: 180.0, 40: 600.0}
"""Seconds for each command, by the number of cities."""
_GROWTH = (1, 2, 5, 10, 20, 40)
_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Size:
    """So many cities, and the run that planned them."""

    cities: int
    run: Run

    @property
    def points_after(self) -> float | None:
        """Seconds until no plan was left that could serve more points."""
        return proven_after(self.run, Tier.POINTS)


@click.command()
@click.option("--systems", default="meetsched,cp-sat,highs", show_default=True, help="Those that take part.")
@click.option("--cities", default=",".join(map(str, _LIMITS)), show_default=True, help="Sizes to compare at.")
@click.option(
    "--growth", default=",".join(map(str, _GROWTH)), show_default=True, help="Sizes to grow through."
)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes the same cities.")
@click.option("--time-limit", type=float, help="Seconds for each command.  [default: by the size]")
@print_option
def main(
    systems: str, cities: str, growth: str, seed: int, time_limit: float | None, *, only_print: bool
) -> None:
    """Plan coupled cities with each system, then more and more of them, and write tables."""
    chosen = [name for name in systems.split(",") if name]
    if unknown := [name for name in chosen if name not in SYSTEMS]:
        raise click.UsageError(f"no system is called {unknown[0]!r}; there are {', '.join(SYSTEMS)}")
    keep_to_two_cores()
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        runs = [
            one
            for size in _sizes(cities)
            for one in bout(_region(folder, size, seed), chosen, folder, time_limit or limit_of(size))
        ]
        sizes = [_grown(folder, size, seed, time_limit or limit_of(size)) for size in _sizes(growth)]
    limits = ", ".join(f"{time_limit or limit_of(size):g} s for {size} cities" for size in _sizes(cities))
    parts = [f"Measured on {machine()}; seed {seed}; {limits}."]
    if runs:
        parts += [gap_table(runs), result_table(runs)]
    if sizes:
        parts.append(growth_table(sizes))
    text = "\n\n".join(parts)
    record("regions", text, only_print=only_print)


def _sizes(text: str) -> list[int]:
    return [int(size) for size in text.split(",") if size]


def limit_of(cities: int) -> float:
    """Return the seconds that so many cities are given: those of the next larger size."""
    return next((limit for size, limit in _LIMITS.items() if cities <= size), max(_LIMITS.values()))


def _region(folder: Path, cities: int, seed: int) -> Path:
    options = ("--like", "country", "--cities", cities, "--together", cities, "--seed", seed)
    return made_up_instance(folder, f"cities-{cities}", *options)


def _grown(folder: Path, cities: int, seed: int, time_limit: float) -> Size:
    path = _region(folder, cities, seed)
    one = run("meetsched", path, folder / "grown" / path.stem, time_limit, len(os.sched_getaffinity(0)))
    click.echo(f"{path.stem:16} {one.seconds:7.1f} s", err=True)
    return Size(cities, one)


def gap_table(runs: Iterable[Run]) -> str:
    """Return a table of each tier's distance from its bound, in percent of what was found."""
    rows = [
        [
            one.instance,
            SYSTEMS[one.system].label,
            verdict(one),
            _seconds(first_plan_after(one)),
            *(_gap(one, tier) for tier in TIERS),
            str(one.memory),
        ]
        for one in runs
    ]
    header = [
        "cities",
        "system",
        "end",
        "first plan (s)",
        *(f"{tier}: gap" for tier in TIERS),
        "memory (MiB)",
    ]
    return markdown(header, rows, left=3)


def _gap(one: Run, tier: Tier) -> str:
    """Say how far a tier is from its bound; once it is proven, after how many seconds that was so."""
    claim = claim_of(one, tier)
    if claim is None or not one.holds:
        return "–"
    if claim.proven:
        return f"0 ({_seconds(proven_after(one, tier))} s)"
    return "no bound" if claim.bound is None else f"{gap(claim):.2f}%"


def gap(claim: Claim) -> float:
    """Return the distance of a tier's best from its bound, in percent of the best."""
    assert claim.bound is not None
    return _PERCENT * abs(claim.bound - claim.best) / max(1, abs(claim.best))


def growth_table(sizes: Sequence[Size]) -> str:
    """Return a table of what planning took by the number of cities, and the exponents under it.

    A command that its limit ended says nothing of how the whole time grows: only those that were planned
    to the end count there.
    """
    rows = [
        [
            str(size.cities),
            verdict(size.run),
            _seconds(size.points_after),
            f"{size.run.seconds:.1f}",
            str(size.run.memory),
        ]
        for size in sizes
    ]
    table = markdown(["cities", "end", "points proven (s)", "whole (s)", "memory (MiB)"], rows, left=2)
    ended = [size for size in sizes if size.run.answer.verdict is Verdict.OPTIMAL]
    proven = [(size.cities, after) for size in sizes if (after := size.points_after) is not None]
    fitted = {
        "time until the points are proven": exponent(*_columns(proven)),
        "whole time": exponent(*_columns([(size.cities, size.run.seconds) for size in ended])),
        "memory": exponent(*_columns([(size.cities, float(size.run.memory)) for size in sizes])),
    }
    told = [f"{what}: {found:.2f}" for what, found in fitted.items() if found is not None]
    return f"{table}\n\nExponents in the number of cities: {'; '.join(told)}." if told else table


def _columns(pairs: Sequence[tuple[int, float]]) -> tuple[list[float], list[float]]:
    return [float(size) for size, _ in pairs], [amount for _, amount in pairs]


def _seconds(seconds: float | None) -> str:
    return "–" if seconds is None else f"{seconds:.1f}"


if __name__ == "__main__":
    main()
