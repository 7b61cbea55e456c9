"""What the interface takes and answers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from meetsched.domain.report import Violation
from meetsched.store import JobState
from meetsched.web.jobs.live import Snapshot
from meetsched.web.jobs.messages import Stage

_WEEK = 7 * 24 * 3600
ProjectName = Annotated[str, StringConstraints(pattern=r"^[\w.-]{1,200}$")]


class Model(BaseModel):
    """The base of what the interface takes and answers: no key but the known ones."""

    model_config = ConfigDict(extra="forbid")


class PlanOrder(Model):
    """What is to be planned: an instance (schema ``meetsched/1``), or the draft of a project."""

    instance: dict[str, Any] | None = None
    project: ProjectName | None = None
    time_limit: float = Field(60, gt=0, le=_WEEK, allow_inf_nan=False, description="Seconds.")
    workers: int | None = Field(None, ge=1, le=1024)
    seed: int = Field(0, ge=0, le=2**31 - 1)
    deterministic: bool = False


class StageAnswer(Model):
    """How far the search for one tier is, or for one city's ideal."""

    tier: str
    city: str | None
    value: int | None
    bound: int | None
    seconds: float
    finished: bool
    proven: bool

    @classmethod
    def of(cls, stage: Stage) -> StageAnswer:
        """Return a stage as it is told."""
        return cls(
            tier=stage.tier,
            city=stage.city,
            value=stage.value,
            bound=stage.bound,
            seconds=stage.seconds,
            finished=stage.finished,
            proven=stage.proven,
        )


class PlanAnswer(Model):
    """A plan that was ordered: how far it is, and once it is there, the plan (``meetsched-plan/1``)."""

    id: str
    project: str
    state: JobState
    stopping: bool
    created: datetime
    started: datetime | None
    ended: datetime | None
    stages: list[StageAnswer]
    message: str
    version: int | None = Field(description="The number of the version that holds the plan.")
    plan: dict[str, Any] | None = None

    @classmethod
    def of(cls, snapshot: Snapshot, plan: dict[str, Any] | None = None) -> PlanAnswer:
        """Return a job as it is told."""
        job = snapshot.job
        return cls(
            id=job.id,
            project=job.project,
            state=job.state,
            stopping=snapshot.stopping and not job.state.ended,
            created=job.created,
            started=job.started,
            ended=job.ended,
            stages=[StageAnswer.of(stage) for stage in snapshot.stages],
            message=job.message,
            version=job.result,
            plan=plan,
        )


class ViolationAnswer(Model):
    """A rule that a plan breaks."""

    rule: str
    meetings: list[str]
    message: str

    @classmethod
    def of(cls, violation: Violation) -> ViolationAnswer:
        """Return a violation as it is told."""
        return cls(rule=violation.rule, meetings=list(violation.meetings), message=violation.message)


class ReportAnswer(Model):
    """A plan's verdict, with its figures counted anew."""

    violations: list[ViolationAnswer]
    objective: dict[str, int]
    warnings: list[str]


class FaultAnswer(Model):
    """One thing wrong in what was sent."""

    file: str
    line: int | None
    sheet: str | None
    cell: str | None
    path: str
    value: str | None
    expected: str
    hint: str
    text: str


class Failure(Model):
    """What went wrong."""

    status: int
    message: str
    faults: list[FaultAnswer]


class FailureAnswer(Model):
    """What is answered where something went wrong."""

    error: Failure
