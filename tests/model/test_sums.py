"""Sums that stand in for many columns are worth what these add up to."""

from itertools import combinations

import numpy as np
import pytest

from meetsched.candidates import find_candidates
from meetsched.model import PlanningModel, build
from meetsched.model.linear import Values, total
from meetsched.model.variables import MeetingColumns
from tests.small import setting, small, top

QUARTER = top(horizon={"start": "2027-03-01", "end": "2027-05-31"})


def at_each_start(model: PlanningModel, meeting: MeetingColumns) -> dict[int, Values]:
    """Return for each start the columns of the meeting then, as its definitions have them."""
    values = {}
    for start, column in meeting.at.items():
        there = np.zeros(len(model.linear.lower), dtype=np.int64)
        there[column] = 1
        for total_column, members in meeting.weekly:
            there[total_column] = int(start in members)
        values[start] = there
    return values


@pytest.fixture(scope="module")
def model() -> PlanningModel:
    return build(find_candidates(small(QUARTER)))


def test_weeks_add_up(model: PlanningModel) -> None:
    meeting = model.variables.by_id["kielce/export"]
    assert {len(members) for _, members in meeting.weekly} == {13}
    assert {start for _, members in meeting.weekly for start in members} == set(meeting.at)


def test_whatever_starts_are_asked_for_the_sum_is_one_at_these_alone(model: PlanningModel) -> None:
    meeting = model.variables.by_id["kielce/export"]
    values = at_each_start(model, meeting)
    starts = list(meeting.at)
    asked = [set(starts) - set(few) for few in combinations(starts[:6], 3)]
    asked += [{*few, *starts[20:]} for few in combinations(starts[:6], 2)]
    for some in [set(), set(starts), *asked]:
        terms = meeting.during(some)
        assert {start for start, there in values.items() if total(terms, there) == 1} == some
        assert all(total(terms, there) in {0, 1} for there in values.values())


def test_a_working_week_is_said_in_few_terms(model: PlanningModel) -> None:
    meeting = model.variables.by_id["kielce/export"]
    tuesdays = [start for start in meeting.at if model.variables.candidates.starts[start].day.weekday() == 1]
    assert len(meeting.during(tuesdays)) == 2
    assert len(meeting.during(tuesdays[1:])) == 3


def test_a_month_has_too_few_weeks_for_sums_of_one_slot() -> None:
    few = top(horizon={"start": "2027-03-01", "end": "2027-03-21"})
    meeting = build(find_candidates(small(few))).variables.by_id["kielce/export"]
    assert meeting.weekly == ()
    assert len(meeting.during(meeting.at)) == len(meeting.at)


def test_order_needs_two_terms_a_date() -> None:
    model = build(find_candidates(small(QUARTER, setting("topics", "loans", after=["export"]))))
    rows = [row for row in model.linear.rows if row.rule == "topic.order"]
    assert rows
    assert {len(row.terms) for row in rows} <= {1, 2}
