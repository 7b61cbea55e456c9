"""What is fuzzed: for each reader, real files to start from and ways to spoil them."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fuzzing.mutations import bare_archive, mutate_archive, mutate_text
from meetsched.domain.cells import CsvDialect
from meetsched.domain.instance import Instance
from meetsched.loading import load_instance
from meetsched.saving.csv_files import csv_files
from meetsched.saving.workbook import workbook

ROOT = Path(__file__).parents[2]

Mutate = Callable[[bytes, random.Random, Sequence[bytes]], bytes]


@dataclass(frozen=True, slots=True)
class Case:
    """Files of a folder, by their names relative to it.

    Attributes
    ----------
    files : mapping of str to bytes
    entry : str
        Which of them is the instance; ``.`` for the folder itself.
    targets : tuple of str
        Which of them are to be spoilt.
    """

    files: Mapping[str, bytes]
    entry: str
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """A reader: files to start from, tokens that mean something to it, and how its files are spoilt."""

    cases: Callable[[], list[Case]]
    tokens: Sequence[bytes]
    mutate: Mutate = mutate_text

    def spoil(self, case: Case, rng: random.Random) -> Case:
        """Return the case with one of its targets spoilt."""
        name = rng.choice(case.targets)
        return replace(case, files={**case.files, name: self.mutate(case.files[name], rng, self.tokens)})


def _yaml_cases() -> list[Case]:
    files = (
        ROOT / "tests/loading/town.yaml",
        ROOT / "tests/export/data/region.yaml",
        ROOT / "src/meetsched/starter/starter.yaml",
    )
    return [Case({file.name: file.read_bytes()}, file.name, (file.name,)) for file in files]


def _instances() -> list[Instance]:
    files = (ROOT / "tests/loading/town.yaml", ROOT / "src/meetsched/starter/starter.yaml")
    return [written for file in files if (written := load_instance(file).written) is not None]


def _csv_cases() -> list[Case]:
    return [
        Case(files, ".", tuple(files))
        for instance in _instances()
        for files in (csv_files(instance, dialect) for dialect in CsvDialect)
    ]


def _xlsx_cases() -> list[Case]:
    name = "town.xlsx"
    return [Case({name: bare_archive(workbook(instance))}, name, (name,)) for instance in _instances()]


def _ics_cases() -> list[Case]:
    """Return a small town in which one person has one of the calendars, each with its oddities."""
    town = (ROOT / "tests/loading/town.yaml").read_bytes()
    town = town.replace(b"id: bo, ", b"id: bo, email: ola@example.org, busy_calendars: [bo.ics], ")
    calendars = sorted((ROOT / "tests/data/calendars").glob("*.ics"))
    return [
        Case({"town.yaml": town, "bo.ics": file.read_bytes()}, "town.yaml", ("bo.ics",)) for file in calendars
    ]


SUBJECTS: Mapping[str, Subject] = {
    "ics": Subject(
        _ics_cases,
        (
            *(b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n", b"BEGIN:VCALENDAR\r\n", b"END:VCALENDAR\r\n"),
            *(b"BEGIN:VTIMEZONE\r\nTZID:x\r\n", b"END:VTIMEZONE\r\n", b"BEGIN:X\r\n", b"METHOD:CANCEL\r\n"),
            *(b"\r\n ", b"\n\t", b"\r\n\r\n", b'"', b";", b":", b",", b"=", b"\\", b"Z", b"T", b"/P1D", b"-"),
            *(b"DTSTART:", b"DTEND:", b"DURATION:P1D\r\n", b"DURATION:-PT1H\r\n", b"DURATION:P999999D\r\n"),
            *(b";VALUE=DATE:", b";VALUE=PERIOD:", b";TZID=Europe/Warsaw:", b";TZID=x:", b";TZID=../../x:"),
            *(b"RRULE:FREQ=DAILY\r\n", b"RRULE:FREQ=SECONDLY;COUNT=999999999\r\n", b"RRULE:FREQ=YEARLY\r\n"),
            *(b"RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\n", b"RRULE:FREQ=DAILY;COUNT=999999999\r\n"),
            *(b"RRULE:FREQ=MONTHLY;BYDAY=5MO,-5TU;BYSETPOS=-1,2\r\n", b"INTERVAL=0", b"INTERVAL=9999"),
            *(b";BYHOUR=0,1,2,3,4,5,6,7;BYMINUTE=0,1,2,3,4,5,6,7,8,9;BYSECOND=0,1,2,3", b";BYEASTER=1"),
            *(b"RDATE:20270202T090000Z/PT1H\r\n", b"RDATE;VALUE=DATE:20270202\r\n", b"EXDATE:20270202\r\n"),
            *(b"EXDATE;VALUE=DATE:20270202,20270203\r\n", b"EXRULE:FREQ=DAILY\r\n", b"SEQUENCE:-7\r\n"),
            *(
                b"RECURRENCE-ID:20270202T090000Z\r\n",
                b"RECURRENCE-ID;RANGE=THISANDFUTURE:20270208T090000\r\n",
            ),
            *(b"00010101T000000", b"99991231T235959Z", b"20270328T023000", b"20271031T023000", b"20270230"),
            *(b"UID:2v8f6k1c0q@google.com\r\n", b"TRANSP:TRANSPARENT\r\n", b"STATUS:CANCELLED\r\n"),
            *(b"FREEBUSY:20270202T090000Z/PT1H\r\n", b"TZOFFSETTO:+2359\r\n", b"TZOFFSETFROM:-9999\r\n"),
        ),
    ),
    "yaml": Subject(
        _yaml_cases,
        (
            *(b": ", b"- ", b"[", b"]", b"{", b"}", b"&x ", b"*x", b"!!str ", b"!x ", b"|\n", b">-\n", b"#"),
            *(b"---\n", b"...\n", b"%YAML 1.1\n", b"<<: *x", b"? ", b"~", b"null", b"\t", b"\n  ", b"[" * 60),
            *(b"id: x\n", b"- &x [*x]\n", b"busy: ", b"cities: all", b'"\\x00"', b'"\\ud800"', b'"\\u2028"'),
        ),
    ),
    "csv": Subject(
        _csv_cases,
        (
            *(b";", b",", b"\t", b'"', b'""', b";;;;;;", b"\r\n", b"\n", b"sep=;\r\n", b"sep=\t\n", b"'=1+1"),
            *(b"all", b"never", b"tak", b"0,5", b"1 234,50", b"14.01.2027 8:00", b"46036,25", b"17:30:00"),
            *(
                b"id",
                b"name",
                b"who",
                b"from",
                b"available",
                b"mon",
                b"coverage.at_least",
                b'"a;b"',
                b"x: expert",
            ),
        ),
    ),
    "xlsx": Subject(
        _xlsx_cases,
        (
            *(
                b"<c>",
                b"</c>",
                b'<c r="XFD1048576"><v>1</v></c>',
                b'<c r="A0" t="s"><v>-1</v></c>',
                b"<f>1</f>",
            ),
            *(
                b't="s"',
                b't="b"',
                b't="e"',
                b't="d"',
                b't="inlineStr"',
                b"<is><t>x</t></is>",
                b'r="B2"',
                b'r="9"',
            ),
            *(
                b"<v>46036.25</v>",
                b"<v>1e308</v>",
                b"<v>nan</v>",
                b"<v>inf</v>",
                b"<v>-1</v>",
                b"<v></v>",
                b"<v>",
            ),
            *(
                b'<!DOCTYPE x [<!ENTITY a "b">]>',
                b"&a;",
                b"&#0;",
                b"&#xD800;",
                b"_x000D_",
                b"_xD800_",
                b"<![CDATA[",
            ),
            *(
                b'date1904="1"',
                b'fullCalcOnLoad="1"',
                b'encoding="utf-7"',
                b'encoding="utf-16"',
                b's="99999999999"',
            ),
            *(
                b"numFmtId",
                b"yyyy-mm-dd",
                b"[h]:mm",
                b"../../x",
                b"/xl/workbook.xml",
                b"rId1",
                b'<row r="0">',
            ),
        ),
        mutate_archive,
    ),
}
