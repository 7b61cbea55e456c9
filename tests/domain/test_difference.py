"""What changed from one plan to another."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from meetsched.domain.difference import Difference, difference
from meetsched.domain.instance import DisruptionWeights
from meetsched.domain.plan import Duty, Meeting, Plan

WEIGHTS = DisruptionWeights()
NOTHING = dict.fromkeys(("venue", "catering", "fees", "travel", "overtime", "income", "total"), "0")


def held(name: str, start: str = "2027-03-02T17:30:00+01:00", people: str = "", **keys: Any) -> Meeting:
    city, topic = name.split("/")
    begin = datetime.fromisoformat(start)
    return Meeting.model_validate(
        {
            "id": name,
            "city": city,
            "topic": topic,
            "title": topic,
            "venue": "library",
            "start": begin,
            "end": begin + timedelta(hours=2),
            "people": [
                dict(zip(("person", "role"), duty.split(":"), strict=True)) for duty in people.split()
            ],
            "heads": 0,
            "points": 0,
            "types": [],
            "cost": NOTHING,
            **keys,
        }
    )


def plan(*meetings: Meeting) -> Plan:
    return Plan.model_validate(
        {
            "schema": "meetsched-plan/1",
            "instance": {"id": "town", "sha256": "abc"},
            "status": "feasible",
            "tiers": [],
            "meetings": [meeting.model_dump(mode="json") for meeting in meetings],
        }
    )


def compare(old: Meeting, new: Meeting, **weights: int) -> Difference:
    return difference(plan(old), plan(new), DisruptionWeights(**weights))


def test_equal_plans_do_not_differ() -> None:
    same = plan(held("kielce/export", people="anna:expert"), held("kielce/loans"))
    assert difference(same, same, WEIGHTS) == Difference((), (), (), 0)


def test_figures_and_sequences_are_no_difference() -> None:
    found = compare(held("kielce/export"), held("kielce/export", heads=5, sequence=3, title="Exports"))
    assert (found.changes, found.disruption) == (0, 0)


def test_meetings_are_added_and_dropped() -> None:
    export, loans, radom = held("kielce/export"), held("kielce/loans"), held("radom/export")
    found = difference(plan(export, loans), plan(radom, export), WEIGHTS)
    assert (found.added, found.dropped, found.changed) == ((radom,), (loans,), ())
    assert (found.changes, found.disruption) == (2, 150)


def test_meetings_come_in_order_of_time() -> None:
    late = held("kielce/a", "2027-03-03T09:00:00+01:00")
    early = held("kielce/b", "2027-03-03T09:30:00+02:00")
    assert difference(plan(), plan(late, early), WEIGHTS).added == (early, late)


@pytest.mark.parametrize(
    ("start", "disruption"),
    [
        ("2027-03-02T17:30:00+01:00", 0),
        ("2027-03-02T16:30:00+00:00", 0),
        ("2027-03-02T18:00:00+01:00", 10),
        ("2027-03-03T17:30:00+01:00", 31),
        ("2027-03-01T09:00:00+01:00", 31),
        ("2027-04-01T17:30:00+02:00", 60),
        ("2027-04-30T17:30:00+02:00", 60),
    ],
)
def test_another_date_counts_with_its_days_else_another_time(start: str, disruption: int) -> None:
    found = compare(held("kielce/export"), held("kielce/export", start))
    assert found.disruption == disruption
    assert found.changes == (1 if disruption else 0)


def test_the_two_equal_times_when_the_clocks_go_back_differ() -> None:
    first, second = "2027-10-31T02:30:00+02:00", "2027-10-31T02:30:00+01:00"
    assert compare(held("kielce/export", first), held("kielce/export", second)).disruption == 10


def test_people_lost_count_and_people_gained_do_not() -> None:
    old = held("kielce/export", people="anna:expert ben:representative bea:broker")
    new = held("kielce/export", people="bea:broker ben:expert cara:representative", venue="oak")
    found = compare(old, new)
    (changed,) = found.changed
    assert changed.old == old
    assert changed.new == new
    assert changed.venue_changed
    assert not changed.start_changed
    assert changed.lost == tuple(
        Duty(person=person, role=role) for person, role in (("anna", "expert"), ("ben", "representative"))
    )
    assert changed.gained == tuple(
        Duty(person=person, role=role) for person, role in (("ben", "expert"), ("cara", "representative"))
    )
    assert found.disruption == 15 + 2 * 5


def test_somebody_gained_is_a_change_without_disruption() -> None:
    found = compare(held("kielce/export"), held("kielce/export", people="anna:expert"))
    assert (found.changes, found.disruption) == (1, 0)


def test_somebody_listed_twice_is_lost_once() -> None:
    assert compare(held("a/b", people="anna:expert anna:expert"), held("a/b")).disruption == 5


@pytest.mark.parametrize(
    ("weight", "disruption"),
    [("date", 1 + 15 + 5), ("venue", 31 + 5), ("person", 31 + 15), ("time", 31 + 15 + 5)],
)
def test_weights_are_the_instances(weight: str, disruption: int) -> None:
    old = held("kielce/export", people="anna:expert")
    new = held("kielce/export", "2027-03-03T09:00:00+01:00", venue="oak")
    assert compare(old, new, **{weight: 0}).disruption == disruption


def test_a_plan_that_repeats_a_meeting_can_be_compared() -> None:
    twice = plan(held("kielce/export"), held("kielce/export", "2027-03-09T09:00:00+01:00"))
    assert difference(twice, twice, WEIGHTS).changes == 0
