"""Tell what a plan gives each city, who uses what they share, and what each gives up to whom."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

from meetsched.domain.cells import CsvDialect
from meetsched.domain.instance import Instance
from meetsched.domain.plan import Plan, PlanStatus
from meetsched.domain.shares import CityShare, Shares, as_if_absent, shares
from meetsched.errors import RequestError
from meetsched.loading import Loaded, load_instance, load_plan
from meetsched.service.solving import SolveOptions, with_pins, without_reserve
from meetsched.service.writing import check_folder, write_files
from meetsched.solve.sharing import Answer, Question, most_points, questions
from meetsched.verify import require, verify

__all__ = [
    "Answer",
    "Question",
    "SolveOptions",
    "Weighed",
    "check_cities",
    "check_folder",
    "load_instance",
    "load_plan",
    "publish_shares",
    "questions",
    "shares",
    "verify",
    "weigh",
]


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a plan gives the cities and what they give up, and what is odd about what it says."""

    shares: Shares
    warnings: tuple[str, ...]


def check_cities(instance: Instance) -> None:
    """Check that there are cities to compare.

    Raises
    ------
    RequestError
        There is but one.
    """
    if len(instance.cities) < 2:
        raise RequestError(f"{instance.cities[0].name} is the only city: it shares nothing")


def weigh(
    loaded: Loaded,
    plan: Plan,
    options: SolveOptions,
    on_answer: Callable[[Answer], None] = lambda _: None,
    stop: Event | None = None,
) -> Weighed:
    """Find what each city of a plan gives up, and to whom; every plan that shows it is verified.

    Parameters
    ----------
    loaded : Loaded
    plan : Plan
        It holds every rule of the instance.
    options : SolveOptions
        The time limit is that of the whole job.
    on_answer : callable, optional
        Is given each answer as soon as it is found, with the meetings that show it.
    stop : Event, optional
        Once it is set, the search ends with what was found.

    Raises
    ------
    RejectedPlanError
        Verification found a broken rule or a wrong figure in a plan that shows an answer: a bug.
    """
    instance = with_pins(loaded.instance, plan.pins)
    found: dict[str, dict[Question, Answer]] = {}
    for answer in most_points(instance, plan, without_reserve(options), stop):
        _require(instance, plan, answer)
        found.setdefault(answer.question.city, {})[answer.question] = answer
        on_answer(answer)
    told = shares(instance, plan)
    cities = tuple(_weighed(city, found.get(city.city, {}), plan) for city in told.cities)
    result = replace(told, cities=cities)
    return Weighed(result, tuple(_doubts(instance, plan, result)))


def publish_shares(
    instance: Instance, plan: Plan, found: Shares, folder: Path, dialect: CsvDialect = CsvDialect.RFC4180
) -> tuple[Path, ...]:
    """Write ``shares.csv``, ``shared-uses.csv`` and ``shares.html``.

    Raises
    ------
    OutputError
        Nothing was changed.
    """
    from meetsched.export import shared_uses_table, shares_page, shares_table

    contents = {
        "shares.csv": shares_table(instance, found, dialect),
        "shared-uses.csv": shared_uses_table(instance, plan, dialect),
        "shares.html": shares_page(instance, plan, found),
    }
    return write_files(folder, contents)


def _require(instance: Instance, plan: Plan, answer: Answer) -> None:
    """Verify the plan in which a city has what was found, and those that use nothing are not there."""
    asked = answer.question
    absent = {
        city.id
        for city in instance.cities
        if city.id != asked.city and (asked.alone or city.id == asked.without)
    }
    kept = (each for each in plan.meetings if each.city != asked.city and each.city not in absent)
    shown = Plan(
        instance=plan.instance,
        status=PlanStatus.FEASIBLE,
        tiers=(),
        meetings=(*kept, *answer.meetings),
        repair=plan.repair,
    )
    require(verify(as_if_absent(instance, absent), shown))


def _weighed(city: CityShare, found: dict[Question, Answer], plan: Plan) -> CityShare:
    alone = found.get(Question(city.city, alone=True))
    beside = found.get(Question(city.city))
    return replace(
        city,
        ideal=alone.most.points if city.ideal is None and alone and not _has_past(plan) else city.ideal,
        alone=None if alone is None else alone.most,
        beside=None if beside is None else beside.most,
        without={
            question.without: answer.most
            for question, answer in found.items()
            if question.without is not None
        },
    )


def _has_past(plan: Plan) -> bool:
    """Whether some of it may be over: what a city could have alone from now on is not its ideal then."""
    return plan.repair is not None and plan.repair.as_of is not None


def _doubts(instance: Instance, plan: Plan, found: Shares) -> Iterator[str]:
    stated = {} if _has_past(plan) else plan.ideal or {}
    for city in found.cities:
        most, ideal = city.alone, stated.get(city.city)
        if most is None or ideal is None or most.points <= ideal <= most.bound:
            continue
        name = instance.city_by_id[city.city].name
        yield (
            f"The plan calls {ideal} points the ideal of {name}; "
            + (f"alone it can have {most.points}." if ideal < most.points else f"{most.bound} are the most.")
        )
