"""Rules are read with all their parts, and give the dates that dateutil gives, at a bounded effort."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr

from meetsched.loading.calendars.repetition import Effort, EffortError, Repetition
from meetsched.loading.calendars.rules import WEEKDAYS, RuleError, parse_rule

AFTER, BEFORE = datetime(2026, 12, 30), datetime(2027, 4, 1)
LOCALES = ("MO", "SU", "WE")


def starts(rule: str, start: datetime, effort: Effort | None = None) -> list[datetime]:
    repetition = Repetition(parse_rule(rule), start, UTC, effort or Effort(10**6, 10**4))
    return list(repetition.between(AFTER, BEFORE))


def expected(rule: str, start: datetime) -> list[datetime]:
    found = []
    for moment in rrulestr(rule, dtstart=start):
        if moment > BEFORE:
            break
        if moment >= AFTER:
            found.append(moment)
    return found


def some(rng: random.Random, values: range, most: int) -> str:
    return ",".join(
        str(value) for value in rng.sample([value for value in values if value], rng.randint(1, most))
    )


def rule_of(rng: random.Random) -> str:
    """Return a rule out of all parts, of which each combination holds on some date."""
    frequency = rng.choice(("DAILY", "WEEKLY", "MONTHLY", "YEARLY"))
    parts = [f"FREQ={frequency}"]
    if frequency != "DAILY" and rng.random() < 0.5:
        parts.append(f"INTERVAL={rng.choice((2, 3, 5))}")
    if rng.random() < 0.5:
        end = f"UNTIL=2027{rng.randint(1, 4):02}{rng.randint(1, 28):02}T120000"
        parts.append(rng.choice((f"COUNT={rng.randint(1, 60)}", end)))
    plain = ",".join(rng.sample(WEEKDAYS, rng.randint(1, 4)))
    numbered = ",".join(f"{rng.choice((1, 2, -1, -2))}{day}" for day in rng.sample(WEEKDAYS, 3))
    days = {
        "DAILY": ("", f"BYDAY={plain}", "BYMONTHDAY=1,15,-1", "BYMONTH=1,3,9"),
        "WEEKLY": ("", f"BYDAY={plain}", f"BYDAY={plain};BYMONTH=2,3"),
        "MONTHLY": ("", f"BYDAY={plain}", f"BYDAY={numbered}", f"BYMONTHDAY={some(rng, range(-28, 29), 5)}"),
        "YEARLY": (
            *("", f"BYMONTH=2,3;BYDAY={numbered}", f"BYDAY={plain}", "BYMONTH=1,2;BYMONTHDAY=-1,10"),
            *(f"BYYEARDAY={some(rng, range(-365, 366), 30)}", f"BYDAY=20MO,-45TU,{numbered}"),
            f"BYWEEKNO={some(rng, range(-50, 51), 9)};BYDAY={plain}",
        ),
    }
    if part := rng.choice(days[frequency]):
        parts.append(part)
        if "BYDAY" in part and frequency in ("MONTHLY", "YEARLY") and rng.random() < 0.3:
            parts.append("BYSETPOS=1,-1")
    if rng.random() < 0.2:
        parts.append("BYHOUR=8,17;BYMINUTE=0,30")
    if rng.random() < 0.3:
        parts.append(f"WKST={rng.choice(LOCALES)}")
    return ";".join(parts)


@pytest.mark.parametrize("seed", range(10))
def test_the_dates_are_those_of_another_reader(seed: int) -> None:
    rng = random.Random(seed)
    found = 0
    for _ in range(20):
        start = datetime(rng.randint(2024, 2027), rng.randint(1, 12), rng.randint(1, 28), 9, 30)
        rule = rule_of(rng)
        if expected(rule, datetime(2026, 1, 4, 9, 30)):
            assert starts(rule, start) == expected(rule, start), (rule, start)
            found += len(starts(rule, start))
    assert found


def test_a_week_of_the_year_without_a_weekday_has_that_of_the_start() -> None:
    found = starts("FREQ=YEARLY;BYWEEKNO=3,-45", datetime(2020, 1, 2, 9))
    assert [f"{moment:%a %d %b}" for moment in found] == ["Thu 21 Jan", "Thu 25 Feb"]


def test_numbered_and_plain_weekdays_are_either() -> None:
    found = starts("FREQ=MONTHLY;BYDAY=MO,1TU;UNTIL=20270115", datetime(2027, 1, 1, 9))
    assert [f"{moment:%a %d}" for moment in found] == ["Mon 04", "Tue 05", "Mon 11"]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=DAILY;BYSETPOS=2",
        "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2,4,6",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31",
    ],
)
def test_a_rule_that_never_holds_takes_no_time(rule: str) -> None:
    """Following it to the year 9999 would take seconds."""
    start = datetime(2024, 2, 5, 9)
    assert starts(rule, start, Effort(days=800, occurrences=0)) == []


def test_old_rules_cost_no_more_than_new_ones() -> None:
    window = (BEFORE - AFTER).days + 1
    effort = Effort(days=window, occurrences=window)
    assert len(starts("FREQ=DAILY", datetime(1900, 1, 1, 9), effort)) == window - 1
    with pytest.raises(EffortError):
        starts("FREQ=DAILY", datetime(1900, 1, 1, 9), effort)


def test_rules_with_a_count_are_followed_from_their_start() -> None:
    start = BEFORE - timedelta(days=3100)
    assert starts("FREQ=DAILY;COUNT=3", start, Effort(days=31, occurrences=0)) == []
    with pytest.raises(EffortError):
        starts("FREQ=DAILY;COUNT=999999999", start, Effort(days=3000, occurrences=10**6))


def test_times_of_day_count_as_repetitions() -> None:
    rule = f"FREQ=DAILY;BYMINUTE={','.join(map(str, range(60)))}"
    assert len(starts(rule, datetime(2027, 3, 31, 9), Effort(10**4, 60))) == 60
    with pytest.raises(EffortError):
        starts(rule, datetime(2027, 3, 31, 9), Effort(10**4, 59))


@pytest.mark.parametrize("count", ["-1", "-1;INTERVAL=1"])
def test_a_negative_count_means_no_end(count: str) -> None:
    assert len(starts(f"FREQ=DAILY;COUNT={count}", datetime(2027, 1, 1))) == 91


def test_empty_parts_are_passed_over() -> None:
    assert parse_rule("freq=weekly;;byday=mo;") == parse_rule("FREQ=WEEKLY;BYDAY=MO")
    assert parse_rule("RSCALE=GREGORIAN;FREQ=DAILY;SKIP=OMIT") == parse_rule("FREQ=DAILY")


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("", "expected FREQ to be one of DAILY, WEEKLY, MONTHLY, YEARLY"),
        ("WEEKLY", "expected parts such as FREQ=WEEKLY, each once"),
        ("FREQ=WEEKLY;FREQ=DAILY", "expected parts such as FREQ=WEEKLY, each once"),
        ("FREQ=BOGUS", "expected FREQ to be one of DAILY, WEEKLY, MONTHLY, YEARLY"),
        ("FREQ=HOURLY", "expected an event that repeats daily at most"),
        ("FREQ=SECONDLY;COUNT=999999999", "expected an event that repeats daily at most"),
        ("FREQ=DAILY;BYEASTER=1", "BYEASTER is no part of a rule that is known"),
        ("FREQ=DAILY;RSCALE=HEBREW", "expected a rule of the Gregorian calendar"),
        ("FREQ=DAILY;SKIP=FORWARD", "expected a rule of the Gregorian calendar"),
        ("FREQ=DAILY;INTERVAL=0", "expected INTERVAL to be a whole number from 1 to 10000"),
        ("FREQ=DAILY;INTERVAL=1.5", "expected INTERVAL to be a whole number from 1 to 10000"),
        ("FREQ=DAILY;INTERVAL=\u0663", "expected INTERVAL to be a whole number from 1 to 10000"),
        ("FREQ=DAILY;COUNT=0", "expected COUNT to be 1 or more"),
        ("FREQ=DAILY;COUNT=99999999999", "expected COUNT to be a whole number from -1 to 1000000000"),
        ("FREQ=DAILY;UNTIL=tomorrow", "UNTIL: expected a date or a time such as 20270331T140000Z"),
        ("FREQ=DAILY;UNTIL=00010101", "UNTIL: expected a year from 2 on"),
        ("FREQ=DAILY;BYMONTH=13", "expected BYMONTH to be a whole number from 1 to 12"),
        ("FREQ=DAILY;BYMONTHDAY=0", "expected BYMONTHDAY without 0"),
        ("FREQ=DAILY;BYMONTHDAY=", "expected BYMONTHDAY to be a whole number from -31 to 31"),
        ("FREQ=DAILY;BYDAY=XX", "expected BYDAY to be weekdays such as MO or -1FR"),
        ("FREQ=YEARLY;BYDAY=0MO", "expected BYDAY to be weekdays such as MO or -1FR"),
        ("FREQ=YEARLY;BYDAY=54MO", "expected BYDAY to be weekdays such as MO or -1FR"),
        ("FREQ=DAILY;WKST=1", "expected WKST to be a weekday such as MO"),
        ("FREQ=DAILY;BYHOUR=24", "expected BYHOUR to be a whole number from 0 to 23"),
        (f"FREQ=DAILY;BYHOUR={'1,' * 400}1", "expected at most 400 values of BYHOUR"),
    ],
)
def test_rules_that_cannot_be_followed(rule: str, message: str) -> None:
    with pytest.raises(RuleError) as error:
        parse_rule(rule)
    assert str(error.value) == message
