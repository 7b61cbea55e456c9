"""Planning and verifying agree with the exhaustive search on a thousand tiny instances."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetsched.domain.outcome import Verdict
from meetsched.domain.plan import Plan
from meetsched.rules import Tier
from meetsched.solve.options import SolveOptions
from meetsched.solve.run import plan_instance
from meetsched.verify import verify
from tests.oracle.figures import figured
from tests.oracle.plan import decisions, plan_of, values
from tests.oracle.search import Truth, search
from tests.oracle.tiny import tiny

SEEDS = 1000
CHUNK = 25
SHA256 = "0" * 64


@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_planning_finds_what_exhaustive_search_finds(first: int):
    wrong = {seed: faults for seed in range(first, first + CHUNK) if (faults := disagreements(seed))}
    assert not wrong


@settings(deadline=None, derandomize=True, max_examples=50)
@given(st.integers(min_value=SEEDS, max_value=10**9))
def test_planning_agrees_on_seeds_that_nobody_chose(seed: int):
    assert not disagreements(seed)


def disagreements(seed: int) -> list[str]:
    """Return in words all that search, planning and verifying do not agree on."""
    instance = tiny(seed)
    truth = search(instance)
    outcome = plan_instance(instance, SHA256, SolveOptions(workers=1, deterministic=True))
    verdict = Verdict.OPTIMAL if truth.feasible else Verdict.INFEASIBLE
    faults = []
    if outcome.verdict is not verdict:
        faults.append(f"planned {outcome.verdict}, but is {verdict}")
    if outcome.hopeless_city in truth.ideal:
        faults.append(f"{outcome.hopeless_city} has a plan alone")
    if outcome.plan is not None and truth.feasible:
        faults += _against_truth(seed, outcome.plan, truth)
    if truth.feasible:
        faults += _verified(seed, plan_of(instance, truth), truth)
    return faults


def _against_truth(seed: int, plan: Plan, truth: Truth) -> list[str]:
    """Compare a plan with what the search proved, and its figures with the search's arithmetic."""
    instance = tiny(seed)
    faults = _verified(seed, plan, truth)
    found = {tier.name: tier.best for tier in plan.tiers}
    if found != truth.best:
        faults.append(f"best {found}, but is {truth.best}")
    faults += [f"{tier.name} is not proven" for tier in plan.tiers if not tier.proven]
    if plan.ideal is not None and plan.ideal != truth.ideal:
        faults.append(f"ideal {plan.ideal}, but is {truth.ideal}")
    meetings = [figured(instance, decision) for decision in decisions(plan)]
    for stated, right in zip(plan.meetings, meetings, strict=True):
        if (stated.heads, stated.points, stated.types, stated.cost, stated.end) != (
            right.heads,
            right.points,
            right.types,
            right.cost,
            right.end,
        ):
            faults.append(f"{stated.id} states {stated}, but is {right}")
    return faults


def _verified(seed: int, plan: Plan, truth: Truth) -> list[str]:
    """Verify a plan, and compare what the verifier recomputes with the search's arithmetic."""
    instance = tiny(seed)
    report = verify(instance, plan)
    faults = [f"{violation.rule}: {violation.message}" for violation in report.violations]
    meetings = [figured(instance, decision) for decision in decisions(plan)]
    right = values(instance, meetings, dict(truth.ideal))
    if plan.ideal is None:
        del right[Tier.BALANCE]
    if report.objective != right:
        faults.append(f"verified as {report.objective}, but is {right}")
    return faults
