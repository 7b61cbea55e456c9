"""The application: pages, the interface under ``/v1``, and what stands before them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import Depends, FastAPI
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles

from meetsched import __version__
from meetsched.service.viewing import style_sheet
from meetsched.store import open_store
from meetsched.web import api, pages
from meetsched.web.failures import handle_failures
from meetsched.web.forms import check_form
from meetsched.web.jobs.board import JobBoard
from meetsched.web.safety import Safety
from meetsched.web.settings import Settings
from meetsched.web.site import Site

STATIC = Path(__file__).parent / "static"
_SECRET = "forms"


def create_app(settings: Settings) -> FastAPI:
    """Return the application, with its store opened; it is closed at the end of its life.

    Raises
    ------
    StoreError
        The store cannot be opened.
    """
    store = open_store(settings.store_url)
    board = JobBoard(store, at_once=settings.jobs_at_once, debug=settings.debug)

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        yield
        board.close()
        store.close()

    app = FastAPI(
        title="meetsched",
        version=__version__,
        summary="Plan a quarter of networking meetings.",
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=life,
    )
    app.state.site = Site(settings, store, board, store.secret(_SECRET))
    app.add_middleware(Safety, settings=settings)
    handle_failures(app)
    for router in api.ROUTERS:
        app.include_router(router, prefix="/v1")
    for router in pages.ROUTERS:
        app.include_router(router, dependencies=[Depends(check_form)], include_in_schema=False)
    app.add_api_route("/static/plan.css", _plan_css, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app


def _plan_css() -> Response:
    """Return the style sheet of plans, which pages share with the files that are exported."""
    return Response(style_sheet(), media_type="text/css", headers={"Cache-Control": "no-cache"})
