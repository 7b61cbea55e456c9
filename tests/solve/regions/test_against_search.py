"""Cities searched apart, with prices on what they share, come to what exhaustive search finds."""

from collections.abc import Iterator
from decimal import Decimal
from threading import Event

import pytest

from meetsched.domain.instance import Instance, Objective
from meetsched.domain.outcome import Verdict
from meetsched.domain.plan import Plan
from meetsched.rules import Tier
from meetsched.solve import Progress, SolveOptions, run
from meetsched.solve.regions import search
from meetsched.solve.regions.region import Region
from meetsched.solve.run import plan_instance
from meetsched.verify import verify
from tests.oracle.region import Reach, reach, region
from tests.oracle.region import document as region_document
from tests.oracle.tiny import tiny
from tests.properties.test_against_search import disagreements

SHA256 = "0" * 64
PAIRS = [seed for seed in range(120) if len(tiny(seed).cities) > 1]
UNFAIR = [29, 34, 58, 62, 94, 97, 102, 107, 118, 120]
"""Regions whose plans with the most points are not the fairest, so that levels have to be asked of."""
REGIONS = [*UNFAIR, *range(20)]
CHUNK = 10


@pytest.fixture(autouse=True)
def regions(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Region]]:
    """Let every instance of several cities count as large, and see to it that this is heeded."""
    monkeypatch.setattr(run, "_LARGE", -1)
    made: list[Region] = []
    begin = Region.__init__

    def note(self: Region, *given: object, **named: object) -> None:
        made.append(self)
        begin(self, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Region, "__init__", note)
    yield made
    assert made


@pytest.mark.parametrize("first", range(0, len(PAIRS), CHUNK))
def test_two_cities_come_to_what_exhaustive_search_finds(first: int) -> None:
    wrong = {seed: faults for seed in PAIRS[first : first + CHUNK] if (faults := disagreements(seed))}
    assert not wrong


@pytest.mark.parametrize("fairness", ["maximin", "leximin"])
@pytest.mark.parametrize("first", range(0, len(REGIONS), CHUNK))
def test_three_cities_come_to_the_best_that_there_is(first: int, fairness: str) -> None:
    for seed in REGIONS[first : first + CHUNK]:
        instance = region(seed, balance=fairness)
        plan = planned(instance)
        balance, points = plan.tiers
        truth = reach(instance)
        kept = truth.fairest[: 1 if fairness == "maximin" else None]
        assert (balance.best, points.best) == (truth.fairest[0], most_points(truth, kept)), seed
        assert plan.ideal == truth.ideal


def test_points_that_have_a_common_divisor_prove_no_more_than_is_true() -> None:
    for seed in UNFAIR:
        document = region_document(seed) | {"balance": "maximin"}
        for company in document["companies"]:
            company["interests"] = dict.fromkeys(company["interests"], 3)
        for topic in document["topics"]:
            topic["demand"] *= 3
        instance = Instance.model_validate(document)
        truth = reach(instance)
        balance, points = planned(instance).tiers
        assert balance.best == truth.fairest[0], seed
        assert points.best == most_points(truth, truth.fairest[:1]), seed


def test_what_the_balance_gives_up_serves_the_points() -> None:
    given = (Objective(tier=Tier.BALANCE, give=Decimal("0.3")), Objective(tier=Tier.POINTS))
    for seed in REGIONS[:CHUNK]:
        instance = region(seed, balance="maximin").replaced(objectives=given)
        truth = reach(instance)
        least = truth.fairest[0] - int(0.3 * truth.fairest[0])
        kept = (sum(points) for points in truth.points if truth.shares(points)[0] >= least)
        assert planned(instance).tier_by_name[Tier.POINTS].value == max(kept), seed


@pytest.mark.parametrize("objectives", [["balance", "points"], ["points"]])
def test_prices_prove_that_cities_have_no_plan_together(
    objectives: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each city alone could have the hall at its only start; a search of the whole is not allowed."""
    monkeypatch.setattr(search, "_SMALL", -1)
    document = region_document(0) | {"balance": "maximin", "objectives": objectives}
    document["cities"] = [city | {"min_days_between": 1} for city in document["cities"][:2]]
    document["slots"] = [{"weekdays": ["tue"], "starts": ["10:00"]}]
    document["topics"] = [{"id": "t0", "title": "t0", "minutes": 60, "required": True}]
    document["venues"] = [venue for venue in document["venues"] if venue["id"] == "hall"]
    for company in document["companies"]:
        company |= {"interests": {"t0": 1}, "city": "aa"}
        company.pop("available", None)
    document["topics"][0]["min_participants"] = 0
    instance = Instance.model_validate(document)
    outcome = plan_instance(instance, SHA256, SolveOptions(time_limit=600, workers=1))
    assert (outcome.verdict, outcome.hopeless_city) == (Verdict.INFEASIBLE, None)


@pytest.mark.parametrize("seed", REGIONS[:CHUNK])
def test_whatever_is_told_and_left_when_it_is_stopped_is_true(seed: int) -> None:
    """A plan so far keeps the rules, and no bound is better than the optimum lets it be."""
    instance = region(seed, balance="maximin")
    truth = reach(instance)
    fairest = truth.fairest[0]
    most = most_points(truth, truth.fairest[:1])
    told: list[Progress] = []
    for number in (1, 3, 6):
        plan = stopped(instance, number, told)
        if plan is not None:
            assert verify(instance, plan).violations == ()
            balance, points = plan.tiers
            assert balance.best <= fairest <= balance.bound
            assert balance.best < fairest or points.best <= most <= points.bound
    whole = [news for news in told if news.city is None and news.tier is Tier.BALANCE]
    assert all(news.bound is None or news.bound >= fairest for news in whole)
    assert all(news.value is None or news.value <= fairest for news in whole)


def most_points(truth: Reach, kept: tuple[int, ...]) -> int:
    return max(sum(points) for points in truth.points if truth.shares(points)[: len(kept)] == kept)


def planned(instance: Instance) -> Plan:
    outcome = plan_instance(instance, SHA256, SolveOptions(time_limit=600, workers=2))
    assert outcome.verdict is Verdict.OPTIMAL
    assert outcome.plan is not None
    assert verify(instance, outcome.plan).violations == ()
    assert all(tier.proven and tier.best == tier.bound for tier in outcome.plan.tiers)
    return outcome.plan


def stopped(instance: Instance, number: int, told: list[Progress]) -> Plan | None:
    """Return the plan of a run that is stopped at so many news of the whole."""
    stop = Event()
    left = [number]

    def hear(news: Progress) -> None:
        told.append(news)
        left[0] -= news.city is None
        if left[0] <= 0:
            stop.set()

    return plan_instance(instance, SHA256, SolveOptions(time_limit=600, workers=1), hear, stop).plan
