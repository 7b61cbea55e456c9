"""Repairing agrees with the exhaustive search on hundreds of tiny instances with a published plan."""

import pytest

from meetsched.domain.baseline import Baseline
from meetsched.domain.outcome import Verdict
from meetsched.domain.plan import InstanceReference, Meeting, Plan, PlanStatus
from meetsched.rules import FIGURES, Tier
from meetsched.solve.options import SolveOptions
from meetsched.solve.run import plan_instance
from meetsched.verify import verify
from tests.oracle.editions import edition
from tests.oracle.figures import figured
from tests.oracle.published import Published
from tests.oracle.search import Truth, search

SEEDS = 500
CHUNK = 25
FEW_PAIRS = 2
SAMPLE = 150
"""How many of them are counted."""
SHA256 = "0" * 64


@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_repairing_finds_what_exhaustive_search_finds(first: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every other time the search begins with so little that it has to look farther."""
    if first % (2 * CHUNK):
        monkeypatch.setattr("meetsched.solve.nearby._PAIRS", FEW_PAIRS)
    wrong = {seed: faults for seed in range(first, first + CHUNK) if (faults := disagreements(seed))}
    assert not wrong


def test_the_editions_put_every_side_of_a_repair_to_the_test() -> None:
    editions = [edition(seed) for seed in range(SAMPLE)]
    truths = [search(each.instance, published=each) for each in editions]
    possible = [each for each, truth in zip(editions, truths, strict=True) if truth.feasible]
    assert len(possible) >= SAMPLE / 2
    assert sum(bool((truth.best or {}).get(Tier.DISRUPTION)) for truth in truths) >= SAMPLE / 7
    assert sum(any(map(each.is_over, each.plan.meetings)) for each in possible) >= SAMPLE / 7
    assert sum(each.repair.max_changes is not None for each in possible) >= SAMPLE / 7
    assert sum(bool(each.repair.thawed) for each in possible) >= SAMPLE / 30
    assert sum(_has_frozen(each) for each in possible) >= SAMPLE / 30
    assert sum("gone" in each.plan.model_dump_json() for each in possible) >= SAMPLE / 30


def _has_frozen(published: Published) -> bool:
    return any(published.must_be_held(city.id) for city in published.instance.cities)


def disagreements(seed: int) -> list[str]:
    """Return in words all that search, repairing and verifying do not agree on."""
    published = edition(seed)
    instance = published.instance
    truth = search(instance, published=published)
    baseline = Baseline(published.plan, published.repair, instance.zone)
    options = SolveOptions(workers=1, deterministic=True)
    outcome = plan_instance(instance, SHA256, options, baseline=baseline)
    verdict = Verdict.OPTIMAL if truth.feasible else Verdict.INFEASIBLE
    faults = [] if outcome.verdict is verdict else [f"repaired {outcome.verdict}, but is {verdict}"]
    if outcome.plan is not None and truth.best is not None:
        report = verify(instance, outcome.plan, baseline=published.plan)
        faults += [f"{violation.rule}: {violation.message}" for violation in report.violations]
        found = {tier.name: tier.best for tier in outcome.plan.tiers}
        if found != truth.best:
            faults.append(f"best {found}, but is {truth.best}")
    if truth.feasible:
        faults += _verified(published, truth)
    return faults


def _verified(published: Published, truth: Truth) -> list[str]:
    """Verify the search's plan, all but sequences, which it does not tell."""
    report = verify(published.instance, _plan_of(published, truth), baseline=published.plan)
    found = report.objective[Tier.DISRUPTION]
    faults = [f"{each.rule}: {each.message}" for each in report.violations if each.rule != FIGURES]
    best = (truth.best or {}).get(Tier.DISRUPTION)
    gives = any(each.give for each in published.instance.objectives if each.tier is Tier.DISRUPTION)
    if best is not None and found != best and not gives:
        faults.append(f"verified as {found} points of disruption, but is {best}")
    return faults


def _plan_of(published: Published, truth: Truth) -> Plan:
    over = [meeting for meeting in published.plan.meetings if published.is_over(meeting)]
    names = {meeting.id for meeting in over}
    held: list[Meeting] = [
        figured(published.instance, planned)
        for planned in truth.meetings
        if f"{planned.city}/{planned.topic}" not in names
    ]
    return Plan(
        instance=InstanceReference(id=published.instance.id, sha256=SHA256),
        status=PlanStatus.FEASIBLE,
        tiers=(),
        meetings=(*over, *held),
        repair=published.repair,
    )
