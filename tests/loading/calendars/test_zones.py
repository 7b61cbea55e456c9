"""Time zones by all the names that calendars use, and as they define them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from meetsched.loading.calendars.problems import Problems
from meetsched.loading.calendars.repetition import Effort
from meetsched.loading.calendars.scan import scan
from meetsched.loading.calendars.zones import DefinedZone, Onset, Zones, known_zone
from tests.loading.calendars.files import DATA, QUARTER, busy, calendar, faults, oddities

EVENT = "DTSTART;TZID={}:20270202T090000\nDURATION:PT1H"


def defining(name: str, *parts: str) -> str:
    """Return the definition of a zone out of the lines of its parts."""
    inner = "".join(f"BEGIN:STANDARD\n{part}\nEND:STANDARD\n" for part in parts)
    return f"BEGIN:VTIMEZONE\nTZID:{name}\n{inner}END:VTIMEZONE\n"


FIVE = "DTSTART:19700101T000000\nTZOFFSETFROM:+0500\nTZOFFSETTO:+0500"


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Europe/Warsaw", "Europe/Warsaw"),
        ("europe/warsaw", "Europe/Warsaw"),
        ("/Europe/Warsaw", "Europe/Warsaw"),
        ("/mozilla.org/20050126_1/Europe/Warsaw", "Europe/Warsaw"),
        ("/freeassociation.sourceforge.net/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("Central European Standard Time", "Europe/Warsaw"),
        ("central european standard time", "Europe/Warsaw"),
        ("Eastern Standard Time", "America/New_York"),
        ("GMT Standard Time", "Europe/London"),
        ("UTC", "UTC"),
        ("tzone://Microsoft/Utc", "UTC"),
        ("CET", "CET"),
    ],
)
def test_names_that_are_known(name: str, zone: str) -> None:
    found = known_zone(name)
    assert isinstance(found, ZoneInfo)
    assert found.key == zone


@pytest.mark.parametrize(
    "name",
    [
        *("", "/", "Europe", "Mars/Olympus", "Customized Time Zone", "localtime", "posix/Europe/Warsaw"),
        *("../../../etc/passwd", "/etc/localtime", "zone.tab", "Europe/Warsaw\x00", "\ud800", "x" * 5000),
        *("x/Europe/Warsaw", "tzone://Microsoft/Custom"),
    ],
)
def test_names_that_are_not(name: str) -> None:
    assert known_zone(name) is None


def test_a_zone_that_only_the_file_knows(tmp_path: Path) -> None:
    event = EVENT.format("Five ahead")
    text = calendar(event, head=defining("Five ahead", FIVE))
    assert busy(tmp_path, text) == ["02-02 05:00-02-02 06:00"]
    assert faults(tmp_path, calendar(event)) == [
        "7: DTSTART;TZID: Five ahead, expected a time zone that is known, or defined in the file"
    ]


def test_a_zone_with_a_colon_in_its_name(tmp_path: Path) -> None:
    name = "(UTC+05:00) Five\\, ahead"
    for written in ('"(UTC+05:00) Five, ahead"', "(UTC+05:00) Five, ahead"):
        text = calendar(EVENT.format(written), head=defining(name, FIVE))
        assert busy(tmp_path, text) == ["02-02 05:00-02-02 06:00"]


def test_a_known_zone_means_what_it_means_everywhere(tmp_path: Path) -> None:
    text = calendar(EVENT.format("Europe/London"), head=defining("Europe/London", FIVE))
    assert busy(tmp_path, text) == ["02-02 10:00-02-02 11:00"]
    (odd,) = oddities(tmp_path, text)
    assert odd.startswith("4: TZID: Europe/London, the file defines it otherwise (on 2027-01-01 for example)")


def test_a_definition_that_says_the_same_is_no_oddity(tmp_path: Path) -> None:
    for name in ("google.ics", "outlook.ics", "outlook-web.ics", "nextcloud.ics"):
        assert oddities(tmp_path, (DATA / name).read_bytes()) == []


def test_one_file_does_not_know_the_zones_of_another(tmp_path: Path) -> None:
    text = calendar(EVENT.format("Five ahead"))
    both = calendar(EVENT.format("Five ahead"), head=defining("Five ahead", FIVE)) + text
    assert len(faults(tmp_path, both)) == 1


@pytest.mark.parametrize(
    "part",
    [
        "DTSTART:19700101T000000\nTZOFFSETFROM:+0500",
        "DTSTART:19700101T000000\nTZOFFSETFROM:+0500\nTZOFFSETTO:five",
        "DTSTART:19700101T000000\nTZOFFSETFROM:+0500\nTZOFFSETTO:+2500",
        "TZOFFSETFROM:+0500\nTZOFFSETTO:+0500",
        "DTSTART;VALUE=DATE:19700101\nTZOFFSETFROM:+0500\nTZOFFSETTO:+0500",
        f"{FIVE}\nRRULE:FREQ=DAILY",
        f"{FIVE}\nRRULE:FREQ=SECONDLY",
        f"{FIVE}\nRDATE:never",
    ],
)
def test_a_broken_definition_defines_nothing(part: str, tmp_path: Path) -> None:
    text = calendar(EVENT.format("Five ahead"), head=defining("Five ahead", part))
    assert len(faults(tmp_path, text)) == 1
    known = calendar(EVENT.format("Europe/London"), head=defining("Europe/London", part))
    assert busy(tmp_path, known) == ["02-02 10:00-02-02 11:00"]
    assert "its definition is broken" in oddities(tmp_path, known)[0]


def defined(name: str, file: str) -> DefinedZone:
    """Return a zone as a file defines it."""
    problems = Problems(file)
    (block,) = scan((DATA / file).read_bytes().decode(), problems)
    first, last = (moment.date() for moment in QUARTER)
    zones = Zones(block.blocks, first, last, problems, Effort(10**6, 10**4))
    zone = zones._define(name, next(each for each in block.blocks if each.word("TZID") == name.upper()))
    assert isinstance(zone, DefinedZone)
    return zone


@pytest.mark.parametrize(
    ("file", "name", "usual"),
    [
        ("google.ics", "Europe/Warsaw", "Europe/Warsaw"),
        ("outlook.ics", "Central European Standard Time", "Europe/Warsaw"),
        ("odd-zones.ics", "/freeassociation.sourceforge.net/Europe/Lisbon", "Europe/Lisbon"),
    ],
)
def test_definitions_give_the_usual_times_hour_by_hour(file: str, name: str, usual: str) -> None:
    ours, theirs = defined(name, file), ZoneInfo(usual)
    for first in (datetime(2026, 10, 1), datetime(2027, 3, 20), datetime(2027, 10, 20)):
        for step in range(24 * 20):
            instant = first.replace(tzinfo=UTC) + timedelta(hours=step)
            here, there = instant.astimezone(ours), instant.astimezone(theirs)
            assert (here.replace(tzinfo=None), here.fold) == (there.replace(tzinfo=None), there.fold)
            assert here.astimezone(UTC) == instant
            for fold in (0, 1):
                wall = here.replace(tzinfo=None, fold=fold)
                assert wall.replace(tzinfo=ours).utcoffset() == wall.replace(tzinfo=theirs).utcoffset()


def test_times_that_a_defined_zone_skips() -> None:
    ours, theirs = defined("Europe/Warsaw", "google.ics"), ZoneInfo("Europe/Warsaw")
    for fold in (0, 1):
        skipped = [
            datetime(2027, 3, 28, 2, 30, tzinfo=zone, fold=fold).utcoffset() for zone in (ours, theirs)
        ]
        assert skipped[0] == skipped[1]


def test_a_zone_before_its_first_change() -> None:
    hour = timedelta(hours=1)
    zone = DefinedZone("X", [Onset(datetime(2027, 2, 1), hour, 2 * hour)])
    assert datetime(2027, 1, 1, tzinfo=zone).utcoffset() == hour
    assert datetime(2027, 1, 1, tzinfo=UTC).astimezone(zone).hour == 1
    assert (zone.tzname(None), zone.dst(None), zone.utcoffset(None)) == ("X", timedelta(0), hour)
