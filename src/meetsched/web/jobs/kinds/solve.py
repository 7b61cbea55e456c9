"""Plan an instance anew."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from meetsched.domain.outcome import Outcome, Verdict
from meetsched.service.documents import loaded_of, plan_text
from meetsched.service.solving import Progress, SolveOptions, solve
from meetsched.store import JobState, VersionKind
from meetsched.web.jobs.messages import News, Request, Result, Stage


def work(request: Request, tell: Callable[[News], None], stop: Event) -> Result:
    """Plan the instance; the options are those of `SolveOptions`."""
    outcome = solve(
        loaded_of(request.instance),
        SolveOptions(**request.options),
        lambda news: tell(stage_of(news)),
        stop,
    )
    return result_of(outcome, VersionKind.SOLVED)


def stage_of(news: Progress) -> Stage:
    """Return a piece of news of a search as it is sent."""
    return Stage(
        tier=news.tier.value,
        city=news.city,
        value=news.value,
        bound=news.bound,
        seconds=round(news.seconds, 2),
        finished=news.finished,
        proven=news.proven,
    )


def result_of(outcome: Outcome, version: VersionKind) -> Result:
    """Return how a search ended as it is sent; its plan becomes a version of that kind."""
    if outcome.plan is not None:
        state = JobState.STOPPED if outcome.interrupted else JobState.DONE
        return Result(state, plan_text(outcome.plan), version)
    if outcome.verdict is Verdict.INFEASIBLE:
        where = "" if outcome.hopeless_city is None else f" The city {outcome.hopeless_city} has none alone."
        return Result(JobState.INFEASIBLE, message=f"It is proven that there is no plan.{where}")
    if outcome.interrupted:
        return Result(JobState.STOPPED, message="It was stopped before a plan was found.")
    return Result(JobState.UNKNOWN, message="No plan was found in time, and no proof that there is none.")
