"""Messages to one recipient each: their calendar's part, and the e-mail that carries it."""

from datetime import UTC
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import SMTP
from email.utils import getaddresses

import pytest
from icalendar import Calendar

from meetsched.delivery.messages import write_message
from meetsched.delivery.notices import News, find_notices
from tests.delivery.editions import NOW, SENDER, cancelled, meeting, moved, replaced, town
from tests.export.examples import hostile

NASTY = [
    "a\r\nBcc: eve@evil.example\r\n\r\nbody",
    "nul\x00 bel\x07 line\u2028para\u2029 next\x85",
    'semi;colon, comma "quote" <eve@evil.example> \\ backslash',
    'x" <eve@evil.example>, "y',
    "Zażółć gęślą jaźń – 🥐🎻 " * 12,
    "=?utf-8?q?a?= =?utf-8?q?b?=",
    "=?utf-8?q?a=0D=0ABcc:_eve@evil.example?=",
    "=?utf-8?b?DQpCY2M6IGV2ZUBldmlsLmV4YW1wbGUNCg==?=",
    "x" * 2000,
    ";ROLE=CHAIR:mailto:eve@evil.example",
]


def messages(plan=None, baseline=None, **addresses):
    """Return the messages by person, topic and news."""
    instance, first = town(**addresses)
    return {
        (notice.recipient.people[0].person, notice.item.meeting.topic, notice.news): write_message(
            instance, notice, SENDER, NOW
        )
        for notice in find_notices(instance, plan or first, baseline)
    }


def event_of(message):
    calendar = Calendar.from_ical(message.calendar)
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def mail_of(message):
    return message_from_bytes(message.mail, policy=SMTP)


PLAN = town()[1]
ALL = {
    News.NEW: lambda: messages()["jan", "tax", News.NEW],
    News.CHANGED: lambda: messages(moved(PLAN, "tax"), PLAN)["jan", "tax", News.CHANGED],
    News.CANCELLED: lambda: messages(cancelled(PLAN, "tax"), PLAN)["jan", "tax", News.CANCELLED],
    News.WITHDRAWN: lambda: messages(replaced(PLAN, "tax", "jan", "anna"), PLAN)[
        "jan", "tax", News.WITHDRAWN
    ],
}


@pytest.mark.parametrize("news", News)
class TestEveryMessage:
    def test_names_one_organiser_and_one_attendee(self, news):
        calendar, event = event_of(ALL[news]())
        assert calendar["METHOD"] == news.method
        assert event["ORGANIZER"] == f"mailto:{SENDER}"
        assert event["ORGANIZER"].params["CN"] == "Olszyna"
        assert event["ATTENDEE"] == "mailto:jan@olszyna.example"
        assert event["ATTENDEE"].params["CN"] == "Jan Kowalski"

    def test_tells_nobody_elses_address(self, news):
        message = ALL[news]()
        for content in (message.calendar.replace(b"\r\n ", b""), *map(bytes, _parts(message))):
            addresses = {word for word in content.split() if b"@" in word and b"@meetsched" not in word}
            others = [f"{person.id}@".encode() for person in town()[0].people if person.id != "jan"]
            assert not [word for word in addresses for other in others if other in word]

    def test_tells_nothing_private(self, news):
        message = ALL[news]()
        for content in (message.calendar.replace(b"\r\n ", b""), *_parts(message)):
            for private in (b"secret", b"Saldo", b"Pixel"):
                assert private not in content

    def test_has_the_identity_of_the_plan_s_calendar_and_the_plan_s_sequence(self, news):
        _, event = event_of(ALL[news]())
        assert event["UID"] == "olszyna-2027-q1/olszyna/tax@meetsched"
        assert event["SEQUENCE"] == (0 if news is News.NEW else 1)
        assert event["DTSTAMP"].dt == NOW

    def test_is_an_alternative_of_text_and_calendar(self, news):
        message = ALL[news]()
        mail = mail_of(message)
        assert mail.get_content_type() == "multipart/alternative"
        text, calendar = mail.iter_parts()
        assert text.get_content_type() == "text/plain"
        assert calendar.get_content_type() == "text/calendar"
        assert dict(calendar["Content-Type"].params) == {"method": news.method, "charset": "UTF-8"}
        assert calendar.get_payload(decode=True) == message.calendar
        assert not mail.defects and not text.defects and not calendar.defects

    def test_goes_from_the_city_to_one_address(self, news):
        mail = mail_of(ALL[news]())
        (sender,), (recipient,) = mail["From"].addresses, mail["To"].addresses
        assert (sender.display_name, sender.addr_spec) == ("Olszyna", SENDER)
        assert (recipient.display_name, recipient.addr_spec) == ("Jan Kowalski", "jan@olszyna.example")
        assert not {"Cc", "Bcc"} & set(mail.keys())
        assert mail["Date"].datetime.astimezone(UTC) == NOW
        assert mail["Message-ID"].endswith("@olszyna.example>")

    def test_is_ascii_lines_that_mail_servers_take(self, news):
        content = ALL[news]().mail
        content.decode("ascii")
        assert content.count(b"\n") == content.count(b"\r\n")
        assert max(map(len, content.split(b"\r\n"))) <= 78

    def test_is_the_same_when_written_at_the_same_time(self, news):
        assert ALL[news]() == ALL[news]()


def _parts(message):
    return [part.get_payload(decode=True) for part in mail_of(message).iter_parts()]


class TestInvitation:
    def test_asks_for_an_answer(self):
        _, event = event_of(ALL[News.NEW]())
        assert event["ATTENDEE"].params["RSVP"] == "TRUE"
        assert event["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
        assert event["ATTENDEE"].params["ROLE"] == "REQ-PARTICIPANT"
        assert event["STATUS"] == "CONFIRMED"

    def test_says_what_when_where_and_who(self):
        message = ALL[News.NEW]()
        _, event = event_of(message)
        assert event["SUMMARY"] == "What changes in taxes in 2027"
        assert event["LOCATION"] == "Library, reading room, Olszyna"
        assert str(event["DESCRIPTION"]).startswith("Your part: cooperation broker\n")
        mail = mail_of(message)
        assert mail["Subject"] == "Invitation: What changes in taxes in 2027, Tue 19 January 2027, 17:30"
        text = mail.get_body(("plain",)).get_content()
        for line in (
            "You are invited to a meeting.",
            "Tue 19 January 2027, 17:30–19:30 (Europe/Warsaw)",
            "Library, reading room, Olszyna",
            "Your part: cooperation broker",
            "Speaking: Ewa Zielińska (University of Applied Sciences)",
        ):
            assert line in text.splitlines()

    def test_who_organises_is_not_asked(self):
        _, event = event_of(messages(jan=SENDER.upper())["jan", "tax", News.NEW])
        assert event["ATTENDEE"].params["ROLE"] == "CHAIR"
        assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
        assert event["ATTENDEE"].params["RSVP"] == "FALSE"

    def test_a_change_is_said(self):
        message = ALL[News.CHANGED]()
        _, event = event_of(message)
        assert event["DTSTART"].dt == meeting(moved(PLAN, "tax"), "tax").start
        assert str(event["DESCRIPTION"]).startswith("Was on Tue 19 January 2027, 17:30–19:30\nYour part: ")
        mail = mail_of(message)
        assert mail["Subject"].startswith("Changed: What changes")
        assert "Was on Tue 19 January 2027, 17:30–19:30" in mail.get_body(("plain",)).get_content()


class TestCancellation:
    def test_of_the_meeting_has_the_status(self):
        message = ALL[News.CANCELLED]()
        _, event = event_of(message)
        assert event["STATUS"] == "CANCELLED"
        assert event["SUMMARY"].startswith("Cancelled: ")
        assert mail_of(message)["Subject"].startswith("Cancelled: What changes")

    def test_for_somebody_taken_off_has_none(self):
        message = ALL[News.WITHDRAWN]()
        _, event = event_of(message)
        assert "STATUS" not in event
        assert mail_of(message)["Subject"].startswith("You are no longer needed: What changes")

    @pytest.mark.parametrize("news", [News.CANCELLED, News.WITHDRAWN])
    def test_asks_for_no_answer(self, news):
        message = ALL[news]()
        _, event = event_of(message)
        assert event["ATTENDEE"].params["RSVP"] == "FALSE"
        assert "Your part" not in event["DESCRIPTION"]
        assert "accept" not in mail_of(message).get_body(("plain",)).get_content()


@pytest.mark.parametrize("text", NASTY)
def test_text_of_an_instance_adds_no_header_line_or_address(text):
    instance, plan = hostile("town", text)
    clean = " ".join(text.translate(dict.fromkeys(map(ord, "\x00\x07\u2028\u2029\x85\r\n"), " ")).split())
    sent = [notice for notice in find_notices(instance, plan) if notice.recipient.address]
    assert sent
    for notice in sent:
        message = write_message(instance, notice, SENDER, NOW)
        mail, compat = mail_of(message), message_from_bytes(message.mail)
        assert set(compat.keys()) == {
            "From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"
        }  # fmt: skip
        for field, address in (("From", SENDER), ("To", notice.recipient.address)):
            assert [one for _, one in getaddresses([compat[field].replace("\r\n", "")])] == [address]
        assert len(list(mail.iter_parts())) == 2
        assert clean in str(make_header(decode_header(compat["Subject"])))
        assert max(map(len, message.mail.split(b"\r\n"))) <= 998
        lines = message.calendar.replace(b"\r\n ", b"").split(b"\r\n")
        assert sum(line.startswith((b"ATTENDEE", b"ORGANIZER")) for line in lines) == 2
        assert not any(ord(char) < 32 for line in lines for char in line.decode())
        _, event = event_of(message)
        assert event["ATTENDEE"].params["CN"] == clean.replace('"', "'")
        assert event["ATTENDEE"] == f"mailto:{notice.recipient.address}"
