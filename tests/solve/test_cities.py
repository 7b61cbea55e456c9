"""Several cities: ideals, and a first plan of one after the other."""

from pathlib import Path

import pytest

from meetsched.candidates import find_candidates
from meetsched.domain.outcome import Verdict
from meetsched.loading import load_instance
from meetsched.model import build
from meetsched.rules import Tier
from meetsched.solve import SolveOptions, plan_instance, run
from meetsched.solve.cities import first_plan, seek_ideals
from meetsched.solve.control import Control
from meetsched.verify import verify

PAIR = load_instance(Path(__file__).parents[1] / "data" / "reference" / "pair-303.yaml")
CONTROL = Control.of(SolveOptions(time_limit=600), None, None)


def test_cities_settle_one_after_the_other() -> None:
    candidates = find_candidates(PAIR.instance)
    ideals = seek_ideals(candidates, CONTROL, threads=1, seed=0)
    assert (ideals.points, ideals.proven, ideals.hopeless) == ({"c00": 47, "c01": 50}, True, None)
    model = build(candidates, ideals.points)
    values = first_plan(model, ideals, CONTROL, threads=1, seed=0)
    assert values is not None
    planned = model.decode(values)
    assert sum(meeting.city == "c00" for meeting in planned) == len(ideals.plans["c00"])
    assert model.value(Tier.BALANCE, values) <= 936
    fixed = model.fixings(planned, ["c00", "c01"])
    assert all(values[column] == value for column, value in fixed.items())
    (balance,) = (column for column, _ in model.objectives[Tier.BALANCE])
    assert values[balance] == model.value(Tier.BALANCE, values)


def test_a_beginning_changes_no_optimum(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "_LARGE", 0)
    outcome = plan_instance(PAIR.instance, PAIR.sha256, SolveOptions(time_limit=600))
    assert outcome.verdict is Verdict.OPTIMAL
    assert outcome.plan is not None
    assert verify(PAIR.instance, outcome.plan).holds
    assert [tier.value for tier in outcome.plan.tiers] == [936, 94, 66800, 3, 33]


def test_without_time_there_are_no_ideals() -> None:
    control = Control.of(SolveOptions(time_limit=0), None, None)
    candidates = find_candidates(PAIR.instance)
    ideals = seek_ideals(candidates, control, threads=1, seed=0)
    assert (ideals.points, ideals.plans, ideals.proven) == ({"c00": 0, "c01": 0}, {}, False)
    model = build(candidates, ideals.points)
    assert first_plan(model, ideals, control, threads=1, seed=0) is None
