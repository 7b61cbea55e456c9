"""Tell why there is no plan and what would help, or what binds the plan that there is."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from meetsched.domain.words import count
from meetsched.service.documents import loaded_of
from meetsched.service.explaining import ExplainOptions, Stage, explain
from meetsched.service.explaining import News as ExplainNews
from meetsched.service.findings import explained
from meetsched.store import JobState
from meetsched.web.jobs.messages import News, Note, Request, Result
from meetsched.web.jobs.requests import prepared_of, solve_options

_STAGES = {
    Stage.PLAN: "It is asked whether there is a plan at all.",
    Stage.CONFLICT: "Demands that cannot be held together are sought: {} so far.",
    Stage.FIX: "Ways out are sought: {} so far.",
    Stage.GAIN: "What binds the plan hardest is sought: {} so far.",
}
_FOUND = {
    Stage.CONFLICT: ("conflict", "conflicts"),
    Stage.FIX: ("way out", "ways out"),
    Stage.GAIN: ("change", "changes"),
}


def work(request: Request, tell: Callable[[News], None], stop: Event) -> Result:
    """Explain the instance; with `published` among the options, going on from what was published last."""
    loaded = loaded_of(request.instance)
    baseline = prepared_of(request).baseline if request.options.get("published") else None
    options = ExplainOptions(solve_options(request), int(request.options.get("most", 5)))
    found = explain(loaded, options, lambda news: tell(Note(_in_words(news))), stop, baseline=baseline)
    if found.feasible is None:
        state = JobState.STOPPED if found.interrupted else JobState.UNKNOWN
        return Result(state, message="It could not be told in time whether there is a plan.")
    state = JobState.STOPPED if found.interrupted else JobState.DONE
    message = "It was stopped; what was found by then is kept." if found.interrupted else ""
    return Result(state, document=explained(loaded.instance, found), message=message)


def _in_words(news: ExplainNews) -> str:
    one, several = _FOUND.get(news.stage, ("", ""))
    return _STAGES[news.stage].format(count(news.found, one, several))
