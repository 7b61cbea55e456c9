"""Why a meeting is where it is: each alternative is looked at, and what is told of it holds."""

from collections.abc import Mapping
from threading import Event

import pytest

from meetsched.domain.answer import Account, Alternatives
from meetsched.domain.baseline import Baseline
from meetsched.domain.entities import Role
from meetsched.domain.instance import Instance, Pin
from meetsched.domain.plan import Duty, Repair
from meetsched.explain.why import Subject, account
from meetsched.rules import Rule, Tier
from meetsched.solve import SolveOptions
from meetsched.solve.run import plan_instance
from meetsched.verify import verify
from tests.small import DOCUMENT, Document, setting, small

OPTIONS = SolveOptions(time_limit=600, workers=1, deterministic=True)
SHA256 = "0" * 64
BUSY = [{"start": "2027-03-09T16:00", "end": "2027-03-09T20:00"}]


def pinned(document: Document) -> None:
    """Hold one meeting, whose place is not for the solver to choose."""
    pin = {"city": "kielce", "topic": "export", "date": "2027-03-09", "start": "17:30", "venue": "oak"}
    document["pins"] = [{**pin, "people": [{"person": "anna"}]}, {**pin, "topic": "loans", "held": False}]
    for key in ("date", "start", "venue"):
        del document["pins"][1][key]


def subject_of(instance: Instance, repair: Repair | None = None) -> Subject:
    """Return the meeting of the best plan; the pins are then lifted, so that it might be elsewhere."""
    plan = plan_instance(instance, SHA256, OPTIONS).plan
    assert plan is not None
    free = instance.replaced(pins=())
    baseline = Baseline(plan, repair or Repair(baseline_sha256=SHA256), instance.zone)
    return Subject(free, SHA256, baseline, "kielce", "export")


@pytest.fixture(scope="module")
def subject() -> Subject:
    return subject_of(small(pinned, setting("people", "olga", fee=25, busy=[])))


@pytest.fixture(scope="module")
def told(subject: Subject) -> Account:
    return account(subject, OPTIONS, most=100)


def every(alternatives: Alternatives) -> int:
    return len(alternatives.possible) + len(alternatives.forbidden) + len(alternatives.open)


def test_every_other_start_and_venue_is_looked_at(subject: Subject, told: Account) -> None:
    assert told.complete and not told.interrupted
    assert every(told.starts) == len(subject.candidates.starts) - 1
    assert every(told.venues) == len(DOCUMENT["venues"]) - 1
    assert not told.starts.open


def test_what_is_possible_holds_and_comes_to_what_is_told(subject: Subject, told: Account) -> None:
    assert told.starts.possible and told.venues.possible
    for each in (*told.starts.possible, *told.venues.possible):
        assert each.meeting is not None and not each.obstacles
        assert (each.meeting.start, each.meeting.venue) == (each.start, each.venue)
        report = subject.report(subject.instead(each.meeting))
        assert not subject.broken(report)
        assert gain(subject, report.objective) == each.gain


def gain(subject: Subject, objective: Mapping[Tier, int]) -> Mapping[Tier, int]:
    before = verify(subject.instance, subject.plan).objective
    return {tier: objective[tier] - before[tier] for tier in before}


def test_the_best_comes_first(told: Account) -> None:
    points = [each.gain[Tier.POINTS] for each in told.starts.possible]
    assert points == sorted(points, reverse=True)


def test_somebody_else_is_weighed(told: Account) -> None:
    (expert,) = (each for each in told.people if each.duty.role is Role.EXPERT)
    assert expert.duty == Duty(person="anna", role=Role.EXPERT)
    (olga,) = expert.stand_ins
    assert (olga.person, olga.obstacles, olga.gain[Tier.COST]) == ("olga", (), 2500)


def test_who_cannot_stand_in_is_told_why() -> None:
    busy = subject_of(small(pinned, setting("people", "olga", busy=BUSY)))
    (olga,) = (one for each in account(busy, OPTIONS).people for one in each.stand_ins)
    assert [each.rule for each in olga.obstacles] == [Rule.PERSON_AVAILABLE]
    assert olga.gain == {}


def test_people_who_fit_elsewhere_are_found() -> None:
    """Anna is away on all other dates: the plan is possible there all the same, with Olga."""
    away = [
        {"start": "2027-03-01T00:00", "end": "2027-03-09T00:00"},
        {"start": "2027-03-10T00:00", "end": "2027-04-01T00:00"},
    ]
    told = account(subject_of(small(pinned, setting("people", "anna", busy=away))), OPTIONS, most=3)
    assert len(told.starts.possible) == 3
    for each in told.starts.possible:
        assert each.meeting is not None
        people = {duty.person for duty in each.meeting.people}
        assert each.start.day == 9 or people >= {"olga"}
    assert every(told.starts) == 17


def test_without_it_the_rules_that_need_it_are_broken(subject: Subject, told: Account) -> None:
    assert [each.rule for each in told.without] == [Rule.CADENCE]
    assert told.loss == gain(subject, subject.report(subject.instead(None)).objective)
    assert told.loss[Tier.POINTS] < 0


def test_pins_are_told() -> None:
    instance = small(pinned)
    free = subject_of(instance)
    held = Subject(instance, SHA256, free.baseline, "kielce", "export")
    told = account(held, OPTIONS)
    assert told.pins == instance.pins[:1]
    assert not told.starts.possible
    assert {Rule.PIN} <= {each.rule for other in told.starts.forbidden for each in other.obstacles}


def test_what_is_over_has_no_alternatives() -> None:
    repair = Repair.model_validate({"baseline_sha256": SHA256, "as_of": "2027-03-20"})
    told = account(subject_of(small(pinned), repair), OPTIONS)
    assert told.is_over
    assert not every(told.starts) and not every(told.venues) and not told.people


def test_a_stop_ends_it(subject: Subject) -> None:
    stop = Event()
    stop.set()
    told = account(subject, OPTIONS, stop)
    assert told.interrupted and not told.complete
    assert not told.starts.possible


def test_a_topic_without_companions_can_be_held_back(subject: Subject) -> None:
    """What holds the meeting are the pins on it, not those on others."""
    other = Pin(city="kielce", topic="loans")
    held = Subject(subject.instance.replaced(pins=(other,)), SHA256, subject.baseline, "kielce", "export")
    assert held.pins == ()
