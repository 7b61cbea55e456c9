"""A page on its way to a browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from meetsched.store import Project
from meetsched.store.store import Store
from meetsched.web.forms import HEADER, browser_of, name_browser, new_browser, sign_of
from meetsched.web.jobs.board import JobBoard
from meetsched.web.site import Site, site_of
from meetsched.web.templating import fill


@dataclass(frozen=True, slots=True)
class Page:
    """A page being made: what it may use, and how it is shown.

    Attributes
    ----------
    request : Request
    site : Site
    browser : str
        The name of the browser; forms carry a sign that belongs to it.
    """

    request: Request
    site: Site
    browser: str

    @property
    def store(self) -> Store:
        """Where everything is kept."""
        return self.site.store

    @property
    def board(self) -> JobBoard:
        """The work in the background."""
        return self.site.board

    @property
    def author(self) -> str:
        """Who is at work."""
        return self.site.settings.author

    @property
    def sign(self) -> str:
        """The sign of forms; templates have it as `sign`."""
        return sign_of(self.site.secret, self.browser)

    @property
    def partial(self) -> bool:
        """Whether htmx asks for a part of a page, to be put into one that is shown."""
        headers = self.request.headers
        return headers.get("hx-request") == "true" and headers.get("hx-boosted") != "true"

    def fill(self, template: str, **values: object) -> str:
        """Return a template filled in; it has `sign`, `sign_header`, `author` and `path`, too."""
        given: dict[str, object] = {
            "sign": self.sign,
            "sign_header": HEADER,
            "author": self.author,
            "path": self.request.url.path,
            "project": None,
        }
        return fill(template, **{**given, **values})

    def show(
        self, template: str, status: int = 200, *, project: Project | None = None, **values: object
    ) -> HTMLResponse:
        """Show a template.

        Parameters
        ----------
        template : str
            A file of `templates`.
        status : int
            The HTTP status.
        project : Project, optional
            Whose page it is; its navigation is then shown.
        """
        response = HTMLResponse(self.fill(template, project=project, **values), status)
        if browser_of(self.request) != self.browser:
            name_browser(response, self.browser)
        return response

    def go(self, path: str) -> RedirectResponse:
        """Let the browser ask for another page, after a form was sent."""
        return RedirectResponse(path, 303)


def page_of(request: Request) -> Page:
    """Return the page that a request asks for."""
    return Page(request, site_of(request), browser_of(request) or new_browser())


AnyPage = Annotated[Page, Depends(page_of)]
"""A parameter of this type is given the page."""
