"""Parts of an instance that are planned apart: how that goes, and how it ended without a plan."""

import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from meetsched.cli.exits import ExitCode, error_document
from meetsched.cli.interrupts import STOPPING
from meetsched.cli.progress import LINE_EVERY
from meetsched.cli.streams import make_console, show_bytes, tell
from meetsched.cli.tables import make_table
from meetsched.domain.instance import Instance
from meetsched.domain.names import Names
from meetsched.domain.words import count, listing
from meetsched.service.apart import Parting, PartsOutcome, PartsProgress

if TYPE_CHECKING:
    from rich.table import Table

_MOST_NAMED = 5
"""Of groups of cities, so many are named."""
WHOLE_TEXTS = {
    Parting.ONE_PART: "All cities hang together by rooms or people that they share: they are planned as one, "
    "on this machine.",
    Parting.GIVES: "Cities share nothing, but `objectives` lets later aims give up a share of what all have "
    "together: they are planned as one, on this machine. Without that `give`, parts are planned apart.",
}
"""What is said where parts cannot be planned apart."""
DEALT_OUT_TEXT = (
    "Later aims may give up a share of what all cities have together. With so many cities each part may give "
    "up that share of its own: the plan holds, but it is not proven that there is no better one. Without "
    "that `give` in `objectives` it can be."
)


@contextmanager
def parts_display(stop: Event, *, quiet: bool) -> Iterator[Callable[[PartsProgress], None] | None]:
    """Show the news given to the listener while the body runs; None where nobody wants them."""
    if quiet:
        yield None
    elif sys.stderr.isatty():
        with _live_table(stop) as listener:
            yield listener
    else:
        yield _Lines()


class _Lines:
    """Says in a line how many parts are done, now and then, and at once when all are."""

    def __init__(self) -> None:
        self._spoken = -LINE_EVERY
        self._done = -1

    def __call__(self, news: PartsProgress) -> None:
        complete = news.done == news.parts and self._done != news.done
        if news.seconds < self._spoken + LINE_EVERY and not complete:
            return
        self._spoken, self._done = news.seconds, news.done
        left = f"; {_left(news)} left" if news.left is not None and not complete else ""
        tell(
            f"{news.seconds:6.1f} s  Parts: {news.done:,} of {news.parts:,} done, {news.running} running, "
            f"{news.failed} failed{left}"
        )


def _left(news: PartsProgress) -> str:
    """Say how long it will go on, as roughly as that is known."""
    seconds = news.left or 0.0
    if seconds < 90:
        return f"about {max(1, round(seconds))} s"
    if seconds < 90 * 60:
        return f"about {round(seconds / 60)} min"
    return f"about {round(seconds / 3600)} h"


class _LiveRow:
    """The one row of the live table; rich asks for it from its own thread."""

    def __init__(self, stop: Event) -> None:
        self._stop = stop
        self._news: PartsProgress | None = None

    def hear(self, news: PartsProgress) -> None:
        self._news = news

    def __rich__(self) -> "Table":
        table = make_table(right=("Parts", "Done", "Running", "Failed", "Seconds", "Left"))
        table.caption = STOPPING if self._stop.is_set() else None
        if self._news is not None:
            news = self._news
            numbers = (news.parts, news.done, news.running, news.failed)
            left = "" if news.left is None else _left(news)
            table.add_row(*(f"{number:,}" for number in numbers), f"{news.seconds:.1f}", left)
        return table


@contextmanager
def _live_table(stop: Event) -> Iterator[Callable[[PartsProgress], None]]:
    from rich.live import Live

    row = _LiveRow(stop)
    with Live(row, console=make_console(sys.stderr), refresh_per_second=5):
        yield row.hear


def tell_no_whole(
    ended: PartsOutcome, instance: Instance, path: Path, folder: Path, *, as_json: bool
) -> ExitCode:
    """Say that the parts make no whole plan, why, and what is kept; the exit code tells the same."""
    code, lines = _why(ended, Names(instance), path)
    if ended.kept:
        lines.append(
            f"What is finished ({ended.done:,} of {count(ended.parts, 'part')} to the end) is kept in "
            f"{folder}: the same command goes on from there."
        )
    message = "\n".join(lines)
    tell(message)
    if as_json:
        show_bytes(error_document(code, message))
    return code


def _why(ended: PartsOutcome, names: Names, path: Path) -> tuple[ExitCode, list[str]]:
    if ended.hopeless:
        who = listing([names.city(city) for city in ended.hopeless])
        alone = "has none even alone" if len(ended.hopeless) == 1 else "have none, even apart from all others"
        return ExitCode.NO_PLAN_EXISTS, [
            f"It is proven that no plan holds every rule. {who} {alone}. Nothing was written.",
            "What cannot be held together, and what would help, is told by:",
            shlex.join(["meetsched", "explain", str(path)]),
        ]
    broken = [
        f"The planning of {_who(names, each.cities)} broke down: {each.reason}" for each in ended.failures
    ]
    if ended.outcome.interrupted:
        return ExitCode.INTERRUPTED, [
            "Interrupted before every city had a plan; no plan was written.",
            *broken,
        ]
    named = "; ".join(_who(names, cities) for cities in ended.open[:_MOST_NAMED])
    more = len(ended.open) - _MOST_NAMED
    named += f"; and {more:,} more" if more > 0 else ""
    return ExitCode.NO_PLAN_IN_TIME, [
        f"No plan was found in time, and none was ruled out, for: {named}. No plan was written.",
        *(broken[:_MOST_NAMED] or ["A longer --time-limit may help."]),
    ]


def _who(names: Names, cities: Sequence[str]) -> str:
    return listing([names.city(city) for city in cities])
