"""What keeps strangers out: nothing that another site's page does in a browser reaches the data.

Every request has to name this machine (so that no name of a stranger can be bent to it), what changes
anything has to come from a page of ours, no body may be larger than allowed, and every answer tells the
browser what the page may do: nothing but what it needs.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias

from fastapi import HTTPException
from fastapi.responses import PlainTextResponse

from meetsched.web.settings import Settings

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Application: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

_LOG = logging.getLogger(__name__)

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # with none at all, browsers send forms from an unknown origin
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
"""What every answer says, unless it says something else about it itself."""


class Safety:
    """Stands before an application, and lets through what is harmless."""

    def __init__(self, app: Application, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        guarded = _Guarded(send, bare=scope["method"] == "HEAD")
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, guarded.send)
            return
        try:
            await self._app(_as_get(scope), _limited(receive, self._settings.max_body), guarded.send)
        except Exception:
            _LOG.exception("a request could not be answered")
            if guarded.started or self._settings.debug:
                raise
            sorry = PlainTextResponse("This is a bug in meetsched. Nothing was changed.\n", 500)
            await sorry(scope, receive, guarded.send)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        """Return what to say to a request that is not to be answered."""
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        if headers.get("host", "").lower() not in self._settings.hosts:
            return PlainTextResponse("This server has another name.\n", 421)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._settings.max_body:
            return PlainTextResponse(_too_large(self._settings.max_body), 413)
        if scope["method"] not in SAFE_METHODS and not self._comes_from_us(headers):
            return PlainTextResponse("Another site's page may change nothing here.\n", 403)
        return None

    def _comes_from_us(self, headers: dict[str, str]) -> bool:
        """Whether a browser that sent this did so for a page of ours; other programs say nothing of it."""
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site is not None and site not in ("same-origin", "none"):
            return False
        return origin is None or origin.lower() in self._settings.origins


class _Guarded:
    """Adds the headers to an answer, and leaves out its body where only they were asked for."""

    def __init__(self, send: Send, *, bare: bool) -> None:
        self._send = send
        self._bare = bare
        self.started = False

    async def send(self, message: Message) -> None:
        """Pass on a part of an answer."""
        if message["type"] == "http.response.start":
            self.started = True
            headers = list(message.get("headers", ()))
            said = {name.lower() for name, _ in headers}
            headers += [
                (name.encode(), value.encode())
                for name, value in HEADERS.items()
                if name.encode() not in said
            ]
            message = {**message, "headers": headers}
        elif self._bare:
            message = {**message, "body": b""}
        await self._send(message)


def _as_get(scope: Scope) -> Scope:
    """Return what is asked for with HEAD as if with GET: answers differ in their bodies alone.

    News of a job are left out: they have no end that anybody would wait for.
    """
    if scope["method"] != "HEAD" or scope["path"].endswith("/events"):
        return scope
    return {**scope, "method": "GET"}


def _limited(receive: Receive, most: int) -> Receive:
    """Return what receives a body and gives up where it grows too large, whatever was said of it."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise HTTPException(413, _too_large(most))
        return message

    return counted


def _too_large(most: int) -> str:
    return f"This is too large: {most // 1_000_000} MB at most.\n"
