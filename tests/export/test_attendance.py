from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from meetsched.domain.entities import Person
from meetsched.export.attendance import overtime_cost, overtime_minutes

WARSAW = ZoneInfo("Europe/Warsaw")


def person(available, rate="12.00"):
    return Person.model_validate(
        {
            "id": "a",
            "name": "A",
            "institution": "i",
            "roles": ["broker"],
            "available": available,
            "overtime_per_hour": rate,
        }
    )


def minutes(available, start, length):
    begin = datetime.fromisoformat(start).replace(tzinfo=WARSAW)
    return overtime_minutes(person(available), begin, begin + timedelta(minutes=length), WARSAW)


@pytest.mark.parametrize(
    ("available", "start", "length", "expected"),
    [
        ({"tue": "08:00-18:00"}, "2027-01-19T17:30", 120, 90),
        ({"tue": "18:00-20:00"}, "2027-01-19T17:30", 120, 30),
        ({"tue": "08:00-20:00"}, "2027-01-19T17:30", 120, 0),
        ({"wed": "08:00-20:00"}, "2027-01-19T17:30", 120, 120),
        ({"tue": ["08:00-18:00", "17:00-18:30", "18:30-19:00"]}, "2027-01-19T17:30", 120, 30),
        ({"tue": "08:00-24:00"}, "2027-01-19T22:00", 120, 0),
        ({"sun": "04:00-24:00"}, "2027-03-28T03:30", 60, 30),
        ({"sun": "00:00-01:30"}, "2027-03-28T01:00", 60, 30),
    ],
)
def test_minutes_outside_the_schedule(available, start, length, expected):
    assert minutes(available, start, length) == expected


def test_without_a_rate_or_a_schedule_there_is_no_overtime():
    begin = datetime(2027, 1, 19, 17, 30, tzinfo=WARSAW)
    for available, rate in ((None, None), ({"wed": "08:00-09:00"}, None)):
        assert overtime_minutes(person(available, rate), begin, begin + timedelta(hours=1), WARSAW) == 0


@pytest.mark.parametrize(
    ("length", "rate", "cents"), [(75, 1250, 1563), (30, 999, 500), (1, 29, 0), (1, 30, 1)]
)
def test_cost_is_rounded_half_up(length, rate, cents):
    assert overtime_cost(length, rate) == cents
