"""A planning run: tiers, what they give, limits and interruption."""

from pathlib import Path
from threading import Event

import pytest

from meetsched.candidates import find_candidates
from meetsched.domain.instance import Instance
from meetsched.domain.outcome import Outcome, Verdict
from meetsched.domain.plan import Plan
from meetsched.loading import load_instance
from meetsched.rules import Tier
from meetsched.solve import Progress, SolveOptions
from meetsched.solve.control import Control, OutOfTime
from meetsched.solve.run import plan_instance
from meetsched.verify import verify
from tests.small import Document, one, setting, small, top

REFERENCE = Path(__file__).parents[1] / "data" / "reference"


def solve(instance: Instance, **options: float) -> Outcome:
    outcome = plan_instance(instance, "0" * 64, SolveOptions(**options))  # type: ignore[arg-type]
    if outcome.plan is not None:
        assert verify(instance, outcome.plan).violations == ()
    return outcome


def plan_of(instance: Instance, **options: float) -> Plan:
    outcome = solve(instance, **options)
    assert outcome.verdict is Verdict.OPTIMAL
    assert outcome.plan is not None
    return outcome.plan


def test_tiers_count_in_their_order() -> None:
    plan = plan_of(small())
    assert [tier.name for tier in plan.tiers] == [Tier.POINTS, Tier.COST, Tier.APPEAL, Tier.EFFORT]
    assert [tier.value for tier in plan.tiers] == [8, 1000, 0, 3]
    cheapest_first = plan_of(small(top(objectives=["cost", "points"])))
    assert [tier.value for tier in cheapest_first.tiers] == [0, 7]


def test_what_a_tier_gives_lets_the_next_one_gain() -> None:
    giving = [{"tier": "points", "give": "0.125"}, "cost"]
    points, cost = plan_of(small(top(objectives=giving))).tiers
    assert (points.best, points.value, points.bound) == (8, 7, 8)
    assert cost.value == 0
    stingy = [{"tier": "points", "give": "0.12"}, "cost"]
    points, cost = plan_of(small(top(objectives=stingy))).tiers
    assert (points.value, cost.value) == (8, 1000)


def test_without_tiers_any_plan_is_the_best() -> None:
    plan = plan_of(small(top(objectives=[])))
    assert plan.tiers == ()
    assert len(plan.meetings) == 1


def test_nothing_demanded_and_nothing_gained_is_an_empty_plan() -> None:
    idle = setting("cities", "kielce", meetings_per_month={"min": 0, "max": 0})
    assert plan_of(small(idle)).meetings == ()


@pytest.mark.parametrize(
    "edit",
    [
        top(topics=[]),
        top(venues=[]),
        top(people=[]),
        top(companies=[]),
        setting("cities", "kielce", budget="0", coverage={"at_least": {"eu_funds": 1}}),
        setting("cities", "kielce", meetings_per_month={"min": 3, "max": 3}),
        top(holidays={"add": [f"2027-03-{day:02d}" for day in range(1, 32)]}),
        top(pins=[{"city": "kielce", "topic": "export", "date": "2027-03-03"}]),
    ],
)
def test_what_cannot_be_planned_is_proven_so(edit: object) -> None:
    assert solve(small(edit)).verdict is Verdict.INFEASIBLE  # type: ignore[arg-type]


def twin_cities(document: Document) -> None:
    """Radom wants the same broker on the same day of the month as Kielce."""
    document["cities"].append({**one(document, "cities", "kielce"), "id": "radom", "name": "Radom"})
    document["slots"] = [{"weekdays": ["tue"], "starts": ["09:00", "11:00", "13:00"]}]
    document["horizon"] = {"start": "2027-03-01", "end": "2027-03-07"}
    document["topics"] = document["topics"][1:]
    document["companies"].append({"id": "r", "name": "R", "city": "radom", "interests": {"loans": 2}})
    for person in document["people"]:
        person["cities"] = "all"
    for venue in document["venues"]:
        venue["open_to"] = "all"
    for city in document["cities"]:
        city["meetings_per_month"] = {"min": 0}


@pytest.mark.parametrize(("gap", "meetings"), [(30, 2), (31, 2), (150, 2), (151, 1)])
def test_nobody_is_in_two_cities_at_once(gap: int, meetings: int) -> None:
    plan = plan_of(small(twin_cities, top(person_gap_minutes=gap)))
    assert len(plan.meetings) == meetings
    minutes = sorted(meeting.start.hour for meeting in plan.meetings)
    if meetings == 2:
        assert (minutes[1] - minutes[0]) * 60 >= 90 + gap


def test_balance_counts_against_what_each_city_gets_alone() -> None:
    plan = plan_of(small(twin_cities, top(person_gap_minutes=151)))
    assert plan.ideal == {"kielce": 4, "radom": 2}
    assert plan.tier_by_name[Tier.BALANCE].value == 0
    assert plan.tier_by_name[Tier.POINTS].value == 4


def test_a_city_without_a_plan_alone_proves_that_there_is_none() -> None:
    def hopeless(document: Document) -> None:
        one(document, "cities", "radom")["meetings_per_month"] = {"min": 5, "max": 5}
        document["horizon"]["end"] = "2027-03-31"

    outcome = solve(small(twin_cities, hopeless))
    assert (outcome.verdict, outcome.hopeless_city) == (Verdict.INFEASIBLE, "radom")


@pytest.mark.parametrize("name", ["tight-122", "pair-303"])
def test_deterministic_runs_give_the_same_plan(name: str) -> None:
    loaded = load_instance(REFERENCE / f"{name}.yaml")
    options = SolveOptions(time_limit=600, deterministic=True, seed=7, workers=2)
    first, second = (plan_instance(loaded.instance, loaded.sha256, options).plan for _ in range(2))
    assert first is not None
    assert second is not None
    assert first.model_dump_json() == second.model_dump_json()


def test_one_worker_is_enough() -> None:
    assert plan_of(small(), workers=1).tier_by_name[Tier.POINTS].value == 8


def test_progress_is_told_tier_by_tier() -> None:
    told: list[Progress] = []
    plan_instance(small(), "0" * 64, SolveOptions(), told.append)
    finished = [news for news in told if news.finished]
    assert [news.tier for news in finished] == [Tier.POINTS, Tier.COST, Tier.APPEAL, Tier.EFFORT]
    assert all(news.proven and news.value == news.bound for news in finished)
    assert [news.seconds for news in told] == sorted(news.seconds for news in told)


def test_no_time_is_no_plan() -> None:
    outcome = solve(small(), time_limit=0)
    assert (outcome.verdict, outcome.interrupted) == (Verdict.UNKNOWN, False)


def test_a_wish_to_stop_keeps_the_best_plan_so_far() -> None:
    loaded = load_instance(REFERENCE / "city-101.yaml")
    stop = Event()

    def stop_at_first_plan(news: Progress) -> None:
        if news.value is not None:
            stop.set()

    options = SolveOptions(time_limit=600)
    outcome = plan_instance(loaded.instance, loaded.sha256, options, stop_at_first_plan, stop)
    assert outcome.interrupted
    assert outcome.verdict is Verdict.FEASIBLE
    assert outcome.plan is not None
    assert verify(loaded.instance, outcome.plan).holds
    assert [tier.name for tier in outcome.plan.tiers] == [Tier.POINTS, Tier.COST, Tier.APPEAL, Tier.EFFORT]
    for tier in outcome.plan.tiers:
        better = tier.bound - tier.value if tier.name.maximise else tier.value - tier.bound
        assert better >= 0


def test_a_stop_before_the_start_ends_at_once() -> None:
    stop = Event()
    stop.set()
    outcome = plan_instance(small(), "0" * 64, SolveOptions(), None, stop)
    assert (outcome.verdict, outcome.interrupted) == (Verdict.UNKNOWN, True)


def test_time_that_ends_before_the_search_begins_ends_the_preparation() -> None:
    stop, seen = Event(), []

    def between() -> None:
        seen.append(1)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        find_candidates(small(), between)
    assert len(seen) == 1
    with pytest.raises(OutOfTime):
        Control.of(SolveOptions(time_limit=0), None, stop).check()
    Control.of(SolveOptions(time_limit=60), None, stop).check()
    stop.set()
    with pytest.raises(OutOfTime):
        Control.of(SolveOptions(time_limit=60), None, stop).check()
