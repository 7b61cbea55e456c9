from datetime import date
from zoneinfo import ZoneInfo

import pytest

from meetsched.candidates.clock import FOREVER, Clock, fits, merge, overlap, subtract, weekly_spans
from meetsched.domain.calendar import Horizon
from meetsched.domain.scalars import Weekday, Window

WARSAW = Clock(ZoneInfo("Europe/Warsaw"))
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
HOUR = 3600


def test_an_ordinary_day_has_24_hours() -> None:
    day = date(2027, 3, 1)
    assert WARSAW.midnight_after(day) - WARSAW.instant(day, 0) == 24 * HOUR
    assert WARSAW.instant(day, 24 * 60) == WARSAW.midnight_after(day)


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25)])
def test_a_change_of_clocks_makes_a_day_shorter_or_longer(day: date, hours: int) -> None:
    assert WARSAW.midnight_after(day) - WARSAW.instant(day, 0) == hours * HOUR


def test_times_after_a_change_of_clocks_are_nearer_to_midnight() -> None:
    assert WARSAW.instant(SPRING, 4 * 60) - WARSAW.instant(SPRING, 60) == 2 * HOUR


def test_a_skipped_time_does_not_exist() -> None:
    assert not WARSAW.exists(SPRING, 2 * 60 + 30)
    assert WARSAW.exists(SPRING, 3 * 60)


def test_a_repeated_time_means_the_first() -> None:
    assert WARSAW.exists(AUTUMN, 2 * 60 + 30)
    assert WARSAW.instant(AUTUMN, 2 * 60 + 30) - WARSAW.instant(AUTUMN, 0) == 2 * HOUR + HOUR // 2


def test_spans_that_touch_become_one() -> None:
    assert merge([(5, 7), (0, 2), (2, 4), (6, 9)]) == [(0, 4), (5, 9)]


def test_holes_are_cut_out() -> None:
    assert subtract([(0, 10), (20, 30)], [(3, 5), (8, 22)]) == [(0, 3), (5, 8), (22, 30)]
    assert subtract([(0, 10)], [(0, 10)]) == []


def test_overlap_counts_covered_seconds() -> None:
    assert overlap([(0, 10), (20, 30)], 5, 25) == 10


def test_a_meeting_fits_where_it_ends_as_its_span_does() -> None:
    assert fits([(0, 3600)], [0, 1, 1800, 1801], 30).tolist() == [True, True, True, False]


def test_an_absent_table_means_always_and_an_absent_weekday_never() -> None:
    horizon = Horizon(start="2027-03-01", end="2027-03-02")
    assert weekly_spans(None, horizon, WARSAW) == [FOREVER]
    begin = WARSAW.instant(date(2027, 3, 1), 8 * 60)
    table = {Weekday.MON: (Window(480, 600),)}
    assert weekly_spans(table, horizon, WARSAW) == [(begin, begin + 2 * HOUR)]
