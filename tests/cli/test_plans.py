"""`meetsched verify`, `export` and `diff`: commands on plans that exist."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import REGION, REGION_PLAN, TOWN, TOWN_PLAN, Program

Document = dict[str, Any]
Writer = Callable[[Callable[[Document], object]], Path]
FILES = ("plan.ics", "meetings.csv", "duties.csv", "plan.xlsx", "plan.html")
EUROPEAN = ("--csv-dialect", "excel-eu")


@pytest.fixture
def changed(tmp_path: Path) -> Writer:
    """Write the town's plan with a change."""

    def write(change: Callable[[Document], object]) -> Path:
        document = json.loads(TOWN_PLAN.read_text(encoding="utf-8"))
        change(document)
        path = tmp_path / "changed.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        return path

    return write


def move_to_pub(plan: Document) -> None:
    plan["meetings"][0]["venue"] = "linden"


class TestVerify:
    def test_a_good_plan(self, meetsched: Program) -> None:
        ran = meetsched("verify", TOWN, TOWN_PLAN)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith("The plan holds every rule, and its figures are right.\n")
        assert "  What firms asked for: 56 points\n" in ran.out

    def test_json_is_what_the_specification_says(self, meetsched: Program) -> None:
        ran = meetsched("verify", TOWN, TOWN_PLAN, "--json")
        assert (ran.code, ran.err) == (0, "")
        assert ran.json == {
            "violations": [],
            "objective": {"points": 56, "cost": 30563, "appeal": 6, "effort": 18},
        }
        objective = meetsched("verify", REGION, REGION_PLAN, "--json").json["objective"]
        assert list(objective) == ["points", "cost", "appeal", "effort", "balance"]

    def test_broken_rules(self, meetsched: Program, changed: Writer) -> None:
        plan = changed(move_to_pub)
        ran = meetsched("verify", TOWN, plan)
        assert ran.code == 6
        assert ran.out.startswith("The plan has ")
        assert "  host [olszyna/tax]: " in ran.out
        ran = meetsched("verify", TOWN, plan, "--json")
        assert ran.code == 6
        assert "host" in {violation["rule"] for violation in ran.json["violations"]}
        assert set(ran.json["violations"][0]) == {"rule", "meetings", "message"}

    def test_a_wrong_figure(self, meetsched: Program, changed: Writer) -> None:
        ran = meetsched("verify", TOWN, changed(lambda plan: plan["tiers"][0].update(value=57)), "--json")
        assert ran.code == 6
        assert {violation["rule"] for violation in ran.json["violations"]} == {"figures"}

    def test_an_unknown_id_is_bad_data(self, meetsched: Program, changed: Writer) -> None:
        ran = meetsched("verify", TOWN, changed(lambda plan: plan["meetings"][0].update(venue="attic")))
        assert (ran.code, ran.out) == (3, "")
        assert "attic" in ran.err

    def test_another_edition_is_a_warning(self, meetsched: Program, changed: Writer) -> None:
        plan = changed(lambda document: document["instance"].update(sha256="0" * 64))
        ran = meetsched("verify", TOWN, plan)
        assert ran.code == 0
        assert ran.err.startswith("Warning: ")
        assert meetsched("verify", TOWN, plan, "-q").err == ""

    def test_a_baseline_counts(self, meetsched: Program, changed: Writer) -> None:
        baseline = changed(lambda plan: plan["meetings"][0].update(start="2027-01-13T17:30:00+01:00"))
        ran = meetsched("verify", TOWN, TOWN_PLAN, "--baseline", baseline, "--json")
        assert ran.json["objective"]["disruption"] > 0


class TestExport:
    def test_writes_all_but_the_plan(self, meetsched: Program, tmp_path: Path) -> None:
        ran = meetsched("export", TOWN, TOWN_PLAN, "-o", tmp_path / "out")
        assert (ran.code, ran.err) == (0, "")
        assert ran.out == "".join(f"Wrote {tmp_path / 'out' / name}\n" for name in FILES)
        assert {path.name for path in (tmp_path / "out").iterdir()} == set(FILES)
        assert (tmp_path / "out" / "plan.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")

    def test_json(self, meetsched: Program, tmp_path: Path) -> None:
        ran = meetsched("export", TOWN, TOWN_PLAN, "-o", tmp_path, "--json")
        assert ran.json == {"files": [str(tmp_path / name) for name in FILES]}

    def test_dialects_of_csv(self, meetsched: Program, tmp_path: Path) -> None:
        for name, dialect in (("plain", ()), ("rfc", ("--csv-dialect", "rfc4180")), ("eu", EUROPEAN)):
            assert meetsched("export", TOWN, TOWN_PLAN, "-o", tmp_path / name, *dialect).code == 0
        for name in FILES:
            plain, rfc, european = (
                tmp_path.joinpath(each, name).read_bytes() for each in ("plain", "rfc", "eu")
            )
            assert plain == rfc
            assert (plain == european) == (not name.endswith(".csv"))
        assert b";40,50;" in (tmp_path / "eu" / "meetings.csv").read_bytes()
        assert b",40.50," in (tmp_path / "plain" / "meetings.csv").read_bytes()

    def test_an_instance_is_never_replaced(self, meetsched: Program, tmp_path: Path) -> None:
        instance = tmp_path / "plan.xlsx"
        instance.write_text("mine")
        ran = meetsched("export", instance, TOWN_PLAN, "-o", tmp_path)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(f"Error: {instance} is the instance, which the plan would replace")
        assert instance.read_text() == "mine"

    def test_a_plan_with_faults_is_not_exported(
        self, meetsched: Program, changed: Writer, tmp_path: Path
    ) -> None:
        ran = meetsched("export", TOWN, changed(move_to_pub), "-o", tmp_path / "out", "--json")
        assert ran.code == 6
        assert ran.json["violations"]
        assert not (tmp_path / "out").exists()

    def test_a_file_in_place_of_the_folder(self, meetsched: Program, tmp_path: Path) -> None:
        (tmp_path / "out").write_text("mine")
        ran = meetsched("export", TOWN, TOWN_PLAN, "-o", tmp_path / "out")
        assert (ran.code, ran.out) == (2, "")
        assert "out is not a folder" in ran.err
        assert (tmp_path / "out").read_text() == "mine"


class TestDiff:
    def test_no_change(self, meetsched: Program) -> None:
        ran = meetsched("diff", TOWN_PLAN, TOWN_PLAN)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith("The two plans hold the same meetings")
        document = meetsched("diff", TOWN_PLAN, TOWN_PLAN, "--json").json
        assert document == {"added": [], "dropped": [], "changed": [], "changes": 0, "disruption": 0}

    def test_every_kind_of_change(self, meetsched: Program, changed: Writer) -> None:
        def change(plan: Document) -> None:
            first, second, *_ = plan["meetings"]
            plan["meetings"].append({**second, "topic": "owners", "id": "olszyna/owners", "title": "New"})
            plan["meetings"].remove(second)
            first["start"], first["end"] = "2027-01-12T09:00:00+01:00", "2027-01-12T11:00:00+01:00"
            first["venue"] = "lab"
            first["people"][0]["person"] = "leon"

        ran = meetsched("diff", TOWN_PLAN, changed(change), "--instance", TOWN)
        assert ran.code == 0
        changed_line, told, *others, total = ran.out.splitlines()
        added, dropped = (line for line in others if not line.startswith("  to be told: "))
        assert {line.split(": ")[0] for line in (added, dropped)} == {"Added", "Dropped"}
        assert changed_line.startswith("Changed: Olszyna: What changes in taxes in 2027: moved from ")
        assert "to Tue 12 January 2027, 09:00, in Technical School, computer room instead of " in changed_line
        assert "; Leon Sowa instead of " in changed_line
        assert changed_line.endswith(" (expert)")
        assert told.startswith("  to be told: ")
        assert "Leon Sowa" in told
        assert total.startswith("In all 3 meetings changed: ")

    def test_dates_are_those_where_the_town_is(
        self, meetsched: Program, changed: Writer, tmp_path: Path
    ) -> None:
        far_east = timezone(timedelta(hours=14))

        def rewrite(plan: Document) -> None:
            for meeting in plan["meetings"]:
                for key in ("start", "end"):
                    moment = datetime.fromisoformat(meeting[key]).astimezone(far_east)
                    meeting[key] = moment.isoformat()

        def later(plan: Document) -> None:
            first = plan["meetings"][0]
            for key in ("start", "end"):
                first[key] = (datetime.fromisoformat(first[key]) + timedelta(hours=1)).isoformat()

        old = changed(rewrite).rename(tmp_path / "old.json")
        new = changed(later)
        assert meetsched("diff", old, new, "--json", "--instance", TOWN).json["disruption"] == 10
        assert meetsched("diff", old, new, "--json").json["disruption"] == 31

    def test_ids_stand_in_for_names(self, meetsched: Program, changed: Writer) -> None:
        ran = meetsched("diff", TOWN_PLAN, changed(lambda plan: plan["meetings"][0].update(venue="lab")))
        assert "Changed: olszyna: What changes in taxes in 2027: " in ran.out
        assert " as before, in lab instead of library\n" in ran.out
        assert ran.out.endswith("In all 1 meeting changed: 15 points of disruption.\n")

    def test_weights_come_from_the_instance(
        self, meetsched: Program, changed: Writer, tmp_path: Path
    ) -> None:
        heavy = tmp_path / "heavy.yaml"
        heavy.write_text(TOWN.read_text(encoding="utf-8") + "disruption: {venue: 99}\n", encoding="utf-8")
        plan = changed(lambda document: document["meetings"][0].update(venue="lab"))
        document = meetsched("diff", TOWN_PLAN, plan, "--json", "--instance", heavy).json
        assert document["disruption"] == 99
        assert document["changed"] == [
            {"id": "olszyna/tax", "venue": {"from": "library", "to": "lab"}, "lost": [], "gained": []}
        ]

    def test_a_file_that_is_no_plan(self, meetsched: Program) -> None:
        ran = meetsched("diff", TOWN_PLAN, TOWN)
        assert (ran.code, ran.out) == (3, "")
        assert "Traceback" not in ran.err
