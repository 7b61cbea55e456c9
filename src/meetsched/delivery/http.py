"""Requests to a web server, whose every failure is told in words."""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from time import monotonic
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import (
    HTTPBasicAuthHandler,
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithPriorAuth,
    HTTPRedirectHandler,
    HTTPSHandler,
    Request,
    build_opener,
)

from meetsched.errors import ServerError

_LARGEST = 50_000_000
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who signs in."""

    user: str
    password: str


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered, success or not."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def checked_url(text: str, *, allow_http: bool = False) -> str:
    """Return an address as requests can use it, with a slash at its end.

    Parameters
    ----------
    allow_http : bool
        Whether a server elsewhere may be spoken to without encryption.

    Raises
    ------
    ValueError
        It cannot be used; the message says why.
    """
    parts = urlsplit(text)  # Raises ValueError, too.
    if not text.isprintable() or " " in text or parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("is not an address such as https://cloud.example/calendars/anna/meetings/")
    if "@" in parts.netloc:
        raise ValueError("holds a user name; give that with --user, and no password on the command line")
    if parts.query or parts.fragment:
        raise ValueError("holds '?' or '#', which the address of a calendar does not")
    if parts.scheme == "http" and not allow_http and not _is_this_machine(parts.hostname):
        raise ValueError(
            "would send everything unencrypted; use https, or --allow-http in a network of your own"
        )
    return f"{parts.scheme}://{parts.netloc}{quoted_path(parts.path).rstrip('/')}/"


def quoted_path(path: str) -> str:
    """Return a path in which everything is quoted that has to be, and nothing twice."""
    return quote(path, safe="/%:@!$&'()*+,;=~-._")


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class _NoRedirects(HTTPRedirectHandler):
    """Leaves it to people to follow: a password is for the server that they named."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


class _Basic(HTTPBasicAuthHandler):
    """Leaves ways of signing in that it does not know to whoever reads the refusal."""

    def http_error_401(self, *arguments: Any) -> Any:
        with suppress(ValueError):
            return super().http_error_401(*arguments)
        return None


class _Digest(HTTPDigestAuthHandler):
    """The same for the other one."""

    def http_error_401(self, *arguments: Any) -> Any:
        with suppress(ValueError):
            return super().http_error_401(*arguments)
        return None


class Client:
    """Speaks to one server; certificates are checked against those that the system trusts."""

    def __init__(self, url: str, credentials: Credentials | None, timeout: float) -> None:
        self._timeout = timeout
        self.signs_in = credentials is not None
        handlers = [_NoRedirects(), HTTPSHandler(context=ssl.create_default_context())]
        if credentials is not None:
            passwords = HTTPPasswordMgrWithPriorAuth()
            passwords.add_password(None, url, credentials.user, credentials.password)
            handlers += [_Digest(passwords), _Basic(passwords)]
        self._opener = build_opener(*handlers)
        self._opener.addheaders = [("User-Agent", "meetsched")]

    def send(
        self, method: str, url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Response:
        """Send a request and return what is answered, whatever that is.

        Raises
        ------
        ServerError
            There is no answer.
        """
        request = Request(url, data=body, headers=dict(headers or {}), method=method)
        until = monotonic() + self._timeout
        try:
            try:
                with self._opener.open(request, timeout=self._timeout) as answer:
                    return Response(answer.status, _lowered(answer.headers), _read(answer, until))
            except HTTPError as error:
                with error:
                    return Response(error.code, _lowered(error.headers), _read(error, until))
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise ServerError(f"{urlsplit(url).netloc}: {self._reason(error)}") from error

    def _reason(self, error: Exception) -> str:
        cause = error.reason if isinstance(error, URLError) else error
        reason = "the answer broke off, or is none that can be read"
        match cause:
            case ssl.SSLCertVerificationError():
                reason = (
                    f"its certificate is not trusted ({cause.verify_message}). If it is from an authority of "
                    "your own, name that authority's file in the environment variable SSL_CERT_FILE"
                )
            case ssl.SSLError():
                reason = "no encrypted connection could be made; does the address begin rightly with https?"
            case TimeoutError():
                reason = f"no answer came within {self._timeout:g} seconds; try later, or with --timeout"
            case socket.gaierror():
                reason = "no server of that name was found; is the address right, and is there a network?"
            case ConnectionRefusedError():
                reason = "nothing answers there; is the address right, and does the server run?"
            case OSError() if cause.strerror:
                reason = f"the connection failed: {cause.strerror}"
        return reason


def _lowered(headers: Message | None) -> dict[str, str]:
    return {name.lower(): str(value) for name, value in headers.items()} if headers else {}


def _read(answer: Any, until: float) -> bytes:
    """Read an answer to its end, but not for ever; `answer` is an `HTTPResponse` or an `HTTPError`."""
    chunks: list[bytes] = []
    size = 0
    while chunk := answer.read1(_CHUNK):  # What has come, so that a slow server is noticed.
        chunks.append(chunk)
        size += len(chunk)
        if size > _LARGEST:
            raise ServerError(f"the server's answer is larger than {_LARGEST // 1_000_000} MB")
        if monotonic() > until:
            raise TimeoutError
    if size < int(answer.headers.get("Content-Length") or 0):
        raise http.client.IncompleteRead(b"")
    return b"".join(chunks)
