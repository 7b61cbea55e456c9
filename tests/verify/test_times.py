"""Times that the clocks change, windows that touch, and the end of the day."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from meetsched.domain.calendar import Interval
from meetsched.domain.entities import Person
from meetsched.domain.instance import Instance
from meetsched.domain.scalars import Weekday, WeeklyTable, Window, parse_clock
from meetsched.verify.clock import Span, absolute, instant, join, weekly_spans
from meetsched.verify.slots import holiday_dates, slot_bonus
from meetsched.verify.worktime import in_working_time, overtime
from tests.verify.towns import edited

WARSAW = ZoneInfo("Europe/Warsaw")
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def span(start: str, minutes: int) -> Span:
    return Span(utc(start), utc(start) + timedelta(minutes=minutes))


def table(**windows: str) -> WeeklyTable:
    return {Weekday(day): tuple(map(_window, text.split())) for day, text in windows.items()}


def _window(text: str) -> Window:
    start, end = (parse_clock(half) for half in text.split("-"))
    assert start is not None
    assert end is not None
    return Window(start, end)


def person(**keys: object) -> Person:
    return Person.model_validate(
        {"id": "anna", "name": "Anna", "institution": "uni", "roles": ["expert"], **keys}
    )


def town(**keys: object) -> Instance:
    return Instance.model_validate(edited()[0] | keys)


@pytest.mark.parametrize(
    ("day", "minute", "expected"),
    [
        (date(2027, 3, 27), 9 * 60, "2027-03-27T08:00Z"),
        (SPRING, 0, "2027-03-27T23:00Z"),
        (SPRING, 9 * 60, "2027-03-28T07:00Z"),
        (SPRING, 24 * 60, "2027-03-28T22:00Z"),
        (AUTUMN, 2 * 60 + 30, "2027-10-31T00:30Z"),  # the first of two
        (AUTUMN, 3 * 60, "2027-10-31T02:00Z"),
        (AUTUMN, 24 * 60, "2027-10-31T23:00Z"),
    ],
)
def test_local_times_become_absolute(day: date, minute: int, expected: str) -> None:
    assert instant(day, minute, WARSAW) == utc(expected)
    assert instant(day, minute, WARSAW).tzinfo is UTC


def test_intervals_may_have_offsets() -> None:
    local = Interval.model_validate({"start": "2027-03-28T01:00", "end": "2027-03-28T04:00"})
    offset = Interval.model_validate({"start": "2027-03-28T00:00Z", "end": "2027-03-28T04:00+02:00"})
    assert absolute(local, WARSAW) == absolute(offset, WARSAW) == span("2027-03-28T00:00Z", 120)


def test_a_window_over_a_change_of_clocks_lasts_as_long_as_it_really_does() -> None:
    (spring,) = weekly_spans(table(sun="00:00-24:00"), span("2027-03-28T08:00Z", 60), WARSAW)
    assert spring.length == timedelta(hours=23)
    (autumn,) = weekly_spans(table(sun="00:00-24:00"), span("2027-10-31T08:00Z", 60), WARSAW)
    assert autumn.length == timedelta(hours=25)


def test_windows_that_touch_or_overlap_are_one_over_midnight_too() -> None:
    week = table(sun="22:00-24:00 20:00-22:30", mon="00:00-02:00")
    assert weekly_spans(week, span("2027-03-07T22:30Z", 60), WARSAW) == [span("2027-03-07T19:00Z", 360)]


def test_a_window_that_the_change_of_clocks_turns_round_is_none() -> None:
    assert weekly_spans(table(sun="02:30-03:15"), span("2027-03-28T01:00Z", 60), WARSAW) == []


def test_a_weekday_that_a_table_does_not_list_has_no_hours() -> None:
    assert weekly_spans(table(mon="00:00-24:00"), span("2027-03-09T08:00Z", 60), WARSAW) == []
    around = span("2027-03-09T08:00Z", 60)
    assert weekly_spans(None, around, WARSAW) == [around]


def test_spans_meet_only_where_they_share_time() -> None:
    hour = span("2027-03-09T08:00Z", 60)
    assert hour.meets(span("2027-03-09T08:59Z", 10))
    assert not hour.meets(span("2027-03-09T09:00Z", 10))
    assert not hour.meets(span("2027-03-09T07:00Z", 60))
    assert not hour.meets(Span(hour.end, hour.start))
    assert join([Span(hour.end, hour.start)]) == []


@pytest.mark.parametrize(
    ("local", "bonus"),
    [
        ("2027-03-02T17:30", 1),
        ("2027-03-03T17:30", 0),
        ("2027-03-03T17:31", None),
        ("2027-03-05T17:30", None),  # a Friday
        ("2027-02-23T17:30", None),  # before the horizon
        ("2027-03-28T22:30", None),  # Easter
        ("2027-03-29T17:30", 0),  # Easter Monday, removed from the holidays
        ("2027-04-06T17:30", None),  # excluded
    ],
)
def test_slots(local: str, bonus: int | None) -> None:
    instance = town()
    start = datetime.fromisoformat(local).replace(tzinfo=WARSAW)
    assert slot_bonus(instance, holiday_dates(instance), start) == bonus


def test_the_highest_bonus_of_the_rules_that_name_a_start_counts() -> None:
    slots = [{"weekdays": ["tue"], "starts": ["17:30"], "bonus": bonus} for bonus in (1, 3, 2)]
    start = datetime(2027, 3, 2, 17, 30, tzinfo=WARSAW)
    assert slot_bonus(town(slots=slots), (), start) == 3


def test_of_a_start_that_the_clocks_repeat_only_the_first_is_a_slot() -> None:
    instance = town(
        slots=[{"weekdays": ["sun"], "starts": ["02:30"]}],
        horizon={"start": "2027-10-01", "end": "2027-10-31"},
    )
    first, second = (utc(text).astimezone(WARSAW) for text in ("2027-10-31T00:30Z", "2027-10-31T01:30Z"))
    assert slot_bonus(instance, (), first) == 0
    assert slot_bonus(instance, (), second) is None


def test_holidays_without_a_country_are_those_added() -> None:
    instance = town(holidays={"add": ["2027-03-02", "2027-03-03"], "remove": ["2027-03-03"]})
    assert holiday_dates(instance) == {date(2027, 3, 2)}


TUESDAY = "2027-03-02T{}+01:00"


@pytest.mark.parametrize(
    ("start", "minutes", "works", "extra"),
    [
        ("09:00", 60, True, 0),
        ("15:30", 60, True, 30),
        ("07:00", 90, True, 60),
        ("06:59", 90, False, 61),
        ("20:00", 60, True, 60),
        ("20:00", 61, False, 61),
        ("11:30", 90, True, 60),  # the break at noon is overtime
    ],
)
def test_overtime_falls_by_default_between_seven_and_twentyone(
    start: str, minutes: int, works: bool, extra: int
) -> None:
    anna = person(available={"tue": ["08:00-12:00", "13:00-16:00"]}, overtime_per_hour=10)
    during = span(TUESDAY.format(start), minutes)
    assert in_working_time(anna, during, WARSAW) is works
    assert overtime(anna, during, WARSAW) == timedelta(minutes=extra)


def test_overtime_falls_on_listed_weekdays_only_unless_its_hours_say_otherwise() -> None:
    wednesday = span("2027-03-03T09:00+01:00", 60)
    keys = {"available": {"tue": "08:00-16:00"}, "overtime_per_hour": 0}
    assert not in_working_time(person(**keys), wednesday, WARSAW)
    assert in_working_time(person(**keys, overtime_hours={"wed": "09:00-10:00"}), wednesday, WARSAW)
    assert not in_working_time(
        person(**keys, overtime_hours={"wed": "09:00-10:00"}), span(TUESDAY.format("16:00"), 1), WARSAW
    )


def test_regular_hours_and_overtime_join_where_they_touch() -> None:
    anna = person(
        available={"tue": "08:00-16:00"}, overtime_per_hour=10, overtime_hours={"tue": "16:00-18:00"}
    )
    assert in_working_time(anna, span(TUESDAY.format("15:00"), 120), WARSAW)
    assert not in_working_time(anna, span(TUESDAY.format("17:00"), 61), WARSAW)


def test_without_a_rate_there_is_no_overtime() -> None:
    ben = person(available={"tue": "08:00-16:00"})
    late = span(TUESDAY.format("15:30"), 60)
    assert not in_working_time(ben, late, WARSAW)
    assert overtime(ben, late, WARSAW) == timedelta(0)


def test_minutes_of_overtime_are_those_that_pass_when_the_clocks_change() -> None:
    anna = person(
        available={"sun": "03:00-05:00"}, overtime_per_hour=10, overtime_hours={"sun": "00:00-05:00"}
    )
    meeting = span("2027-03-28T01:00+01:00", 120)  # until 04:00 on the clock
    assert in_working_time(anna, meeting, WARSAW)
    assert overtime(anna, meeting, WARSAW) == timedelta(minutes=60)
