"""What more money buys: the curve of points against cost, as a table of text and as a page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from meetsched.domain.cells import CsvDialect
from meetsched.domain.curve import CENTS, Between, Curve
from meetsched.domain.instance import Instance
from meetsched.domain.plan import Plan
from meetsched.domain.proof import tier_heading, tier_number
from meetsched.domain.scalars import format_cents
from meetsched.domain.wording.curves import (
    between_text,
    bought_heading,
    bought_text,
    ending,
    plan_in_short,
    step_text,
)
from meetsched.domain.words import count, listing, money, one_line
from meetsched.export.charts import Axis, Dot, stairs
from meetsched.export.tables import csv_table, text_cell, tier_cells
from meetsched.export.templating import template
from meetsched.rules import Tier

WIDTH, HEIGHT = 720, 440
_LEFT, _RIGHT, _TOP, _BOTTOM = 76, 40, 44, 84
"""Of the chart and of its margins, in its own units; a phone shows letters of twice the size in it."""
_MOST_TICKS = 5
_ROOM_ACROSS, _ROOM_DOWN = 28, 24
"""Numbers of plans nearer to each other than this would run into each other on a phone."""


def curve_table(instance: Instance, curve: Curve, dialect: CsvDialect = CsvDialect.RFC4180) -> bytes:
    """Return frontier.csv: a row for each plan, from the cheapest to the best served."""
    columns = ("plan", *curve.tiers, "currency", "more_points", "more_cost", "others_before_next", "meetings")
    return csv_table(_rows(instance, curve, dialect), columns, dialect)


def _rows(instance: Instance, curve: Curve, dialect: CsvDialect) -> Iterator[dict[str, str]]:
    for place, found in enumerate(curve.plans):
        row = {
            "plan": str(place + 1),
            **tier_cells(found.values, dialect),
            "currency": instance.currency,
            "meetings": text_cell("; ".join(meeting.id for meeting in found.plan.meetings)),
        }
        if place < len(curve.steps):
            step = curve.steps[place]
            row["more_points"] = str(step.points)
            row["more_cost"] = dialect.amount(format_cents(step.cost))
            row["others_before_next"] = step.between.value
        yield row


@dataclass(frozen=True, slots=True)
class Tick:
    """A value at an axis, and where it stands."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A plan in the chart.

    Attributes
    ----------
    dot : Dot
        Labelled with the plan's number, or with nothing where that would run into another's.
    title : str
        The plan in words.
    own : bool
        Whether the plan by the instance's own aims stands here, too.
    """

    dot: Dot
    title: str
    own: bool


@dataclass(frozen=True, slots=True)
class CurveChart:
    """Points against cost.

    Attributes
    ----------
    description : str
        What it shows, for those who do not see it.
    across, up : tuple of Tick
        Along the axes of cost and of points.
    sure, unsure : tuple of str
        Lines as SVG writes them: what money buys at most, and at least.
    marks : tuple of Mark
        The plans on the curve.
    own : Dot or None
        The plan by the instance's own aims where it is none of these.
    """

    description: str
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    sure: tuple[str, ...]
    unsure: tuple[str, ...]
    marks: tuple[Mark, ...]
    own: Dot | None


def curve_page(instance: Instance, curve: Curve) -> bytes:
    """Return the curve as a page of HTML: no scripts, no requests, nothing private.

    It leads to the page of each plan, in ``plan-1/plan.html`` and so on.
    """
    currency = instance.currency
    first, last = curve.plans[0], curve.plans[-1]
    text = template("frontier.html").render(
        title=one_line(instance.name) or instance.id,
        instance=instance,
        first=plan_in_short(first.points, first.cost, currency),
        last=plan_in_short(last.points, last.cost, currency),
        several=len(curve.plans) > 1,
        **_chart_values(instance, curve),
        heads=[tier_heading(tier, currency) for tier in curve.tiers],
        bought_heading=bought_heading(curve, currency),
        rows=list(curve_rows(instance, curve)),
        ending=list(ending(curve, currency)),
        reference=first.plan.instance,
    )
    return text.encode()


def curve_figure(instance: Instance, curve: Curve) -> str:
    """Return the chart alone, as HTML."""
    values = _chart_values(instance, curve)
    return template("sections/curve.html").render(instance=instance, **values)


def _chart_values(instance: Instance, curve: Curve) -> dict[str, object]:
    return {
        "chart": _chart(instance, curve),
        "width": WIDTH,
        "height": HEIGHT,
        "frame": (_LEFT, _TOP, WIDTH - _RIGHT, HEIGHT - _BOTTOM),
    }


@dataclass(frozen=True, slots=True)
class CurveRow:
    """A plan in the page's table: what it comes to, and what the next one brings, in words."""

    number: int
    own: bool
    cells: tuple[str, ...]
    bought: str
    step: str
    between: str
    meetings: str


def curve_rows(instance: Instance, curve: Curve) -> Iterator[CurveRow]:
    """Yield a row for each plan, from the cheapest to the best served."""
    before: Plan | None = None
    for place, found in enumerate(curve.plans):
        step = curve.steps[place] if place < len(curve.steps) else None
        yield CurveRow(
            number=place + 1,
            own=place == curve.own_place,
            cells=tuple(tier_number(tier, found.values[tier], instance.currency) for tier in curve.tiers),
            bought=bought_text(curve, place),
            step="" if step is None else step_text(step, instance.currency),
            between="" if step is None else between_text(step.between),
            meetings=_what_differs(before, found.plan),
        )
        before = found.plan


def _what_differs(before: Plan | None, plan: Plan) -> str:
    """Say how many meetings a plan has, and which ones are not in the one before it."""
    number = count(len(plan.meetings), "meeting")
    if before is None:
        return number
    new = [one_line(each.title) for each in plan.meetings if each.id not in before.meeting_by_id]
    gone = [one_line(each.title) for each in before.meetings if each.id not in plan.meeting_by_id]
    told = [f"{what} {listing(titles)}" for what, titles in (("with", new), ("without", gone)) if titles]
    return f"{number}; {', '.join(told)}" if told else f"{number}, the same topics"


def _chart(instance: Instance, curve: Curve) -> CurveChart:
    currency = instance.currency
    stands = [(each.cost, each.points) for each in curve.plans]
    own = (curve.own[Tier.COST], curve.own[Tier.POINTS])
    across = Axis.over((cost for cost, _ in [*stands, own]), _LEFT, WIDTH - _RIGHT, most=_MOST_TICKS)
    up = Axis.over((points for _, points in [*stands, own]), HEIGHT - _BOTTOM, _TOP, most=_MOST_TICKS)
    dots = [Dot(across.at(cost), up.at(points), "") for cost, points in stands]
    sure, unsure = _lines(curve, dots, across.end)
    first, last = curve.plans[0], curve.plans[-1]
    return CurveChart(
        description=(
            f"Points against cost: {count(len(dots), 'plan')}, from "
            f"{plan_in_short(first.points, first.cost, currency)} to "
            f"{plan_in_short(last.points, last.cost, currency)}. The table below tells each of them."
        ),
        across=tuple(Tick(across.at(value), _short_money(value)) for value in across.values),
        up=tuple(Tick(up.at(value), str(value)) for value in up.values),
        sure=sure,
        unsure=unsure,
        marks=tuple(_marks(instance, curve, dots)),
        own=None if curve.own_place is not None else Dot(across.at(own[0]), up.at(own[1]), ""),
    )


def _short_money(cents: int) -> str:
    return f"{cents // CENTS:,}" if cents % CENTS == 0 else money(cents, "").strip()


def _lines(curve: Curve, dots: Sequence[Dot], end: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the stairs from plan to plan: those that no plan surpasses, and the others."""
    sure: list[str] = []
    unsure: list[str] = []
    for pair, between in zip(pairwise(dots), curve.between, strict=True):
        (sure if between is Between.NONE else unsure).append(" ".join(stairs(pair)))
    tail = f"{dots[-1].x},{dots[-1].y} {end},{dots[-1].y}"
    (sure if curve.best_served_proven else unsure).append(tail)
    return tuple(sure), tuple(unsure)


def _marks(instance: Instance, curve: Curve, dots: Sequence[Dot]) -> Iterator[Mark]:
    ends = {0, len(dots) - 1, curve.own_place}
    labelled: list[Dot] = []
    for place in sorted(range(len(dots)), key=lambda place: place not in ends):
        dot = dots[place]
        if not any(abs(dot.x - one.x) < _ROOM_ACROSS and abs(dot.y - one.y) < _ROOM_DOWN for one in labelled):
            labelled.append(dot)
    for place, (dot, found) in enumerate(zip(dots, curve.plans, strict=True)):
        number = str(place + 1)
        yield Mark(
            dot=Dot(dot.x, dot.y, number if dot in labelled else ""),
            title=f"Plan {number}: {plan_in_short(found.points, found.cost, instance.currency)}",
            own=place == curve.own_place,
        )
