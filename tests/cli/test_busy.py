"""When people are busy, and where it says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.loading.calendars.files import DATA, calendar
from tests.loading.conftest import TOWN

EVENT = "SUMMARY:Dentist\nDTSTART:20270202T090000\nDURATION:PT1H"
FREE = "SUMMARY:Fair\nDTSTART:20270203T090000\nDURATION:PT1H\nTRANSP:TRANSPARENT"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A town in which Bo has a calendar."""
    (tmp_path / "bo.ics").write_text(calendar(EVENT, FREE, head="odd\n"), newline="")
    path = tmp_path / "town.yaml"
    path.write_text(TOWN.replace("id: bo, ", "id: bo, email: bo@example.org, busy_calendars: [bo.ics], "))
    return path


def lines(out: str) -> list[str]:
    return [" ".join(line.split()) for line in out.splitlines() if line.strip()]


def test_everybody(meetsched: Program, town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(town.parent)
    ran = meetsched("busy", town.name)
    assert ran.code == 0
    shown = lines(ran.out)
    assert shown[0] == "Busy times, 1 January to 31 March 2027, on the clock of Europe/Warsaw."
    assert "Anna K.: 1 busy time" in shown
    assert any(line.startswith("Mon 15 February 2027 to Fri 19 February 2027 leave ") for line in shown)
    assert "Bo: 1 busy time" in shown
    assert any(line.startswith("Tue 2 February 2027, 09:00–10:00 Dentist ") for line in shown)
    assert any(line.startswith("shown as free 1 Fair ") for line in shown)
    assert shown[-1] == "Nothing is known to keep Cy, Di, Em, Fa, Gi or Ha busy."
    assert ran.err == "Warning: bo.ics:4: odd, a line that cannot be read is passed over\n"
    assert meetsched("busy", town, "-q").err == ""


def test_one_person(meetsched: Program, town: Path) -> None:
    ran = meetsched("busy", town, "--person", "anna-k")
    assert "Anna K.: 1 busy time" in ran.out
    assert "Bo" not in ran.out
    assert ran.err == ""
    assert "Cy: 0 busy times" in meetsched("busy", town, "--person", "cy").out


def test_as_json(meetsched: Program, town: Path) -> None:
    document = meetsched("busy", town, "--person", "bo", "--json").json
    file = str(town.parent / "bo.ics")
    (person,) = document["people"]
    assert document["timezone"] == "Europe/Warsaw"
    assert person == {
        "person": "bo",
        "busy": [
            {
                "start": "2027-02-02T09:00:00+01:00",
                "end": "2027-02-02T10:00:00+01:00",
                "file": file,
                "line": 5,
                "what": "Dentist",
            }
        ],
        "passed_over": [{"file": file, "line": 12, "title": "Fair", "reason": "free"}],
    }
    assert [(warning["file"], warning["line"]) for warning in document["warnings"]] == [(file, 4)]


def test_a_calendar_before_an_instance_names_it(meetsched: Program, town: Path) -> None:
    ran = meetsched("busy", DATA / "google.ics", "--instance", town)
    assert ran.code == 0
    assert "The calendar: 13 busy times" in ran.out
    ran = meetsched("busy", DATA / "google.ics", "--instance", town, "--person", "bo", "--json")
    assert len(ran.json["people"][0]["busy"]) == 13
    assert ran.json["people"][0]["person"] == "bo"


def test_what_a_person_declined(meetsched: Program, town: Path) -> None:
    path = town.parent / "new.ics"
    path.write_text(calendar(f"{EVENT}\nATTENDEE;PARTSTAT=DECLINED:mailto:bo@example.org"), newline="")
    assert "The calendar: 1 busy time" in meetsched("busy", path, "--instance", town).out
    ran = meetsched("busy", path, "--instance", town, "--person", "bo")
    assert "Bo: 0 busy times" in ran.out
    assert "declined 1 Dentist" in " ".join(ran.out.split())


def test_a_calendar_that_cannot_be_read(meetsched: Program, town: Path) -> None:
    path = town.parent / "new.ics"
    path.write_text(calendar("DTSTART:never", "RRULE:FREQ=HOURLY\nDTSTART:20270202T090000"), newline="")
    ran = meetsched("busy", path, "--instance", town, "--json")
    assert ran.code == 3
    assert f"{path}:7: DTSTART: never" in ran.err
    assert [fault["line"] for fault in ran.json["error"]["faults"]] == [7, 12]
    path.rename(town.parent / "bo.ics")
    ran = meetsched("busy", town)
    assert (ran.code, ran.out) == (3, "")
    assert f"{town.parent / 'bo.ics'}:7: DTSTART: never" in ran.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["bo.ics"], "A calendar needs --instance, for its dates and its time zone."),
        (
            ["town.yaml", "--instance", "town.yaml"],
            "--instance goes with a calendar; FILE is an instance itself.",
        ),
        (
            ["town.yaml", "--person", "nobody"],
            "Invalid value for '--person': 'nobody' is nobody in town.yaml.",
        ),
        (["none.ics", "--instance", "town.yaml"], "'none.ics' does not exist"),
    ],
)
def test_wrong_usage(
    meetsched: Program, town: Path, arguments: list[str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(town.parent)
    ran = meetsched("busy", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_titles_cannot_command_the_terminal(meetsched: Program, town: Path) -> None:
    (town.parent / "bo.ics").write_text(calendar(EVENT.replace("Dentist", "\x1b[31m[red]x")), newline="")
    ran = meetsched("busy", town)
    assert "\x1b" not in ran.out
    assert "[red]x" in ran.out
