"""What is asked of a job, as the use cases want it."""

from __future__ import annotations

from datetime import date

from meetsched.errors import RequestError
from meetsched.service.documents import loaded_of, published_of
from meetsched.service.repairing import Prepared, RepairRequest, SolveOptions, prepare
from meetsched.web.jobs.messages import Request


def solve_options(request: Request) -> SolveOptions:
    """Return how long it may take."""
    return SolveOptions(time_limit=float(request.options.get("time_limit", 60.0)))


def prepared_of(request: Request) -> Prepared:
    """Return how the plan that was published last is to be gone on from; the newest with ``newest``.

    Raises
    ------
    RequestError
        There is no such plan, or what is asked for cannot be.
    """
    asked = request.options
    text = plan_asked(request) if asked.get("newest") else request.published
    if text is None:
        raise RequestError("nothing is published yet, so that there is nothing to go on from")
    as_of = asked.get("as_of")
    repair = RepairRequest(
        as_of=date.fromisoformat(as_of) if as_of else None,
        freeze_days=int(asked.get("freeze_days", 7)),
        thaw=tuple(asked.get("thaw", ())),
        max_changes=asked.get("max_changes"),
    )
    return prepare(loaded_of(request.instance), published_of(text), repair)


def plan_asked(request: Request) -> str:
    """Return the text of the plan that the work is about.

    Raises
    ------
    RequestError
        There is none yet.
    """
    if request.plan is None:
        raise RequestError("there is no plan yet; make one first")
    return request.plan
