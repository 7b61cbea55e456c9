"""What readers see: words, tables, steps of the plot."""

import csv
from pathlib import Path

import pytest

from contest.answers import Answer, Event
from contest.page import replace_between
from contest.plot import WORST, best_bounds, gap, gap_steps, mean_steps, proof_steps
from contest.table import result_table, summary_table, verdict, write_csv
from meetsched.domain.outcome import Verdict
from meetsched.rules import Tier
from tests.benchmarks.runs import claim, made_run, scored


class TestVerdict:
    @pytest.mark.parametrize(
        ("changes", "word"),
        [
            ({}, "plan"),
            ({"score": scored(50, broken=["crew"])}, "breaks rules"),
            ({"failure": "ran over time", "score": None}, "ran over time"),
            ({"answer": Answer(Verdict.INFEASIBLE), "score": None}, "proven: none"),
            ({"answer": Answer(Verdict.UNKNOWN), "score": None}, "no plan"),
            ({"answer": Answer(Verdict.UNKNOWN, unavailable="no JDK"), "score": None}, "not run"),
        ],
    )
    def test_says_how_a_run_ended(self, changes: dict, word: str):
        assert verdict(made_run(**changes)) == word


class TestTables:
    def test_a_row_tells_what_was_proven_when(self):
        row = result_table([made_run()]).splitlines()[2]
        assert row == ("| town | meetsched | plan | **50** 2.5 s | 10.00 (≥ 9.00) | 0 | 9 | 1.5 s | 9.5 s |")

    def test_nothing_is_proven_of_a_plan_that_breaks_a_rule(self):
        assert "**" not in result_table([made_run(score=scored(50, broken=["crew"]))])

    def test_the_summary_counts_plans_and_proofs(self):
        none = made_run(answer=Answer(Verdict.INFEASIBLE), score=None, events=(), seconds=0.5)
        row = summary_table([made_run(), none]).splitlines()[2]
        assert row == "| meetsched | 1 of 2 | 1 | 1 | 1.5 | 5.0 | 100 |"

    def test_the_summary_says_why_a_system_was_not_run(self):
        away = made_run(answer=Answer(Verdict.UNKNOWN, unavailable="no JDK"), score=None)
        assert "not run: no JDK" in summary_table([away])

    def test_the_csv_has_bounds_in_cents(self, tmp_path: Path):
        write_csv([made_run()], tmp_path / "results.csv")
        (row,) = csv.DictReader((tmp_path / "results.csv").open(encoding="utf-8"))
        assert (row["cost"], row["cost_bound"], row["cost_proven"]) == ("1000", "900", "False")
        assert (row["points"], row["points_proven"], row["points_proven_after"]) == ("50", "True", "2.5")


class TestMarkers:
    def test_a_text_takes_the_place_of_the_last_one(self, tmp_path: Path):
        page = tmp_path / "page.md"
        page.write_text("a\n<!-- x: begin -->\nold\n<!-- x: end -->\nb\n", encoding="utf-8")
        replace_between(page, "x", "new")
        assert page.read_text(encoding="utf-8") == "a\n<!-- x: begin -->\nnew\n<!-- x: end -->\nb\n"

    def test_a_page_without_markers_is_left_alone(self, tmp_path: Path):
        page = tmp_path / "page.md"
        page.write_text("a\n<!-- x: begin -->\n", encoding="utf-8")
        with pytest.raises(ValueError, match="lacks the markers"):
            replace_between(page, "x", "new")
        assert page.read_text(encoding="utf-8") == "a\n<!-- x: begin -->\n"


class TestSteps:
    def test_the_tightest_bound_of_all_systems_counts(self):
        loose = made_run(answer=Answer(Verdict.FEASIBLE, (), [claim(40, bound=60)]), score=scored(40))
        assert best_bounds([loose]) == {"town": (Tier.POINTS, 60)}
        assert best_bounds([loose, made_run()]) == {"town": (Tier.POINTS, 50)}

    @pytest.mark.parametrize(
        ("value", "bound", "per_cent"), [(50, 50, 0), (40, 50, 20), (0, 50, 100), (3, 1, 100)]
    )
    def test_a_gap_is_in_per_cent_of_the_bound(self, value: int, bound: int, per_cent: float):
        assert gap(value, bound) == pytest.approx(per_cent)

    def test_the_gap_ends_at_what_the_verifier_found(self):
        steps = gap_steps(made_run(score=scored(45)), Tier.POINTS, 50)
        assert steps == [(1.5, 20), (2.5, 0), (9.5, 10)]

    def test_what_a_city_gets_alone_is_no_step(self):
        alone = made_run(events=[Event(1.0, Tier.POINTS, 50, 50, city="a")], score=None)
        assert gap_steps(alone, Tier.POINTS, 50) == []

    def test_a_mean_takes_those_without_a_plan_yet_as_worst(self):
        assert mean_steps([[(1, 20.0)], [(2, 10.0)]], WORST) == [(1, 60.0), (2, 15.0)]

    def test_proofs_are_counted_one_by_one(self):
        assert proof_steps([made_run(), made_run(score=scored(50, broken=["crew"]))]) == [(2.5, 1.0)]
