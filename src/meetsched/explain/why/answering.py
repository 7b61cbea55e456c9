"""The answer to "why not so?"."""

from collections.abc import Callable
from dataclasses import replace
from threading import Event

from meetsched.candidates import find_candidates
from meetsched.domain.answer import Answer, Standing
from meetsched.domain.instance import Pin
from meetsched.domain.outcome import Verdict
from meetsched.explain.solving import Effort
from meetsched.explain.why.conflict import find_conflict
from meetsched.explain.why.obstacles import forbidden
from meetsched.explain.why.subject import Subject
from meetsched.explain.why.ways import Planner
from meetsched.solve import Progress, SolveOptions
from meetsched.solve.control import Control

_SHARE_FOR_NEAREST = 0.5
"""Where a best plan is sought as well, the nearest one may take this share of the time."""


def answer(
    subject: Subject,
    asked: Pin,
    options: SolveOptions,
    on_progress: Callable[[Progress], None] | None = None,
    stop: Event | None = None,
    *,
    near_only: bool = False,
) -> Answer:
    """Tell whether a meeting can be as asked for, and what it would take, or what forbids it.

    Parameters
    ----------
    subject : Subject
    asked : Pin
        On the subject's meeting; all that it names is known to the instance.
    options : SolveOptions
        The time limit is that of the whole.
    on_progress : callable, optional
        Hears news of the searches.
    stop : Event, optional
        Once it is set, what was found by then is returned.
    near_only : bool
        Whether to leave it at the plan that disturbs least.

    Raises
    ------
    SolverError
        If the solvers break down.
    RejectedPlanError
        A plan that was computed does not hold: a bug.
    """
    stop = stop or Event()
    if _is_so(subject, asked):
        return Answer(asked, Standing.SO)
    options = options.begun()
    control = Control.of(options, None, stop)
    candidates = find_candidates(subject.asking(asked), baseline=subject.baseline)
    own = subject.own(candidates)
    if asked.held and (own is None or not own.places):
        found = forbidden(subject, asked, candidates, control)
    else:
        planner = Planner(subject, asked, candidates, options, stop, on_progress)
        found = _planned(planner, near_only=near_only)
        if found.standing is Standing.FORBIDDEN:
            effort = Effort(control, options.threads(), options.seed)
            found = replace(found, conflict=find_conflict(subject, asked, candidates, effort))
    return replace(found, interrupted=stop.is_set())


def _planned(planner: Planner, *, near_only: bool) -> Answer:
    verdict, nearest = planner.nearest(1.0 if near_only else _SHARE_FOR_NEAREST)
    best = None
    if verdict is not Verdict.INFEASIBLE and not near_only:
        other, best = planner.best(1.0, nearest)
        verdict = other if verdict is Verdict.UNKNOWN else verdict
    standing = {Verdict.INFEASIBLE: Standing.FORBIDDEN, Verdict.UNKNOWN: Standing.UNKNOWN}
    return Answer(planner.asked, standing.get(verdict, Standing.POSSIBLE), nearest=nearest, best=best)


def _is_so(subject: Subject, asked: Pin) -> bool:
    """Whether the plan has it already."""
    meeting = subject.meeting
    if meeting is None:
        return not asked.held
    local = meeting.start.astimezone(subject.instance.zone)
    there = {(duty.person, role) for duty in meeting.people for role in (duty.role, None)}
    return (
        asked.held
        and asked.date in (None, local.date())
        and asked.start in (None, 60 * local.hour + local.minute)
        and asked.venue in (None, meeting.venue)
        and all((each.person, each.role) in there for each in asked.people)
    )
