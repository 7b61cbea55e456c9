"""Which level is asked of next."""

import numpy as np

from meetsched.solve.regions.levels import Levels, Scale


def test_the_next_level_is_asked_first_and_twice_as_far_after_each_success() -> None:
    levels = Levels(range(20))
    levels.reach(3)
    assert levels.next() == 4
    levels.reach(4)
    levels.hasten()
    assert levels.next() == 6
    levels.reach(9)
    levels.hasten()
    assert levels.next() == 13
    levels.refute(13)
    assert (levels.next(), levels.highest) == (10, 12)
    levels.refute(10)
    assert (levels.next(), levels.highest) == (None, 9)


def test_above_a_level_in_doubt_the_bound_is_sought_by_halves() -> None:
    levels = Levels(range(10))
    levels.reach(2)
    levels.doubt(3)
    assert levels.next() == 7
    levels.refute(7)
    assert (levels.next(), levels.highest) == (5, 6)
    levels.doubt(5)
    assert levels.next() == 6
    levels.refute(6)
    assert (levels.next(), levels.highest) == (None, 5)


def test_where_no_level_can_be_reached_none_is_left() -> None:
    levels = Levels([0, 500, 1000])
    assert levels.next() == 0
    levels.refute(0)
    assert (levels.next(), levels.highest) == (None, None)


def test_levels_are_the_shares_that_cities_can_have() -> None:
    nothing = np.zeros(1, dtype=np.int64)
    scale = Scale(0, nothing, 1, (2, 3), lambda values: values)
    assert scale.levels() == [0, 333, 500, 666, 1000]
    assert [scale.worst(level) for level in (0, 333, 334, 500, 1000)] == [0, -2, -3, -3, -5]


def test_points_are_counted_in_units() -> None:
    scale = Scale(0, np.zeros(1, dtype=np.int64), 3, (9, 9), lambda values: values)
    assert [scale.worst(level) for level in (0, 100, 333, 500, 1000)] == [0, -1, -2, -4, -6]
