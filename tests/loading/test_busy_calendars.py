"""Busy times out of calendar files beside the instance."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from meetsched.errors import DataError
from meetsched.loading import load_instance
from meetsched.loading.calendars import read_calendar
from tests.loading.calendars.files import calendar
from tests.loading.conftest import TOWN


def town_with(calendars: str) -> str:
    return TOWN.replace("id: bo, ", f"id: bo, busy_calendars: {calendars}, ")


def test_busy_times_are_added_to_the_person(tmp_path: Path) -> None:
    (tmp_path / "calendars").mkdir()
    event = "SUMMARY:Secret\nDTSTART:20270202T090000\nDURATION:PT1H"
    (tmp_path / "calendars" / "bo.ics").write_text(calendar(event), newline="")
    path = tmp_path / "town.yaml"
    path.write_text(town_with("['calendars/bo.ics', 'calendars\\bo.ics']"))
    people = load_instance(path).instance.person_by_id
    assert [(str(busy.start), busy.why) for busy in people["bo"].busy] == [
        ("2027-02-02 09:00:00+01:00", "bo.ics")
    ] * 2
    assert len(people["anna-k"].busy) == 1
    assert "Secret" not in people["bo"].model_dump_json()


def test_a_calendar_of_several_people_is_read_once_for_all_who_declined_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = "DTSTART:20270202T090000\nDURATION:PT1H\nATTENDEE;PARTSTAT=DECLINED:mailto:bo@example.org"
    (tmp_path / "shared.ics").write_text(calendar(event), newline="")
    path = tmp_path / "town.yaml"
    named = "busy_calendars: [shared.ics], "
    path.write_text(
        town_with("[shared.ics]")
        .replace("id: bo, ", "id: bo, email: bo@example.org, ")
        .replace("id: cy, ", f"id: cy, email: cy@example.org, {named}")
        .replace("id: di, ", f"id: di, email: di@example.org, {named}")
        .replace("id: em, ", f"id: em, {named}")
    )
    read: list[tuple[str, ...]] = []

    def note(file: Path, within: Any, shown: str, owners: tuple[str, ...]) -> Any:
        read.append(owners)
        return read_calendar(file, within, shown, owners)

    monkeypatch.setattr("meetsched.loading.busy_calendars.read_calendar", note)
    busy = [len(diary.reading.busy) for diary in load_instance(path).diaries]
    assert busy == [0, 1, 1, 1]
    assert read == [("bo@example.org",), ("cy@example.org",)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../outside.ics", "expected the name of an .ics file inside the instance's folder"),
        ("..\\outside.ics", "expected the name of an .ics file inside the instance's folder"),
        ("a/../../outside.ics", "expected the name of an .ics file inside the instance's folder"),
        ("link.ics", "expected the name of an .ics file inside the instance's folder"),
        ("town.yaml", "expected the name of an .ics file inside the instance's folder"),
        ("none.ics", "there is no such file beside the instance"),
        ("folder.ics", "there is no such file beside the instance"),
        ("x" * 300 + ".ics", "expected the name of a file beside the instance"),
        ("notes.ics/../town.yaml", "expected the name of an .ics file inside the instance's folder"),
    ],
)
def test_calendars_that_cannot_be_used(name: str, expected: str, tmp_path: Path, faults_of: Any) -> None:
    folder = tmp_path
    outside = folder.parent / "outside.ics"
    outside.write_text(calendar(), newline="")
    (folder / "link.ics").symlink_to(outside)
    (folder / "folder.ics").mkdir()
    (fault,) = faults_of(town_with(f"['{name}']"))
    assert fault.startswith("people[1].busy_calendars[0]: ")
    assert fault.endswith(f", {expected}")


def test_an_absolute_path(tmp_path: Path, faults_of: Any) -> None:
    outside = tmp_path.parent / "outside.ics"
    outside.write_text(calendar(), newline="")
    (fault,) = faults_of(town_with(f"['{outside}']"))
    assert fault.endswith("expected the name of an .ics file inside the instance's folder")


def test_calendar_faults_stand_among_the_others(faults_of: Any) -> None:
    text = (
        town_with("[none.ics]")
        .replace("budget: 1200.50", "budget: -5")
        .replace("interests: {", "interests: {zzz: 1, ")
    )
    assert [fault.split(":")[0] for fault in faults_of(text)] == [
        "cities[0].budget",
        "people[1].busy_calendars[0]",
        "companies[0].interests.zzz",
    ]


def test_links_in_a_circle(tmp_path: Path, faults_of: Any) -> None:
    (tmp_path / "circle.ics").symlink_to(tmp_path / "circle.ics")
    (fault,) = faults_of(town_with("[circle.ics]"))
    assert fault.startswith("people[1].busy_calendars[0]: circle.ics, ")


def test_a_link_inside_the_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "bo.ics").write_text(calendar("DTSTART:20270202T090000\nDURATION:PT1H"), newline="")
    (tmp_path / "link.ics").symlink_to(tmp_path / "bo.ics")
    path = tmp_path / "town.yaml"
    path.write_text(town_with("[link.ics]"))
    assert [busy.why for busy in load_instance(path).instance.person_by_id["bo"].busy] == ["link.ics"]


def test_a_broken_calendar_is_told_with_its_lines_and_once(tmp_path: Path) -> None:
    (tmp_path / "bo.ics").write_text(calendar("DTSTART:never", "DTSTART:20270202\nDURATION:x"), newline="")
    path = tmp_path / "town.yaml"
    path.write_text(town_with("[bo.ics, ./bo.ics]").replace("budget: 1200.50", "budget: -5"))
    with pytest.raises(DataError) as error:
        load_instance(path)
    assert [(Path(fault.file).name, fault.line, fault.path) for fault in error.value.faults] == [
        ("town.yaml", 20, "cities[0].budget"),
        ("bo.ics", 7, "DTSTART"),
        ("bo.ics", 13, "DURATION"),
    ]
    assert error.value.faults[1].file == str(tmp_path / "bo.ics")


def test_what_is_odd_in_a_calendar_is_a_warning_and_told_once(tmp_path: Path) -> None:
    event = "DTSTART:20270202T090000\nDURATION:PT1H\nodd"
    (tmp_path / "bo.ics").write_text(calendar(event), newline="")
    path = tmp_path / "town.yaml"
    path.write_text(town_with("[bo.ics, ./bo.ics]"))
    warnings = [warning for warning in load_instance(path).warnings if warning.file.endswith(".ics")]
    assert [(warning.line, warning.value) for warning in warnings] == [(9, "odd")]


def test_what_a_person_declined_does_not_keep_them_busy(tmp_path: Path) -> None:
    event = "DTSTART:20270202T090000\nDURATION:PT1H\nATTENDEE;PARTSTAT=DECLINED:mailto:bo@example.org"
    (tmp_path / "shared.ics").write_text(calendar(event), newline="")
    path = tmp_path / "town.yaml"
    path.write_text(
        town_with("[shared.ics]")
        .replace("id: bo, ", "id: bo, email: Bo@example.org, ")
        .replace("- id: anna-k\n", "- id: anna-k\n    busy_calendars: [shared.ics]\n")
    )
    loaded = load_instance(path)
    busy = {diary.person: len(diary.reading.busy) for diary in loaded.diaries}
    assert busy == {0: 1, 1: 0}
    assert loaded.written is not None
    assert len(loaded.written.people[0].busy) == len(loaded.instance.people[0].busy) - 1


@pytest.mark.parametrize(
    ("old", "new"), [("timezone: Europe/Warsaw", "timezone: Mars"), ("end: 2027-03-31", "end: x")]
)
def test_without_a_horizon_no_calendar_is_read(old: str, new: str, faults_of: Any, tmp_path: Path) -> None:
    (tmp_path / "bo.ics").write_text("broken")
    found = faults_of(town_with("[bo.ics, none.ics]").replace(old, new))
    assert [fault.split(":")[0] for fault in found if "calendar" in fault] == ["people[1].busy_calendars[1]"]
