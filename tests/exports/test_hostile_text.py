"""Text from an instance stays text in whatever is made of it.

It starts no formula in a table, adds no line to a calendar or an e-mail, and no mark-up to a page: all that
is made of a town with hostile names is built exactly like what is made of one with plain names.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from meetsched.cli.running import run
from tests.cli.conftest import TOWN, TOWN_PLAN
from tests.exports.outputs import GIVEN, Output, Paths, make_all, message_of
from tests.loading.calendars.files import calendar

Document = dict[str, Any]
Test = Callable[[list[tuple["Output", "Output"]]], None]

STARTS = ("=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "'=", " =", "|", "%", "\u2028=", "\x85=", '"=', "=-")
"""With which spreadsheets begin a formula, or may after an import."""
REST = (
    "1+cmd|' /C calc'!A0\r\nX-EVIL:1\r\n ATTENDEE:mailto:evil@evil.invalid\nBcc: evil@evil.invalid\r"
    "END:VEVENT\r\nBEGIN:VEVENT\u2028X-EVIL:2\u2029X-EVIL:3\x85X-EVIL:4"
    "<script>evil()</script>\"><img src=x onerror=evil()>' onclick='evil()' "
    "{{7*7}} ${7*7} {%x%} <!-- ]]> \\n \\"
    ';,:\\;\\,\u202e\u200b&lt;b&gt;&amp;=HYPERLINK("http://evil.invalid") é🎂 ' + "x" * 90
)
NAMED = ("cities", "institutions", "topics", "venues", "people", "companies")
GUARDED = tuple("=+-@\t\r\n＝＋－＠")
"""What no cell of a table may begin with, unless it is a number."""


def hostile(number: int) -> str:
    return f"{STARTS[number % len(STARTS)]}{number}{REST}"


def plain(number: int) -> str:
    return f"{number} plain"


def named(document: Document, plan: Document, name: Callable[[int], str]) -> None:
    """Give everything that has a name another, in the instance and in its plan."""
    number = 0
    document["name"] = name(number)
    for group in NAMED:
        for entry in document[group]:
            number += 1
            entry["title" if group == "topics" else "name"] = name(number)
    titles = {topic["id"]: topic["title"] for topic in document["topics"]}
    for venue in document["venues"]:
        for event in venue.get("events", ()):
            event["title"] = name(number := number + 1)
        closed = {"start": "2027-01-02T08:00", "end": "2027-01-02T09:00", "why": name(number := number + 1)}
        venue["closed"] = [closed]
    for person in document["people"]:
        for interval in person.get("busy", ()):
            interval["why"] = name(number := number + 1)
    document["people"][1]["busy_calendars"] = ["anna.ics"]
    for meeting in (*plan["meetings"], *plan["cancelled"]):
        meeting["title"] = titles[meeting["topic"]]


def written(folder: Path, name: Callable[[int], str]) -> list[Output]:
    """Return all that is made of the town with other names, for others and for the staff."""
    folder.mkdir()
    document = yaml.load(TOWN.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    plan = json.loads(TOWN_PLAN.read_text(encoding="utf-8"))
    named(document, plan, name)
    paths = Paths(folder / "town.yaml", folder / "plan.json", folder / "published.json")
    paths.instance.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    paths.plan.write_text(json.dumps(plan), encoding="utf-8")
    plan["meetings"][3].update(venue="lab", sequence=0)
    paths.baseline.write_text(json.dumps(plan), encoding="utf-8")
    event = "SUMMARY:=1+1\\nx<script>\nDTSTART:20270215T031900\nDURATION:PT1H"
    (folder / "anna.ics").write_text(calendar(event), newline="")
    return [*make_all(paths, folder / "out"), *_own(paths, folder)]


def _own(paths: Paths, folder: Path) -> list[Output]:
    """Return the instance in its other forms, and marked."""
    workbook = folder / "converted/town.xlsx"
    marked = folder / "marked/town.xlsx"
    marked.parent.mkdir()
    for target in (workbook, folder / "csv", folder / "csv-eu", folder / "json/town.json"):
        dialect = "excel-eu" if target.name.endswith("eu") else "rfc4180"
        assert run(["convert", str(paths.instance), str(target), "--csv-dialect", dialect, "-q"]) == 0
    assert run(["check", str(workbook), "--annotate", str(marked), "-q", "--json"]) == 0
    return [
        Output(path.parent.name, path.name, path.read_bytes())
        for name in ("converted", "marked", "csv", "csv-eu", "json")
        for path in sorted((folder / name).iterdir())
    ]


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Output, Output]]:
    """Each output of the hostile town with that of the plain one."""
    folder = tmp_path_factory.mktemp("towns")
    theirs, ours = (written(folder / name.__name__, name) for name in (hostile, plain))
    assert [str(output) for output in theirs] == [str(output) for output in ours]
    return list(zip(theirs, ours, strict=True))


def of_kind(pairs: Iterable[tuple[Output, Output]], kind: str) -> Iterator[tuple[Output, Output]]:
    found = [pair for pair in pairs if pair[0].kind == kind]
    assert found
    yield from found


def rows(output: Output) -> list[list[str]]:
    delimiter = ";" if "eu" in output.run or output.run == "resolve-later" else ","
    text = output.data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def is_number(text: str) -> bool:
    return re.fullmatch(r"[+-]?[0-9]+([.,][0-9]+)?", text) is not None


def test_no_cell_of_a_table_starts_a_formula(pairs: list[tuple[Output, Output]]) -> None:
    for theirs, ours in of_kind(pairs, ".csv"):
        assert [len(row) for row in rows(theirs)] == [len(row) for row in rows(ours)], theirs
        cells = (cell for row in rows(theirs) for cell in row)
        assert not [cell for cell in cells if cell.startswith(GUARDED) and not is_number(cell)], theirs


def test_tables_for_others_have_a_line_for_each_row(pairs: list[tuple[Output, Output]]) -> None:
    for theirs, _ in of_kind(pairs, ".csv"):
        if theirs.run in {name for runs in GIVEN.values() for name in runs}:
            lines = theirs.data.decode("utf-8-sig").split("\r\n")
            assert len(lines) - 1 == len(rows(theirs)), theirs
            assert not re.search(r"[\r\n\x00-\x08\x0b-\x1f\x85\u2028\u2029]", "".join(lines)), theirs


def parts(output: Output) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(output.data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_workbooks_hold_no_formula_and_no_link_outside(pairs: list[tuple[Output, Output]]) -> None:
    for theirs, ours in of_kind(pairs, ".xlsx"):
        assert parts(theirs).keys() == parts(ours).keys(), theirs
        for name, text in parts(theirs).items():
            assert "<f>" not in text and "<f " not in text, (theirs, name)
            assert 'TargetMode="External"' not in text, (theirs, name)
            assert "<script" not in text and "ddeLink" not in text, (theirs, name)
            tags = Counter(re.findall(r"<([\w:]+)", text))
            plain_tags = Counter(re.findall(r"<([\w:]+)", parts(ours)[name]))
            assert _cells(tags) == _cells(plain_tags), (theirs, name)


def _cells(tags: Counter[str]) -> list[int]:
    return [tags[tag] for tag in ("row", "c", "v", "hyperlink", "comment", "definedName", "dataValidation")]


def lines_of(data: bytes) -> list[str]:
    """Return the unfolded lines of a calendar, after a look at how they are folded."""
    text = data.decode()
    assert text.endswith("\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert not re.search(r"\r(?!\n)|(?<!\r)\n|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text)
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def properties(data: bytes) -> list[tuple[str, tuple[str, ...]]]:
    """Return each line's name and those of its parameters."""
    found = []
    for line in lines_of(data):
        match = re.match(r'([A-Z-]+)((?:;[A-Z-]+=(?:"[^"]*"|[^";:,]*))*):', line)
        assert match, line
        found.append((match[1], tuple(re.findall(r";([A-Z-]+)=", match[2]))))
    return found


def test_calendars_have_the_same_lines(pairs: list[tuple[Output, Output]]) -> None:
    for theirs, ours in of_kind(pairs, ".ics"):
        assert properties(theirs.data) == properties(ours.data), theirs
        assert "X-EVIL" not in {name for name, _ in properties(theirs.data)}
        invited = [line for line in lines_of(theirs.data) if line.startswith(("ATTENDEE", "ORGANIZER"))]
        assert not [line for line in invited if line.rpartition(":")[2].endswith("evil.invalid")]


def skeleton(output: Output) -> list[tuple[str, list[str]]]:
    """Return the parts of an e-mail with the names of their headers."""
    return [(part.get_content_type(), list(part.keys())) for part in message_of(output.data).walk()]


def test_mails_have_the_same_headers_and_parts(pairs: list[tuple[Output, Output]]) -> None:
    for theirs, ours in of_kind(pairs, ".eml"):
        assert skeleton(theirs) == skeleton(ours), theirs
        message = message_of(theirs.data)
        assert not message.defects
        for part in message.walk():
            if part.get_content_type() == "text/calendar":
                content = part.get_payload(decode=True)
                assert isinstance(content, bytes)
                assert "X-EVIL" not in {name for name, _ in properties(content)}
        for name in ("To", "From", "Reply-To", "Cc", "Bcc"):
            assert "evil.invalid" not in "".join(
                address.addr_spec for value in message.get_all(name, ()) for address in value.addresses
            )


class Outline(HTMLParser):
    """The tags of a page, with the names of their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: Counter[tuple[str, tuple[str, ...]]] = Counter()
        self.addresses: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag, tuple(name for name, _ in attrs)] += 1
        self.addresses |= {value or "" for name, value in attrs if name in ("href", "src", "action", "style")}

    def handle_comment(self, data: str) -> None:
        self.tags["comment", (data,)] += 1


def outline(output: Output) -> Outline:
    parser = Outline()
    parser.feed(output.data.decode())
    parser.close()
    return parser


def test_pages_have_the_same_tags(pairs: list[tuple[Output, Output]]) -> None:
    for theirs, ours in of_kind(pairs, ".html"):
        hostile_page, plain_page = outline(theirs), outline(ours)
        assert hostile_page.tags == plain_page.tags, theirs
        assert not [tag for tag, _ in hostile_page.tags if tag == "script"]
        assert not [names for _, names in hostile_page.tags if any(name.startswith("on") for name in names)]
        assert not [address for address in hostile_page.addresses if "evil" in address]
        assert "{{7*7}}" in theirs.data.decode()


def test_other_outputs_have_the_same_lines(pairs: list[tuple[Output, Output]]) -> None:
    for theirs, ours in of_kind(pairs, ".txt"):
        assert theirs.data.count(b"\n") == ours.data.count(b"\n"), theirs
        assert len(theirs.data.decode().splitlines()) == len(ours.data.decode().splitlines()), theirs
    for theirs, _ in of_kind(pairs, ".http"):
        assert b"evil" not in theirs.data.lower(), theirs
    for theirs, _ in of_kind(pairs, ".json"):
        json.loads(theirs.data)


def test_the_names_did_get_there(pairs: list[tuple[Output, Output]]) -> None:
    """Otherwise nothing was tried."""
    for kind in (".csv", ".xlsx", ".ics", ".eml", ".html", ".json"):
        assert any(b"evil" in theirs.data or _packed_evil(theirs) for theirs, _ in of_kind(pairs, kind)), kind


def _packed_evil(output: Output) -> bool:
    if output.kind == ".xlsx":
        return any("evil" in text for text in parts(output).values())
    if output.kind == ".eml":
        payloads = (part.get_payload(decode=True) for part in message_of(output.data).walk())
        return any(b"evil" in payload for payload in payloads if isinstance(payload, bytes))
    return False


@pytest.mark.parametrize(
    ("kind", "old", "new", "test"),
    [
        (".csv", b"\r\n", b"\r\n=1+1", test_no_cell_of_a_table_starts_a_formula),
        (".csv", b"\r\n", b'\r\n"a\r\nb"\r\n', test_tables_for_others_have_a_line_for_each_row),
        (".ics", b"BEGIN:VEVENT\r\n", b"BEGIN:VEVENT\r\nX-EVIL:1\r\n", test_calendars_have_the_same_lines),
        (".ics", b"SUMMARY:", b"SUMMARY:\r", test_calendars_have_the_same_lines),
        (".eml", b"Subject:", b"Bcc: x@evil.invalid\nSubject:", test_mails_have_the_same_headers_and_parts),
        (".html", b"</h1>", b"<script>evil()</script></h1>", test_pages_have_the_same_tags),
        (".html", b"<h1", b"<h1 onclick='evil()'", test_pages_have_the_same_tags),
        (".txt", b"\n", b"\n\n", test_other_outputs_have_the_same_lines),
    ],
)
def test_whatever_came_through_would_be_found(
    kind: str, old: bytes, new: bytes, test: Test, pairs: list[tuple[Output, Output]]
) -> None:
    others = [pair for pair in pairs if pair[0].kind != kind]
    theirs, ours = next(pair for pair in of_kind(pairs, kind) if old in pair[0].data)
    test([(theirs, ours), *others])
    with pytest.raises(AssertionError):
        test([(replace(theirs, data=theirs.data.replace(old, new, 1)), ours), *others])


def test_a_formula_in_a_workbook_would_be_found(pairs: list[tuple[Output, Output]]) -> None:
    theirs, ours = next(of_kind(pairs, ".xlsx"))
    spoilt = io.BytesIO()
    with zipfile.ZipFile(spoilt, "w") as archive:
        for name, text in parts(theirs).items():
            archive.writestr(name, text.replace("<v>", "<f>1+1</f><v>", 1))
    with pytest.raises(AssertionError):
        test_workbooks_hold_no_formula_and_no_link_outside([(replace(theirs, data=spoilt.getvalue()), ours)])
