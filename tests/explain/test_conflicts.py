"""Conflicts of towns whose trouble is known."""

from collections.abc import Callable
from pathlib import Path

from meetsched.candidates import find_candidates
from meetsched.domain.explanation import Conflict, Demand
from meetsched.domain.instance import Instance
from meetsched.domain.wording import reasons
from meetsched.explain.conflicts import find_conflicts
from meetsched.explain.demands import Demands
from meetsched.explain.elastic import build_elastic
from meetsched.explain.shortages import add_shortages
from meetsched.explain.solving import Effort
from meetsched.explain.trials import Trials
from meetsched.loading import load_instance
from meetsched.rules import Rule
from meetsched.solve import SolveOptions
from meetsched.solve.control import Control, OutOfTime
from tests.small import Document, small

BLOCKED = Path(__file__).parents[2] / "instances" / "blocked.yaml"
ALL_MARCH = [{"start": "2027-03-01T00:00", "end": "2027-04-01T00:00", "why": "cure"}]


def trials_of(instance: Instance) -> Trials:
    forgiving = find_candidates(instance, forgiving=True)
    elastic = build_elastic(forgiving, Demands(forgiving))
    add_shortages(elastic)
    control = Control.of(SolveOptions(time_limit=300), None, None)
    return Trials(elastic, Effort(control, 1, 0))


def conflicts(*edits: Callable[[Document], object]) -> tuple[Conflict, ...]:
    found, complete = find_conflicts(trials_of(small(*edits)))
    assert complete
    assert all(conflict.minimal for conflict in found)
    return found


def set_of(conflict: Conflict) -> set[Demand]:
    return set(conflict.demands)


def person(name: str, **values: object) -> Callable[[Document], None]:
    return lambda document: next(each for each in document["people"] if each["id"] == name).update(values)


def test_a_town_with_a_plan_has_none() -> None:
    assert conflicts() == ()


def test_a_meeting_that_needs_a_broker_who_is_away() -> None:
    (found,) = conflicts(person("bea", busy=ALL_MARCH))
    assert set_of(found) == {
        Demand(Rule.CADENCE, ("kielce", "2027-03"), "least"),
        Demand(Rule.CREW, ("kielce", "broker")),
        Demand(Rule.PERSON_AVAILABLE, ("bea",)),
    }


def test_it_is_told_in_the_towns_words() -> None:
    instance = small(person("bea", busy=ALL_MARCH))
    (found,), _ = find_conflicts(trials_of(instance))
    assert set(reasons(instance, found)) == {
        "Kielce must hold at least 1 meeting in March 2027.",
        "Every meeting of Kielce has 1 cooperation broker (Bea).",
        "Bea (cooperation broker) is away 1 to 31 March 2027 (cure).",
    }


def test_conflicts_that_have_nothing_to_do_with_each_other_are_all_told() -> None:
    def two_pins(document: Document) -> None:
        document["cities"][0]["meetings_per_month"] = {"min": 0, "max": 2}
        document["topics"][0]["earliest"] = "2027-04-10"
        document["topics"][1]["min_participants"] = 9
        document["pins"] = [{"city": "kielce", "topic": topic} for topic in ("export", "loans")]

    found = conflicts(two_pins)
    assert sorted(map(sorted, map(set_of, found))) == [
        sorted({Demand(Rule.PIN, ("kielce/export", "0")), Demand(Rule.TOPIC_WINDOW, ("export",))}),
        sorted({Demand(Rule.PIN, ("kielce/loans", "1")), Demand(Rule.TOPIC_TURNOUT, ("loans",))}),
    ]


def test_two_cities_want_the_same_people_at_the_same_time() -> None:
    def two_cities(document: Document) -> None:
        document["cities"].append(document["cities"][0] | {"id": "nysa", "name": "Nysa"})
        document["exclude_dates"] = [{"start": "2027-03-03", "end": "2027-03-31"}]
        document["slots"] = [{"weekdays": ["tue"], "starts": ["09:00"]}]
        for entry in (*document["venues"], *document["people"]):
            entry["open_to" if "kind" in entry else "cities"] = "all"
        for company in document["companies"]:
            company["cities"] = ["kielce", "nysa"]

    found = conflicts(two_cities)
    assert len(found) == 1
    assert {Demand(Rule.CADENCE, (city, "2027-03"), "least") for city in ("kielce", "nysa")} <= set_of(
        found[0]
    )
    assert {demand.rule for demand in found[0].demands} <= {Rule.CADENCE, Rule.CREW}


def test_the_blocked_quarter_is_blocked_for_the_reasons_that_it_tells() -> None:
    (found,), complete = find_conflicts(trials_of(load_instance(BLOCKED).instance))
    assert complete and found.minimal
    told = {(demand.rule, demand.subject[0]) for demand in found.demands}
    assert {
        (Rule.PERSON_AVAILABLE, "petr-dvorak"),
        (Rule.PERSON_AVAILABLE, "lenka-mala"),
        (Rule.PERSON_AVAILABLE, "ivana-nova"),
        (Rule.VENUE_HOURS, "library-hall"),
        (Rule.TOPIC_ORDER, "export"),
        (Rule.PIN, "litomysl/tax"),
        (Rule.TOPIC_WINDOW, "grants"),
        (Rule.TOPIC_TURNOUT, "apprentices"),
    } <= told


def test_where_time_runs_out_it_says_what_is_confirmed(monkeypatch) -> None:
    trials = trials_of(load_instance(BLOCKED).instance)
    solved, can_be_held = 0, Trials.can_be_held

    def for_a_while(self: Trials, demands: object) -> bool:
        nonlocal solved
        solved += 1
        if solved > 10:
            raise OutOfTime
        return can_be_held(self, demands)

    monkeypatch.setattr(Trials, "can_be_held", for_a_while)
    (found,), complete = find_conflicts(trials)
    assert not complete
    assert not found.minimal
    assert set(found.confirmed) < set(found.demands)
    monkeypatch.undo()
    for demand in found.confirmed:
        others = [each for each in found.demands if each != demand]
        assert trials.can_be_held(trials.set_of(others))
    assert not trials.can_be_held(trials.set_of(found.demands))
