"""What was measured, as CSV and as Markdown."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import mean, median

from contest.table import markdown
from disturbances.kinds import Kind
from disturbances.measure import Measured, Way
from meetsched.domain.scalars import format_cents

_HEADER = (
    "plan", "kind", "what", "way", "end", "whole_seconds", "search_seconds", "memory_mib", "meetings",
    "untouched", "changes", "disruption", "points", "cost",
)  # fmt: skip


def write_csv(runs: Iterable[Measured], path: Path) -> None:
    """Write a line for each scenario and way; cost in units of the currency."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(_HEADER)
        writer.writerows(map(_cells, runs))


def _cells(run: Measured) -> list[object]:
    head = [run.base, run.kind, run.what, run.way, run.end, f"{run.seconds:.2f}", f"{run.search_seconds:.2f}"]
    head += [str(run.memory), str(run.before)]
    if run.change is None:
        return [*head, *[""] * (len(_HEADER) - len(head))]
    change = run.change
    return [*head, run.untouched, change.changes, change.disruption, points(run), format_cents(cost(run))]


def points(run: Measured) -> int:
    """Return the points of interest that a plan serves."""
    assert run.plan is not None
    return sum(meeting.points for meeting in run.plan.meetings)


def cost(run: Measured) -> int:
    """Return what a plan costs, in cents."""
    assert run.plan is not None
    return sum(meeting.cost.total for meeting in run.plan.meetings)


def time_table(runs: Sequence[Measured]) -> str:
    """Return how long each way took, a row for each kind and way."""
    rows = []
    for kind, way in ((kind, way) for kind in Kind for way in Way):
        own = [run for run in runs if run.kind is kind and run.way is way]
        if not own:
            continue
        ends = [run.end for run in own]
        rows.append(
            [
                kind,
                f"`{way}`",
                str(len(own)),
                str(ends.count("optimal")),
                str(ends.count("plan")),
                str(ends.count("proven: none")),
                str(sum(end not in ("optimal", "plan", "proven: none") for end in ends)),
                *_median_and_most([run.seconds for run in own]),
                *_median_and_most([run.search_seconds for run in own]),
            ]
        )
    header = ["what happens", "way", "scenarios", "all proven", "plan", "proven: none", "other"]
    header += ["whole, median (s)", "most (s)", "search, median (s)", "most (s)"]
    return markdown(header, rows, left=2)


def change_table(runs: Sequence[Measured]) -> str:
    """Return what each way left of the plan, over the scenarios in which both ways have a plan."""
    rows = []
    for kind in Kind:
        pairs = list(_pairs([run for run in runs if run.kind is kind]))
        if not pairs:
            continue
        ways = list(zip(*pairs, strict=True))
        rows.append(
            [
                kind,
                str(len(pairs)),
                *(f"{share_untouched(own):.0%}" for own in ways),
                *(f"{median(run.change.disruption for run in own if run.change):g}" for own in ways),
                *(f"{mean(map(points, own)):.1f}" for own in ways),
                *(f"{mean(map(cost, own)) / 100:.2f}" for own in ways),
            ]
        )
    header = ["what happens", "scenarios"]
    for what in ("untouched", "disruption, median", "points, mean", "cost, mean"):
        header += [f"{what}: `{way}`" for way in Way]
    return markdown(header, rows, left=1)


def share_untouched(runs: Iterable[Measured]) -> float:
    """Return the share of all meetings that stay as they were."""
    counted = [(run.untouched, run.before) for run in runs if run.untouched is not None]
    return sum(kept for kept, _ in counted) / sum(before for _, before in counted)


def _pairs(runs: Sequence[Measured]) -> Iterable[tuple[Measured, ...]]:
    """Yield the runs of each scenario in the order of the ways, where all have a plan."""
    for key in dict.fromkeys((run.base, run.what) for run in runs):
        own = {run.way: run for run in runs if (run.base, run.what) == key and run.plan is not None}
        if len(own) == len(Way):
            yield tuple(own[way] for way in Way)


def _median_and_most(seconds: Sequence[float]) -> tuple[str, str]:
    return f"{median(seconds):.1f}", f"{max(seconds):.1f}"
