"""`meetsched why`: why a meeting is as it is, and why it is not otherwise."""

import json
from pathlib import Path
from typing import Any

import pytest

from meetsched.domain.answer import Account, Alternatives, Answer, Standing
from meetsched.domain.instance import Pin
from tests.cli.conftest import REGION_PLAN, TOWN, TOWN_PLAN, Program

QUICK = ("--workers", "1", "--deterministic", "--time-limit", "600")


def flat(text: str) -> str:
    return " ".join(text.split())


def changed(tmp_path: Path, **values: Any) -> Path:
    """Return a file of the plan with some of its values changed."""
    document = json.loads(TOWN_PLAN.read_text(encoding="utf-8"))
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(document | values), encoding="utf-8")
    return path


def test_an_account_tells_every_alternative(meetsched: Program) -> None:
    ran = meetsched("why", TOWN, TOWN_PLAN, "olszyna/tax", *QUICK)
    assert (ran.code, ran.err) == (0, "")
    out = flat(ran.out)
    assert "Olszyna: What changes in taxes in 2027 Tue 19 January 2027, 17:30–19:30, Library" in out
    assert "At another time, in Library, reading room" in out
    assert "outside the topic's dates (" in out
    assert "At the same time elsewhere" in out
    assert "Ewa Zielińska (expert) There is nobody else for it." in out
    assert "Piotr Wrona (presenter) Anna Lis: " in out
    assert "Without it - Olszyna has 0 meetings in January 2027, but needs at least 1." in out


def test_an_account_as_json(meetsched: Program) -> None:
    ran = meetsched("why", TOWN, TOWN_PLAN, "olszyna/tax", "--json", "-q", *QUICK)
    assert (ran.code, ran.err) == (0, "")
    told = ran.json
    assert told["meeting"]["id"] == "olszyna/tax"
    assert (told["is_over"], told["pins"], told["complete"]) == (False, [], True)
    (presenter,) = (each for each in told["people"] if each["role"] == "presenter")
    assert presenter["stand_ins"] == [{"person": "anna", "obstacles": [], "gain": presenter_gain()}]
    assert {each["venue"] for kind in told["venues"].values() for each in kind} == {"lab", "linden"}
    assert {each["rule"] for each in told["without"]["obstacles"]} == {"cadence", "cadence.open"}
    assert told["without"]["gain"]["points"] < 0


def presenter_gain() -> dict[str, int]:
    """Return what it means that Anna has no overtime where Piotr has an hour and a half."""
    return {"points": 0, "cost": -2100, "appeal": 0, "effort": 0}


@pytest.mark.parametrize(
    ("asked", "rule", "message"),
    [
        (("olszyna/tax", "--date", "2027-02-17"), "topic.window", "is the latest date for it"),
        (("olszyna/tax", "--date", "2027-01-05"), "slot", "a holiday"),
        (("olszyna/tax", "--start", "03:00"), "slot", "no day and hour at which meetings may start"),
        (("olszyna/export", "--person", "leon:host"), "person.role", "none of their roles"),
        (("olszyna/tax", "--person", "marek:expert"), "expert.match", "in nothing that it asks for"),
        (
            ("olszyna/tax", "--person", "piotr", "--date", "2027-01-18"),
            "person.available",
            "Piotr Wrona works",
        ),
    ],
)
def test_what_rules_forbid(meetsched: Program, asked: tuple[str, ...], rule: str, message: str) -> None:
    ran = meetsched("why", TOWN, TOWN_PLAN, *asked, *QUICK)
    assert ran.code == 4
    assert "It is proven that this cannot be:" in ran.out
    assert message in flat(ran.out)
    told = meetsched("why", TOWN, TOWN_PLAN, *asked, "--json", "-q", *QUICK)
    assert (told.code, told.json["standing"], told.json["conflict"]) == (4, "forbidden", [])
    assert rule in {each["rule"] for each in told.json["obstacles"]}


def test_what_can_be_is_told_with_its_price(meetsched: Program) -> None:
    ran = meetsched("why", TOWN, TOWN_PLAN, "olszyna/tax", "--person", "anna:presenter", *QUICK)
    assert ran.code == 0
    out = flat(ran.out)
    assert out.startswith("It can be: What changes in taxes in 2027 with Anna Lis (presenter).")
    assert "With as few changes as possible: What counts This plan With it Difference" in out
    assert "As few changes as possible 0 5 5 points of disruption more" in out
    assert "Changed: Olszyna: What changes in taxes in 2027: Tue 19 January 2027, 17:30 as before" in out
    assert "Anna Lis instead of Piotr Wrona (presenter)" in out
    assert "proven" in ran.err


def test_what_can_be_as_json(meetsched: Program) -> None:
    asked = ("olszyna/tax", "--person", "anna:presenter", "--near")
    told = meetsched("why", TOWN, TOWN_PLAN, *asked, "--json", "-q", *QUICK).json
    assert told["asked"] == {
        "city": "olszyna",
        "topic": "tax",
        "held": True,
        "people": [{"person": "anna", "role": "presenter"}],
    }
    assert (told["standing"], told["best"], told["obstacles"], told["conflict"]) == ("possible", None, [], [])
    near = told["nearest"]
    assert near["proven"]
    assert next(iter(near["before"])) == "disruption"
    assert (near["before"]["disruption"], near["after"]["disruption"]) == (0, 5)
    assert near["before"]["points"] == 56
    assert near["changes"]["disruption"] == 5


def test_a_topic_that_the_plan_lacks_is_asked_for(meetsched: Program) -> None:
    ran = meetsched("why", TOWN, TOWN_PLAN, "olszyna/owners", "--near", *QUICK)
    assert ran.code == 0
    assert "It can be: Owners' evening to be held." in ran.out
    assert "Added: Olszyna: Owners' evening:" in flat(ran.out)


def test_what_the_plan_has_already(meetsched: Program) -> None:
    ran = meetsched("why", TOWN, TOWN_PLAN, "olszyna/tax", "--venue", "library", "--start", "17:30", *QUICK)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("The plan has it already: What changes in taxes in 2027 at 17:30 in Library")


@pytest.mark.parametrize(
    ("asked", "code", "message"),
    [
        (("olszyna/taxes",), 2, "no topic taxes; did you mean tax?"),
        (("radom/tax",), 2, "no city radom"),
        (("tax",), 2, "'tax' is not a meeting such as kielce/export"),
        (("olszyna/tax", "--venue", "libary"), 2, "did you mean library?"),
        (("olszyna/tax", "--person", "nobody"), 2, "no person nobody"),
        (("olszyna/tax", "--person", "anna:boss"), 2, "'boss'"),
        (("olszyna/tax", "--date", "2027-06-01"), 2, "lies outside the dates that are planned"),
        (("olszyna/tax", "--date", "tomorrow"), 2, "is not a date"),
        (("olszyna/tax", "--start", "25:00"), 2, "'25:00'"),
    ],
)
def test_what_makes_no_sense(meetsched: Program, asked: tuple[str, ...], code: int, message: str) -> None:
    ran = meetsched("why", TOWN, TOWN_PLAN, *asked)
    assert (ran.code, ran.out) == (code, "")
    assert message in flat(ran.err)


def test_a_plan_of_another_instance(meetsched: Program) -> None:
    ran = meetsched("why", TOWN, REGION_PLAN, "olszyna/tax")
    assert (ran.code, ran.out) == (3, "")


def test_a_plan_that_does_not_hold(meetsched: Program, tmp_path: Path) -> None:
    document = json.loads(TOWN_PLAN.read_text(encoding="utf-8"))
    path = changed(tmp_path, meetings=document["meetings"][1:])
    ran = meetsched("why", TOWN, path, "olszyna/grants")
    assert ran.code == 6
    assert "needs at least 1" in ran.out
    assert "The plan does not hold for this instance" in ran.err
    told = meetsched("why", TOWN, path, "olszyna/grants", "--json", "-q")
    assert told.code == 6
    assert {each["rule"] for each in told.json["violations"]} >= {"cadence"}


def test_a_plan_that_is_not_proven_to_be_the_best(meetsched: Program, tmp_path: Path) -> None:
    path = changed(tmp_path, status="feasible", instance={"id": "olszyna-2027-q1", "sha256": "0" * 64})
    ran = meetsched("why", TOWN, path, "olszyna/tax", "--start", "17:30")
    assert ran.code == 0
    assert "another edition of the instance" in ran.err
    assert "not proven that this plan is the best" in flat(ran.err)


@pytest.mark.parametrize(
    ("standing", "interrupted", "code", "message"),
    [
        (Standing.UNKNOWN, False, 5, "nor a proof that there is none was found in 7 seconds."),
        (Standing.UNKNOWN, True, 130, "It was stopped before it could be told: Owners' evening to be held."),
        (Standing.FORBIDDEN, False, 4, "Time ran out before it was told what stands in its way."),
    ],
)
def test_what_could_not_be_told_in_time(
    meetsched: Program,
    monkeypatch: pytest.MonkeyPatch,
    *,
    standing: Standing,
    interrupted: bool,
    code: int,
    message: str,
) -> None:
    asked = Pin(city="olszyna", topic="owners")
    found = Answer(asked, standing, interrupted=interrupted)
    monkeypatch.setattr("meetsched.service.asking.why_not", lambda *_, **__: found)
    ran = meetsched("why", TOWN, TOWN_PLAN, "olszyna/owners", "--time-limit", "7")
    assert ran.code == code
    assert message in flat(ran.out)


def test_an_account_that_was_interrupted(meetsched: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(question: Any, *_: object) -> Account:
        none = Alternatives((), ())
        return Account(question.subject.meeting, False, (), none, none, (), (), {}, False, True)

    monkeypatch.setattr("meetsched.service.asking.why", stopped)
    ran = meetsched("why", TOWN, TOWN_PLAN, "olszyna/tax")
    assert ran.code == 130
    assert "Time ran out: not every alternative was looked at." in flat(ran.out)


def test_reasons_are_shown_to_the_one_who_planned(meetsched: Program) -> None:
    ran = meetsched("why", TOWN, TOWN_PLAN, "olszyna/online-shop", *QUICK)
    assert ran.code == 0
    assert "Jan Kowalski" in ran.out
