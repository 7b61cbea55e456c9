"""What is private appears in nothing that the program makes for others.

Private are: why people are away or rooms closed, when people are busy, e-mail addresses (in an invitation
all but the recipient's own and the organiser's), and all about firms.
"""

from __future__ import annotations

import io
import json
import re
from base64 import encodebytes
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from openpyxl import Workbook
from openpyxl.comments import Comment

from meetsched.cli.app import COMMANDS, app
from tests.cli.conftest import TOWN, TOWN_PLAN
from tests.exports.outputs import GIVEN, ORGANISER, OWN, SENT, Output, Paths, make_all, message_of, texts_of
from tests.loading.calendars.files import calendar

Document = dict[str, Any]

WORD = "qzxcanary"
"""Stands in all that is private, and nowhere else."""
HOST = f"{WORD}.invalid"
CLOCKS = ("03:17", "04:43", "03:19", "04:41")
"""Times of day at which people are busy, and nothing else happens."""

EVENT = f"""SUMMARY:{WORD} event
LOCATION:{WORD} place
DESCRIPTION:{WORD} text
ATTENDEE;CN={WORD}:mailto:guest@{HOST}
DTSTART:20270215T031900
DTEND:20270215T044100
RRULE:FREQ=WEEKLY;COUNT=4"""


def address(person: str) -> str:
    return f"{person}@{HOST}"


def seeded(document: Document) -> Document:
    """Return the town with unmistakable words in all that is private, and nothing else changed."""
    for dates in document["exclude_dates"]:
        dates["why"] = f"{WORD} why"
    for venue in document["venues"]:
        closed = {"start": "2027-01-02T03:17", "end": "2027-01-02T04:43", "why": f"{WORD} closed"}
        venue["closed"] = [*venue.get("closed", ()), closed]
    for person in document["people"]:
        busy = {"start": "2027-02-16T03:17", "end": "2027-02-16T04:43", "why": f"{WORD} busy"}
        person["busy"] = [*person.get("busy", ()), busy]
        person["email"] = address(person["id"])
        person["busy_calendars"] = [f"{WORD}-{person['id']}.ics"]
        for interval in person["busy"]:
            interval["why"] = f"{WORD} busy"
    for number, company in enumerate(document["companies"]):
        company |= {"id": f"{WORD}-{number}", "name": f"{WORD} Ltd {number}"}
        company |= {"offers": [f"{WORD}-offer"], "needs": [f"{WORD}-need"]}
        company["busy"] = [{"start": "2027-02-16T03:17", "end": "2027-02-16T04:43", "why": f"{WORD} firm"}]
    return document


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> list[Output]:
    """All that is made of the seeded town and its plan."""
    folder = tmp_path_factory.mktemp("seeded")
    document = seeded(yaml.load(TOWN.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))
    paths = Paths(folder / "town.yaml", folder / "plan.json", folder / "published.json")
    paths.instance.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    for person in document["people"]:
        (folder / person["busy_calendars"][0]).write_text(calendar(EVENT), newline="")
    plan = json.loads(TOWN_PLAN.read_text(encoding="utf-8"))
    paths.plan.write_text(json.dumps(plan), encoding="utf-8")
    plan["meetings"][3].update(venue="lab", sequence=0)
    paths.baseline.write_text(json.dumps(plan), encoding="utf-8")
    return make_all(paths, folder / "out")


def recipients(output: Output, outputs: list[Output]) -> set[str]:
    """Return to whom an output of `invite` goes; nobody in particular where it is none."""
    stem = output.name.removesuffix(output.kind)
    mails = [each for each in outputs if (each.run, each.name) == (output.run, f"{stem}.eml")]
    return {message_of(mail.data)["To"].addresses[0].addr_spec for mail in mails}


def leaks(output: Output, allowed: set[str]) -> Iterator[str]:
    """Yield what is private and stands in an output all the same."""
    own = re.compile("|".join(map(re.escape, allowed)) or "(?!)", re.IGNORECASE)
    for whole in texts_of(output):
        text = own.sub("", whole)
        folded = text.casefold()
        yield from (folded[match.start() - 60 : match.end() + 30] for match in re.finditer(WORD, folded))
        yield from (clock for clock in CLOCKS if re.search(_clock(clock), text))
        yield from set(re.findall(r"[\w.+-]+@[\w-]+\.[\w.-]+", text)) - {ORGANISER} - _ids(text)


def _clock(clock: str) -> str:
    """Return a pattern for a time of day in the ways in which files write it."""
    hour, minute = clock.split(":")
    return rf"(?<!\d){hour}:{minute}|T{hour}{minute}\d\d|(?<![\d.]){int(hour)}:{minute}(?!\d)"


def _ids(text: str) -> set[str]:
    """Return what looks like an e-mail address and is the name of an entry in a calendar or of a mail."""
    headers = "UID|Message-ID|RELATED-TO|In-Reply-To|References"
    named = re.findall(rf"^(?:{headers}):[ <]*([^\s>]+)", text, re.MULTILINE)
    return {name for name in named if WORD not in name}


def test_every_command_is_known_to_this_test() -> None:
    """A command that is new has to be added to `outputs`, where it is run or told why not."""
    assert set(COMMANDS) <= {*GIVEN, *SENT, *OWN}
    assert not OWN.keys() & {*GIVEN, *SENT}
    context = click.Context(app)
    for name in COMMANDS:
        command = app.get_command(context, name)
        assert command is not None
        writes = any(param.name == "folder" and param.opts[0] == "-o" for param in command.params)
        assert writes is (name in GIVEN), name


def test_every_way_to_export_is_run() -> None:
    """Options that choose what is written are all tried."""
    context = click.Context(app)
    for name, runs in GIVEN.items():
        command = app.get_command(context, name)
        assert command is not None
        tried = " ".join(word for arguments in runs.values() for word in arguments(Paths(*[Path("x")] * 3)))
        for param in command.params:
            if isinstance(param.type, click.Choice) and param.name == "by":
                assert all(choice in tried for choice in param.type.choices)


def test_nothing_private_in_any_output(outputs: list[Output]) -> None:
    found = {
        str(output): sorted(leaked)
        for output in outputs
        if (leaked := set(leaks(output, recipients(output, outputs))))
    }
    assert not found


def test_no_name_of_a_file_tells_anything_private(outputs: list[Output]) -> None:
    assert not [output.name for output in outputs if WORD in output.name.casefold()]


def test_every_kind_of_output_is_gone_through(outputs: list[Output]) -> None:
    assert {output.kind for output in outputs} >= {".json", ".csv", ".ics", ".html", ".xlsx", ".eml", ".txt"}
    assert {output.run for output in outputs} == {name for runs in GIVEN.values() for name in runs} | {
        "publish"
    }


def test_each_invitation_knows_its_recipient_alone(outputs: list[Output]) -> None:
    invitations = [output for output in outputs if output.run.startswith("invite") and output.kind == ".eml"]
    assert invitations
    for invitation in invitations:
        (own,) = recipients(invitation, outputs)
        assert own.endswith(f"@{HOST}")
        assert any(own in text for text in texts_of(invitation))


@pytest.mark.parametrize("kind", [".json", ".csv", ".txt", ".ics", ".html", ".xlsx", ".eml"])
@pytest.mark.parametrize("secret", [f"{WORD} why", address("anna"), "2027-02-16 03:17"])
def test_whatever_leaked_would_be_found(kind: str, secret: str, outputs: list[Output]) -> None:
    """The search finds what is private in each kind of output, whichever way that packs it."""
    output = next(each for each in outputs if each.kind == kind)
    assert not list(leaks(output, recipients(output, outputs)))
    assert list(leaks(Output("test", f"x{kind}", planted(output, secret)), set()))


def planted(output: Output, secret: str) -> bytes:
    """Return an output with a secret in it, as its own format would hide it."""
    match output.kind:
        case ".xlsx":
            book, stream = Workbook(), io.BytesIO()
            book.active["A1"].comment = Comment(secret, "x")
            book.save(stream)
            return stream.getvalue()
        case ".eml":
            head = "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
            return f"{head}Content-Transfer-Encoding: base64\n\n".encode() + encodebytes(secret.encode())
        case ".ics":
            folded = "\r\n ".join(secret[at : at + 3] for at in range(0, len(secret), 3))
            return output.data.replace(b"BEGIN:VEVENT\r\n", f"BEGIN:VEVENT\r\nX-A:{folded}\r\n".encode(), 1)
        case ".html":
            entities = "".join(f"&#{ord(char)};" for char in secret)
            return output.data.replace(b"</body>", f"<b>{entities}</b></body>".encode())
    return output.data + secret.encode()
