"""Who has to be told what: one notice for each recipient and change."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from meetsched.domain.addresses import is_mail_address
from meetsched.domain.difference import same_announcement
from meetsched.domain.instance import Instance
from meetsched.domain.plan import Meeting, Plan, meeting_id
from meetsched.domain.words import listing, span
from meetsched.export.agenda import AgendaItem, agenda_items
from meetsched.export.attendance import Attendance
from meetsched.export.events import place


class News(StrEnum):
    """What a notice tells its recipient."""

    NEW = "new"
    """Is on duty at a meeting, and was not before."""
    CHANGED = "changed"
    """Is still on duty, but the meeting has another time, place, title, or other people."""
    CANCELLED = "cancelled"
    """The meeting is held no more."""
    WITHDRAWN = "withdrawn"
    """Is no longer on duty at a meeting that is held all the same."""

    @property
    def method(self) -> str:
        """The method of iTIP (RFC 5546) that tells it."""
        return "REQUEST" if self in (News.NEW, News.CHANGED) else "CANCEL"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets a notice.

    Attributes
    ----------
    people : tuple of Attendance
        One person, or several who are on duty at the meeting and share an address.
    address : str
        The e-mail address; empty where there is none that can be used.
    hindrance : str
        Why there is none, in words; empty where there is.
    """

    people: tuple[Attendance, ...]
    address: str
    hindrance: str

    @property
    def name(self) -> str:
        """Who that is, in words."""
        return listing([one.name for one in self.people])

    @property
    def roles(self) -> str:
        """What they do at the meeting, in words."""
        return listing(list(dict.fromkeys(one.role_name.lower() for one in self.people)))


@dataclass(frozen=True, slots=True)
class Notice:
    """One change for one recipient.

    Attributes
    ----------
    news : News
    item : AgendaItem
        The meeting as it is to stand in the recipient's calendar; where it is to leave that, as it
        stood there, but with the sequence of the change.
    recipient : Recipient
    changes : tuple of str
        What became different, line by line; only where a meeting changed.
    """

    news: News
    item: AgendaItem
    recipient: Recipient
    changes: tuple[str, ...] = ()


def find_notices(instance: Instance, plan: Plan, baseline: Plan | None = None) -> tuple[Notice, ...]:
    """Return what has to be told, by the names of those who are told, then in the order of time.

    Without a baseline nobody has been told anything yet: all meetings are new, and those listed as
    cancelled are cancelled for everybody. What is over, since the plan was made as of a later date, is
    not told.

    Parameters
    ----------
    baseline : Plan, optional
        What everybody has been told. `sequence_faults` must find nothing.
    """
    before = {} if baseline is None else _by_id(baseline.meetings)
    notices: list[Notice] = []
    for item in _coming(instance, plan, plan.meetings):
        old = before.get(_id(item.meeting))
        notices += _about_held(instance, item, old)
    for item in _coming(instance, plan, plan.cancelled):
        if baseline is None:
            notices += _cancellation(instance, item)
        elif (old := before.get(_id(item.meeting))) is not None:
            notices += _cancellation(instance, _as_it_was(instance, old, item.meeting.sequence))
    return tuple(sorted(notices, key=_order))


def sequence_faults(plan: Plan, baseline: Plan) -> Iterator[tuple[str, str, str]]:
    """Yield where a plan's sequences do not go on from a baseline's, so that calendars would not heed it.

    Yields
    ------
    tuple of str
        Where in the plan, what stands there, what was expected.
    """
    held, cancelled = _by_id(baseline.meetings), _by_id(baseline.cancelled)
    missing = held.keys() - {_id(meeting) for meeting in (*plan.meetings, *plan.cancelled)}
    for index, meeting in enumerate(plan.meetings):
        old = held.get(_id(meeting))
        if old is None:
            old = cancelled.get(_id(meeting))
        elif same_announcement(old, meeting):
            continue
        if old is not None and meeting.sequence <= old.sequence:
            yield f"meetings[{index}].sequence", str(meeting.sequence), _raised(old)
    for index, meeting in enumerate(plan.cancelled):
        old = held.get(_id(meeting))
        if old is not None and meeting.sequence <= old.sequence:
            yield f"cancelled[{index}].sequence", str(meeting.sequence), _raised(old)
    for name in sorted(missing):
        yield "cancelled", "", f"expected {name}, which the baseline holds and the plan does not"


def _raised(old: Meeting) -> str:
    return f"expected {old.sequence + 1} or more, since {_id(old)} differs from the baseline's"


def _order(notice: Notice) -> tuple[object, ...]:
    first = notice.recipient.people[0]
    return (first.name, first.person, notice.item.start, notice.item.meeting.id, notice.news)


def _id(meeting: Meeting) -> str:
    return meeting_id(meeting.city, meeting.topic)


def _by_id(meetings: Iterable[Meeting]) -> Mapping[str, Meeting]:
    return {_id(meeting): meeting for meeting in meetings}


def _coming(instance: Instance, plan: Plan, meetings: Iterable[Meeting]) -> Iterator[AgendaItem]:
    """Yield the meetings that are not over as of the date for which the plan was made."""
    as_of = plan.repair.as_of if plan.repair else None
    for item in agenda_items(instance, meetings):
        if as_of is None or item.start.date() >= as_of:
            yield item


def _as_it_was(instance: Instance, old: Meeting, sequence: int) -> AgendaItem:
    (item,) = agenda_items(instance, [old.model_copy(update={"sequence": sequence})])
    return item


def _about_held(instance: Instance, item: AgendaItem, old: Meeting | None) -> Iterator[Notice]:
    now = _recipients(instance, item.people)
    if old is None:
        for recipient in now.values():
            yield Notice(News.NEW, item, recipient)
        return
    if same_announcement(old, item.meeting):
        return
    was = _as_it_was(instance, old, item.meeting.sequence)
    former = _recipients(instance, was.people)
    changes = tuple(_changes(was, item))
    for key, recipient in now.items():
        if key in former:
            yield Notice(News.CHANGED, item, recipient, changes)
        else:
            yield Notice(News.NEW, item, recipient)
    for key, recipient in former.items():
        if key not in now:
            yield Notice(News.WITHDRAWN, was, recipient)


def _cancellation(instance: Instance, item: AgendaItem) -> Iterator[Notice]:
    for recipient in _recipients(instance, item.people).values():
        yield Notice(News.CANCELLED, item, recipient)


def _recipients(instance: Instance, people: Iterable[Attendance]) -> dict[str, Recipient]:
    """Return who is to be told, by what tells them apart.

    A mailbox that several people share gets one notice: a second one on the same meeting would replace
    the first, and a cancellation for one of them would take the meeting away from the others.
    """
    recipients: dict[str, Recipient] = {}
    for one in people:
        recipient = _recipient(instance, one)
        key = recipient.address.casefold() or one.person  # No id holds the sign that every address has.
        if key in recipients:
            recipient = replace(recipients[key], people=(*recipients[key].people, one))
        recipients[key] = recipient
    return recipients


def _recipient(instance: Instance, one: Attendance) -> Recipient:
    person = instance.person_by_id.get(one.person)
    if person is None:
        return Recipient((one,), "", "the instance no longer knows this person")
    address = (person.email or "").strip()
    if not address:
        return Recipient((one,), "", "no e-mail address")
    if not is_mail_address(address):
        return Recipient((one,), "", "the e-mail address cannot be used")
    return Recipient((one,), address, "")


def _changes(old: AgendaItem, new: AgendaItem) -> Iterator[str]:
    if (old.start, old.end) != (new.start, new.end):
        yield f"Was on {span(old.start, old.end)}"
    if old.meeting.venue != new.meeting.venue:
        yield f"Was at {place(old)}"
    if old.title != new.title:
        yield f"Was called {old.title}"
    duties, former = _duties(new), _duties(old)
    if joined := [text for duty, text in duties.items() if duty not in former]:
        yield f"New: {listing(joined)}"
    if left := [text for duty, text in former.items() if duty not in duties]:
        yield f"No longer there: {listing(left)}"


def _duties(item: AgendaItem) -> dict[tuple[str, str], str]:
    return {(one.person, one.role): f"{one.name} ({one.role_name.lower()})" for one in item.people}
