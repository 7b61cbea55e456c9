"""What more changes buy, as a table of text and as small charts."""

from collections.abc import Sequence
from dataclasses import dataclass

from meetsched.domain.cells import CsvDialect
from meetsched.domain.changes import changes
from meetsched.domain.frontier import Frontier, FrontierPoint
from meetsched.domain.instance import Instance
from meetsched.domain.outcome import Verdict
from meetsched.domain.proof import TIER_NAMES, tier_amount, tier_number
from meetsched.domain.words import count, listing
from meetsched.export.charts import Dot, stairs
from meetsched.export.tables import csv_table, text_cell, tier_cells
from meetsched.export.templating import template
from meetsched.rules import Tier

WIDTH, HEIGHT = 340, 150
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 44, 34, 34
"""Of a chart and of its margins, in its own units."""


def frontier_table(instance: Instance, frontier: Frontier, dialect: CsvDialect = CsvDialect.RFC4180) -> bytes:
    """Return frontier.csv: a row for each number of changes, also where so few are not enough."""
    tiers = _tiers(frontier)
    columns = ("max_changes", "result", "changes", *tiers, "currency", "meetings")
    return csv_table((_row(instance, point, dialect) for point in frontier.points), columns, dialect)


def _tiers(frontier: Frontier) -> tuple[Tier, ...]:
    return tuple(dict.fromkeys(tier for point in frontier.points for tier in point.values))


def _row(instance: Instance, point: FrontierPoint, dialect: CsvDialect) -> dict[str, str]:
    row = {"max_changes": str(point.max_changes), "result": result_text(point)}
    if point.difference is None:
        return row
    names = "; ".join(change.meeting.id for change in changes(point.difference))
    return (
        row
        | tier_cells(point.values, dialect)
        | {
            "changes": str(point.difference.changes),
            "currency": instance.currency,
            "meetings": text_cell(names),
        }
    )


def result_text(point: FrontierPoint) -> str:
    """Say how sure the plan is: proven best, best found, or that there is none."""
    if point.plan is None:
        return "no plan"
    return "proven best" if point.verdict is Verdict.OPTIMAL else "best found"


@dataclass(frozen=True, slots=True)
class Chart:
    """What one aim gains with the number of changes.

    Attributes
    ----------
    title, description : str
        The aim; all values in words, for those who do not see the chart.
    line : str
        The points of the line, stepped, as SVG writes them.
    dots : tuple of Dot
    ticks : tuple of (float, str)
        Where each number of changes stands below the line.
    """

    title: str
    description: str
    line: str
    dots: tuple[Dot, ...]
    ticks: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class FrontierView:
    """What a page shows of a frontier: charts of the aims that change, and all plans as rows."""

    charts: tuple[Chart, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[int, str, tuple[str, ...], str], ...]
    complete: bool


def frontier_view(instance: Instance, frontier: Frontier) -> FrontierView:
    """Return a frontier as a page shows it."""
    tiers = [tier for tier in _tiers(frontier) if tier is not Tier.DISRUPTION]
    held = [point for point in frontier.points if point.plan is not None]
    telling = [tier for tier in tiers if len({point.values[tier] for point in held}) > 1]
    return FrontierView(
        charts=tuple(_chart(instance, frontier.points, held, tier) for tier in telling),
        heads=tuple(TIER_NAMES[tier] for tier in _tiers(frontier)),
        rows=tuple(_view_row(instance, point, _tiers(frontier)) for point in frontier.points),
        complete=frontier.complete,
    )


def frontier_charts(view: FrontierView) -> str:
    """Return the charts alone, as HTML; nothing where there are none."""
    if not view.charts:
        return ""
    charts = template("sections/charts.html")
    return charts.render(frontier=view, chart_width=WIDTH, chart_height=HEIGHT)


def _view_row(
    instance: Instance, point: FrontierPoint, tiers: Sequence[Tier]
) -> tuple[int, str, tuple[str, ...], str]:
    values = point.values
    cells = tuple(
        tier_number(tier, values[tier], instance.currency) if tier in values else "" for tier in tiers
    )
    found = () if point.difference is None else changes(point.difference)
    return point.max_changes, result_text(point), cells, listing([each.meeting.title for each in found])


def _chart(
    instance: Instance, points: Sequence[FrontierPoint], held: Sequence[FrontierPoint], tier: Tier
) -> Chart:
    values = [point.values[tier] for point in held]
    low, high = min(values), max(values)
    across = (WIDTH - _LEFT - _RIGHT) / max(1, len(points) - 1)
    down = (HEIGHT - _TOP - _BOTTOM) / max(1, high - low)
    x = {point.max_changes: round(_LEFT + across * place, 1) for place, point in enumerate(points)}
    dots = tuple(
        Dot(
            x[point.max_changes],
            round(_TOP + down * (high - value), 1),
            tier_number(tier, value, instance.currency),
        )
        for point, value in zip(held, values, strict=True)
    )
    told = [
        f"{tier_amount(tier, value, instance.currency)} with at most {count(point.max_changes, 'change')}"
        for value, point in zip(values, held, strict=True)
    ]
    return Chart(
        title=TIER_NAMES[tier],
        description=f"{TIER_NAMES[tier]}: {listing(told)}.",
        line=" ".join(stairs(dots)),
        dots=dots,
        ticks=tuple((x[point.max_changes], str(point.max_changes)) for point in points),
    )
