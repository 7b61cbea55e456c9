"""A notice as a message: for calendars (iTIP, RFC 5546), and as an e-mail that carries it (RFC 6047)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from meetsched.delivery.mail import Mailbox, mail_file
from meetsched.delivery.notices import News, Notice
from meetsched.domain.addresses import mailto
from meetsched.domain.instance import Instance
from meetsched.domain.words import clock, day, span
from meetsched.export.calendar import part_line
from meetsched.export.events import (
    description_lines,
    event_uid,
    new_calendar,
    new_event,
    organiser,
    place,
    with_name,
)

_SUBJECTS = {
    News.NEW: "Invitation",
    News.CHANGED: "Changed",
    News.CANCELLED: "Cancelled",
    News.WITHDRAWN: "You are no longer needed",
}
_SENTENCES = {
    News.NEW: "You are invited to a meeting.",
    News.CHANGED: "A meeting to which you are invited has changed.",
    News.CANCELLED: "This meeting is cancelled.",
    News.WITHDRAWN: "You are no longer needed at this meeting. It takes place without you.",
}


@dataclass(frozen=True, slots=True)
class Message:
    """What one recipient gets: the calendar's part alone, and the e-mail that carries it."""

    notice: Notice
    calendar: bytes
    mail: bytes


def write_message(instance: Instance, notice: Notice, sender: str, now: datetime) -> Message:
    """Return a notice as a message to its recipient, and to nobody else.

    Parameters
    ----------
    notice : Notice
        Its recipient has an address.
    sender : str
        The e-mail address of the city that invites. It has to stay the same for all messages about a
        meeting: calendars heed no change that comes from somebody else.
    now : datetime
        When it is written; aware.
    """
    calendar = _calendar(instance, notice, sender, now)
    return Message(notice, calendar, _mail(instance, notice, sender, now, calendar))


def _calendar(instance: Instance, notice: Notice, sender: str, now: datetime) -> bytes:
    from icalendar import vCalAddress

    item, recipient, news = notice.item, notice.recipient, notice.news
    calendar = new_calendar(instance, [item], method=news.method)
    event = new_event(
        instance,
        item,
        cancelled=news is News.CANCELLED,
        first_lines=(*notice.changes, *([] if news.method == "CANCEL" else [part_line(recipient.people)])),
    )
    if news is News.WITHDRAWN:
        del event["status"]  # The meeting is held: iTIP allows no status where somebody is only taken off.
    del event["dtstamp"]
    event.add("dtstamp", now)  # Among messages of one sequence, calendars heed the one written last.
    event.add("organizer", organiser(item.city, mailto(sender)))
    attendee = with_name(vCalAddress(mailto(recipient.address)), recipient.name)
    is_sender = recipient.address.casefold() == sender.casefold()
    attendee.params.update(
        {
            "CUTYPE": "INDIVIDUAL",
            "ROLE": "CHAIR" if is_sender else "REQ-PARTICIPANT",
            "PARTSTAT": "ACCEPTED" if is_sender else "NEEDS-ACTION",
            "RSVP": "FALSE" if is_sender or news.method == "CANCEL" else "TRUE",
        }
    )
    event.add("attendee", attendee)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _mail(instance: Instance, notice: Notice, sender: str, now: datetime, calendar: bytes) -> bytes:
    item, recipient = notice.item, notice.recipient
    identity = (
        event_uid(instance, item.meeting.id), item.meeting.sequence, notice.news, recipient.address, now
    )  # fmt: skip
    return mail_file(
        sender=Mailbox(item.city, sender),
        recipient=Mailbox(recipient.name, recipient.address),
        subject=f"{_SUBJECTS[notice.news]}: {item.title}, {day(item.start.date())}, {clock(item.start)}",
        written=now,
        mark=sha256(repr(identity).encode()).hexdigest()[:32],
        text=_text(instance, notice),
        calendar=calendar,
        method=notice.news.method,
    )


def _text(instance: Instance, notice: Notice) -> str:
    """Return what a program shows that knows no calendars."""
    item, news = notice.item, notice.news
    head = [item.title, f"{span(item.start, item.end)} ({instance.timezone})", place(item)]
    parts = [[_SENTENCES[news]], head]
    if news.method == "REQUEST":
        parts.insert(1, list(notice.changes))
        parts += [
            [part_line(notice.recipient.people)],
            description_lines(instance, item)[1:],
            ["Please accept or decline with the buttons of your calendar, or answer this message."],
        ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"
