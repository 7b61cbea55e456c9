"""What follows from the columns that a plan decides."""

import numpy as np

from meetsched.candidates import find_candidates
from meetsched.domain.outcome import PlannedMeeting
from meetsched.model import LinearModel, build
from meetsched.model.completion import complete
from meetsched.rules import Rule
from meetsched.solve import SolveOptions
from meetsched.solve.lexicographic import LexicographicSearch
from meetsched.solve.run import plan_instance
from tests.small import setting, small


def test_definitions_settle_cap_and_push() -> None:
    model = LinearModel()
    one, other, total, capped, pushed, free = model.add_columns(6)
    model.equal(None, "", [(one, 1), (other, 1), (total, -1)])
    model.at_most(None, "", [(capped, 1), (one, -1)], 0)
    model.at_most(None, "", [(capped, 1), (other, -1)], 0)
    model.at_least(None, "", [(pushed, 1), (one, 1)], 1)
    model.at_least(Rule.PIN, "", [(free, 1)], 1)
    assert complete(model, {one: 1, other: 0}).tolist() == [1, 0, 1, 0, 0, 0]
    assert complete(model, {one: 0, other: 0}).tolist() == [0, 0, 0, 0, 1, 0]


def test_a_share_is_rounded_to_what_its_rows_allow() -> None:
    model = LinearModel()
    points, share = model.add_column(upper=9), model.add_column(upper=1000)
    model.at_least(None, "", [(points, 1000), (share, -9)], 0)
    assert complete(model, {points: 5})[share] == 555


def test_columns_that_are_always_one_stay_so() -> None:
    model = LinearModel()
    always, binary = model.add_column(lower=1), model.add_column()
    assert complete(model, {binary: 1}).tolist() == [1, 1]
    assert complete(model, {}).tolist() == [1, 0]
    assert (always, binary) == (0, 1)


def test_a_plan_of_the_instance_is_a_solution_and_one_of_another_is_none() -> None:
    instance = small(
        setting("cities", "kielce", coverage={"at_least": {"university": 1}}, min_host_institutions=1)
    )
    plan = plan_instance(instance, "0" * 64, SolveOptions(workers=1, deterministic=True)).plan
    assert plan is not None
    planned = [
        PlannedMeeting(each.city, each.topic, each.start, each.venue, each.people) for each in plan.meetings
    ]
    model = build(find_candidates(instance))

    def search() -> LexicographicSearch:
        return LexicographicSearch(model, threads=1, seed=0)

    assert search().begin_from_plan(planned)
    values = model.values_of(planned)
    (decoded,) = model.decode(values)
    assert (decoded.start, decoded.venue) == (planned[0].start, planned[0].venue)
    assert set(decoded.people) == set(planned[0].people)
    assert not search().begin_from_plan([])
    nobody = [PlannedMeeting(each.city, each.topic, each.start, each.venue, ()) for each in plan.meetings]
    assert not search().begin_from_plan(nobody)
    assert np.all(values >= model.linear.lower)
