"""What happens to a plan in the benchmark of repairs."""

from datetime import timedelta
from itertools import pairwise

import pytest

from disturbances.kinds import Base, Kind, scenarios, spread
from meetsched.domain.instance import Instance
from meetsched.verify import verify
from tests.export.examples import example

COUNT = 4


@pytest.fixture(params=["town", "region"])
def base(request):
    return Base(request.param, *example(request.param))


@pytest.mark.parametrize("kind", Kind)
def test_the_same_seed_makes_the_same_and_another_another(kind, base):
    made = scenarios(kind, base, COUNT, seed=3)
    assert made == scenarios(kind, base, COUNT, seed=3)
    assert [one.what for one in made] != [one.what for one in scenarios(kind, base, COUNT, seed=4)]


@pytest.mark.parametrize("kind", Kind)
def test_all_of_them_differ(kind, base):
    made = scenarios(kind, base, COUNT, seed=0)
    assert len({one.what for one in made}) == len(made) == COUNT
    assert not any(one.instance == other.instance for one, other in pairwise(made))


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        (Kind.ABSENCE, "person.available"),
        (Kind.CLOSURE, "venue.hours"),
        (Kind.BUDGET, "budget"),
        (Kind.HOLIDAY, "slot"),
    ],
)
def test_each_breaks_the_plan_in_its_own_way(kind, rule, base):
    assert not verify(base.instance, base.plan).violations
    for one in scenarios(kind, base, COUNT, seed=1):
        broken = {violation.rule for violation in verify(one.instance, base.plan).violations}
        assert broken - {"figures"} == {rule}  # A start that is no slot has no appeal, too.


@pytest.mark.parametrize("kind", Kind)
def test_nothing_else_changes(kind, base):
    part = {
        Kind.ABSENCE: "people",
        Kind.CLOSURE: "venues",
        Kind.BUDGET: "cities",
        Kind.HOLIDAY: "holidays",
    }[kind]
    for one in scenarios(kind, base, COUNT, seed=2):
        changed = {
            name
            for name in Instance.model_fields
            if getattr(one.instance, name) != getattr(base.instance, name)
        }
        assert changed == {part}


def test_absences_last_whole_weeks(base):
    for one in scenarios(Kind.ABSENCE, base, COUNT, seed=0):
        away = [
            set(after.busy) - set(before.busy)
            for before, after in zip(base.instance.people, one.instance.people, strict=True)
        ]
        (interval,) = set().union(*away)
        assert (interval.end - interval.start) % timedelta(weeks=1) == timedelta(0)


def test_a_plan_has_only_so_many_dates(base):
    dates = {meeting.start.date() for meeting in base.plan.meetings}
    assert len(scenarios(Kind.HOLIDAY, base, 20, seed=0)) == len(dates)


@pytest.mark.parametrize("kind", Kind)
def test_a_plan_without_meetings_cannot_be_hit(kind, base):
    empty = base.plan.model_copy(update={"meetings": ()})
    assert scenarios(kind, Base(base.name, base.instance, empty), COUNT, seed=0) == []


def test_scenarios_are_spread_over_the_bases():
    bases = [Base(name, *example(name)) for name in ("town", "region")]
    made = spread(Kind.HOLIDAY, bases, 7, seed=0)
    assert [base.name for base, _ in made] == ["town", "region", "town", "region", "town", "region", "town"]
    assert len(spread(Kind.HOLIDAY, bases, 99, seed=0)) == 4 + 6
