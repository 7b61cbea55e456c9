"""Answer a question about a meeting: why it is as it is, or what another way would take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from threading import Event

from meetsched.domain.answer import Answer
from meetsched.domain.instance import Pin
from meetsched.domain.plan import Plan, PlanStatus
from meetsched.domain.wording.accounts import account_sections
from meetsched.domain.wording.answers import answer_sections
from meetsched.errors import RequestError
from meetsched.service.asking import SolveOptions, questioned, why, why_not
from meetsched.service.documents import loaded_of, plan_text, published_of
from meetsched.service.moving import unpinned
from meetsched.store import JobState
from meetsched.web.jobs.kinds.solve import stage_of
from meetsched.web.jobs.messages import News, Request, Result

_ADVICE = "Ask again with more seconds."


def work(request: Request, tell: Callable[[News], None], stop: Event) -> Result:
    """Answer the question `asked`, a pin as instances write it.

    The other options are `time_limit` in seconds, and `moving`: whether the plan's own pins on the meeting
    are lifted, since it is to be moved. The document has the pin as `asked`, what is told as `sections`,
    the texts of the plans that have what was asked for as `plans`, and which these are, `nearest` or
    `best`, as `ways`.
    """
    if request.plan is None:
        raise RequestError("there is no plan to ask about")
    asked = Pin.model_validate(request.options["asked"])
    loaded, published = loaded_of(request.instance), published_of(request.plan)
    if request.options.get("moving"):
        published = unpinned(published, asked.city, asked.topic)
    question = questioned(loaded, published, asked)
    if not question.report.holds:
        raise RequestError("the plan breaks rules, so that it tells no reasons")
    options = SolveOptions(time_limit=request.options["time_limit"])
    if question.about_itself:
        account = why(question, options, stop)
        sections, ways = account_sections(loaded.instance, account), {}
    else:
        answer = why_not(question, options, lambda news: tell(stage_of(news)), stop)
        seconds = options.time_limit
        sections = answer_sections(loaded.instance, question.instance_asked, answer, seconds, _ADVICE)
        ways = _ways(answer)
    document = {
        "asked": asked.model_dump(mode="json", exclude_defaults=True),
        "sections": [asdict(section) for section in sections],
        "ways": list(ways),
        "plans": list(ways.values()),
    }
    return Result(JobState.STOPPED if stop.is_set() else JobState.DONE, document=document)


def _ways(answer: Answer) -> dict[str, str]:
    """Return the plans of an answer, each once."""
    ways = {"nearest": answer.nearest, "best": answer.best}
    texts = {name: plan_text(_chosen(way.plan)) for name, way in ways.items() if way is not None}
    if texts.get("nearest") == texts.get("best"):
        texts.pop("best", None)
    return texts


def _chosen(plan: Plan) -> Plan:
    """Return a plan that was asked for, and is not said to be the best that the instance has."""
    update = {"tiers": (), "status": PlanStatus.FEASIBLE, "pins": plan.pins[:-1]}
    return plan.model_copy(update=update)
