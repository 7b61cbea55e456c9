"""`meetsched resolve`, from the published plan to the files of the next one."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from meetsched.cli.repairs import PinText, explain_line
from meetsched.domain.instance import Pin
from meetsched.loading import load_plan
from meetsched.service.repairing import RepairRequest
from tests.cli.conftest import TOWN as LEAVES_DISRUPTION_OUT
from tests.cli.conftest import TOWN_PLAN, Program, process

FILES = {"plan.json", "plan.ics", "meetings.csv", "duties.csv", "plan.xlsx", "plan.html", "changes.csv"}
QUICK = ("--workers", 1, "--deterministic")


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Return the town of which TOWN_PLAN is a plan, with disruption before its other aims."""
    text = LEAVES_DISRUPTION_OUT.read_text(encoding="utf-8")
    path = tmp_path / "town.yaml"
    path.write_text(text.replace("objectives: [", "objectives: [disruption, "), encoding="utf-8")
    return path


@pytest.fixture
def ill(town: Path, tmp_path: Path) -> Path:
    """Return the town in which a presenter has fallen ill."""
    text = town.read_text(encoding="utf-8")
    busy = "busy: [{start: 2027-01-01T00:00, end: 2027-07-01T00:00, why: private matter}]"
    path = tmp_path / "ill.yaml"
    path.write_text(text.replace("{id: piotr, ", f"{{id: piotr, {busy}, "), encoding="utf-8")
    return path


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def test_nothing_changes_where_nothing_has_to(meetsched: Program, town: Path, tmp_path: Path) -> None:
    ran = meetsched("resolve", town, "--baseline", TOWN_PLAN, "-o", tmp_path / "out", *QUICK)
    assert ran.code == 0
    assert ran.out.startswith("The two plans hold the same meetings")
    assert {path.name for path in (tmp_path / "out").iterdir()} == FILES
    old, new = (json.loads(path.read_text()) for path in (TOWN_PLAN, tmp_path / "out/plan.json"))
    assert new["meetings"] == old["meetings"]
    assert new["repair"]["freeze_days"] == 7
    assert rows(tmp_path / "out/changes.csv") == []
    assert "as it was published" not in (tmp_path / "out/plan.html").read_text()
    assert "Every meeting is when and where it was published" in (tmp_path / "out/plan.html").read_text()


def test_who_is_ill_is_replaced_and_everybody_concerned_is_named(
    meetsched: Program, ill: Path, tmp_path: Path
) -> None:
    ran = meetsched("resolve", ill, "--baseline", TOWN_PLAN, "-o", tmp_path / "out", *QUICK)
    assert ran.code == 0
    assert "Changed: Olszyna: " in ran.out
    assert " as before, same venue; " in ran.out or "moved from " in ran.out
    assert "  to be told: " in ran.out
    assert "Wrote " in ran.out
    assert "As few changes as possible: " in ran.err
    found = rows(tmp_path / "out/changes.csv")
    assert found
    for row in found:
        assert row["change"] in ("changed", "added", "dropped")
        assert row["to_be_told"]
        assert row["in_words"]
    page = (tmp_path / "out/plan.html").read_text(encoding="utf-8")
    assert "<del>" in page
    assert "<ins>" in page
    for path in (tmp_path / "out").iterdir():
        assert b"private matter" not in path.read_bytes()
    assert b"private matter" not in ran.out.encode()
    verdict = meetsched("verify", ill, tmp_path / "out/plan.json", "--baseline", TOWN_PLAN, "--json")
    assert verdict.code == 0
    assert verdict.json["objective"]["disruption"] > 0


def test_json_is_the_plan_with_what_changed(meetsched: Program, ill: Path, tmp_path: Path) -> None:
    ran = meetsched("resolve", ill, "--baseline", TOWN_PLAN, "-o", tmp_path, "--json", "-q", *QUICK)
    assert (ran.code, ran.err) == (0, "")
    document = ran.json
    changes = document.pop("changes")
    assert document == json.loads((tmp_path / "plan.json").read_text())
    diff = meetsched("diff", TOWN_PLAN, tmp_path / "plan.json", "--instance", ill, "--json").json
    assert changes == diff


def test_dates_thaw_pins_and_limits_stand_in_the_plan(meetsched: Program, town: Path, tmp_path: Path) -> None:
    ran = meetsched(
        *("resolve", town, "--baseline", TOWN_PLAN, "-o", tmp_path, "-q", *QUICK),
        *("--as-of", "2027-01-10", "--freeze-days", 3, "--thaw", "olszyna/tax", "--max-changes", 4),
        *("--pin", "olszyna/grants,start=17:30", "--forbid", "olszyna/owners"),
    )
    assert ran.code == 0
    plan = load_plan(tmp_path / "plan.json")
    assert plan.repair is not None
    assert plan.repair.model_dump(mode="json", exclude={"baseline_sha256"}) == {
        "as_of": "2027-01-10",
        "freeze_days": 3,
        "thawed": ["olszyna/tax"],
        "max_changes": 4,
    }
    assert [(pin.topic, pin.held, pin.start) for pin in plan.pins] == [
        ("grants", True, 17 * 60 + 30),
        ("owners", False, None),
    ]


def test_a_frontier_is_told_in_every_form(meetsched: Program, town: Path, tmp_path: Path) -> None:
    pin = "olszyna/tax,date=2027-01-12"
    ran = meetsched(
        *("resolve", town, "--baseline", TOWN_PLAN, "-o", tmp_path, "--frontier", "--pin", pin, *QUICK)
    )
    assert ran.code == 0
    assert "With at most 0 changes: no plan holds every rule" in ran.err
    assert "More changes than these buy nothing; that is proven." in ran.out
    table = rows(tmp_path / "frontier.csv")
    assert [row["max_changes"] for row in table] == [str(place) for place in range(len(table))]
    assert table[0]["result"] == "no plan"
    assert table[-1]["result"] == "proven best"
    assert (tmp_path / f"plan-{len(table) - 1}-changes.json").exists()
    page = (tmp_path / "plan.html").read_text(encoding="utf-8")
    assert "What more changes would buy" in page
    document = meetsched(
        *("resolve", town, "--baseline", TOWN_PLAN, "-o", tmp_path, "--frontier", "--pin", pin),
        *("--json", "-q", *QUICK),
    ).json
    assert document["frontier"]["complete"] is True
    assert [point["max_changes"] for point in document["frontier"]["points"]] == list(range(len(table)))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--as-of", "2028-01-01"), "lies outside the dates that are planned"),
        (("--as-of", "soon"), "'soon' is not a date such as 2027-01-31"),
        (("--thaw", "olszyna/nothing"), "there is no meeting olszyna/nothing to thaw"),
        (("--max-changes", "-1"), "-1 is not in the range"),
        (("--freeze-days", "x"), "'x' is not a valid integer"),
        (("--pin", "olszyna"), "'olszyna' is not a meeting such as kielce/export"),
        (("--pin", "olszyna/tax,on=monday"), "'on=monday' is none of date=…"),
        (("--pin", "olszyna/tax,date=monday"), "'monday': expected a date such as"),
        (("--pin", "olszyna/tax,start=9:00,start=10:00"), "each but person at most once"),
        (("--pin", "olszyna/tax,person=ola:boss"), "'boss': expected 'expert', "),
        (("--pin", "olszyna/tax,venue=attic"), "the instance has no venue attic to be pinned"),
        (("--forbid", "olszyna/a/b"), "'olszyna/a/b' is not a meeting"),
        (("--forbid", "olszyna/x"), "the instance has no topic x to be pinned"),
    ],
)
def test_wrong_usage_is_told_in_words(
    meetsched: Program, town: Path, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    ran = meetsched("resolve", town, "--baseline", TOWN_PLAN, "-o", tmp_path / "out", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert not (tmp_path / "out").exists()


def test_a_plan_of_another_instance_is_bad_data(meetsched: Program, town: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text(TOWN_PLAN.read_text().replace('"id": "olszyna-2027-q1"', '"id": "elsewhere"'))
    ran = meetsched("resolve", town, "--baseline", other, "-o", tmp_path / "out", "--json")
    assert ran.code == 3
    assert ran.json["error"]["faults"][0]["path"] == "instance.id"


def test_a_proof_that_there_is_no_plan_names_what_it_had_to_hold(
    meetsched: Program, ill: Path, tmp_path: Path
) -> None:
    ran = meetsched(
        "resolve", ill, "--baseline", TOWN_PLAN, "-o", tmp_path / "out", "--max-changes", 0, *QUICK
    )
    assert (ran.code, ran.out) == (4, "")
    assert "no plan holds every rule and changes at most 0 meetings." in ran.err
    assert f"\nmeetsched explain {ill} --baseline {TOWN_PLAN} --max-changes 0\n" in ran.err
    assert not (tmp_path / "out").exists()


def test_the_command_line_that_explains_says_what_was_asked_for() -> None:
    pins = (
        PinText()("kielce/export,date=2027-01-31,start=17:30,venue=hall,person=bea,person=ann:expert"),
        Pin(city="kielce", topic="loans", held=False),
    )
    request = RepairRequest(date(2027, 1, 20), 3, ("kielce/tax",), 2, pins)
    assert explain_line(Path("my town.yaml"), Path("plan.json"), request) == (
        "meetsched explain 'my town.yaml' --baseline plan.json --as-of 2027-01-20 --freeze-days 3 "
        "--thaw kielce/tax --max-changes 2 --pin "
        "kielce/export,date=2027-01-31,start=17:30,venue=hall,person=bea,person=ann:expert "
        "--forbid kielce/loans"
    )


def test_the_published_plan_is_replaced_only_where_that_is_asked_for(
    meetsched: Program, town: Path, tmp_path: Path
) -> None:
    published = tmp_path / "plan.json"
    published.write_bytes(TOWN_PLAN.read_bytes())
    refused = meetsched("resolve", town, "--baseline", published, "-o", tmp_path, *QUICK)
    assert refused.code == 2
    assert "is the published plan, which the new one would replace" in refused.err
    assert published.read_bytes() == TOWN_PLAN.read_bytes()
    assert meetsched("resolve", town, "--baseline", published, "-o", tmp_path, "--replace", *QUICK).code == 0
    assert load_plan(published).repair is not None


def test_a_frontier_replaces_no_published_plan_either(meetsched: Program, town: Path, tmp_path: Path) -> None:
    published = tmp_path / "plan-0-changes.json"
    published.write_bytes(TOWN_PLAN.read_bytes())
    asked = ("resolve", town, "--baseline", published, "-o", tmp_path, *QUICK)
    refused = meetsched(*asked, "--frontier")
    assert refused.code == 2
    assert "is the published plan, which the new one would replace" in refused.err
    assert meetsched(*asked).code == 0
    assert published.read_bytes() == TOWN_PLAN.read_bytes()


def test_it_runs_as_a_process(town: Path, tmp_path: Path) -> None:
    ran = process("resolve", town, "--baseline", TOWN_PLAN, "-o", tmp_path, "--as-of", "2027-01-10", "-q")
    assert (ran.code, ran.err) == (0, "")
