"""What offices write is brought to one form where it can mean one thing, and left alone where not."""

import pytest

from meetsched.loading.tabular.dialects import clock_text, moment_text, raw_text
from meetsched.loading.tabular.grid import EPOCH_1900, EPOCH_1904
from meetsched.tables import Kind


@pytest.mark.parametrize(
    ("kind", "text", "raw"),
    [
        (Kind.DATE, "2027-01-14", "2027-01-14"),
        (Kind.DATE, "14.01.2027", "2027-01-14"),
        (Kind.DATE, "4.1.2027", "2027-01-04"),
        (Kind.DATE, "46401", "2027-01-14"),
        (Kind.DATE, "46401.0", "2027-01-14"),
        (Kind.DATE, "2027-01-14 00:00:00", "2027-01-14"),
        (Kind.DATE, "2027-01-14T00:00", "2027-01-14"),
        (Kind.DATE, "14.01.2027 00:00", "2027-01-14"),
        (Kind.DATE, "01/02/2027", "01/02/2027"),
        (Kind.DATE, "14.01.27", "14.01.27"),
        (Kind.DATE, "2027", "2027"),
        (Kind.DATE, "99999999", "99999999"),
        (Kind.MOMENT, "2027-01-14 08:00", "2027-01-14T08:00"),
        (Kind.MOMENT, "2027-01-14 8:00", "2027-01-14T08:00"),
        (Kind.MOMENT, "14.01.2027 8:00", "2027-01-14T08:00"),
        (Kind.MOMENT, "14.01.2027", "2027-01-14"),
        (Kind.MOMENT, "46401", "2027-01-14"),
        (Kind.MOMENT, "46401.3333333333", "2027-01-14T08:00"),
        (Kind.MOMENT, "46401,3333333333", "2027-01-14T08:00"),
        (Kind.MOMENT, "2027-01-14T08:00+01:00", "2027-01-14T08:00+01:00"),
        (Kind.CLOCK, "17:30", "17:30"),
        (Kind.CLOCK, "17:30:00", "17:30"),
        (Kind.CLOCK, "0.729166666666667", "17:30"),
        (Kind.CLOCK, "0,729166666666667", "17:30"),
        (Kind.CLOCK, "9:00", "09:00"),
        (Kind.CLOCK, "05:00:00 PM", "17:00"),
        (Kind.CLOCK, "12:30 am", "00:30"),
        (Kind.CLOCK, "12:30 p.m.", "12:30"),
        (Kind.CLOCK, "17:30 PM", "17:30 PM"),
        (Kind.CLOCK, "17", "17"),
        (Kind.CLOCK, "17:30:15", "17:30:15"),
        (Kind.AMOUNT, "12,50", "12.50"),
        (Kind.AMOUNT, "1 234,50", "1234.50"),
        (Kind.AMOUNT, "1\u00a0234\u00a0567", "1234567"),
        (Kind.AMOUNT, "1.234,50", "1.234,50"),
        (Kind.AMOUNT, "1,234.50", "1,234.50"),
        (Kind.SHARE, "0,02", "0.02"),
        (Kind.WHOLE, "12,0", "12.0"),
        (Kind.WHOLE, "1,234", "1.234"),
        (Kind.YES_NO, "TRUE", "true"),
        (Kind.YES_NO, "tak", "tak"),
        (Kind.ID, "01067", "01067"),
        (Kind.TEXT, "12,50", "12,50"),
    ],
)
def test_a_value(kind: Kind, text: str, raw: str) -> None:
    assert raw_text(text, kind, EPOCH_1900) == raw


def test_the_other_calendar_of_excel() -> None:
    assert raw_text("44939", Kind.DATE, EPOCH_1904) == "2027-01-14"


def test_times_that_excel_cannot_hold_exactly() -> None:
    assert moment_text(46401 + 7 / 24 + 59 / 1440, EPOCH_1900, shows_time=True) == "2027-01-14T07:59"
    assert [clock_text(minute / 1440) for minute in (1, 61, 1439)] == ["00:01", "01:01", "23:59"]
    assert all(clock_text(minute / 1440).count(":") == 1 for minute in range(1440))


def test_midnight_is_told_from_a_date_by_how_it_was_shown() -> None:
    assert moment_text(46401, EPOCH_1900, shows_time=True) == "2027-01-14T00:00"
    assert moment_text(46401, EPOCH_1900, shows_time=False) == "2027-01-14"
    assert moment_text(46401.5, EPOCH_1900, shows_time=False) == "2027-01-14T12:00"
