"""`meetsched explain`."""

import json
from pathlib import Path

import pytest
import yaml

from meetsched.domain.explanation import Explanation, Fix
from meetsched.rules import Tier
from tests.cli.conftest import INSTANCES, TOWN, TOWN_PLAN, Program
from tests.export.examples import example
from tests.small import DOCUMENT

BLOCKED = INSTANCES / "blocked.yaml"


def test_tells_the_conflict_and_the_ways_out(meetsched: Program) -> None:
    ran = meetsched("explain", BLOCKED, "--most", "2", "--time-limit", "300")
    assert ran.code == 4
    out = " ".join(ran.out.split())
    assert "It is proven that no plan holds every rule." in out
    assert "- Petr Dvořák (cooperation broker and representative) is away 1 to 28 February 2027 (cure" in out
    assert "- Litomyšl may hold at most 1 meeting in January 2027." in out
    assert "Each of these is needed" in out
    assert "2 participants fewer needed by Apprentices (3)" in out
    assert "Planning" in ran.err


def test_the_json_is_as_specified(meetsched: Program) -> None:
    ran = meetsched("explain", BLOCKED, "--json", "--most", "1", "--time-limit", "300", "--quiet")
    assert (ran.code, ran.err) == (4, "")
    told = ran.json
    assert told["feasible"] is False
    assert {"rule": "person.available", "subject": "jana-horakova"}.items() <= next(
        member.items() for member in told["conflict"] if member["subject"] == "jana-horakova"
    )
    assert all(member["message"] and member["confirmed"] for member in told["conflict"])
    assert (told["other_conflicts"], told["all_conflicts"]) == ([], True)
    (fix,) = told["fixes"]
    assert fix["relaxes"] == ["topic.turnout"]
    assert fix["price"] == 2
    assert fix["change"] == "2 participants fewer needed by Apprentices (3)"
    assert fix["changes"][0]["steps"] == 2
    assert set(fix["objective"]) == {"points", "cost", "appeal", "effort"}
    assert told["gains"] == []


def test_a_way_out_taken_makes_a_plan(meetsched: Program, tmp_path: Path) -> None:
    document = yaml.load(BLOCKED.read_text(encoding="utf-8"), yaml.CBaseLoader)
    topic = next(topic for topic in document["topics"] if topic["id"] == "apprentices")
    topic["min_participants"] = "3"
    path = tmp_path / "mended.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert meetsched("solve", path, "-o", tmp_path / "plan", "-q").code == 0


def test_where_there_is_a_plan_it_tells_what_binds(meetsched: Program, tmp_path: Path) -> None:
    path = tmp_path / "small.json"
    path.write_text(json.dumps(DOCUMENT), encoding="utf-8")
    ran = meetsched("explain", path, "--most", "2", "--time-limit", "300")
    assert ran.code == 0
    assert "There is a plan: nothing has to change." in ran.out
    assert "What binds it hardest" in ran.out
    assert " → " in ran.out
    told = meetsched("explain", path, "--most", "2", "--time-limit", "300", "--json", "-q")
    assert (told.code, told.json["feasible"], told.json["conflict"]) == (0, True, [])
    assert 1 <= len(told.json["gains"]) <= 2
    assert all(gain["before"] != gain["after"] for gain in told.json["gains"])


def test_a_published_plan_that_cannot_be_gone_on_from(meetsched: Program, tmp_path: Path) -> None:
    text = TOWN.read_text(encoding="utf-8").replace(
        "{id: library, ", "{id: library, closed: [{start: 2027-03-08T00:00, end: 2027-03-13T00:00}], "
    )
    path = tmp_path / "town.yaml"
    path.write_text(text, encoding="utf-8")
    ran = meetsched(
        *("explain", path, "--baseline", TOWN_PLAN, "--as-of", "2027-03-05", "--most", 1, "--json", "-q"),
        *("--time-limit", 300, "--workers", 1),
    )
    assert ran.code == 4
    told = {(member["rule"], member["subject"]) for member in ran.json["conflict"]}
    frozen = ("frozen", "olszyna/grants 2027-03-10 09:00 library")
    assert {frozen, ("venue.hours", "library")} <= told
    assert ran.json["ranked"] == len(ran.json["fixes"]) == 1


def test_what_a_published_plan_is_gone_on_with_wants_one(meetsched: Program) -> None:
    ran = meetsched("explain", TOWN, "--as-of", "2027-03-05")
    assert ran.code == 2
    assert "--baseline" in ran.err


def test_pins_can_be_given(meetsched: Program) -> None:
    ran = meetsched("explain", TOWN, "--forbid", "olszyna/nothing")
    assert ran.code == 2
    assert "the instance has no topic nothing" in ran.err


@pytest.mark.parametrize("arguments", [(), ("--json",)])
def test_what_could_not_be_told_in_time(
    meetsched: Program, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setattr("meetsched.service.explaining.explain", lambda *_, **__: Explanation(None))
    ran = meetsched("explain", TOWN, "--time-limit", "7", *arguments)
    assert ran.code == 5
    if arguments:
        assert ran.json["feasible"] is None
    else:
        assert ran.out == "Neither a plan nor a proof that there is none was found in 7 seconds.\n"


def test_an_interruption_tells_what_was_found(meetsched: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped = Explanation(feasible=False, interrupted=True)
    monkeypatch.setattr("meetsched.service.explaining.explain", lambda *_, **__: stopped)
    ran = meetsched("explain", TOWN)
    assert ran.code == 130
    assert "It is proven that no plan holds every rule." in ran.out
    assert "Time ran out before a way out was found." in ran.out


def test_ways_out_cut_short_by_the_time_are_told_as_such(
    meetsched: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, plan = example("town")
    fix = Fix((), 5, plan, {Tier.POINTS: 40})
    said = "Time ran out before others were found"
    for most, all_fixes, told in ((3, False, True), (1, False, False), (3, True, False)):
        found = Explanation(feasible=False, fixes=(fix,), ranked=1, all_fixes=all_fixes)
        monkeypatch.setattr("meetsched.service.explaining.explain", lambda *_, found=found, **__: found)
        ran = meetsched("explain", TOWN, "--most", most)
        assert (said in ran.out) == told
