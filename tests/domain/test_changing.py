"""Changes applied to an instance, and exceptions that have no key."""

from datetime import date

import pytest

from meetsched.domain.calendar import Month
from meetsched.domain.changing import changed
from meetsched.domain.concessions import Concessions, MonthlyChange
from meetsched.domain.ways_out import Change, Lever, rules_relaxed, total_price
from meetsched.rules import Rule
from tests.small import setting, small, top

MARCH = Month(2027, 3)


def change(key: str, *subject: str, steps: int = 1) -> Change:
    return Change(Lever(key, subject), steps)


def test_the_instance_that_is_changed_stays_as_it_was() -> None:
    instance = small(setting("cities", "kielce", budget=10))
    other = changed(instance, [change(Rule.BUDGET, "kielce", steps=3)])
    assert instance.city_by_id["kielce"].budget == 10_00
    assert other.city_by_id["kielce"].budget == 40_00
    assert other.cities[0] is other.city_by_id["kielce"]
    assert instance != other


def test_no_change_changes_nothing() -> None:
    assert changed(small(), []) == small()


def test_exceptions_make_another_instance() -> None:
    other = changed(small(), [change(Rule.PERSON_AVAILABLE, "bea", "2027-03-02")])
    assert other != small()
    assert other.concessions.people == {("bea", date(2027, 3, 2))}
    assert other.model_dump() == small().model_dump()


def test_exceptions_add_up() -> None:
    changes = [
        change("cadence.more", "kielce", "2027-03", steps=2),
        change("cadence.fewer", "kielce", "2027-03"),
        change(Rule.CADENCE_OPEN, "kielce", "2027-03"),
        change("cadence.more", "kielce", "2027-03"),
        change(Rule.EXPERTISE, "export", "export"),
    ]
    instance = changed(small(setting("cities", "kielce", open_meetings_per_month=1)), changes)
    assert instance.asked(instance.cities[0], MARCH) == (0, 4, 0)
    assert instance.tags_needed(instance.topic_by_id["export"]) == ()
    assert instance.topic_by_id["export"].expertise == ("export",)


@pytest.mark.parametrize("month", [Month(2027, 2), Month(2027, 4)])
def test_an_exception_for_one_month_is_for_no_other(month: Month) -> None:
    instance = changed(small(), [change("cadence.more", "kielce", "2027-03")])
    assert instance.asked(instance.cities[0], month) == (1, 1, 0)


def test_pins_are_lifted_by_their_places_however_many() -> None:
    pins = [{"city": "kielce", "topic": topic, "held": False} for topic in ("export", "loans", "export")]
    lifted = [change(Rule.PIN, "kielce/export", "0"), change(Rule.PIN, "kielce/loans", "1")]
    assert [pin.topic for pin in changed(small(top(pins=pins)), lifted).pins] == ["export"]


def test_changes_cost_their_price_for_each_step() -> None:
    instance = small(top(prices={"budget": 4}))
    changes = [change(Rule.BUDGET, "kielce", steps=3), change("cadence.fewer", "kielce", "2027-03")]
    assert total_price(instance, changes) == 3 * 4 + 40
    assert rules_relaxed([*changes, change("cadence.more", "kielce", "2027-03")]) == (
        Rule.BUDGET,
        Rule.CADENCE,
    )


def test_concessions_keep_what_was_granted_before() -> None:
    first = Concessions().granting(tags=[("a", "b")], months={("c", MARCH): MonthlyChange(more=1)})
    second = first.granting(tags=[("d", "e")], months={("c", MARCH): MonthlyChange(fewer=1)})
    assert second.tags == {("a", "b"), ("d", "e")}
    assert second.month("c", MARCH) == MonthlyChange(more=1, fewer=1)
    assert first.month("c", MARCH) == MonthlyChange(more=1)
