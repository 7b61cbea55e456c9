"""Find what each city of a plan gives up, and to whom."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from meetsched.domain.names import Names
from meetsched.service.documents import loaded_of, plan_of
from meetsched.service.region import weighed_found
from meetsched.service.sharing import Answer, check_cities, weigh
from meetsched.store import JobState
from meetsched.web.jobs.messages import News, Note, Request, Result
from meetsched.web.jobs.requests import plan_asked, solve_options


def work(request: Request, tell: Callable[[News], None], stop: Event) -> Result:
    """Weigh what the cities of the version's plan give each other."""
    loaded, plan = loaded_of(request.instance), plan_of(plan_asked(request))
    check_cities(loaded.instance)
    names = Names(loaded.instance)

    def tell_answer(answer: Answer) -> None:
        tell(Note(f"Known of {names.city(answer.question.city)}: {answer.most.points} points at most."))

    found = weigh(loaded, plan, solve_options(request), tell_answer, stop)
    state = JobState.STOPPED if stop.is_set() else JobState.DONE
    return Result(state, document=weighed_found(loaded.instance, found))
