"""Who gets which message, and who has to be told in another way, as a text to read and to tick off."""

from collections.abc import Iterable, Sequence

from meetsched.delivery.notices import News, Notice
from meetsched.domain.words import count, span

NEWS_NAMES = {
    News.NEW: "invited",
    News.CHANGED: "told of a change",
    News.CANCELLED: "told that it is cancelled",
    News.WITHDRAWN: "told that they are not needed",
}


def report(sent: Sequence[tuple[Notice, str]], unreachable: Sequence[Notice]) -> str:
    """Return the report; addresses are not in it.

    Parameters
    ----------
    sent : sequence of tuple of Notice and str
        Each notice that became a message, with the name of its file.
    unreachable : sequence of Notice
        Those whose recipients have no address.
    """
    parts = [[f"{count(len(sent), 'message')} to send" if sent else "Nobody has to be sent a message."]]
    parts += [[_line(notice), f"  {file}"] for notice, file in sent]
    if unreachable:
        parts.append([f"{count(len(unreachable), 'notice')} to be given in another way"])
        parts += [[_line(notice), f"  {notice.recipient.hindrance}"] for notice in unreachable]
    return "\n\n".join("\n".join(lines) for lines in parts) + "\n"


def _line(notice: Notice) -> str:
    item = notice.item
    return (
        f"{notice.recipient.name} ({notice.recipient.roles}), {NEWS_NAMES[notice.news]}: "
        f"{item.city}: {item.title}, {span(item.start, item.end)}"
    )


def reached(notices: Iterable[Notice]) -> tuple[tuple[Notice, ...], tuple[Notice, ...]]:
    """Split notices into those that can become messages and those that cannot."""
    all_of_them = tuple(notices)
    return (
        tuple(notice for notice in all_of_them if notice.recipient.address),
        tuple(notice for notice in all_of_them if not notice.recipient.address),
    )
