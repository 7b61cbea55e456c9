"""What more money buys: the option for it, news of its search, and the curve on the terminal and as JSON."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from meetsched.cli.exits import json_bytes
from meetsched.cli.interrupts import STOPPING
from meetsched.cli.options import together
from meetsched.cli.streams import make_console, show_bytes, show_table, tell
from meetsched.cli.tables import make_table

if TYPE_CHECKING:
    from rich.table import Table

    from meetsched.domain.curve import Curve, CurvePlan
    from meetsched.domain.instance import Instance
    from meetsched.domain.plan import Plan
    from meetsched.service.curves import Loaded, SolveOptions

ALL = "all"
DEFAULT_PLANS = 10


class PlansWanted(click.ParamType[int | str]):
    """How many plans: two or more, or all of them."""

    name = "plans"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int | str:
        """Read a number, or the word."""
        if str(value) == ALL:
            return ALL
        try:
            wanted = int(value)
        except ValueError:
            wanted = 0
        if wanted < 2:
            self.fail(f"{value!r} is neither a number of plans, 2 or more, nor the word all.")
        return wanted


curve_options = together(
    click.option(
        "--frontier",
        "with_frontier",
        is_flag=True,
        help="Also tell what more money buys: plans from the cheapest to the best served of which none "
        "serves more for as little money, each proven.",
    ),
    click.option(
        "--plans",
        type=PlansWanted(),
        metavar="N|all",
        help=f"How many plans --frontier is to find, spread over the whole.  [default: {DEFAULT_PLANS}]",
    ),
)


@dataclass(frozen=True, slots=True)
class CurveWanted:
    """That a curve is wanted, with how many plans at most; None for all."""

    most: int | None

    @classmethod
    def of(cls, plans: int | str | None, *, with_frontier: bool) -> "CurveWanted | None":
        """Return what some options ask for; None where they ask for none.

        Raises
        ------
        click.UsageError
            They contradict each other.
        """
        if not with_frontier:
            if plans is not None:
                raise click.UsageError("--plans says how many plans --frontier is to find: add --frontier.")
            return None
        return cls(None if plans == ALL else DEFAULT_PLANS if plans is None else int(plans))

    def find(
        self, loaded: "Loaded", options: "SolveOptions", own: "Plan", stop: Event, *, quiet: bool
    ) -> "Curve":
        """Find the curve, and show how that goes."""
        from meetsched.service.curves import find_curve

        with _display(loaded.instance, options.started, self.most, stop, quiet=quiet) as listener:
            return find_curve(loaded, options, own, most=self.most, on_plan=listener, stop=stop)


@contextmanager
def _display(
    instance: "Instance", started: float, most: int | None, stop: Event, *, quiet: bool
) -> "Iterator[Callable[[CurvePlan], None]]":
    """Show each plan given to the listener as soon as it is found."""
    news = _News(instance, started, most, stop)
    if quiet:
        yield lambda _: None
    elif sys.stderr.isatty():
        with make_console(sys.stderr).status(news):
            yield news.hear
    else:
        tell(news.text)

        def hear(found: "CurvePlan") -> None:
            news.hear(found)
            tell(news.text)

        yield hear


@dataclass
class _News:
    """The latest news of a search; rich asks for it from its own thread."""

    instance: "Instance"
    started: float
    most: int | None
    stop: Event
    found: int = 0
    latest: "CurvePlan | None" = None

    def hear(self, plan: "CurvePlan") -> None:
        self.found += 1
        self.latest = plan

    @property
    def text(self) -> str:
        seconds = f"{monotonic() - self.started:6.1f} s"
        if self.latest is None:
            return f"{seconds}  What more money buys: searching"
        from meetsched.domain.wording.curves import plan_in_short

        of = "" if self.most is None else f" of {self.most} at most"
        where = plan_in_short(self.latest.points, self.latest.cost, self.instance.currency)
        return f"{seconds}  What more money buys: {where}, proven ({self.found}{of})"

    def __rich__(self) -> str:
        return STOPPING if self.stop.is_set() else self.text


def show_planned(
    instance: "Instance", plan: "Plan", curve: "Curve | None", files: "Iterable[Path]", *, as_json: bool
) -> None:
    """Print a plan, and before it what more money buys where that was asked for."""
    from meetsched.cli.summary import show_plan
    from meetsched.service.publishing import plan_document

    if not as_json:
        if curve is not None:
            _show_curve(instance, curve)
        show_plan(instance, plan, files)
    elif curve is None:
        show_bytes(plan_document(plan))
    else:
        show_bytes(json_bytes(plan.document() | {"frontier": _document(curve)}))


def _show_curve(instance: "Instance", curve: "Curve") -> None:
    from meetsched.domain.wording.curves import ending

    if curve.plans:
        end = " ".join(ending(curve, instance.currency))
        show_table("What more money buys:", _table(instance, curve), f"{end}\n")
    else:
        show_table("What more money buys: nothing of it was proven before the search ended.\n")


def _table(instance: "Instance", curve: "Curve") -> "Table":
    from meetsched.domain.proof import tier_heading, tier_number
    from meetsched.domain.wording.curves import between_text, bought_heading, bought_text, step_in_short

    currency = instance.currency
    heads = [tier_heading(tier, currency) for tier in curve.tiers]
    table = make_table(
        "Plan",
        right=[*heads, bought_heading(curve, currency), "The next plan"],
        last="Others between",
    )
    for column in table.columns[-2:]:
        column.no_wrap = True
    longest = [
        max(len(tier_number(tier, each.values[tier], currency)) for each in curve.plans)
        for tier in curve.tiers
    ]
    for column, length in zip(table.columns[1:], longest, strict=False):
        column.min_width = length
    for place, found in enumerate(curve.plans):
        cells = [tier_number(tier, found.values[tier], currency) for tier in curve.tiers]
        step = curve.steps[place] if place < len(curve.steps) else None
        told = ("", "") if step is None else (step_in_short(step, currency), between_text(step.between))
        table.add_row(str(place + 1), *cells, bought_text(curve, place), *told)
    return table


def _document(curve: "Curve") -> dict[str, Any]:
    """Return what more money buys as JSON-ready data, cost in cents."""
    return {
        "plans": [
            {
                "number": number,
                "objective": dict(found.values),
                "best_of_these": found.best_of_these,
                "plan": found.plan.document(),
            }
            for number, found in enumerate(curve.plans, start=1)
        ],
        "between": [each.value for each in curve.between],
        "cheapest_proven": curve.cheapest_proven,
        "best_served_proven": curve.best_served_proven,
        "complete": curve.complete,
        "beyond_budget": None if curve.beyond_budget is None else dict(curve.beyond_budget),
    }
