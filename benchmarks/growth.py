"""How time and memory of `meetsched solve` grow with the size of a town, one measure at a time.

Usage: python benchmarks/growth.py --help
"""

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from statistics import linear_regression, median
from tempfile import TemporaryDirectory

import click
import yaml

from contest.instances import made_up_instance
from contest.page import print_option, record
from contest.runner import Run, keep_to_two_cores, run
from contest.table import machine, markdown, verdict
from meetsched.candidates import find_candidates
from meetsched.domain.outcome import Verdict
from meetsched.loading import load_instance

_TOWN = {"topics": 12, "venues": 8, "people": 45, "companies": 40}
"""The everyday town of ``scripts/make_instance.py``; its least numbers are in `_LEAST`."""
_LEAST = {"topics": 2, "venues": 2, "people": 9, "companies": 0}
_STARTS = "starts"
_FACTORS = (0.25, 0.5, 1.0, 2.0, 4.0)
_QUARTER = 15
_TRIES = 4
"""Towns made for each one wanted: some sizes have few that have a plan."""
_STAGES = ("reading, candidates (s)", "first tier (s)", "later tiers (s)", "verifying, writing (s)")


@dataclass(frozen=True, slots=True)
class Point:
    """Towns with one measure changed: how large they are, and what planning them took (medians).

    `pairs` are the candidates: (topic, start, venue) that no rule on one meeting alone forbids.
    `stages` are the seconds of each of `_STAGES`; None where some town was not planned to the end.
    """

    measure: str
    factor: float
    size: int
    pairs: int
    seconds: float
    memory: int
    stages: tuple[float, ...] | None
    ends: str

    @property
    def search(self) -> float:
        """Seconds of all tiers: what grows when start-up and reading do not; 0 where `stages` is None."""
        return sum(self.stages[1:3]) if self.stages else 0.0


@click.command()
@click.option("--measures", default=",".join([*_TOWN, _STARTS]), show_default=True)
@click.option("--factors", default=",".join(map(str, _FACTORS)), show_default=True)
@click.option("--seeds", type=click.IntRange(min=1), default=3, show_default=True, help="Towns of each size.")
@click.option("--time-limit", type=float, default=120.0, show_default=True, help="Seconds for each command.")
@print_option
def main(measures: str, factors: str, seeds: int, time_limit: float, *, only_print: bool) -> None:
    """Plan towns of many sizes, and tell how time and memory grow."""
    unknown = set(measures.split(",")) - {*_TOWN, _STARTS}
    if unknown:
        raise click.UsageError(f"no measure is called {min(unknown)!r}")
    keep_to_two_cores()
    points = []
    with TemporaryDirectory() as scratch:
        for measure in measures.split(","):
            for factor in map(float, factors.split(",")):
                points.append(_point(Path(scratch), measure, factor, seeds, time_limit))
                click.echo(f"{measure:10} x {factor:<5g} {points[-1].seconds:7.1f} s", err=True)
    head = (
        f"Measured on {machine()}; median of {seeds} towns of each size, {time_limit:g} s for each command."
    )
    text = "\n\n".join([head, exponent_table(points), _point_table(points)])
    record("growth", text, only_print=only_print)


def _point(folder: Path, measure: str, factor: float, seeds: int, time_limit: float) -> Point:
    planned = _planned(folder, measure, factor, seeds, time_limit)
    runs = [one for _, one in planned]
    candidates = [find_candidates(load_instance(path).instance) for path, _ in planned]
    sizes = [
        len(found.starts if measure == _STARTS else getattr(found.instance, measure)) for found in candidates
    ]
    stages = [stages_of(one) for one in runs]
    return Point(
        measure,
        factor,
        round(median(sizes)),
        round(median(sum(meeting.pair_count for meeting in found.meetings) for found in candidates)),
        median(one.seconds for one in runs),
        round(median(one.memory for one in runs)),
        tuple(map(median, zip(*stages, strict=True))) if all(stages) else None,
        ", ".join(f"{number} {end}" for end, number in Counter(map(verdict, runs)).items()),
    )


def _planned(
    folder: Path, measure: str, factor: float, seeds: int, time_limit: float
) -> list[tuple[Path, Run]]:
    """Plan so many towns of a size; those proven to have no plan are passed over, unless all are."""
    workers = len(os.sched_getaffinity(0))
    with_plan: list[tuple[Path, Run]] = []
    without: list[tuple[Path, Run]] = []
    for seed in range(_TRIES * seeds):
        path = _town(folder, measure, factor, seed)
        one = run("meetsched", path, path.parent / "run", time_limit, workers)
        (without if one.answer.verdict is Verdict.INFEASIBLE else with_plan).append((path, one))
        if len(with_plan) == seeds:
            break
    return with_plan or without[:seeds]


def _town(folder: Path, measure: str, factor: float, seed: int) -> Path:
    """Write the everyday town with one measure multiplied."""
    options = dict(_TOWN)
    if measure in options:
        options[measure] = max(_LEAST[measure], round(options[measure] * factor))
    flags = [text for key, number in options.items() for text in (f"--{key}", number)]
    path = made_up_instance(folder, f"{measure}-{factor:g}-{seed}", *flags, "--seed", seed)
    if measure == _STARTS:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        for rule in document["slots"]:
            rule["starts"] = with_starts(rule["starts"], factor)
        path.write_text(yaml.safe_dump(document, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return path


def with_starts(starts: Sequence[str], factor: float) -> list[str]:
    """Return about so many times as many starts of a day: some left out, or more a quarter hour apart."""
    if factor < 1:
        return list(starts[:: round(1 / factor)])
    minutes = [int(start[:2]) * 60 + int(start[3:]) for start in starts]
    more = {minute + _QUARTER * step for minute in minutes for step in range(round(factor))}
    return [f"{minute // 60:02d}:{minute % 60:02d}" for minute in sorted(more)]


def stages_of(one: Run) -> tuple[float, ...] | None:
    """Return the seconds of each of `_STAGES`; None where not every tier was proven."""
    ends = [event.seconds for event in one.events if event.proven and not event.city]
    if one.answer.verdict is not Verdict.OPTIMAL or not ends:
        return None
    begin = one.events[0].seconds
    return begin, ends[0] - begin, ends[-1] - ends[0], one.seconds - ends[-1]


def exponent(sizes: Sequence[float], amounts: Sequence[float]) -> float | None:
    """Fit ``amount = c * size ** exponent`` by least squares on logarithms; None with one size or none."""
    if len(set(sizes)) < 2:
        return None
    across, up = [log(size) for size in sizes], [log(amount) for amount in amounts]
    return linear_regression(across, up).slope


def exponent_table(points: Sequence[Point]) -> str:
    """Return a table of the exponents, and a sentence on what dominates.

    Only sizes at which every town was planned to the end count: a command that the limit ended says
    nothing of how time grows.
    """
    rows, growth = [], {}
    for measure in dict.fromkeys(point.measure for point in points):
        own = [point for point in points if point.measure == measure and point.search and point.size]
        sizes = [point.size for point in own]
        found = [
            exponent(sizes, amounts)
            for amounts in (
                [point.seconds for point in own],
                [point.search for point in own],
                [point.memory for point in own],
                [max(1, point.pairs) for point in own],
            )
        ]
        if found[0] is not None:
            growth[measure] = found[0]
        span = f"{min(sizes)} to {max(sizes)}" if own else "–"
        rows.append([measure, span, *("–" if one is None else f"{one:.2f}" for one in found)])
    table = markdown(["measure", "sizes fitted", "time", "search alone", "memory", "pairs"], rows, left=2)
    if not growth:
        return table
    most = max(growth, key=lambda measure: growth[measure])
    return f"{table}\n\nTime grows fastest with {most}: with its power of {growth[most]:.2f}."


def _point_table(points: Sequence[Point]) -> str:
    rows = [
        [
            point.measure,
            f"{point.factor:g}",
            str(point.size),
            str(point.pairs),
            point.ends,
            f"{point.seconds:.1f}",
            *(f"{stage:.1f}" for stage in point.stages or ()),
            *([] if point.stages else ["–"] * len(_STAGES)),
            str(point.memory),
        ]
        for point in points
    ]
    header = ["measure", "factor", "size", "pairs", "end", "whole (s)", *_STAGES, "memory (MiB)"]
    return markdown(header, rows, left=1)


if __name__ == "__main__":
    main()
