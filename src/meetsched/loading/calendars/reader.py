"""Busy times out of an iCalendar file (RFC 5545), such as Outlook, Google and Nextcloud export.

Events and free/busy blocks count; what is free, cancelled or declined does not. Times without a zone and
whole days are local. A file in which anything that bears on times is broken is refused as a whole: a busy
time read an hour off would be worse than none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Set
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from stat import S_ISREG

from meetsched.loading.calendars.events import Event, EventReader, midnight, title_of, uid_of
from meetsched.loading.calendars.problems import Problems
from meetsched.loading.calendars.reading import BusyTime, PassedOver, Reading, Reason, Span
from meetsched.loading.calendars.repetition import Effort, EffortError
from meetsched.loading.calendars.scan import Block, decode, scan
from meetsched.loading.calendars.series import align, occurrences, span_of
from meetsched.loading.calendars.standing import Standing
from meetsched.loading.calendars.times import parse_moment
from meetsched.loading.calendars.zones import Zones

MAX_BYTES = 20_000_000
MAX_EVENTS = 20_000
"""That may lie within the dates asked for."""
MAX_OCCURRENCES = 20_000
"""Times within them, and dates that events list; far more than a diary has."""
MAX_DAYS = 1_000_000
"""On which rules may be asked whether they hold, all together: a second or two."""
MAX_LATER = 100
"""Repetitions that stand for all later ones, too."""

_MARGIN = timedelta(days=2)
"""More than any zone is away from any other."""


def read_calendar(path: Path, within: Span, file: str, owners: Collection[str] = ()) -> Reading:
    """Return what a calendar file tells of a stretch of time.

    Parameters
    ----------
    within : Span
        Only what falls into it counts, cut to it. Its zone is that of floating times and of whole days.
    file : str
        The calendar as the user named it, for messages.
    owners : collection of str
        E-mail addresses of the one whose calendar it is; what they declined does not keep them busy.

    Raises
    ------
    DataError
        If the file cannot be read, or anything in it that bears on time is broken.
    """
    problems = Problems(file)
    data = _read(path, problems)
    calendars = scan(decode(data, problems), problems)
    effort = Effort(MAX_DAYS, MAX_OCCURRENCES)
    readers = [_Calendar(block, within, owners, problems, effort) for block in calendars]
    try:
        for reader in readers:
            reader.read()
    except EffortError:
        raise problems.stop(None, "its events repeat too often, or list too many dates") from None
    problems.check()
    busy = sorted((time for reader in readers for time in reader.busy), key=_order)
    passed_over = sorted(
        (event for reader in readers for event in reader.passed_over), key=lambda each: each.line
    )
    if passed_over and not busy and all(each.reason is Reason.OUTSIDE for each in passed_over):
        problems.oddity(None, "", "", "no event lies within the dates", "was it exported long ago?")
    decliners = frozenset().union(*(reader.decliners for reader in readers))
    return Reading(tuple(busy), tuple(passed_over), problems.oddities, decliners)


def _read(path: Path, problems: Problems) -> bytes:
    """Return a file's bytes; its size is looked at before."""
    try:
        status = path.stat()
        if not S_ISREG(status.st_mode):
            raise problems.stop(None, "expected a file, this is a folder, a device or a pipe")
        if status.st_size <= MAX_BYTES:
            with path.open("rb") as stream:
                data = stream.read(MAX_BYTES + 1)
            if len(data) <= MAX_BYTES:
                return data
    except OSError as error:
        raise problems.stop(None, f"the file cannot be read: {error.strerror}") from None
    expected = f"the file is too large, expected at most {MAX_BYTES // 1_000_000} MB"
    raise problems.stop(None, expected, "export fewer years")


class _Calendar:
    """Reads one calendar of a file."""

    def __init__(
        self, block: Block, within: Span, owners: Collection[str], problems: Problems, effort: Effort
    ) -> None:
        home = within.start.tzinfo
        assert home is not None
        self._block = block
        self._within = within
        self._home: tzinfo = home
        self._problems = problems
        self._effort = effort
        self.busy: list[BusyTime] = []
        self.passed_over: list[PassedOver] = []
        zones = Zones(
            [part for part in block.blocks if part.kind == "VTIMEZONE"],
            within.start.date(),
            within.end.date(),
            problems,
            effort,
        )
        self._standing = Standing(block, owners)
        self._reader = EventReader(zones, home, problems, effort)

    @property
    def decliners(self) -> Set[str]:
        """The addresses that have declined an event read."""
        return self._standing.decliners

    def read(self) -> None:
        """Read its events and its free/busy blocks."""
        if (scale := self._block.word("CALSCALE")) not in ("", "GREGORIAN"):
            self._problems.fault(self._block.number, "CALSCALE", scale, "expected GREGORIAN")
        parts: dict[str, list[Block]] = defaultdict(list)
        for block in self._block.blocks:
            if block.kind == "VFREEBUSY":
                self._read_free_busy(block)
            elif block.kind == "VEVENT":
                parts[uid_of(block) or f"line {block.number}"].append(block)
        near = [blocks for blocks in parts.values() if not self._pass_over(blocks)]
        if sum(map(len, near)) > MAX_EVENTS:
            raise self._problems.stop(
                self._block.number, f"expected at most {MAX_EVENTS} events within the dates"
            )
        for blocks in near:
            events = [
                event for block in blocks if (event := self._reader.read(block, self._standing.free(block)))
            ]
            if len(events) == len(blocks):
                self._take(events)

    def _pass_over(self, blocks: list[Block]) -> bool:
        """Pass over events that matter in no case: all free, or one that does not repeat and is far away."""
        reasons = [self._standing.free(block) for block in blocks]
        if all(reasons):
            self.passed_over += [
                PassedOver(block.number, title_of(block), reason)
                for block, reason in zip(blocks, reasons, strict=True)
                if reason
            ]
            return True
        if len(blocks) == 1 and _is_far(blocks[0], self._within):
            self._leave(blocks[0].number, title_of(blocks[0]), Reason.OUTSIDE)
            return True
        return False

    def _take(self, events: list[Event]) -> None:
        """Take the times of the events of one UID."""
        found: set[int] = set()
        for group in self._groups(events):
            for event, span in self._times(group):
                if event.free is None and (cut := self._cut(span)):
                    self.busy.append(BusyTime(cut, event.line, event.title))
                    found.add(event.line)
        for event in events:
            if event.line not in found:
                is_empty = event.start == event.end and not event.repeats
                reason = event.free or (Reason.NO_LENGTH if is_empty else Reason.OUTSIDE)
                self._leave(event.line, event.title, reason)

    def _times(self, group: list[Event]) -> Iterator[tuple[Event, Span]]:
        first = group[0]
        if len(group) == 1 and not first.repeats:
            yield first, span_of(first, self._home)
            return
        try:
            yield from occurrences(group, self._within, self._home, self._effort)
        except (ValueError, OverflowError) as error:
            self._problems.fault(first.line, "", first.title, f"its repetitions cannot be followed: {error}")

    def _groups(self, events: list[Event]) -> Iterator[list[Event]]:
        """Yield events of one UID that go together.

        Where two say something about the same, the later edition counts. Of two that are no editions of
        each other, although they have the same UID, both do.
        """
        align(events, self._home)
        kept: dict[datetime | None, Event] = {}
        for event in sorted(events, key=lambda event: -event.sequence):
            which = (
                None if event.repetition is None else midnight(event.repetition, self._home).astimezone(UTC)
            )
            rival = kept.setdefault(which, event)
            if rival is event:
                continue
            if rival.sequence > event.sequence or _alike(rival, event):
                event.free = Reason.OLDER
                continue
            expected = f"the event on line {rival.line} has the same UID; both count"
            self._problems.oddity(event.line, "", event.title, expected)
            event.repetition = None
            yield [event]
        if sum(event.and_later for event in kept.values()) > MAX_LATER:
            raise EffortError
        yield list(kept.values())

    def _read_free_busy(self, block: Block) -> None:
        for line in block.all("FREEBUSY"):
            if line.time_parameters.get("FBTYPE", "BUSY").upper() == "FREE":
                self._leave(line.number, "", Reason.FREE)
                continue
            for start, end in self._reader.periods(line):
                span = Span(start, end if isinstance(end, datetime) else _later(start, end))
                if cut := self._cut(span):
                    self.busy.append(BusyTime(cut, line.number, ""))

    def _leave(self, line: int, title: str, reason: Reason) -> None:
        self.passed_over.append(PassedOver(line, title, reason))

    def _cut(self, span: Span) -> Span | None:
        """Return the part of a span that is asked for, on the local clock; None where there is none."""
        # Moments of one zone compare by the clock on the wall, so compare in UTC.
        start = max(span.start, self._within.start, key=datetime.timestamp)
        end = min(span.end, self._within.end, key=datetime.timestamp)
        if start.timestamp() >= end.timestamp():
            return None
        # By way of UTC, so that a time that the clocks skip becomes the one that they show then.
        return Span(*(moment.astimezone(UTC).astimezone(self._home) for moment in (start, end)))


def _is_far(block: Block, within: Span) -> bool:
    """Whether an event is days away from what is asked for; False where it may repeat, or is not clear."""
    if any(block.first(name) for name in ("RRULE", "RDATE", "RECURRENCE-ID", "DURATION")):
        return False
    first = block.first("DTSTART")
    last = block.first("DTEND") or first
    if first is None or last is None:
        return False
    try:
        start, end = (midnight(parse_moment(line.time), UTC).replace(tzinfo=None) for line in (first, last))
    except ValueError:
        return False
    lead, tail = (moment.replace(tzinfo=None) for moment in within)
    return start <= end and (end < lead - _MARGIN or start > tail + _MARGIN)


def _later(start: datetime, length: timedelta) -> datetime:
    """Return the moment after a length of time has gone by; the last that there is where it never ends."""
    try:
        return start.astimezone(UTC) + length
    except OverflowError:
        return datetime(9998, 12, 31, tzinfo=UTC)


def _alike(one: Event, other: Event) -> bool:
    """Whether two events say the same about their times."""
    return all(
        getattr(one, name) == getattr(other, name)
        for name in ("start", "end", "rules", "dates", "exceptions", "free")
    )


def _order(busy: BusyTime) -> tuple[float, float, int]:
    return busy.span.start.timestamp(), busy.span.end.timestamp(), busy.line
