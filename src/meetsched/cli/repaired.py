"""A repaired plan on the terminal and as JSON: the plan, what changed, and what more changes would buy."""

from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Any

from meetsched.cli.changes import difference_document
from meetsched.cli.exits import json_bytes
from meetsched.cli.streams import show, show_bytes, show_table, tell
from meetsched.cli.summary import show_plan
from meetsched.cli.tables import make_table
from meetsched.domain.changes import changes
from meetsched.domain.difference import Difference
from meetsched.domain.frontier import Frontier, FrontierPoint
from meetsched.domain.instance import Instance
from meetsched.domain.outcome import Verdict
from meetsched.domain.plan import Plan
from meetsched.domain.proof import TIER_NAMES, tier_amount, tier_number
from meetsched.domain.wording.differences import change_lines
from meetsched.domain.words import count, listing
from meetsched.service.frontiers import repair_frontier
from meetsched.service.repairing import Prepared, SolveOptions

if TYPE_CHECKING:
    from rich.table import Table


def show_repair(
    instance: Instance,
    plan: Plan,
    difference: Difference,
    frontier: Frontier | None,
    files: Iterable[Path],
    *,
    as_json: bool,
) -> None:
    """Print a repaired plan: for people what changed comes first, in JSON it stands in the plan."""
    if as_json:
        document = plan.document() | {"changes": difference_document(difference)}
        if frontier is not None:
            document["frontier"] = _frontier_document(frontier)
        show_bytes(json_bytes(document))
        return
    show("\n".join(change_lines(difference, instance)) + "\n\n")
    if frontier is not None:
        show_table(_frontier_table(frontier, instance), _frontier_end(frontier))
    show_plan(instance, plan, files)


def find_frontier(prepared: Prepared, options: SolveOptions, stop: Event, *, quiet: bool) -> Frontier:
    """Find what more changes would buy, and tell each plan on standard error when it is found."""
    teller = _points_teller(prepared.loaded.instance, options.started, quiet=quiet)
    return repair_frontier(prepared, options, teller, stop)


def _points_teller(instance: Instance, started: float, *, quiet: bool) -> Callable[[FrontierPoint], None]:
    def tell_point(point: FrontierPoint) -> None:
        what = "no plan holds every rule"
        if point.plan is not None and point.plan.tiers:
            first = point.plan.tiers[0]
            what = tier_amount(first.name, first.value, instance.currency)
            what += ", proven" if point.verdict is Verdict.OPTIMAL else ""
        if not quiet:
            seconds = monotonic() - started
            tell(f"{seconds:6.1f} s  With at most {count(point.max_changes, 'change')}: {what}")

    return tell_point


def _frontier_table(frontier: Frontier, instance: Instance) -> "Table":
    tiers = list(dict.fromkeys(tier for point in frontier.points for tier in point.values))
    table = make_table("At most", right=[TIER_NAMES[tier] for tier in tiers], last="Meetings that change")
    for point in frontier.points:
        cells = [tier_number(tier, point.values[tier], instance.currency) for tier in tiers if point.values]
        found = () if point.difference is None else changes(point.difference)
        names = ", ".join(each.meeting.topic for each in found) or "none"
        last = "no plan" if point.plan is None else names
        cells += [""] * (len(tiers) - len(cells))
        table.add_row(count(point.max_changes, "change"), *cells, last)
    return table


def _frontier_end(frontier: Frontier) -> str:
    if frontier.complete:
        return "Each is the best of its kind. More changes than these buy nothing; that is proven."
    return "The time ended before it was settled what still more changes buy."


def _frontier_document(frontier: Frontier) -> dict[str, Any]:
    return {
        "points": [
            {
                "max_changes": point.max_changes,
                "verdict": point.verdict.value,
                "objective": dict(point.values),
                "meetings": [each.meeting.id for each in changes(point.difference)]
                if point.difference
                else [],
            }
            for point in frontier.points
        ],
        "complete": frontier.complete,
    }


def beside(prepared: Prepared) -> str:
    """Name what a repair has to hold besides the rules, to follow "no plan holds every rule"."""
    repair = prepared.baseline.repair
    parts = []
    if prepared.baseline.frozen:
        parts.append("keeps what is frozen")
    if repair.max_changes is not None:
        parts.append(f"changes at most {count(repair.max_changes, 'meeting')}")
    if prepared.pins:
        parts.append("holds the pins given")
    return listing(["", *parts])
