"""The exhaustive search against answers worked out by hand."""

from typing import Any

import pytest

from meetsched.domain.instance import Instance
from meetsched.rules import Rule, Tier
from tests.oracle.search import Truth, search


def town(**changes: Any) -> dict[str, Any]:
    """Return one city with one topic, one room, three people and two firms; three Mondays to choose."""
    return {
        "schema": "meetsched/1",
        "id": "town",
        "horizon": {"start": "2027-02-01", "end": "2027-02-28"},
        "timezone": "Europe/Warsaw",
        "slots": [{"weekdays": ["mon"], "starts": ["17:30"]}],
        "exclude_dates": [{"start": "2027-02-16", "end": "2027-02-28"}],
        "cities": [city("aa")],
        "institutions": [
            {"id": "hall", "name": "Town hall", "type": "local_administration", "city": "aa"},
            {"id": "uni", "name": "University", "type": "university", "city": "aa"},
        ],
        "topics": [{"id": "law", "title": "Law", "minutes": 120, "expertise": ["law"]}],
        "venues": [room("large", capacity=10, fee=20, catering_per_head="1.50")],
        "people": [
            person("broker", "hall"),
            person("presenter", "hall", fee=10),
            person("expert", "uni", fee=30, expertise=["law"]),
        ],
        "companies": [firm("one", law=3), firm("two", law=2)],
    } | changes


def city(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "name": name, "coverage": {}, "reserved_seats": 0, "min_days_between": 7} | more


def room(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "name": name, "kind": "private", "city": "aa", "open_to": "all"} | more


def person(role: str, institution: str, **more: Any) -> dict[str, Any]:
    base = {"id": role, "name": role, "institution": institution, "roles": [role], "cities": "all"}
    return base | more


def firm(name: str, home: str = "aa", available: Any = None, **interests: int) -> dict[str, Any]:
    base = {"id": name, "name": name, "city": home, "interests": interests}
    return base | ({"available": available} if available else {})


def solved(switched_off: Rule | None = None, **changes: Any) -> Truth:
    return search(Instance.model_validate(town(**changes)), switched_off)


def best(truth: Truth) -> dict[str, int] | None:
    return None if truth.best is None else {tier.value: value for tier, value in truth.best.items()}


def test_one_meeting_costs_what_its_parts_cost():
    # Both firms come: 3 + 2 points. 20.00 + 2 x 1.50 + 10.00 + 30.00; broker, presenter, expert.
    assert best(solved()) == {"points": 5, "cost": 6300, "appeal": 0, "effort": 3}


def test_what_participants_pay_covers_room_and_refreshments_only():
    # 2 x 15.00 would be 30.00, but room and refreshments cost 23.00.
    topics = [{"id": "law", "title": "Law", "minutes": 120, "expertise": ["law"], "fee": 15}]
    assert solved(topics=topics).best[Tier.COST] == 4000


def test_minimum_spend_is_owed_where_guests_spend_less():
    # 20.00 + (12.00 - 2 x 2.50) + 40.00 for people.
    venues = [room("pub", kind="pub", capacity=10, fee=20, minimum_spend=12, spend_per_head="2.50")]
    assert solved(venues=venues).best[Tier.COST] == 6700


@pytest.mark.parametrize(("limit", "cost"), [(90, 7802), (89, None)])
def test_overtime_is_rounded_half_up_and_limited(limit: int, cost: int | None):
    # 18:00 to 19:30 outside: 90 x 10.01 / 60 = 15.015, so 15.02.
    people = town()["people"]
    people[2] |= {
        "available": {"mon": ["08:00-18:00"]},
        "overtime_per_hour": "10.01",
        "max_overtime_minutes": limit,
    }
    truth = solved(people=people)
    assert (truth.best and truth.best[Tier.COST]) == cost
    assert solved(Rule.PERSON_OVERTIME, people=people).best[Tier.COST] == 7802


def test_seats_go_to_those_who_want_it_most():
    assert solved(venues=[room("small", capacity=1)]).best[Tier.POINTS] == 3
    assert solved(venues=[room("small", capacity=1)], cities=[city("aa", reserved_seats=1)]).best is None


@pytest.mark.parametrize(("give", "points", "cost"), [(0, 5, 9000), (0.2, 5, 4000), (0.19, 5, 9000)])
def test_later_tiers_may_give_up_a_share(give: float, points: int, cost: int):
    # The dear room has 5 points, the free one 4: one point is a fifth, 0.19 of 5 is less than one.
    venues = [room("dear", capacity=9, fee=50), room("free", capacity=2)]
    companies = [firm("one", law=3), firm("two", law=1), firm("three", law=1)]
    objectives = [{"tier": "points", "give": give}, "cost"]
    truth = solved(venues=venues, companies=companies, objectives=objectives)
    assert best(truth) == {"points": points, "cost": cost}


def test_two_cities_share_one_room_as_fairly_as_can_be():
    # On the 1st aa gets 5 and bb 4, on the 8th aa 2 and bb 3. aa first: 1000 and 750; bb first: 400.
    # Two heads and one in a room at 20.00, people at 40.00 twice.
    first_only = [{"start": "2027-02-08T00:00", "end": "2027-02-09T00:00"}]
    companies = [
        firm("a1", law=3) | {"busy": first_only},
        firm("a2", law=2),
        firm("b1", "bb", law=1) | {"busy": first_only},
        firm("b2", "bb", law=3),
    ]
    changes = {
        "cities": [city("aa"), city("bb")],
        "exclude_dates": [{"start": "2027-02-09", "end": "2027-02-28"}],
        "companies": companies,
    }
    truth = solved(**changes)
    assert truth.ideal == {"aa": 5, "bb": 4}
    assert best(truth) == {"balance": 750, "points": 8, "cost": 12450, "appeal": 0, "effort": 6}
    # Without the clash of the room the people still cannot be in two places.
    assert solved(Rule.VENUE_CLASH, **changes).best[Tier.BALANCE] == 750


def test_two_cities_may_have_plans_alone_but_none_together():
    changes = {
        "cities": [city("aa"), city("bb")],
        "companies": [firm("a", law=1), firm("b", "bb", law=1)],
        "venues": [room("large", capacity=10, max_uses=1)],
    }
    truth = solved(**changes)
    assert (truth.feasible, truth.ideal) == (False, {"aa": 1, "bb": 1})
    assert solved(Rule.VENUE_USES, **changes).best[Tier.POINTS] == 2


@pytest.mark.parametrize(("minutes", "points"), [(120, 5), (121, None)])
def test_an_hour_is_missing_on_the_day_of_the_change_of_clocks(minutes: int, points: int | None):
    # From 01:00 two hours last until 04:00; 02:30 does not exist.
    changes = {
        "horizon": {"start": "2027-03-01", "end": "2027-03-31"},
        "exclude_dates": [],
        "slots": [{"weekdays": ["sun"], "starts": ["01:00", "02:30"]}],
        "pins": [{"city": "aa", "topic": "law", "date": "2027-03-28"}],
        "topics": [{"id": "law", "title": "Law", "minutes": minutes, "expertise": ["law"]}],
        "venues": [room("night", capacity=9, hours={"sun": ["00:00-04:00"]})],
    }
    truth = solved(**changes)
    assert (truth.best and truth.best[Tier.POINTS]) == points


def test_a_second_meeting_waits_for_the_first_and_keeps_its_distance():
    topics = [
        {"id": "law", "title": "Law", "minutes": 60, "expertise": ["law"]},
        {"id": "more", "title": "More law", "minutes": 60, "expertise": ["law"], "after": ["law"]},
    ]
    companies = [firm("one", law=1, more=3)]
    changes = {"topics": topics, "companies": companies}
    wide = [city("aa", min_days_between=15, meetings_per_month={"max": 2})]
    near = [city("aa", min_days_between=14, meetings_per_month={"max": 2})]
    assert solved(**changes).best[Tier.POINTS] == 1
    assert solved(Rule.TOPIC_ORDER, **changes).best[Tier.POINTS] == 3
    assert solved(**changes, cities=wide).best[Tier.POINTS] == 1
    assert solved(Rule.SPACING, **changes, cities=wide).best[Tier.POINTS] == 4
    truth = solved(**changes, cities=near)
    assert truth.best[Tier.POINTS] == 4
    assert [meeting.start.day for meeting in truth.meetings] == [1, 15]
    before = [city("aa", held_before=["law"])]
    assert solved(**changes, cities=before).best[Tier.POINTS] == 3


def test_a_pin_asks_for_people_whom_nothing_else_needs():
    people = [*town()["people"], person("representative", "uni", fee=100)]
    pins = [{"city": "aa", "topic": "law", "people": [{"person": "representative"}]}]
    assert solved(people=people).best[Tier.EFFORT] == 3
    assert best(solved(people=people, pins=pins)) == {"points": 5, "cost": 16300, "appeal": 0, "effort": 4}
    assert solved(people=people, pins=[{"city": "aa", "topic": "law", "held": False}]).best is None


def test_without_anybody_to_plan_for_no_meeting_is_held():
    cities = [city("aa", meetings_per_month={"min": 0})]
    truth = solved(companies=[], cities=cities)
    assert best(truth) == {"points": 0, "cost": 0, "appeal": 0, "effort": 0}
    assert solved(companies=[]).best is None
    assert solved(Rule.CADENCE, companies=[]).feasible
    assert solved(Rule.TOPIC_TURNOUT, companies=[]).feasible
