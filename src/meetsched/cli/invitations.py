"""Who gets which message, for people and as JSON."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from meetsched.cli.exits import json_bytes
from meetsched.cli.streams import show_bytes, show_table
from meetsched.cli.tables import make_table
from meetsched.domain.words import count, hours, short_day
from meetsched.service.inviting import NEWS_NAMES, Invited, Notice

if TYPE_CHECKING:
    from rich.console import RenderableType


def show_invitations(invited: Invited, folder: Path, *, as_json: bool) -> None:
    """Print on standard output what was written for whom, and who has to be told in another way."""
    if as_json:
        show_bytes(json_bytes(_document(invited)))
        return
    parts: list[RenderableType] = []
    if invited.sent:
        parts.append(_table([notice for notice, _ in invited.sent]))
    if invited.unreachable:
        parts += [
            "To be told in another way, since there is no e-mail address that can be used:",
            _table(invited.unreachable),
        ]
    if not parts:
        parts.append("Nothing is new: nobody has to be told anything.")
    mailboxes = {notice.recipient.address.casefold() for notice, _ in invited.sent}
    parts.append(
        f"Wrote {count(len(invited.sent), 'message')} to {count(len(mailboxes), 'address', 'addresses')} "
        f"into {folder}, each as .eml and as .ics, and report.txt. Nothing has been sent."
    )
    show_table(*parts)


def _table(notices: "list[Notice] | tuple[Notice, ...]") -> "RenderableType":
    table = make_table("Who", "As", "Is", "Meeting", "When")
    several = len({notice.item.meeting.city for notice in notices}) > 1
    for notice in notices:
        item = notice.item
        table.add_row(
            notice.recipient.name,
            notice.recipient.roles,
            NEWS_NAMES[notice.news],
            f"{item.city}: {item.title}" if several else item.title,
            f"{short_day(item.start.date())}, {hours(item.start, item.end)}",
        )
    return table


def _document(invited: Invited) -> dict[str, Any]:
    return {
        "messages": [{**_told(notice), "file": file} for notice, file in invited.sent],
        "unreachable": [
            {**_told(notice), "reason": notice.recipient.hindrance} for notice in invited.unreachable
        ],
        "files": [str(path) for path in invited.files],
    }


def _told(notice: Notice) -> dict[str, Any]:
    return {
        "meeting": notice.item.meeting.id,
        "people": [one.person for one in notice.recipient.people],
        "news": notice.news.value,
        "method": notice.news.method,
        "sequence": notice.item.meeting.sequence,
    }
