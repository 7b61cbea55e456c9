"""What a worker is asked to plan, and what it answers: values that travel as JSON.

Nothing private travels or is kept: no reasons for absences, no addresses.
"""

import threading
from enum import StrEnum
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from time import monotonic
from typing import Any

from pydantic import Field, FiniteFloat

import meetsched
from meetsched.domain.base import Frozen
from meetsched.domain.instance import Instance, Objective
from meetsched.domain.outcome import Verdict
from meetsched.domain.plan import Plan
from meetsched.domain.scalars import Count, Id, Positive, Text, Whole, YesNo
from meetsched.errors import SolverError
from meetsched.rules import Tier

_FORMAT = "1"
"""To be raised whenever what is kept would no longer be understood."""
_NO_REASONS: Any = {"__all__": {"why"}}
_PRIVATE: dict[str, Any] = {
    "instance": {
        "prices": True,
        "horizon": {"why"},
        "exclude_dates": _NO_REASONS,
        "venues": {"__all__": {"closed": _NO_REASONS}},
        "people": {"__all__": {"email": True, "busy_calendars": True, "busy": _NO_REASONS}},
        "companies": {"__all__": {"offers": True, "needs": True, "busy": _NO_REASONS}},
    }
}
"""What planning has no use for."""
_PASSING = {"known", "seconds", "threads"}
"""What of a job tells how it is done, not what is to be found."""


class Stage(StrEnum):
    """Which of the tiers a job optimises.

    `ALL` of them; those up to `balance` (`SHARES`); those after it (`REST`), once it is known what share
    of its ideal every city of the whole instance can have.
    """

    ALL = "all"
    SHARES = "shares"
    REST = "rest"


class HeldTier(Frozen):
    """A tier that was optimised before: what was found, and what is proven that no plan beats."""

    objective: Objective
    best: Whole
    bound: Whole


class IdealPoints(Frozen):
    """The most points that each city of a part gets alone, as far as found; they cannot exceed `bound`."""

    points: dict[Id, Count]
    bound: Count

    @property
    def proven(self) -> bool:
        """Whether all are known to be the most."""
        return sum(self.points.values()) == self.bound


class Job(Frozen):
    """A part of an instance to be planned.

    Attributes
    ----------
    made_by : str
        The versions of all that a result depends on; a worker has to have the same.
    stage : Stage
    instance : Instance
        The part.
    objectives : tuple of Objective
        The tiers to optimise.
    held : tuple of HeldTier
        Those before them.
    least_share : int or None
        What every city gets of its ideal at least, in thousandths.
    ideals : IdealPoints or None
        Where they are known.
    known : Plan or None
        A plan to begin from.
    seed : int
    deterministic : bool
    threads : int
    seconds : float
        The time for it.
    """

    made_by: Text
    stage: Stage
    instance: Instance
    objectives: tuple[Objective, ...]
    held: tuple[HeldTier, ...] = ()
    least_share: Count | None = None
    ideals: IdealPoints | None = None
    known: Plan | None = None
    seed: Count
    deterministic: YesNo
    threads: Positive
    seconds: FiniteFloat

    def document(self) -> bytes:
        """Return the job as it travels."""
        return self.model_dump_json(by_alias=True, exclude=_PRIVATE).encode()

    @property
    def key(self) -> str:
        """The name of what is to be found: the same for the same part, tiers, options and versions."""
        text = self.model_dump_json(by_alias=True, exclude=_PRIVATE | dict.fromkeys(_PASSING, True))
        return sha256(text.encode()).hexdigest()


class Result(Frozen):
    """How a job ended.

    Attributes
    ----------
    verdict : Verdict
    interrupted : bool
        Whether it was asked to end early.
    hopeless_city : str or None
        A city that has no plan even alone.
    plan : Plan or None
        With the tiers of the job's stage only.
    ideals : IdealPoints or None
        Where `balance` counts.
    glance : mapping of Tier to (int, int)
        For each tier that is a sum over the meetings, the plan's value and what no plan can beat, as far
        as a glance tells.
    limit : float
        Seconds of the command's time limit.
    """

    verdict: Verdict
    interrupted: YesNo = False
    hopeless_city: Id | None = None
    plan: Plan | None = None
    ideals: IdealPoints | None = None
    glance: dict[Tier, tuple[Whole, Whole]] = Field(default_factory=dict)
    limit: FiniteFloat = 0.0

    def document(self) -> bytes:
        """Return the result as it travels and is kept."""
        return self.model_dump_json(by_alias=True).encode()

    @property
    def settled(self) -> bool:
        """Whether more time could not change it."""
        if self.plan is None:
            return self.verdict is Verdict.INFEASIBLE
        sure = self.ideals is None or self.ideals.proven
        return sure and all(
            tier.best == tier.bound and all(level.proven for level in tier.levels or ())
            for tier in self.plan.tiers
        )


@cache
def versions() -> str:
    """Return the versions of all that a result depends on."""
    parts = ("highspy", "ortools", "numpy", "holidays", "tzdata")
    named = [f"format {_FORMAT}", f"meetsched {meetsched.__version__}", *(f"{n} {version(n)}" for n in parts)]
    return ", ".join(named)


def perform(document: bytes, stop: threading.Event | None = None) -> bytes:
    """Do a job, in whatever process; return its result.

    Parameters
    ----------
    document : bytes
        A `Job`.
    stop : Event, optional
        Once it is set, the search ends with the best plan found.

    Raises
    ------
    SolverError
        The solvers break down, or this process has other versions than the one that asks.
    """
    from meetsched.solve.cities import Ideals
    from meetsched.solve.options import SolveOptions
    from meetsched.solve.part import Course, Held, plan_part

    started = monotonic()
    job = Job.model_validate_json(document)
    if job.made_by != versions():
        raise SolverError(f"a worker has {versions()}, but {job.made_by} is needed")
    course = Course(
        objectives=job.objectives,
        held=tuple(Held(each.objective, each.best, each.bound) for each in job.held),
        least_share=job.least_share,
        ideals=None if job.ideals is None else Ideals(job.ideals.points, {}, job.ideals.bound),
        known=job.known,
    )
    options = SolveOptions(job.seconds, job.threads, job.seed, job.deterministic, started)
    found = plan_part(job.instance, "", options, course, stop)
    outcome, ideals = found.outcome, found.ideals
    result = Result(
        verdict=outcome.verdict,
        interrupted=outcome.interrupted,
        hopeless_city=outcome.hopeless_city,
        plan=outcome.plan,
        ideals=None if ideals is None else IdealPoints(points=ideals.points, bound=ideals.bound),
        glance=dict(found.glance),
    )
    return result.document()
