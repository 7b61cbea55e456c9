from hypothesis import given
from hypothesis import strategies as st

from meetsched.model.intervals import maximal_overlaps


def test_overlaps_are_maximal() -> None:
    assert maximal_overlaps([(0, 4, "a"), (1, 2, "b"), (2, 5, "c"), (5, 6, "d")]) == [
        ["a", "b"],
        ["a", "c"],
        ["d"],
    ]


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 8)), max_size=12))
def test_two_overlap_exactly_where_a_set_holds_both(pairs: list[tuple[int, int]]) -> None:
    intervals = [(start, start + length, index) for index, (start, length) in enumerate(pairs)]
    together = {
        (one, other)
        for found in maximal_overlaps(intervals)
        for one in found
        for other in found
        if one < other
    }
    overlapping = {
        (i, j)
        for i, (start, end, _) in enumerate(intervals)
        for j, (begin, until, _) in enumerate(intervals)
        if i < j and start < until and begin < end
    }
    assert together == overlapping
