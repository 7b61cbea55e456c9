"""The benchmark of repairs: what it measures, and what it makes of it."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from disturbances.kinds import Base, Kind, scenarios
from disturbances.measure import Bench, Measured, Way, document
from disturbances.table import change_table, share_untouched, time_table, write_csv
from meetsched.domain.difference import difference
from meetsched.loading import load_instance
from scenarios import main
from tests.cli.conftest import TOWN
from tests.export.examples import example


def measured(way: Way, end: str = "optimal", dropped: int = 0, seconds: float = 2.0) -> Measured:
    """Return a run that dropped some of the town's four meetings."""
    instance, plan = example("town")
    left = plan.model_copy(update={"meetings": plan.meetings[dropped:]})
    failed = end not in ("optimal", "plan")
    return Measured(
        base="town",
        kind=Kind.ABSENCE,
        what="anna is away",
        way=way,
        end=end,
        seconds=seconds,
        search_seconds=seconds / 2,
        memory=100,
        before=len(plan.meetings),
        plan=None if failed else left,
        change=None if failed else difference(plan, left, instance.disruption),
    )


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]


def test_meetings_that_stay_are_shared_out_over_all():
    runs = [measured(Way.REPAIR, dropped=1), measured(Way.REPAIR, dropped=4)]
    assert [run.untouched for run in runs] == [3, 0]
    assert share_untouched(runs) == pytest.approx(3 / 8)


def test_both_ways_are_compared_where_both_have_a_plan():
    runs = [measured(Way.REPAIR, dropped=1), measured(Way.FRESH, dropped=3)]
    kind, number, kept, kept_fresh, disruption, disruption_fresh, *_ = rows(change_table(runs))[2]
    assert (kind, number, kept, kept_fresh) == ("absence", "1", "75%", "25%")
    assert (disruption, disruption_fresh) == ("100", "300")
    assert len(rows(change_table([runs[0], measured(Way.FRESH, "no plan")]))) == 2


def test_every_end_is_counted_once():
    ends = ["optimal", "optimal", "plan", "proven: none", "no plan", "breaks rules"]
    runs = [measured(Way.REPAIR, end, seconds=float(place)) for place, end in enumerate(ends)]
    cells = rows(time_table(runs))[2]
    assert cells == ["absence", "`resolve`", "6", "2", "1", "1", "2", "2.5", "5.0", "1.2", "2.5"]


def test_csv_has_a_line_for_each_run(tmp_path: Path):
    write_csv([measured(Way.REPAIR, dropped=1), measured(Way.FRESH, "proven: none")], tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as stream:
        repair, fresh = csv.DictReader(stream)
    assert (repair["way"], repair["untouched"], repair["disruption"]) == ("resolve", "3", "100")
    assert (fresh["end"], fresh["untouched"], fresh["cost"]) == ("proven: none", "", "")


@pytest.mark.parametrize("kind", Kind)
def test_the_changed_instance_is_the_one_in_the_file(kind: Kind, tmp_path: Path):
    for one in scenarios(kind, Base("town", *example("town")), 2, seed=0):
        path = tmp_path / "changed.json"
        path.write_text(json.dumps(document(one.instance)), encoding="utf-8")
        assert load_instance(path).instance == one.instance


def test_a_repair_disturbs_no_more_than_planning_anew(tmp_path: Path):
    sparing = tmp_path / "town.yaml"
    text = TOWN.read_text(encoding="utf-8")
    sparing.write_text(text.replace("objectives: [", "objectives: [disruption, "), encoding="utf-8")
    bench = Bench(tmp_path, time_limit=60, workers=2)
    base = bench.publish(sparing)
    assert base is not None
    (absence,) = scenarios(Kind.ABSENCE, base, 1, seed=0)
    repair, fresh = (bench.measure(base, absence, way) for way in (Way.REPAIR, Way.FRESH))
    for run in (repair, fresh):
        assert (run.end, run.before) == ("optimal", len(base.plan.meetings))
        assert run.search_seconds > 0
        assert run.seconds > 0
    assert repair.change is not None
    assert fresh.change is not None
    assert 0 < repair.change.disruption <= fresh.change.disruption


def test_an_instance_without_a_plan_is_passed_over(tmp_path: Path):
    broken = tmp_path / "broken.yaml"
    broken.write_text("schema: meetsched/1\n", encoding="utf-8")
    assert Bench(tmp_path, time_limit=5, workers=1).publish(broken) is None


def test_an_unknown_kind_is_wrong_usage():
    ran = CliRunner().invoke(main, ["--kinds", "flood"])
    assert ran.exit_code == 2
    assert "nothing is called 'flood'" in ran.output
