"""E-mails that carry a calendar's message (RFC 6047), as files of one each.

Headers are built with the older half of the `email` package: the newer one (`email.policy.SMTP`) decodes
what looks like an encoded word while it is set, line breaks in it too, so that a meeting's title could
add a header (seen in Python 3.11), and loses blanks between long encoded words.
"""

import base64
from dataclasses import dataclass
from datetime import datetime
from email.charset import QP, Charset
from email.header import Header
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime, quote
from typing import Any

_POLICY = compat32.clone(linesep="\r\n")
_LONGEST_WORD = 60
"""What is longer could not be folded into the lines that mail servers take."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A name and an address that `is_mail_address` accepts."""

    name: str
    address: str

    def header(self, field: str) -> Header:
        """Return it as the value of a header."""
        value = Header(header_name=field, maxlinelen=_POLICY.max_line_length)
        if _is_plain(self.name):
            value.append(f'"{quote(self.name)}"', "us-ascii")
        else:
            value.append(self.name, "utf-8")
        value.append(f"<{self.address}>", "us-ascii")
        return value


def mail_file(
    *,
    sender: Mailbox,
    recipient: Mailbox,
    subject: str,
    written: datetime,
    mark: str,
    text: str,
    calendar: bytes,
    method: str,
) -> bytes:
    """Return an e-mail to one recipient: the same in words and for calendars.

    Parameters
    ----------
    subject : str
        On one line.
    written : datetime
        Aware.
    mark : str
        Letters and digits that no other message has.
    text : str
        For programs that know no calendars.
    calendar : bytes
        An iCalendar document.
    method : str
        Its method.
    """
    mail = MIMEMultipart("alternative", boundary=f"={mark}=", policy=_POLICY)
    headers: dict[str, Any] = {
        "From": sender.header("From"),
        "To": recipient.header("To"),
        "Subject": Header(subject, "us-ascii" if _is_plain(subject) else "utf-8", header_name="Subject"),
        "Date": format_datetime(written),
        "Message-ID": f"<{mark}@{sender.address.rpartition('@')[2]}>",
    }
    for name, value in headers.items():
        mail[name] = value
    mail.attach(_text_part(text))
    mail.attach(_calendar_part(calendar, method))
    return mail.as_bytes(policy=_POLICY)


def _is_plain(text: str) -> bool:
    """Whether a text can stand in a header as it is, and is read there as nothing else."""
    return (
        text.isascii()
        and text.isprintable()
        and "=?" not in text
        and max(map(len, text.split()), default=0) <= _LONGEST_WORD
    )


def _text_part(text: str) -> Message:
    charset = Charset("utf-8")
    charset.body_encoding = QP  # Legible where a program shows the file as it is.
    part = MIMEText(text, "plain", charset)  # type: ignore[arg-type]  # Typed as a name alone.
    del part["MIME-Version"]
    return part


def _calendar_part(calendar: bytes, method: str) -> Message:
    part = Message(policy=_POLICY)
    # Some programs look for the method word for word, without the quotes that are as good.
    part["Content-Type"] = f"text/calendar; method={method}; charset=UTF-8"
    part["Content-Transfer-Encoding"] = "base64"  # Nothing on the way can fold its lines anew.
    part.set_payload(base64.encodebytes(calendar).decode("ascii"))
    return part
