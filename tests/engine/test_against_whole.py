"""Parts planned apart come to what the whole comes to: against the whole model, and exhaustive search."""

from collections.abc import Sequence
from itertools import islice

import pytest

from meetsched.domain.instance import Instance
from meetsched.domain.outcome import Outcome, Verdict
from meetsched.engine.parts import Parts
from meetsched.engine.planning import plan_parts
from meetsched.engine.rounds import dealable, separable
from meetsched.solve import SolveOptions
from meetsched.solve.run import plan_instance
from meetsched.verify import verify
from tests.engine.countries import country, country_document
from tests.engine.inline import Inline, Memory
from tests.oracle.search import TooManyPlansError, search
from tests.oracle.tiny import document

OPTIONS = SolveOptions(time_limit=600, workers=1, deterministic=True)
SHA256 = "0" * 64


def apart(instance: Instance) -> Outcome:
    return plan_parts(instance, SHA256, OPTIONS, Inline(), Memory()).outcome


def figures(outcome: Outcome) -> object:
    """Return all that has to be the same however it was planned."""
    if outcome.plan is None:
        return outcome.verdict
    tiers = [
        (tier.name, tier.best, tier.bound, tier.proven, tier.give, tier.levels) for tier in outcome.plan.tiers
    ]
    return outcome.verdict, outcome.plan.ideal, tiers


UNEVEN = (2, 22, 60, 79, 84, 111, 149, 156, 164, 221, 280, 303, 310, 311, 317, 344)
"""Seeds whose cities cannot all have their full share. In 311 one region could give its cities more than
the others can, and must not be held to it."""


@pytest.mark.parametrize("fairness", ["maximin", "leximin"])
@pytest.mark.parametrize("seeds", [range(8), UNEVEN[:8], UNEVEN[8:]], ids=["any", "uneven", "more uneven"])
def test_tiers_and_proofs_are_those_of_the_whole(seeds: Sequence[int], fairness: str):
    wrong = {}
    for seed in seeds:
        instance = country(seed, regions=2 + seed % 2, fairness=fairness)
        if not separable(instance):
            continue
        assert len(Parts(instance).all) >= 2 + seed % 2
        found, whole = apart(instance), plan_instance(instance, SHA256, OPTIONS)
        if figures(found) != figures(whole):
            wrong[seed] = (figures(found), figures(whole))
        elif found.plan is not None:
            assert verify(instance, found.plan, sha256=SHA256).holds
    assert not wrong


@pytest.mark.parametrize("first", range(0, 30, 10))
def test_two_cities_apart_come_to_what_exhaustive_search_finds(first: int):
    wrong = {}
    for seed in islice(ONE_CITY_EACH, first, first + 10):
        instance = country(seed, regions=2)
        try:
            truth = search(instance, most=MOST_PLANS)
        except TooManyPlansError:
            continue
        found = apart(instance)
        assert len(Parts(instance).all) == 2
        if found.verdict is not (Verdict.OPTIMAL if truth.feasible else Verdict.INFEASIBLE):
            wrong[seed] = (found.verdict, truth.feasible)
        elif found.plan is not None:
            best = {tier.name: tier.best for tier in found.plan.tiers}
            ideal = found.plan.ideal or truth.ideal
            if (best, ideal) != (truth.best, truth.ideal):
                wrong[seed] = (best, truth.best, ideal, truth.ideal)
    assert not wrong


ONE_CITY_EACH = [seed for seed in range(100) if len(document(seed)["cities"]) == 1]
MOST_PLANS = 3000


GIVING = (
    ["balance", {"tier": "points", "give": 0.3}, "cost", "effort"],
    [{"tier": "points", "give": 0.2}, "balance", {"tier": "cost", "give": 0.5}, "effort"],
    [{"tier": "cost", "give": 0.4}, "points"],
)


@pytest.mark.parametrize("order", GIVING, ids=["points", "twice", "cost"])
def test_what_is_dealt_out_claims_no_more_than_is_true_of_the_whole(order: list[object]):
    for seed in UNEVEN[:8]:
        written = country_document(seed, regions=2 + seed % 2) | {"objectives": order}
        instance = Instance.model_validate(written)
        found, whole = apart(instance).plan, plan_instance(instance, SHA256, OPTIONS).plan
        assert not separable(instance)
        assert dealable(instance)
        if found is None or whole is None:
            assert found is whole
            continue
        assert verify(instance, found, sha256=SHA256).holds
        for tier, right in zip(found.tiers, whole.tiers, strict=True):
            sign = 1 if tier.name.maximise else -1
            if not right.proven:
                continue
            assert sign * tier.bound >= sign * right.best
            assert not tier.proven or tier.best == right.best


def test_what_a_leximin_gives_up_is_not_dealt_out():
    written = country_document(2, regions=2, fairness="leximin")
    instance = Instance.model_validate(written | {"objectives": [{"tier": "balance", "give": 0.1}, "points"]})
    assert not separable(instance)
    assert not dealable(instance)
