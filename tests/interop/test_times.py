"""Other programs read the same times in our calendars, and have nothing to complain of.

Each program is an implementation of its own: ical.js (Thunderbird, Nextcloud), libical (Evolution, KDE),
vobject (Radicale), icalendar, khal.
"""

import json
import shutil
import subprocess
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import vobject
from icalendar import Calendar

from tests.interop.calendars import CHANGES, all_calendars, plan_of, truth

HERE = Path(__file__).parent
ZONES = tuple(CHANGES)


@cache
def made(zone):
    instance, plan = plan_of(zone)
    return truth(instance, plan), all_calendars(instance, plan)


@pytest.fixture(params=ZONES)
def zone(request):
    return request.param


@pytest.fixture
def folder(zone, tmp_path):
    for name, content in made(zone)[1].items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def assert_true(zone, name, found):
    """Check what a program read in a file against the plan; it has to have read every event."""
    expected, files = made(zone)
    assert len(found) == files[name].count(b"BEGIN:VEVENT")
    assert found == {uid: expected[uid] for uid in found}, name


def test_the_plan_is_read_whole(zone):
    expected, files = made(zone)
    assert files["plan.ics"].count(b"BEGIN:VEVENT") == len(expected) >= 20
    kinds = {name.rpartition("-")[2] for name in files if name.startswith(("first", "then"))}
    assert kinds == {"new.ics", "changed.ics", "cancelled.ics", "withdrawn.ics"}


def test_icalendar(zone):
    for name, content in made(zone)[1].items():
        calendar = Calendar.from_ical(content)
        assert not [error for component in calendar.walk() for error in component.errors]
        found = {
            str(event["UID"]): (event["DTSTART"].dt.astimezone(UTC), event["DTEND"].dt.astimezone(UTC))
            for event in calendar.walk("VEVENT")
        }
        assert_true(zone, name, found)


def test_vobject(zone):
    for name, content in made(zone)[1].items():
        calendar = vobject.readOne(content.decode())
        assert calendar.validate(raiseException=True)
        found = {
            event.uid.value: (event.dtstart.value.astimezone(UTC), event.dtend.value.astimezone(UTC))
            for event in calendar.contents.get("vevent", ())
        }
        assert_true(zone, name, found)


def test_ical_js(zone, folder):
    if shutil.which("node") is None:
        pytest.skip("needs Node.js")
    if not (HERE / "node_modules" / "ical.js").is_dir():
        pytest.skip("needs ical.js: npm ci --prefix tests/interop")
    read = subprocess.run(
        ["node", HERE / "read_with_ical_js.mjs", *sorted(folder.iterdir())], check=True, capture_output=True
    )
    for path, events in json.loads(read.stdout).items():
        found = {uid: tuple(map(datetime.fromisoformat, times)) for uid, times in events.items()}
        assert_true(zone, Path(path).name, found)


@pytest.fixture(scope="session")
def libical(tmp_path_factory):
    """A program that tells what libical reads, and what it complains of."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    flags = shutil.which("pkg-config") and subprocess.run(
        ["pkg-config", "--cflags", "--libs", "libical"], check=False, capture_output=True, text=True
    )
    if not compiler or not flags or flags.returncode:
        pytest.skip("needs libical: apt-get install gcc pkg-config libical-dev")
    program = tmp_path_factory.mktemp("libical") / "read"
    source = HERE / "read_with_libical.c"
    subprocess.run([compiler, "-o", program, source, *flags.stdout.split()], check=True)
    return program


def run_libical(program, *files):
    """Return what the program prints, line by line, field by field."""
    read = subprocess.run([program, *files], check=True, capture_output=True, text=True)
    return [line.split("\t") for line in read.stdout.splitlines()]


def test_libical(zone, folder, libical):
    lines = run_libical(libical, *sorted(folder.iterdir()))
    assert not [line for line in lines if line[0] == "complaint"]
    found = {path.name: {} for path in folder.iterdir()}
    for _, path, uid, *seconds in lines:
        found[Path(path).name][uid] = tuple(datetime.fromtimestamp(int(one), UTC) for one in seconds)
    for name, events in found.items():
        assert_true(zone, name, events)


def test_libical_would_complain(libical, tmp_path):
    """The check above can fail: a feed with an attendee and an invitation without one are refused."""
    files = made("Europe/Warsaw")[1]
    invited = next(content for name, content in files.items() if name.endswith("-new.ics"))
    spoilt = {
        "attendee.ics": invited.replace(b"METHOD:REQUEST", b"METHOD:PUBLISH"),
        "nobody.ics": files["plan.ics"].replace(b"METHOD:PUBLISH", b"METHOD:REQUEST"),
        "organiser.ics": files["plan.ics"].replace(b"\r\nORGANIZER", b"\r\nX-ORGANIZER"),
        "stamp.ics": invited.replace(b"\r\nDTSTAMP", b"\r\nX-DTSTAMP"),
    }
    for name, content in spoilt.items():
        (tmp_path / name).write_bytes(content)
        kinds = [line[0] for line in run_libical(libical, tmp_path / name)]
        assert "complaint" in kinds, name


def test_khal(zone, tmp_path):
    """khal shows the plan, from a folder of events such as one synchronised from a server."""
    if shutil.which("khal") is None:
        pytest.skip("needs khal: apt-get install khal")
    expected, files = made(zone)
    events = tmp_path / "events"
    events.mkdir()
    for name, content in files.items():
        if name.startswith("entry"):
            (events / name).write_bytes(content)
    config = tmp_path / "config"
    config.write_text(
        f"[calendars]\n[[plan]]\npath = {events}\n"
        f"[sqlite]\npath = {tmp_path / 'khal.db'}\n"
        f"[locale]\nlocal_timezone = {zone}\ndefault_timezone = {zone}\ntimeformat = %H:%M\n"
        "dateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        "[default]\nhighlight_event_days = False\n"
    )
    shown = subprocess.run(
        ["khal", "-c", config, "list", "--day-format", "", "--format", "{uid}|{start-long}|{end-long}",
         "2027-03-01", "2027-11-30"],
        check=True, capture_output=True, text=True,
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8"},
    )  # fmt: skip
    lines = {line.split("|")[0]: line.split("|")[1:] for line in shown.stdout.splitlines() if "|" in line}
    assert lines == {
        uid: [f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" for moment in times]
        for uid, times in expected.items()
    }
