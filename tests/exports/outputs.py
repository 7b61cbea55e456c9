"""Everything that the program makes for others: how each command makes it, and all texts in it."""

from __future__ import annotations

import email
import html
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import yaml

from meetsched.cli.running import run
from tests.delivery.stub_server import CALENDAR, EMPTY, Answer, Asked, stub

ORGANISER = "meetings@olszyna.example"
INVITING = ("--organizer", ORGANISER)
QUICK = ("--time-limit", "30", "--workers", "1")

Arguments = tuple[str, ...]


@dataclass(frozen=True)
class Paths:
    """The files that the commands are given."""

    instance: Path
    plan: Path
    baseline: Path

    @property
    def two_cities(self) -> Path:
        """The instance with a second city, written before the commands are run."""
        return self.instance.with_name("two-cities.yaml")


GIVEN: Mapping[str, Mapping[str, Callable[[Paths], Arguments]]] = {
    "solve": {
        "solve": lambda paths: (str(paths.instance), *QUICK),
        "solve-frontier": lambda paths: (str(paths.instance), "--frontier", "--plans", "2", *QUICK),
    },
    "resolve": {
        "resolve": lambda paths: (str(paths.instance), "--baseline", str(paths.baseline), *QUICK),
        "resolve-later": lambda paths: (
            *(str(paths.instance), "--baseline", str(paths.baseline), "--as-of", "2027-02-01", *QUICK),
            *("--csv-dialect", "excel-eu"),
        ),
    },
    "alternatives": {
        "alternatives": lambda paths: (str(paths.instance), "-n", "2", "--give", "0.1", *QUICK),
    },
    "resilience": {
        "resilience": lambda paths: (str(paths.instance), str(paths.plan), *QUICK),
    },
    "shares": {
        "shares": lambda paths: (str(paths.two_cities), str(paths.plan), *QUICK),
        "shares-eu": lambda paths: (
            *(str(paths.two_cities), str(paths.plan), *QUICK),
            *("--csv-dialect", "excel-eu"),
        ),
    },
    "export": {
        "export-two-cities": lambda paths: (str(paths.two_cities), str(paths.plan)),
        "export": lambda paths: (str(paths.instance), str(paths.plan)),
        "export-eu": lambda paths: (str(paths.instance), str(paths.plan), "--csv-dialect", "excel-eu"),
        **{
            f"export-{by}": lambda paths, by=by: (str(paths.instance), str(paths.plan), "--by", by)
            for by in ("person", "venue", "city")
        },
    },
    "invite": {
        "invite": lambda paths: (str(paths.instance), str(paths.plan), *INVITING),
        "invite-again": lambda paths: (
            *(str(paths.instance), str(paths.plan), "--baseline", str(paths.baseline), *INVITING),
        ),
    },
}
"""Commands that write files to be given to others, and how each is run; ``-o`` is added."""

SENT = ("publish",)
"""Commands that send something to others."""

OWN = {
    "init": "the starter instance, which is the same for all",
    "convert": "the instance itself, private parts and all",
    "check": "what is wrong with the instance, and with --annotate the instance itself",
    "busy": "what people's calendars say, shown to the one who has them",
    "verify": "a verdict, shown to the one who planned",
    "diff": "what changed, shown to the one who planned",
    "explain": "why there is no plan, shown to the one who planned",
    "why": "why a meeting is as it is, shown to the one who planned",
    "serve": "the page for the one who plans; it hands out what the other commands write",
}
"""Commands that write nothing for others, and what they write instead."""


@dataclass(frozen=True)
class Output:
    """One file, or what was sent in one request.

    Attributes
    ----------
    run : str
        How it came about.
    name : str
    data : bytes
    """

    run: str
    name: str
    data: bytes

    @property
    def kind(self) -> str:
        """The ending of its name."""
        return Path(self.name).suffix

    def __str__(self) -> str:
        return f"{self.run}/{self.name}"


def make_all(paths: Paths, folder: Path) -> list[Output]:
    """Run every command that makes something for others, and return all that it made."""
    made: list[Output] = []
    write_two_cities(paths)
    for command, runs in GIVEN.items():
        for name, arguments in runs.items():
            target = folder / name
            assert run([command, *arguments(paths), "-o", str(target), "-q"]) == 0, name
            files = [path for path in sorted(target.rglob("*")) if path.is_file()]
            assert files, name
            made += [Output(name, str(path.relative_to(target)), path.read_bytes()) for path in files]
    return made + _published(paths)


def write_two_cities(paths: Paths) -> None:
    """Write the instance with a second city of the same name, which shares all and holds nothing."""
    document = yaml.load(paths.instance.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    (city,) = document["cities"]
    holds_nothing = {"meetings_per_month": {"min": "0"}, "coverage": {"at_least": {}}}
    neighbour = {"id": "neighbour", "name": city["name"], **holds_nothing}
    shared = [{**entry, "open_to": "all"} for entry in document["venues"]]
    objectives = [each for each in document["objectives"] if each != "balance"]
    document |= {"cities": [city, neighbour], "venues": shared, "objectives": objectives}
    paths.two_cities.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")


def _published(paths: Paths) -> list[Output]:
    """Return what is sent to a server that has an empty calendar."""

    def answer(asked: Asked) -> Answer:
        if asked.method == "PUT":
            return Answer(201)
        return Answer(207, CALENDAR if asked.method == "PROPFIND" else EMPTY)

    with stub(answer) as server:
        arguments = ["publish", str(paths.instance), str(paths.plan), "--caldav", server.url]
        assert run([*arguments, "--allow-http", "-q"]) == 0
    sent = []
    for number, asked in enumerate(server.asked):
        head = f"{asked.method} {asked.path}\n{asked.headers}\n".encode()
        kind = "ics" if asked.method == "PUT" else "http"
        sent.append(Output("publish", f"{number}.{kind}", asked.body if kind == "ics" else head + asked.body))
        sent.append(Output("publish", f"{number}-head.http", head))
    assert any(output.kind == ".ics" for output in sent)
    return sent


def texts_of(output: Output) -> Iterator[str]:
    """Yield all that can be read in an output, whichever way it is packed, folded or encoded."""
    data = output.data
    yield data.decode("utf-8", errors="replace")
    yield from _READERS[output.kind](data)


def _table(data: bytes) -> Iterator[str]:
    yield data.decode("utf-8-sig")


def _calendar(data: bytes) -> Iterator[str]:
    text = re.sub(r"\r?\n[ \t]", "", data.decode())
    yield text
    yield re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], text)


def _page(data: bytes) -> Iterator[str]:
    text = data.decode()
    yield html.unescape(text)
    yield html.unescape(re.sub(r"<[^>]*>", "", text))


def _workbook(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode("utf-8", errors="replace")
            yield f"{name}\n{text}"
            yield html.unescape(re.sub(r"<[^>]*>", "", text))


def message_of(data: bytes) -> EmailMessage:
    """Return an e-mail."""
    message = email.message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def _mail(data: bytes) -> Iterator[str]:
    for part in message_of(data).walk():
        yield "\n".join(f"{name}: {value}" for name, value in part.items())
        if not part.is_multipart():
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            yield from (
                _calendar(content) if part.get_content_type() == "text/calendar" else [content.decode()]
            )


_READERS: Mapping[str, Callable[[bytes], Iterator[str]]] = {
    ".json": _table,
    ".csv": _table,
    ".txt": _table,
    ".http": _table,
    ".ics": _calendar,
    ".html": _page,
    ".xlsx": _workbook,
    ".eml": _mail,
}
"""Another kind of file has to be added here, with a way to read all that is in it."""
