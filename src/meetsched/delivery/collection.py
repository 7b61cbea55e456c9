"""A calendar on a CalDAV server (RFC 4791): read, and changed entry by entry.

Every change states what it expects to find there, so that nobody's change in between is lost.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from urllib.parse import quote, unquote, urljoin, urlsplit

from meetsched.delivery.dav import KIND_QUERY, Found, complaint, events_query, read_multistatus
from meetsched.delivery.http import Client, Response, quoted_path
from meetsched.domain.words import one_line
from meetsched.errors import ServerError

_XML = "application/xml; charset=utf-8"
_CALENDAR = "text/calendar; charset=utf-8"

_REASONS = {
    400: "the server does not take the request",
    401: "the name or the password is wrong",
    403: "the server does not allow it; may you write to this calendar?",
    404: "there is no calendar at this address",
    405: "this is not the address of a calendar",
    409: "the server says that it contradicts what is there",
    410: "there is no calendar at this address any more",
    413: "the server takes nothing of this size",
    415: "the server takes no such entries",
    423: "the calendar is locked",
    429: "the server wants to be asked less often; try again later",
    501: "this is not the address of a calendar",
    503: "the server is out of service; try again later",
    507: "the disk of the server is full, or your share of it",
}
_NO_FILTERS = (400, 403, 501)
"""How servers say that they do not look for texts."""


class ConflictError(ServerError):
    """An entry is not what it was when it was read."""


class Collection:
    """A calendar by its address."""

    def __init__(self, client: Client, url: str) -> None:
        self._client = client
        self._url = url

    def check(self) -> None:
        """Make sure that it is a calendar.

        Raises
        ------
        ServerError
            It is none, or may not be read.
        """
        answer = self._client.send("PROPFIND", self._url, KIND_QUERY, _headers(_XML, {"Depth": "0"}))
        self._check(answer, self._url, (207,))
        if not any(found.is_calendar for found in read_multistatus(answer.body)):
            raise ServerError(
                f"{self._url}: this is not the address of a calendar, but of something else on the server"
            )

    def events(self, uid_part: str) -> Iterator[Found]:
        """Yield the entries whose UID holds a text, and perhaps others, by their full addresses.

        Raises
        ------
        ServerError
            They cannot be read.
        """
        headers = _headers(_XML, {"Depth": "1"})
        answer = self._client.send("REPORT", self._url, events_query(uid_part), headers)
        if answer.status in _NO_FILTERS:
            answer = self._client.send("REPORT", self._url, events_query(None), headers)
        self._check(answer, self._url, (207,))
        for found in read_multistatus(answer.body):
            url = self._absolute(found.href)
            if self._is_inside(url):
                yield Found(url, found.etag, found.data) if found.data else self.read(url) or Found(url)

    def read(self, url: str) -> Found | None:
        """Return an entry as it is now; None where there is none."""
        answer = self._client.send("GET", url)
        if answer.status in (404, 410):
            return None
        self._check(answer, url, (200,))
        return Found(url, answer.headers.get("etag", ""), answer.body.decode(errors="replace"))

    def url_of(self, name: str) -> str:
        """Return the address for a new entry."""
        return self._url + quote(f"{name}.ics", safe="~")

    def put(self, url: str, content: bytes, etag: str | None) -> None:
        """Write an entry in place of the one with the ETag; of none, where that is None.

        Raises
        ------
        ConflictError
            Something else is there.
        ServerError
            It cannot be written.
        """
        condition = {"If-None-Match": "*"} if etag is None else {"If-Match": _strong(etag)}
        answer = self._client.send("PUT", url, content, _headers(_CALENDAR, condition))
        self._check(answer, url, (200, 201, 202, 204))

    def remove(self, url: str, etag: str) -> None:
        """Remove the entry with the ETag; raises as `put`. One that is gone is no error."""
        answer = self._client.send("DELETE", url, None, {"If-Match": _strong(etag)})
        self._check(answer, url, (200, 202, 204, 404, 410))

    def _check(self, answer: Response, url: str, expected: tuple[int, ...]) -> None:
        status = answer.status
        if status in expected:
            return
        if status == 412:
            raise ConflictError(f"{url}: it has been changed on the server in the meantime")
        if 300 <= status < 400:
            reason = f"the server says that it is elsewhere: {one_line(answer.headers.get('location', '?'))}"
        elif status == 401 and (other := _other_way(answer)):
            reason = f"the server wants people to sign in in another way ({other}), which cannot be done here"
        elif status == 401 and not self._client.signs_in:
            reason = "the server wants a name and a password; give the name with --user"
        else:
            reason = _REASONS.get(status, "the server failed" if status >= 500 else "the server refuses it")
        said = complaint(answer.body)
        raise ServerError(f"{url}: {reason} (status {status}{f': {said}' if said else ''})")

    def _absolute(self, href: str) -> str:
        """Return the address of what a server reports, on this server whatever it says of its own name."""
        path = quoted_path(urlsplit(href).path)
        # Two slashes at the beginning would name another server.
        return urljoin(self._url, f"/{path.lstrip('/')}" if path.startswith("/") else path)

    def _is_inside(self, url: str) -> bool:
        """Whether an address is one of this calendar's entries."""
        above, path = unquote(urlsplit(self._url).path), unquote(urlsplit(url).path)
        return path.startswith(above) and path != above and ".." not in path.split("/")


def _headers(content_type: str, others: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    return {"Content-Type": content_type, **others}


def _other_way(answer: Response) -> str:
    """Return the way of signing in that a server asks for, where that is not by name and password."""
    way = one_line(answer.headers.get("www-authenticate", "")).partition(" ")[0]
    return "" if way.lower() in ("basic", "digest") else way


def _strong(etag: str) -> str:
    """Return what the condition of a change has to say; servers behind others mark tags as weak."""
    return etag.removeprefix("W/") or "*"
