"""The pages, a file for each group: what a browser asks for, and what it is shown.

Each file has a `router`; they are listed here, in `ROUTERS`, and nowhere else.
"""

from __future__ import annotations

from fastapi import APIRouter

from meetsched.web.pages import (
    availability,
    calendars,
    choices,
    data,
    files,
    findings,
    meetings,
    moves,
    pins,
    planning,
    projects,
    publishing,
    quarter,
    repairs,
    together,
    versions,
)

ROUTERS: tuple[APIRouter, ...] = (
    projects.router,
    quarter.router,
    versions.router,
    planning.router,
    data.router,
    availability.router,
    pins.router,
    meetings.router,
    moves.router,
    repairs.router,
    publishing.router,
    calendars.router,
    files.router,
    choices.router,
    findings.router,
    together.router,
)
