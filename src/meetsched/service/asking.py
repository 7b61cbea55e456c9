"""Answer "why?" about a meeting of a plan."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from meetsched.domain.answer import Account, Answer
from meetsched.domain.baseline import Baseline
from meetsched.domain.instance import Instance, Pin
from meetsched.domain.plan import Plan, PlanStatus, Repair, meeting_id
from meetsched.domain.report import Report
from meetsched.errors import RequestError
from meetsched.loading import Loaded, LoadedPlan, load_instance, load_whole_plan
from meetsched.service.requests import check_date, check_names, did_you_mean
from meetsched.service.solving import Progress, SolveOptions, without_reserve
from meetsched.verify import verify

if TYPE_CHECKING:
    from meetsched.explain.why import Subject

__all__ = [
    "Account",
    "Answer",
    "LoadedPlan",
    "Progress",
    "Questioned",
    "SolveOptions",
    "prepare",
    "questioned",
    "subject_of",
    "why",
    "why_not",
]


@dataclass(frozen=True, slots=True)
class Questioned:
    """A question that can be answered.

    Attributes
    ----------
    loaded : Loaded
    plan : Plan
    report : Report
        The verdict on the plan; a question about one that breaks rules has no answer.
    asked : Pin
        The meeting, and what was asked of it.
    subject : Subject
    warnings : tuple of str
        What is odd about it.
    """

    loaded: Loaded
    plan: Plan
    report: Report
    asked: Pin
    subject: "Subject"
    warnings: tuple[str, ...]

    @property
    def instance_asked(self) -> Instance:
        """The instance with the question as the last of its pins, which demands of a conflict count."""
        return self.subject.asking(self.asked)

    @property
    def about_itself(self) -> bool:
        """Whether nothing was asked of a meeting that the plan holds: why is it as it is?"""
        bare = Pin(city=self.asked.city, topic=self.asked.topic)
        return self.asked == bare and self.subject.meeting is not None


def prepare(instance: Path, plan: Path, asked: Pin) -> Questioned:
    """Read an instance and a plan of it, and check that a question about a meeting makes sense.

    Parameters
    ----------
    instance, plan : Path
    asked : Pin
        The meeting, and what was asked of it.

    Raises
    ------
    DataError
        A file cannot be used; a plan of another instance is one such.
    RequestError
        Something named is unknown, or the date lies outside the horizon.
    """
    loaded = load_instance(instance)
    return questioned(loaded, load_whole_plan(plan, loaded.instance), asked)


def questioned(loaded: Loaded, published: LoadedPlan, asked: Pin) -> Questioned:
    """Check that a question about a meeting of a plan makes sense.

    Raises
    ------
    RequestError
        Something named is unknown, or the date lies outside the horizon.
    """
    check_names(loaded.instance, asked)
    check_date(loaded.instance, asked.date)
    _check_meeting(loaded, asked)
    subject = subject_of(loaded, published, asked.city, asked.topic)
    report = verify(loaded.instance, published.plan, sha256=loaded.sha256)
    warnings = (*report.warnings, *_doubts(published.plan))
    return Questioned(loaded, published.plan, report, asked, subject, warnings)


def subject_of(loaded: Loaded, published: LoadedPlan, city: str, topic: str) -> "Subject":
    """Return a meeting of a plan, and the plan as what is to be gone on from."""
    from meetsched.explain.why import Subject

    repair = (published.plan.repair or Repair(baseline_sha256="")).model_copy(
        update={"baseline_sha256": published.sha256, "max_changes": None}
    )
    baseline = Baseline(published.plan, repair, loaded.instance.zone)
    return Subject(loaded.instance, loaded.sha256, baseline, city, topic)


def why(question: Questioned, options: SolveOptions, stop: Event | None = None) -> Account:
    """Tell why a meeting that the plan holds is where it is; each alternative is verified.

    Raises
    ------
    RejectedPlanError
        Verification found a broken rule or a wrong figure: a bug.
    """
    from meetsched.explain.why import account

    return account(question.subject, without_reserve(options), stop)


def why_not(
    question: Questioned,
    options: SolveOptions,
    on_progress: Callable[[Progress], None] | None = None,
    stop: Event | None = None,
    *,
    near_only: bool = False,
) -> Answer:
    """Tell what forbids what was asked for, or the plans that have it, proven and verified.

    Parameters
    ----------
    question : Questioned
    options : SolveOptions
    on_progress : callable, optional
        Hears news of the searches, in the thread that called.
    stop : Event, optional
        Once it is set, the search ends with what was found.
    near_only : bool
        Whether to look only for the plan that disturbs the one asked about least.

    Raises
    ------
    RejectedPlanError
        Verification found a broken rule or a wrong figure: a bug.
    """
    from meetsched.explain.why import answer

    return answer(
        question.subject, question.asked, without_reserve(options), on_progress, stop, near_only=near_only
    )


def _doubts(plan: Plan) -> Iterator[str]:
    if plan.status is not PlanStatus.OPTIMAL:
        yield (
            "It is not proven that this plan is the best: a better one with what is asked for may be better "
            "for other reasons."
        )


def _check_meeting(loaded: Loaded, asked: Pin) -> None:
    """Check that the city may hold the topic at all, so that there is something to ask about."""
    instance = loaded.instance
    topics = [each for each in instance.topics if asked.city in instance.cities_of_topic(each)]
    known = [meeting_id(asked.city, each.id) for each in topics]
    name = meeting_id(asked.city, asked.topic)
    if name not in known:
        raise RequestError(
            f"there is no meeting {name}: the topic is none of the city's" + did_you_mean(name, known)
        )
