"""Whether an event keeps anybody busy, by all the ways in which calendars say so."""

from __future__ import annotations

from collections.abc import Iterable

from meetsched.loading.calendars.reading import Reason
from meetsched.loading.calendars.scan import Block, Line

_BUSY_STATUS = ("X-MICROSOFT-CDO-BUSYSTATUS", "X-MICROSOFT-MSNCALENDAR-BUSYSTATUS")
_BUSY_STATUSES = ("FREE", "TENTATIVE", "BUSY", "OOF", "OUTOFOFFICE", "WORKINGELSEWHERE")


class Standing:
    """Judges the events of one calendar.

    Parameters
    ----------
    calendar : Block
        It may be a cancellation of all its events; and Google calls a calendar by its owner's address.
    owners : iterable of str
        E-mail addresses of whose calendar it is.

    Attributes
    ----------
    decliners : set of str
        The addresses of those who declined one of the events judged so far.
    """

    def __init__(self, calendar: Block, owners: Iterable[str]) -> None:
        name = calendar.first("X-WR-CALNAME")
        addresses = (*owners, name.text.strip() if name else "")
        self._owners = {address.lower() for address in addresses if "@" in address}
        self.decliners: set[str] = set()
        self._is_cancelled = calendar.word("METHOD") == "CANCEL"

    def free(self, event: Block) -> Reason | None:
        """Return why an event keeps nobody busy, or None if it keeps its owner busy.

        What Outlook says of an event goes before the other way to say it, as in Outlook itself.
        """
        if self._is_cancelled or event.word("STATUS") == "CANCELLED":
            return Reason.CANCELLED
        if any(self._declines(line) for line in event.all("ATTENDEE")):
            return Reason.DECLINED
        status = next((word for name in _BUSY_STATUS if (word := event.word(name)) in _BUSY_STATUSES), None)
        is_free = status == "FREE" if status else event.word("TRANSP") == "TRANSPARENT"
        return Reason.FREE if is_free else None

    def _declines(self, line: Line) -> bool:
        if "DECLINED" not in line.rest.upper() or line.parameters.get("PARTSTAT", "").upper() != "DECLINED":
            return False
        address = line.value.strip().lower().removeprefix("mailto:")
        self.decliners.add(address)
        return address in self._owners
