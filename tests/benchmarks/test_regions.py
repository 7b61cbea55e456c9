"""The tables of coupled cities."""

import subprocess
import sys

import pytest

from contest.answers import Answer, Event
from contest.instances import ROOT
from meetsched.domain.outcome import Verdict
from meetsched.rules import Tier
from regions import Size, gap, gap_table, growth_table, limit_of
from tests.benchmarks.runs import claim, made_run


def test_a_gap_is_a_share_of_what_was_found():
    assert gap(claim(200, bound=203)) == pytest.approx(1.5)
    assert gap(claim(0, bound=2)) == pytest.approx(200)


def test_the_table_tells_gaps_and_when_a_tier_was_proven():
    line = gap_table([made_run(), made_run(system="cp-sat", answer=Answer(Verdict.UNKNOWN), score=None)])
    own, other = line.splitlines()[2:]
    assert own == "| town | meetsched | plan | 1.5 | – | 0 (2.5 s) | 10.00% | – | – | 100 |"
    assert other.count("–") == 5


def test_sizes_take_the_time_of_the_next_larger_one():
    assert [limit_of(cities) for cities in (1, 5, 6, 12, 40, 99)] == [120, 120, 180, 180, 600, 600]


def sized(cities: int, *, proven: bool = True) -> Size:
    events = [Event(0.1 * cities**2, Tier.POINTS, 9, 9, proven=proven)]
    verdict = Verdict.OPTIMAL if proven else Verdict.FEASIBLE
    return Size(
        cities, made_run(events=events, answer=Answer(verdict), seconds=cities**1.5, memory=100 * cities)
    )


def test_exponents_are_fitted_to_what_was_planned_to_the_end():
    table = growth_table([sized(1), sized(4), sized(16), sized(40, proven=False)])
    assert table.splitlines()[-1] == (
        "Exponents in the number of cities: time until the points are proven: 2.00; whole time: 1.50; "
        "memory: 1.00."
    )


def test_one_size_says_nothing_of_growth():
    assert "Exponents" not in growth_table([sized(5)])


def test_two_cities_are_planned_and_printed():
    options = ["--systems", "meetsched", "--cities", "2", "--growth", "1", "--print", "--time-limit", "30"]
    command = [sys.executable, str(ROOT / "benchmarks" / "regions.py"), *options]
    ran = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert "| cities-2 | meetsched |" in ran.stdout
    assert "30 s for 2 cities" in ran.stdout
