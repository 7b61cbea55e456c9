"""A plan on the terminal: its meetings, what was proven, the files written."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from meetsched.cli.streams import show_table
from meetsched.cli.tables import make_table
from meetsched.domain.instance import Instance
from meetsched.domain.names import Names
from meetsched.domain.plan import Plan, PlanStatus, TierResult
from meetsched.domain.proof import TIER_NAMES, statements, tier_amount
from meetsched.domain.scalars import format_cents
from meetsched.domain.words import day, hours, one_line

if TYPE_CHECKING:
    from rich.table import Table

_HEADLINES = MappingProxyType(
    {
        PlanStatus.OPTIMAL: "It is proven that there is no better plan.",
        PlanStatus.FEASIBLE: "The best plan found; it is not proven that there is no better one.",
    }
)


def show_plan(instance: Instance, plan: Plan, files: Iterable[Path]) -> None:
    """Print a plan for people on standard output."""
    show_table(
        _meetings(instance, plan),
        _HEADLINES[plan.status],
        _tiers(plan.tiers, instance.currency),
        "\n".join(written(files)),
    )


def written(files: Iterable[Path]) -> Iterator[str]:
    """Yield what was written: files that lie beside the first one, and the folders of the others."""
    paths = list(files)
    yield from dict.fromkeys(
        f"Wrote {path if path.parent == paths[0].parent else path.parent}" for path in paths
    )


def _meetings(instance: Instance, plan: Plan) -> "Table":
    names = Names(instance)
    several = len(instance.cities) > 1
    table = make_table(
        "Date",
        "Time",
        *(["City"] if several else []),
        "Topic",
        "Venue",
        right=("Heads", f"Cost ({instance.currency})"),
    )
    for meeting in sorted(plan.meetings, key=lambda meeting: (meeting.start, meeting.id)):
        start, end = names.local(meeting.start), names.local(meeting.end)
        cells = [
            day(start.date()),
            hours(start, end),
            *([names.city(meeting.city)] if several else []),
            one_line(meeting.title),
            names.venue(meeting.venue),
            str(meeting.heads),
            format_cents(meeting.cost.total),
        ]
        table.add_row(*cells)
    return table


def _tiers(tiers: tuple[TierResult, ...], currency: str) -> "Table":
    table = make_table("What counts, in this order", "This plan", "What was proven")
    for tier, statement in zip(tiers, statements(tiers, currency), strict=True):
        amount = tier_amount(tier.name, tier.value, currency)
        table.add_row(TIER_NAMES[tier.name], amount, statement.sentence)
    return table
