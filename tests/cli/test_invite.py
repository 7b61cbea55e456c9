"""`meetsched invite`."""

import json
from collections.abc import Callable
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import REGION, REGION_PLAN, TOWN, TOWN_PLAN, Program

Document = dict[str, Any]
SENDER = ("--organizer", "meetings@olszyna.example")


def edition(path: Path, change: Callable[[Document], object]) -> Path:
    """Write the town's plan with a change."""
    document = json.loads(TOWN_PLAN.read_text(encoding="utf-8"))
    change(document)
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def told_earlier(document: Document) -> None:
    """Make the plan one that had the first meeting elsewhere, and less often changed."""
    document["meetings"][3]["venue"] = "lab"
    document["meetings"][3]["sequence"] = 0


@pytest.fixture
def baseline(tmp_path: Path) -> Path:
    return edition(tmp_path / "old.json", told_earlier)


def test_writes_a_mail_and_a_calendar_for_each_recipient_and_meeting(
    meetsched: Program, tmp_path: Path
) -> None:
    ran = meetsched("invite", TOWN, TOWN_PLAN, *SENDER, "-o", tmp_path / "out")
    assert (ran.code, ran.err) == (0, "")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    mails = {name for name in names if name.endswith(".eml")}
    assert mails == {
        "invite-jan+olszyna+tax.eml",
        "invite-anna+olszyna+online-shop.eml",
        "invite-anna+olszyna+grants.eml",
        "invite-jan+olszyna+grants.eml",
        "invite-anna+olszyna+export.eml",
        "invite-jan+olszyna+export.eml",
        "cancel-anna+olszyna+owners.eml",
        "cancel-jan+olszyna+owners.eml",
    }
    assert names == mails | {name.replace(".eml", ".ics") for name in mails} | {"report.txt"}
    for name in mails:
        message = message_from_bytes((tmp_path / "out" / name).read_bytes())
        part = message.get_payload()[1]
        assert part.get_payload(decode=True) == (tmp_path / "out" / name).with_suffix(".ics").read_bytes()
        method = "REQUEST" if name.startswith("invite") else "CANCEL"
        assert part["Content-Type"] == f"text/calendar; method={method}; charset=UTF-8"


def test_says_who_gets_what_and_who_has_no_address(meetsched: Program, tmp_path: Path) -> None:
    ran = meetsched("invite", TOWN, TOWN_PLAN, *SENDER, "-o", tmp_path)
    assert "To be told in another way" in ran.out
    assert "Wrote 8 messages to 2 addresses" in ran.out
    report = (tmp_path / "report.txt").read_text(encoding="utf-8")
    assert "8 messages to send" in report
    assert (
        "Jan Kowalski (cooperation broker), invited: Olszyna: What changes in taxes in 2027, "
        "Tue 19 January 2027, 17:30–19:30\n  invite-jan+olszyna+tax.eml\n"
    ) in report
    assert "Leon Sowa (representative), told that it is cancelled: Olszyna: Owners' evening" in report
    assert "@" not in report


def test_json(meetsched: Program, tmp_path: Path) -> None:
    document = meetsched("invite", TOWN, TOWN_PLAN, *SENDER, "-o", tmp_path, "--json").json
    assert list(document) == ["messages", "unreachable", "files"]
    assert {
        "meeting": "olszyna/owners",
        "people": ["anna"],
        "news": "cancelled",
        "method": "CANCEL",
        "sequence": 1,
        "file": "cancel-anna+olszyna+owners.eml",
    } in document["messages"]
    assert document["unreachable"][0]["reason"] == "no e-mail address"
    assert set(document["files"]) == {str(path) for path in tmp_path.iterdir()}


def test_with_a_baseline_only_what_changed_is_told(
    meetsched: Program, tmp_path: Path, baseline: Path
) -> None:
    out = tmp_path / "out"
    ran = meetsched("invite", TOWN, TOWN_PLAN, "--baseline", baseline, *SENDER, "-o", out, "-q")
    assert (ran.code, ran.err) == (0, "")
    assert {path.stem for path in out.glob("*.eml")} == {
        "invite-anna+olszyna+export",
        "invite-jan+olszyna+export",
    }
    assert "Was at Technical School\\, computer room" in (out / "invite-jan+olszyna+export.ics").read_text(
        encoding="utf-8"
    ).replace("\n ", "")


def test_where_nothing_changed_nobody_is_told(meetsched: Program, tmp_path: Path) -> None:
    ran = meetsched("invite", TOWN, TOWN_PLAN, "--baseline", TOWN_PLAN, *SENDER, "-o", tmp_path)
    assert ran.out.startswith("Nothing is new: nobody has to be told anything.\nWrote 0 messages")
    assert [path.name for path in tmp_path.iterdir()] == ["report.txt"]
    assert (tmp_path / "report.txt").read_text() == "Nobody has to be sent a message.\n"


def test_a_change_that_calendars_would_not_heed_is_bad_data(meetsched: Program, tmp_path: Path) -> None:
    baseline = edition(tmp_path / "old.json", lambda plan: plan["meetings"][0].update(venue="lab"))
    ran = meetsched("invite", TOWN, TOWN_PLAN, "--baseline", baseline, *SENDER, "-o", tmp_path / "out")
    assert (ran.code, ran.out) == (3, "")
    assert (
        "meetings[0].sequence: 0, expected 1 or more, since olszyna/tax differs from the baseline's "
        "(calendars would not heed the change)"
    ) in ran.err
    assert not (tmp_path / "out").exists()


def test_a_plan_with_faults_invites_nobody(meetsched: Program, tmp_path: Path) -> None:
    plan = edition(tmp_path / "bad.json", lambda plan: plan["meetings"][0].update(venue="linden"))
    ran = meetsched("invite", TOWN, plan, *SENDER, "-o", tmp_path / "out", "--json")
    assert ran.code == 6
    assert ran.json["violations"]
    assert not (tmp_path / "out").exists()


def test_messages_of_another_run_are_not_sent_again(meetsched: Program, tmp_path: Path) -> None:
    (tmp_path / "invite-old.eml").write_text("old")
    ran = meetsched("invite", TOWN, TOWN_PLAN, *SENDER, "-o", tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "holds messages of another run, such as invite-old.eml" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["invite-old.eml"]


def test_the_same_run_again_replaces_its_messages(meetsched: Program, tmp_path: Path) -> None:
    for _ in range(2):
        assert meetsched("invite", TOWN, TOWN_PLAN, *SENDER, "-o", tmp_path).code == 0


class TestOrganiser:
    def test_is_needed(self, meetsched: Program, tmp_path: Path) -> None:
        ran = meetsched("invite", TOWN, TOWN_PLAN, "-o", tmp_path)
        assert ran.code == 2
        assert "--organizer" in ran.err

    @pytest.mark.parametrize(
        "text", ["jan", "Jan <jan@x.example>", "a@x.example\r\nBcc: b@x.example", "brzeg="]
    )
    def test_is_an_address(self, meetsched: Program, tmp_path: Path, text: str) -> None:
        ran = meetsched("invite", TOWN, TOWN_PLAN, "--organizer", text, "-o", tmp_path)
        assert ran.code == 2
        assert "is not an e-mail address" in ran.err

    def test_of_a_city_that_does_not_exist(self, meetsched: Program, tmp_path: Path) -> None:
        ran = meetsched("invite", TOWN, TOWN_PLAN, *SENDER, "--organizer", "nysa=a@b.example", "-o", tmp_path)
        assert ran.code == 2
        assert "the instance has no city 'nysa'" in ran.err

    def test_may_differ_from_city_to_city(self, meetsched: Program, tmp_path: Path) -> None:
        addressed = REGION.read_text(encoding="utf-8").replace(
            "roles: [", "email: all@opole.example, roles: ["
        )
        instance = tmp_path / "region.yaml"
        instance.write_text(addressed, encoding="utf-8")
        arguments = ("invite", instance, REGION_PLAN, "-q", "-o", tmp_path / "out", "--organizer")
        ran = meetsched(*arguments, "nysa=nysa@opole.example")
        assert ran.code == 2
        assert "no address is given for Brzeg" in ran.err
        assert meetsched(*arguments, "nysa=nysa@opole.example", "--organizer", "all@opole.example").code == 0
        senders = {
            path.name.split("+")[1]: message_from_bytes(path.read_bytes())["From"]
            for path in (tmp_path / "out").glob("*.eml")
        }
        assert senders["nysa"] == '"Nysa" <nysa@opole.example>'
        assert senders["brzeg"] == '"Brzeg" <all@opole.example>'
