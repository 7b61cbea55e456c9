"""News of a running search on standard error: a live table on a terminal, otherwise a few lines."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

from meetsched.cli.interrupts import STOPPING
from meetsched.cli.streams import make_console, tell
from meetsched.cli.tables import make_table
from meetsched.domain.instance import Instance
from meetsched.domain.names import Names
from meetsched.domain.proof import TIER_NAMES, tier_amount
from meetsched.service.solving import Progress

if TYPE_CHECKING:
    from rich.table import Table

Listener = Callable[[Progress], None]

LINE_EVERY = 10.0
"""Seconds at least between two lines on one stage, where no terminal shows a table."""


@contextmanager
def progress_display(instance: Instance, stop: Event, *, quiet: bool) -> Iterator[Listener | None]:
    """Show the news given to the listener while the body runs; None where nobody wants them."""
    if quiet:
        yield None
    elif sys.stderr.isatty():
        with _live_table(_Wording(instance), stop) as listener:
            yield listener
    else:
        yield _Lines(_Wording(instance))


class _Wording:
    """Says the parts of a piece of news."""

    def __init__(self, instance: Instance) -> None:
        self._names = Names(instance)
        self._currency = instance.currency

    def stage(self, news: Progress) -> str:
        if news.city is not None:
            return f"Ideal of {self._names.city(news.city)}"
        if news.level > 1:
            return f"{TIER_NAMES[news.tier]}, share {news.level} from below"
        return TIER_NAMES[news.tier]

    def amount(self, news: Progress, value: int | None) -> str:
        return "" if value is None else tier_amount(news.tier, value, self._currency)

    def gap(self, news: Progress) -> str:
        """Say how far value and bound are apart, as a share of the value."""
        if news.value is None or news.bound is None:
            return ""
        return f"{abs(news.bound - news.value) / max(1, abs(news.value)):.1%}"


class _Lines:
    """Says in a line when a stage begins and ends, and now and then in between."""

    def __init__(self, wording: _Wording) -> None:
        self._wording = wording
        self._spoken: dict[str, float] = {}

    def __call__(self, news: Progress) -> None:
        stage = self._wording.stage(news)
        if not news.finished and news.seconds < self._spoken.get(stage, -LINE_EVERY) + LINE_EVERY:
            return
        self._spoken[stage] = news.seconds
        tell(f"{news.seconds:6.1f} s  {stage}: {self._state(news)}")

    def _state(self, news: Progress) -> str:
        value = self._wording.amount(news, news.value)
        if not value:
            return "nothing found" if news.finished else "searching"
        if news.proven:
            return f"{value}, proven"
        bound = self._wording.amount(news, news.bound)
        return f"{value}, bound {bound}" if bound else value


@dataclass
class _Stage:
    """A row of the live table: the latest news of a stage, and when it began."""

    began: float
    news: Progress


class _LiveRows:
    """The rows of the live table; rich asks for them from its own thread."""

    def __init__(self, wording: _Wording, stop: Event) -> None:
        self._wording = wording
        self._stop = stop
        self._stages: dict[str, _Stage] = {}

    def hear(self, news: Progress) -> None:
        stage = self._wording.stage(news)
        began = self._stages[stage].began if stage in self._stages else news.seconds
        self._stages[stage] = _Stage(began, news)

    def __rich__(self) -> "Table":
        table = make_table("Stage", right=("Value", "Bound", "Gap", "Seconds"))
        table.caption = STOPPING if self._stop.is_set() else None
        for name, stage in list(self._stages.items()):
            news = stage.news
            table.add_row(
                f"{name} ✓" if news.proven else name,
                self._wording.amount(news, news.value),
                self._wording.amount(news, news.bound),
                self._wording.gap(news),
                f"{news.seconds - stage.began:.1f}",
            )
        return table


@contextmanager
def _live_table(wording: _Wording, stop: Event) -> Iterator[Listener]:
    from rich.live import Live

    rows = _LiveRows(wording, stop)
    with Live(rows, console=make_console(sys.stderr), refresh_per_second=5):
        yield rows.hear
