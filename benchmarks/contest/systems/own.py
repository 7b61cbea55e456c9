"""`meetsched solve`, with a listener in place of its progress display."""

from contest.answers import Answer, Claim
from contest.task import Task
from meetsched.domain.outcome import Outcome, PlannedMeeting, Verdict
from meetsched.domain.plan import Plan
from meetsched.service.publishing import publish
from meetsched.service.solving import Progress, SolveOptions, load_instance, solve


def plan(task: Task) -> Answer:
    """Load, solve, verify and write all files of the plan, as the command does."""
    loaded = load_instance(task.path)

    def listen(news: Progress) -> None:
        task.journal.note(news.tier, news.value, news.bound, proven=news.proven, city=news.city)

    outcome = solve(loaded, SolveOptions(task.time_limit, task.workers, started=task.launched), listen)
    if outcome.plan is not None:
        publish(loaded.instance, outcome.plan, task.folder / "plan")
    return answer(outcome)


def answer(outcome: Outcome) -> Answer:
    """Return an outcome as an answer."""
    plan = outcome.plan
    if plan is None:
        return Answer(outcome.verdict)
    claims = [Claim(tier.name, tier.best, tier.bound, tier.proven) for tier in plan.tiers]
    return Answer(Verdict(plan.status), decisions(plan), claims, dict(plan.ideal or {}))


def decisions(plan: Plan) -> list[PlannedMeeting]:
    """Return what a plan decides, without its figures."""
    return [PlannedMeeting.of(meeting) for meeting in plan.meetings]
