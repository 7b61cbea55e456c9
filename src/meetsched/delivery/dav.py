"""What is said to a CalDAV server, and what it says, as XML (RFC 4918 and 4791)."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from meetsched.domain.words import one_line
from meetsched.errors import ServerError

_DAV, _CALDAV = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
_NAMESPACES = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"'
_LONGEST_MESSAGE = 200

KIND_QUERY = f"<D:propfind {_NAMESPACES}><D:prop><D:resourcetype/></D:prop></D:propfind>".encode()
"""Asks what a resource is."""


@dataclass(frozen=True, slots=True)
class Found:
    """A resource as a server reports it; what it does not tell is empty."""

    href: str
    etag: str = ""
    data: str = ""
    is_calendar: bool = False


def events_query(uid_part: str | None) -> bytes:
    """Return the query for a calendar's events, with their contents; only those whose UID holds a text."""
    wanted = (
        '<C:prop-filter name="UID"><C:text-match collation="i;octet">'
        f"{uid_part}</C:text-match></C:prop-filter>"
        if uid_part
        else ""
    )
    return (
        f"<C:calendar-query {_NAMESPACES}><D:prop><D:getetag/><C:calendar-data/></D:prop><C:filter>"
        f'<C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">{wanted}</C:comp-filter>'
        "</C:comp-filter></C:filter></C:calendar-query>"
    ).encode()


def read_multistatus(body: bytes) -> tuple[Found, ...]:
    """Read what a server reports of several resources.

    Raises
    ------
    ServerError
        It is nothing of that kind.
    """
    try:
        root = _parse(body)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise ServerError("the server's answer is not what a calendar server says") from error
    return tuple(_found(response) for response in root.iter(f"{_DAV}response"))


def complaint(body: bytes) -> str:
    """Return what a server says about its refusal, on one short line; empty where it says nothing."""
    try:
        root = _parse(body)
    except (ElementTree.ParseError, ValueError, LookupError):
        return ""
    said = [element.text or "" for element in root.iter() if element.tag.endswith("}message")]
    broken = [element.tag.rpartition("}")[2] for element in root if element.tag.startswith(_CALDAV)]
    return one_line("; ".join(filter(None, (*said, *broken))))[:_LONGEST_MESSAGE]


def _found(response: ElementTree.Element) -> Found:
    properties = list(_properties(response))
    texts = {element.tag: element.text or "" for element in properties}
    kinds = [element for element in properties if element.tag == f"{_DAV}resourcetype"]
    return Found(
        href=(response.findtext(f"{_DAV}href") or "").strip(),
        etag=texts.get(f"{_DAV}getetag", "").strip(),
        data=texts.get(f"{_CALDAV}calendar-data", ""),
        is_calendar=any(kind.find(f"{_CALDAV}calendar") is not None for kind in kinds),
    )


def _properties(response: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """Yield the properties that the resource has."""
    for part in response.iter(f"{_DAV}propstat"):
        status = part.findtext(f"{_DAV}status") or ""
        if " 200" in status:
            for properties in part.iter(f"{_DAV}prop"):
                yield from properties


class _Builder(ElementTree.TreeBuilder):
    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Refuse what could define entities that unfold without end."""
        raise ValueError("a document type is declared")


def _parse(body: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(body, ElementTree.XMLParser(target=_Builder()))
