"""`meetsched check`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.conftest import REGION, TOWN, Program

Document = dict[str, Any]
TOPICS = {"tax", "grants", "online-shop", "export", "owners"}


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[Callable[[Document], object]], Path]:
    """Write the town with a change."""

    def write(change: Callable[[Document], object]) -> Path:
        document = yaml.load(TOWN.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        change(document)
        path = tmp_path / "town.yaml"
        path.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
        return path

    return write


def test_sums_up_in_tables(meetsched: Program) -> None:
    ran = meetsched("check", TOWN)
    assert (ran.code, ran.err) == (0, "")
    assert "1 city, 5 topics, 3 venues, 10 people, 12 firms, 80 possible starts" in ran.out
    rows = [" ".join(line.split()) for line in ran.out.splitlines()]
    assert "Olszyna 80 5 of 5 3 of 3 10 of 10" in rows
    assert "Grants for small firms 80 220 no host free: 20" in rows
    assert "January 2027 1 28 5 possible so far" in rows
    assert not any(len(line) > 100 for line in ran.out.splitlines())


def test_sums_up_as_json(meetsched: Program) -> None:
    document = meetsched("check", TOWN, "--json").json
    assert document["instance"]["id"] == "olszyna-2027-q1"
    assert len(document["instance"]["sha256"]) == 64
    assert (document["warnings"], document["starts"]) == ([], 80)
    (city,) = document["cities"]
    assert (city["city"], city["starts"]) == ("olszyna", 80)
    assert {topic["topic"] for topic in city["topics"]} == TOPICS
    tax = next(topic for topic in city["topics"] if topic["topic"] == "tax")
    assert tax == {"topic": "tax", "starts": 28, "pairs": 76, "dropped": {"topic.window": 156, "host": 8}}
    assert [month["needed"] for month in city["months"]] == [1, 1, 1]
    assert set(city["months"][0]["topics"]) == TOPICS
    assert set(city["months"][1]["topics"]) == TOPICS - {"tax"}


def test_every_pair_is_accounted_for(meetsched: Program) -> None:
    document = meetsched("check", REGION, "--json").json
    venues = len(yaml.safe_load(REGION.read_text(encoding="utf-8"))["venues"])
    for city in document["cities"]:
        for topic in city["topics"]:
            assert topic["pairs"] + sum(topic["dropped"].values()) == document["starts"] * venues


def test_names_what_no_meeting_can_use(meetsched: Program, changed: Any) -> None:
    def change(document: Document) -> None:
        document["venues"][1]["hours"] = {"sat": "09:00-12:00"}
        document["people"][5]["available"] = {"sun": "09:00-12:00"}

    path = changed(change)
    ran = meetsched("check", path)
    assert ran.code == 0
    assert "Venues that suit no topic: Technical School, computer room\n" in ran.out
    assert "People whom no meeting can use: Marek Duda\n" in ran.out
    assert "Topics that cannot be held: Grants for small firms\n" in ran.out
    (city,) = meetsched("check", path, "--json").json["cities"]
    grants = next(topic for topic in city["topics"] if topic["topic"] == "grants")
    assert (grants["pairs"], grants["dropped"]["expertise"]) == (0, 160)
    assert next(venue for venue in city["venues"] if venue["venue"] == "lab")["topics"] == 0
    assert next(person for person in city["people"] if person["person"] == "marek")["topics"] == 0


def test_tells_a_month_without_a_meeting(meetsched: Program, changed: Any) -> None:
    path = changed(lambda document: document["exclude_dates"][0].update(end="2027-02-28"))
    ran = meetsched("check", path)
    assert ran.code == 0
    assert "February 2027 1 0 0 impossible: too few topics" in [
        " ".join(line.split()) for line in ran.out.splitlines()
    ]
    (city,) = meetsched("check", path, "--json").json["cities"]
    assert [month["possible"] for month in city["months"]] == [True, False, True]


def test_tells_a_month_with_fewer_topics_than_meetings(meetsched: Program, changed: Any) -> None:
    path = changed(lambda document: document["cities"][0]["meetings_per_month"].update(min="5", max="5"))
    (city,) = meetsched("check", path, "--json").json["cities"]
    assert [month["possible"] for month in city["months"]] == [True, False, False]


def test_warnings_are_told_and_not_mixed_with_the_result(meetsched: Program, changed: Any) -> None:
    path = changed(lambda document: document["topics"][1].update(expertise=["EU funds"]))
    ran = meetsched("check", path, "--json")
    assert ran.code == 0
    assert ran.err.startswith("Warning: ")
    assert "EU funds" in ran.err
    assert any("EU funds" in str(warning["value"]) for warning in ran.json["warnings"])
    assert meetsched("check", path, "-q").err == ""


def test_bad_data_is_told_with_every_fault(meetsched: Program, changed: Any) -> None:
    def change(document: Document) -> None:
        document["cities"][0]["budget"] = "plenty"
        document["topics"][0]["minuts"] = "60"

    path = changed(change)
    ran = meetsched("check", path, "--json")
    assert ran.code == 3
    assert "cities[0].budget: plenty" in ran.err
    assert "minuts" in ran.err
    assert "Traceback" not in ran.err
    error = ran.json["error"]
    assert (error["exit_code"], error["kind"]) == (3, "bad-data")
    assert {"cities[0].budget", "topics[0].minuts"} <= {fault["path"] for fault in error["faults"]}


def test_text_from_a_file_is_shown_as_it_is(meetsched: Program, changed: Any) -> None:
    path = changed(lambda document: document["topics"][1].update(title="[red]Grants[/red] :smile:"))
    assert "[red]Grants[/red] :smile:" in meetsched("check", path).out


def test_text_from_a_file_cannot_command_the_terminal(meetsched: Program, changed: Any) -> None:
    path = changed(lambda document: document["topics"][1].update(title="Grants\x1b[31m"))
    ran = meetsched("check", path)
    assert ran.code == 3
    assert "\x1b" not in ran.out + ran.err


def test_a_month_only_partly_planned_needs_no_meeting(meetsched: Program, changed: Any) -> None:
    path = changed(lambda document: document["horizon"].update(end="2027-03-30"))
    (city,) = meetsched("check", path, "--json").json["cities"]
    assert [month["needed"] for month in city["months"]] == [1, 1, 0]
