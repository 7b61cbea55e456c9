"""Fits and towns of the growth benchmark."""

import pytest

from contest.answers import Answer, Event
from growth import exponent, stages_of, with_starts
from meetsched.domain.outcome import Verdict
from meetsched.rules import Tier
from tests.benchmarks.runs import made_run

STARTS = ["09:00", "14:00", "17:30", "18:30"]


def test_the_exponent_of_a_square_is_two():
    assert exponent([1, 2, 4], [3, 12, 48]) == pytest.approx(2)


def test_one_size_says_nothing_of_growth():
    assert exponent([5, 5], [1, 2]) is None


@pytest.mark.parametrize(("factor", "number"), [(0.25, 1), (0.5, 2), (1, 4), (2, 8), (4, 16)])
def test_starts_are_multiplied(factor: float, number: int):
    starts = with_starts(STARTS, factor)
    assert len(set(starts)) == len(starts) == number
    assert starts[0] == "09:00"


def test_the_stages_make_up_the_whole_time():
    events = [
        Event(1.0, Tier.POINTS, None, 60),
        Event(3.0, Tier.POINTS, 50, 50, proven=True),
        Event(7.0, Tier.COST, 9, 9, proven=True),
    ]
    planned = made_run(events=events, answer=Answer(Verdict.OPTIMAL), seconds=8.5)
    assert stages_of(planned) == (1.0, 2.0, 4.0, 1.5)


def test_a_run_that_was_cut_off_has_no_stages():
    assert stages_of(made_run(answer=Answer(Verdict.FEASIBLE))) is None
