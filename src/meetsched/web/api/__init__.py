"""The interface for other programs, under ``/v1``: the same use cases as the pages', as JSON.

Each file has a `router`; they are listed here, in `ROUTERS`, and nowhere else.
"""

from __future__ import annotations

from fastapi import APIRouter

from meetsched.web.api import plans

ROUTERS: tuple[APIRouter, ...] = (plans.router,)
