"""Forms that only our own pages can send: each carries a sign that belongs to the browser's cookie."""

from __future__ import annotations

import hmac
import secrets

from fastapi import HTTPException, Request, Response

from meetsched.web.safety import SAFE_METHODS

COOKIE = "meetsched"
FIELD = "csrf"
HEADER = "x-csrf-token"
"""For requests that a script sends."""


def browser_of(request: Request) -> str | None:
    """Return the name by which a browser is known, where it has one."""
    name = request.cookies.get(COOKIE, "")
    return name if name.isascii() and 32 <= len(name) <= 128 else None


def new_browser() -> str:
    """Return a name for a browser that has none."""
    return secrets.token_urlsafe(32)


def name_browser(response: Response, name: str) -> None:
    """Let a browser keep its name; it tells it to nobody else, nor to scripts."""
    response.set_cookie(COOKIE, name, httponly=True, samesite="strict", path="/")


def sign_of(secret: str, browser: str) -> str:
    """Return the sign that a browser's forms carry."""
    return hmac.new(secret.encode(), browser.encode(), "sha256").hexdigest()


async def check_form(request: Request) -> None:
    """Refuse what would change something and lacks the browser's sign."""
    if request.method in SAFE_METHODS:
        return
    given = request.headers.get(HEADER)
    if given is None:
        value = (await request.form()).get(FIELD)
        given = value if isinstance(value, str) else ""
    browser = browser_of(request)
    expected = "" if browser is None else sign_of(request.app.state.site.secret, browser)
    if not expected or not hmac.compare_digest(given.encode(), expected.encode()):
        raise HTTPException(403, "This form is too old, or was not sent from this page. Load it again.")
