from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from meetsched.domain import words
from meetsched.domain.calendar import Month
from meetsched.domain.entities import Format, InstitutionType, Role, VenueKind

WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.mark.parametrize(
    ("cents", "said"),
    [
        (23900, "239.00 EUR"),
        (5, "0.05 EUR"),
        (-5, "-0.05 EUR"),
        (123456789, "1,234,567.89 EUR"),
        (0, "0.00 EUR"),
    ],
)
def test_money(cents, said):
    assert words.money(cents, "EUR") == said


@pytest.mark.parametrize(
    ("permille", "said"), [(936, "93.6%"), (1000, "100%"), (0, "0%"), (20, "2%"), (5, "0.5%")]
)
def test_percent(permille, said):
    assert words.percent(permille) == said


def test_count_and_listing():
    assert words.count(1, "meeting") == "1 meeting"
    assert words.count(0, "duty", "duties") == "0 duties"
    assert [words.listing(list(names)) for names in ("", "a", "ab", "abc")] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert words.listing(["a", "b"], last="or") == "a or b"


def test_dates():
    assert words.day(date(2027, 1, 14)) == "Thu 14 January 2027"
    assert words.short_day(date(2027, 9, 5)) == "Sun 5 Sep"
    assert words.month(Month(2027, 3)) == "March 2027"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2027, 1, 1), date(2027, 3, 31), "1 January to 31 March 2027"),
        (date(2026, 12, 1), date(2027, 1, 31), "1 December 2026 to 31 January 2027"),
        (date(2027, 2, 1), date(2027, 2, 14), "1 to 14 February 2027"),
        (date(2027, 2, 1), date(2027, 2, 1), "1 February 2027"),
    ],
)
def test_period(start, end, said):
    assert words.period(start, end) == said


def test_span_ends_at_24_rather_than_on_the_next_day():
    start = datetime(2027, 1, 14, 22, tzinfo=WARSAW)
    assert words.span(start, start + timedelta(minutes=90)) == "Thu 14 January 2027, 22:00–23:30"
    assert words.span(start, start + timedelta(hours=2)) == "Thu 14 January 2027, 22:00–24:00"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\r\nb\tc", "a b c"),
        ("\x00\x07 bell \x1b[31m", "bell [31m"),
        ("next\x85line\u2028para\u2029", "next line para"),
        ("zażółć 👩‍🔧", "zażółć 👩‍🔧"),
    ],
)
def test_one_line(text, line):
    assert words.one_line(text) == line


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (words.ROLE_NAMES, Role),
        (words.FORMAT_NAMES, Format),
        (words.TYPE_NAMES, InstitutionType),
        (words.VENUE_KIND_NAMES, VenueKind),
    ],
)
def test_everything_has_a_name(names, kind):
    assert set(names) == set(kind)


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2027-01-14T17:30", "2027-01-14T19:30", "Thu 14 January 2027, 17:30–19:30"),
        ("2027-01-14T00:00", "2027-01-15T00:00", "Thu 14 January 2027, 00:00–24:00"),
        ("2027-01-14T00:00", "2027-01-16T00:00", "Thu 14 January 2027 to Fri 15 January 2027"),
        ("2027-01-14T22:00", "2027-01-15T06:00", "Thu 14 January 2027, 22:00 to Fri 15 January 2027, 06:00"),
    ],
)
def test_stretches_of_time(start, end, said):
    assert words.stretch(datetime.fromisoformat(start), datetime.fromisoformat(end)) == said
