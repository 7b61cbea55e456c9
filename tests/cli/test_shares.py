"""`meetsched shares`: what each city gets, what it gives up to whom, and who uses what they share."""

import csv
import json
from pathlib import Path

import pytest

from meetsched.cli.running import run
from tests.cli.conftest import TOWN, TOWN_PLAN, Program

QUICK = ("--time-limit", 7200, "--workers", 2)
WANTED = {"aa": [3, 3], "bb": [2, 2, 2], "cc": [3]}
"""What the firms of each city want; its own room has a single seat, the hall is there for one of them."""


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Three cities, one slot and one hall, with the fairest plan: the hall is for bb, aa has half."""
    folder = tmp_path_factory.mktemp("shares")
    firms = [(city, number, interest) for city in WANTED for number, interest in enumerate(WANTED[city])]
    room = {"kind": "private", "open_to": None}
    document = {
        "schema": "meetsched/1",
        "id": "three",
        "horizon": {"start": "2027-02-02", "end": "2027-02-02"},
        "timezone": "Europe/Warsaw",
        "slots": [{"weekdays": ["tue"], "starts": ["10:00"]}],
        "cities": [
            {
                "id": city,
                "name": city.upper(),
                "reserved_seats": 0,
                "crew": {"broker": 0, "presenter": 0},
                "coverage": {"at_least": {}},
            }
            for city in WANTED
        ],
        "topics": [{"id": "t", "title": "Taxes", "minutes": 60}],
        "venues": [
            {**room, "id": "hall", "name": "The Hall", "city": "aa", "open_to": "all", "capacity": 9},
            *({**room, "id": city, "name": city, "city": city, "capacity": 1} for city in WANTED),
        ],
        "people": [],
        "companies": [
            {"id": f"{city}-{number}", "name": "Firm", "city": city, "interests": {"t": interest}}
            for city, number, interest in firms
        ],
    }
    instance = folder / "three.json"
    instance.write_text(json.dumps(document), encoding="utf-8")
    assert run(["solve", str(instance), "-o", str(folder / "plan"), "-q", "--time-limit", "7200"]) == 0
    return instance, folder / "plan/plan.json"


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def test_shares_are_told_in_words_and_in_files(
    meetsched: Program, planned: tuple[Path, Path], tmp_path: Path
) -> None:
    ran = meetsched("shares", *planned, "-o", tmp_path / "out", *QUICK)
    assert ran.code == 0
    assert rows(tmp_path / "out/shares.csv") == [
        {
            "city": "aa",
            "name": "AA",
            "points": "3",
            "ideal": "6",
            "share": "0.500",
            "alone": "6",
            "beside_others": "3",
            "given_up": "3",
            "left": "0",
            "proven": "yes",
            "gain_without_aa": "",
            "gain_without_bb": "3",
            "gain_without_cc": "0",
        },
        {
            "city": "bb",
            "name": "BB",
            "points": "6",
            "ideal": "6",
            "share": "1.000",
            "alone": "6",
            "beside_others": "6",
            "given_up": "0",
            "left": "0",
            "proven": "yes",
            "gain_without_aa": "0",
            "gain_without_bb": "",
            "gain_without_cc": "0",
        },
        {
            "city": "cc",
            "name": "CC",
            "points": "3",
            "ideal": "3",
            "share": "1.000",
            "alone": "3",
            "beside_others": "3",
            "given_up": "0",
            "left": "0",
            "proven": "yes",
            "gain_without_aa": "0",
            "gain_without_bb": "0",
            "gain_without_cc": "",
        },
    ]
    (use,) = rows(tmp_path / "out/shared-uses.csv")
    assert (use["kind"], use["id"], use["city"], use["start"]) == ("venue", "hall", "BB", "10:00")
    assert "3 to BB" in ran.out and "All of it is proven." in ran.out
    assert "12 of 12  CC without BB: 3 points, proven" in ran.err
    page = (tmp_path / "out/shares.html").read_text(encoding="utf-8")
    assert page.count('<th scope="row">') == 3 and "The Hall" in page


def test_json_has_what_the_table_has(meetsched: Program, planned: tuple[Path, Path]) -> None:
    ran = meetsched("shares", *planned, "--json", "-q", *QUICK)
    assert ran.err == "" and ran.json["complete"]
    first = ran.json["cities"][0]
    assert (first["id"], first["points"], first["ideal"], first["share"]) == ("aa", 3, 6, 500)
    assert first["alone"] == {"points": 6, "bound": 6}
    assert first["beside"] == {"points": 3, "bound": 3}
    assert first["given_up"] == {"least": 3, "most": 3} and first["left"] == {"least": 0, "most": 0}
    assert first["without"]["bb"] == {"points": 6, "bound": 6, "gain": {"least": 3, "most": 3}}
    assert first["without"]["cc"]["gain"] == {"least": 0, "most": 0}
    (shared,) = ran.json["shared"]
    assert (shared["kind"], shared["id"], shared["cities"]) == ("venue", "hall", ["aa", "bb", "cc"])
    assert shared["uses"] == [
        {
            "meeting": "bb/t",
            "city": "bb",
            "roles": [],
            "start": "2027-02-02T10:00:00+01:00",
            "end": "2027-02-02T11:00:00+01:00",
        }
    ]


@pytest.mark.parametrize(("ideal", "truth"), [(7, "6 are the most."), (5, "alone it can have 6.")])
def test_a_wrong_ideal_is_doubted(
    meetsched: Program, planned: tuple[Path, Path], tmp_path: Path, ideal: int, truth: str
) -> None:
    instance, path = planned
    plan = json.loads(path.read_text(encoding="utf-8"))
    plan |= {"ideal": {**plan["ideal"], "bb": ideal}, "tiers": [], "status": "feasible"}
    changed = tmp_path / "plan.json"
    changed.write_text(json.dumps(plan), encoding="utf-8")
    ran = meetsched("shares", instance, changed, *QUICK)
    assert ran.code == 0
    assert f"Warning: The plan calls {ideal} points the ideal of BB; {truth}" in ran.err


def test_what_a_citys_own_past_takes_is_given_up_to_nobody(
    meetsched: Program, planned: tuple[Path, Path], tmp_path: Path
) -> None:
    instance, path = planned
    plan = json.loads(path.read_text(encoding="utf-8"))
    plan |= {"repair": {"baseline_sha256": "0", "as_of": "2027-02-03"}, "tiers": [], "status": "feasible"}
    changed = tmp_path / "plan.json"
    changed.write_text(json.dumps(plan), encoding="utf-8")
    first = meetsched("shares", instance, changed, "--json", "-q", *QUICK).json["cities"][0]
    assert (first["ideal"], first["share"], first["alone"]) == (6, 500, {"points": 3, "bound": 3})
    assert first["given_up"] == {"least": 0, "most": 0}


def test_a_broken_plan_is_not_weighed(meetsched: Program, planned: tuple[Path, Path], tmp_path: Path) -> None:
    instance, path = planned
    plan = json.loads(path.read_text(encoding="utf-8"))
    plan["meetings"][0]["points"] += 1
    changed = tmp_path / "plan.json"
    changed.write_text(json.dumps(plan), encoding="utf-8")
    ran = meetsched("shares", instance, changed, "-o", tmp_path / "out", *QUICK)
    assert ran.code == 6
    assert "the plan has faults" in ran.err
    assert not (tmp_path / "out").exists()


def test_one_city_shares_nothing(meetsched: Program) -> None:
    ran = meetsched("shares", TOWN, TOWN_PLAN)
    assert ran.code == 2
    assert "the only city" in ran.err


def test_what_the_time_was_too_short_for_is_left_open(meetsched: Program, planned: tuple[Path, Path]) -> None:
    ran = meetsched("shares", *planned, "--json", "-q", "--time-limit", "0.001")
    assert ran.code == 0
    document = ran.json
    assert not document["complete"]
    assert all(city["alone"] is None and city["given_up"] is None for city in document["cities"])
    assert document["shared"]
