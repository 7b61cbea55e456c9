"""E-mail addresses: which ones a message can be sent to, and how calendars write them."""

import re
from urllib.parse import quote

_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?P<local>{_LOCAL})@(?P<domain>{_LABEL}(?:\.{_LABEL})*)")
_LONGEST = 254


def is_mail_address(text: str) -> bool:
    """Whether a text is an e-mail address as people have them: ASCII, unquoted, nothing around it.

    What is left out (quoted local parts, comments, other alphabets) few mail servers take, and each of
    them is a way to smuggle something into a header.
    """
    return len(text) <= _LONGEST and _ADDRESS.fullmatch(text) is not None


def mailto(address: str) -> str:
    """Return an e-mail address as a URI (RFC 6068)."""
    # The sign between name and domain stays: Outlook takes an escaped one for part of the name.
    return "mailto:" + quote(address, safe="@!$'*+-=&_~.")
