"""When people are busy, as tables and as JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from meetsched.cli.exits import fault_document
from meetsched.cli.streams import show_table
from meetsched.cli.tables import make_table
from meetsched.domain.instance import Instance
from meetsched.domain.words import count, listing, one_line, period, stretch
from meetsched.service.leafing import Busy, Page, PassedOverIn, Reason

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

_EXAMPLES = 3
"""Events named for each reason for which some were passed over."""


def show_pages(pages: Sequence[Page], instance: Instance) -> None:
    """Print when people are busy, for people, on standard output."""
    dates = period(instance.horizon.start, instance.horizon.end)
    parts: list[RenderableType] = [f"Busy times, {dates}, on the clock of {instance.timezone}.\n"]
    shown = [page for page in pages if page.busy or page.passed_over or len(pages) == 1]
    for page in shown:
        parts += _page(page)
    if idle := [_name(page) for page in pages if page not in shown]:
        parts.append(f"Nothing is known to keep {listing(idle, 'or')} busy.\n")
    show_table(*parts)


def _page(page: Page) -> Iterator[RenderableType]:
    yield f"{_name(page)}: {count(len(page.busy), 'busy time')}"
    if page.busy:
        table = make_table("Busy", "What", "Where it says so")
        for busy in page.busy:
            table.add_row(stretch(busy.start, busy.end), one_line(busy.what), _place(busy.file, busy.line))
        yield table
    if page.passed_over:
        yield _passed_over(page.passed_over)
    if not page.busy and not page.passed_over:
        yield ""


def _passed_over(events: Iterable[PassedOverIn]) -> Table:
    groups: dict[Reason, list[PassedOverIn]] = defaultdict(list)
    for each in events:
        groups[each.event.reason].append(each)
    table = make_table("Passed over because", right=("Events",), last="For example")
    for reason, group in groups.items():
        examples = (
            f"{one_line(each.event.title) or 'without a title'} ({_place(each.file, each.event.line)})"
            for each in group[:_EXAMPLES]
        )
        table.add_row(reason, str(len(group)), "; ".join(examples))
    return table


def _name(page: Page) -> str:
    return one_line(page.person.name) if page.person else "The calendar"


def _place(file: str, line: int | None) -> str:
    return one_line(file) if line is None else f"{one_line(file)}:{line}"


def pages_document(pages: Sequence[Page], instance: Instance) -> dict[str, Any]:
    """Return when people are busy as JSON-ready data."""
    oddities = dict.fromkeys(oddity for page in pages for oddity in page.oddities)
    return {
        "instance": instance.id,
        "horizon": {"start": str(instance.horizon.start), "end": str(instance.horizon.end)},
        "timezone": instance.timezone,
        "people": [_page_document(page) for page in pages],
        "warnings": [fault_document(oddity) for oddity in oddities],
    }


def _page_document(page: Page) -> dict[str, Any]:
    return {
        "person": page.person.id if page.person else None,
        "busy": [_busy_document(busy) for busy in page.busy],
        "passed_over": [
            {
                "file": each.file,
                "line": each.event.line,
                "title": each.event.title,
                "reason": each.event.reason.name.lower().replace("_", "-"),
            }
            for each in page.passed_over
        ],
    }


def _busy_document(busy: Busy) -> dict[str, str | int | None]:
    return {
        "start": busy.start.isoformat(),
        "end": busy.end.isoformat(),
        "file": busy.file,
        "line": busy.line,
        "what": busy.what,
    }
