"""Plans to choose from, side by side on the terminal and as JSON."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from meetsched.cli.exits import json_bytes
from meetsched.cli.progress import Listener, progress_display
from meetsched.cli.streams import make_console, show_table, tell
from meetsched.cli.summary import written
from meetsched.cli.tables import make_table
from meetsched.domain.alternatives import Alternative, Alternatives
from meetsched.domain.instance import Instance
from meetsched.domain.names import Names
from meetsched.domain.plan import Meeting
from meetsched.domain.proof import tier_amount, tier_heading, tier_number
from meetsched.domain.words import clock, count, one_line, short_day
from meetsched.rules import Tier
from meetsched.service.alternatives import FarNews

if TYPE_CHECKING:
    from rich.table import Table

LINE_EVERY = 10.0
"""Seconds at least between two lines on one plan, where no terminal shows a changing one."""


@contextmanager
def choice_display(
    instance: Instance, stop: Event, *, quiet: bool
) -> Iterator[tuple[Listener | None, Callable[[FarNews], None]]]:
    """Show the news given to two listeners: of the best plan first, then of those far from it."""
    with ExitStack() as stack:
        listener = stack.enter_context(progress_display(instance, stop, quiet=quiet))
        yield listener, (lambda _: None) if quiet else _FarListener(stack)


class _FarListener:
    """Ends the display before it with its first piece of news."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._listener: Callable[[FarNews], None] | None = None

    def __call__(self, news: FarNews) -> None:
        if self._listener is None:
            self._stack.close()
            self._listener = self._stack.enter_context(_far_display())
        self._listener(news)


@contextmanager
def _far_display() -> Iterator[Callable[[FarNews], None]]:
    if sys.stderr.isatty():
        with make_console(sys.stderr).status("") as status:
            yield lambda news: status.update(_news_text(news))
    else:
        yield _Lines()


class _Lines:
    """Says in a line when the search for another plan begins, and now and then how it goes."""

    def __init__(self) -> None:
        self._number = 0
        self._when = 0.0

    def __call__(self, news: FarNews) -> None:
        if news.number != self._number or news.seconds >= self._when + LINE_EVERY:
            self._number, self._when = news.number, news.seconds
            tell(_news_text(news))


def _news_text(news: FarNews) -> str:
    found = "searching" if news.distance is None else f"{count(news.distance, 'point')} away from all before"
    return f"{news.seconds:6.1f} s  Plan {news.number}: {found}, at most {news.bound} possible"


def show_alternatives(instance: Instance, found: Alternatives, files: Iterable[Path], most: int) -> None:
    """Print the plans side by side on standard output."""
    show_table(_table(instance, found), _end(instance, found, most), *written(files))


def _table(instance: Instance, found: Alternatives) -> "Table":
    table = make_table("", *(f"Plan {number}" for number in range(1, len(found.plans) + 1)))
    for tier in found.tiers:
        name = tier_heading(tier, instance.currency)
        cells = (tier_number(tier, each.values[tier], instance.currency) for each in found.plans)
        table.add_row(name, *cells)
    table.add_row("Differs from all before by", *map(_distance, found.plans))
    table.add_section()
    names = Names(instance)
    several = len(instance.cities) > 1
    for row in found.meetings:
        meeting = next(each for each in row if each is not None)
        title = names.meeting(meeting) if several else one_line(meeting.title)
        table.add_row(title, *(_when_and_where(names, each) for each in row))
    return table


def _distance(found: Alternative) -> str:
    if found.distance is None:
        return ""
    return f"{found.distance}, proven" if found.proven else f"{found.distance} of at most {found.bound}"


def _when_and_where(names: Names, meeting: Meeting | None) -> str:
    if meeting is None:
        return "–"
    start = names.local(meeting.start)
    return f"{short_day(start.date())}, {clock(start)}\n{names.venue(meeting.venue)}"


def _end(instance: Instance, found: Alternatives, most: int) -> str:
    """Say what was asked of the plans, and why there are no more of them."""
    points, cost = (
        tier_amount(tier, found.limits[tier], instance.currency) for tier in (Tier.POINTS, Tier.COST)
    )
    proven = all(each.proven for each in found.plans[1:])
    how = (
        "; that is proven."
        if proven
        else ", as far as the time went; where two numbers stand, none differs by more than the second."
    )
    told = (
        f"Each plan has {points} or more and costs {cost} or less. Of such plans each differs from all "
        f"before it by as many points of disruption as possible{how}"
    )
    if found.exhausted:
        return f"{told} There are no others that differ; that is proven."
    if len(found.plans) < most:
        return f"{told} The time ended before plan {len(found.plans) + 1} was found."
    return told


def alternatives_bytes(found: Alternatives) -> bytes:
    """Return the plans as JSON."""
    plans = [_document(number, each) for number, each in enumerate(found.plans, start=1)]
    limits = {"give": float(found.give), "points": found.limits[Tier.POINTS], "cost": found.limits[Tier.COST]}
    return json_bytes({"limits": limits, "plans": plans, "exhausted": found.exhausted})


def _document(number: int, found: Alternative) -> dict[str, Any]:
    return {
        "number": number,
        "distance": found.distance,
        "bound": found.bound,
        "proven": found.proven,
        "best_of_these": found.best_of_these,
        "distances": list(found.distances),
        "objective": dict(found.values),
        "plan": found.plan.document(),
    }
