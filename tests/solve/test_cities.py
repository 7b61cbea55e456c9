"""Several cities: what each gets alone."""

from pathlib import Path
from threading import Event, get_ident

import pytest

from meetsched.candidates import find_candidates
from meetsched.loading import load_instance
from meetsched.solve import Progress, SolveOptions
from meetsched.solve.cities import seek_ideals
from meetsched.solve.control import Control

PAIR = load_instance(Path(__file__).parents[1] / "data" / "reference" / "pair-303.yaml")
CANDIDATES = find_candidates(PAIR.instance)


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_cities_seek_their_ideals_side_by_side(threads: int) -> None:
    told: list[Progress] = []
    control = Control.of(SolveOptions(time_limit=600), told.append, None)
    ideals = seek_ideals(CANDIDATES, control, threads=threads, seed=0)
    assert (ideals.points, ideals.proven, ideals.hopeless) == ({"c00": 47, "c01": 50}, True, None)
    assert {city: {planned.city for planned in plan} for city, plan in ideals.plans.items()} == {
        "c00": {"c00"},
        "c01": {"c01"},
    }
    assert {news.city: news.value for news in told if news.finished} == ideals.points


def test_news_come_from_the_thread_of_the_call() -> None:
    threads = set()
    control = Control.of(SolveOptions(time_limit=600), lambda _: threads.add(get_ident()), None)
    seek_ideals(CANDIDATES, control, threads=2, seed=0)
    assert threads == {get_ident()}


def test_without_time_there_are_no_ideals() -> None:
    control = Control.of(SolveOptions(time_limit=0), None, None)
    ideals = seek_ideals(CANDIDATES, control, threads=1, seed=0)
    assert (ideals.points, ideals.plans, ideals.proven) == ({"c00": 0, "c01": 0}, {}, False)


@pytest.mark.parametrize("threads", [1, 2])
def test_a_city_without_a_plan_ends_it(threads: int) -> None:
    hopeless = PAIR.instance.replaced(
        cities=[city.model_copy(update={"min_host_institutions": 9}) for city in PAIR.instance.cities[:1]]
        + list(PAIR.instance.cities[1:])
    )
    candidates = find_candidates(hopeless)
    control = Control.of(SolveOptions(time_limit=600), None, None)
    ideals = seek_ideals(candidates, control, threads=threads, seed=0)
    assert (ideals.hopeless, ideals.points) == ("c00", {})
    ideals = seek_ideals(candidates, control, threads=threads, seed=0, all_cities=True)
    assert (ideals.hopeless, ideals.points) == ("c00", {"c00": 0, "c01": 50})


def test_a_wish_to_stop_ends_it() -> None:
    stop = Event()
    stop.set()
    control = Control.of(SolveOptions(time_limit=600), None, stop)
    assert seek_ideals(CANDIDATES, control, threads=2, seed=0).plans == {}
