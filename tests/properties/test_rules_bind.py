"""The tiny instances put every rule to the test: each decides some, and cities do get in each other's way."""

import json

import pytest

from meetsched.rules import Rule, Tier
from meetsched.verify import verify
from tests.oracle.plan import plan_of
from tests.oracle.search import search
from tests.oracle.tiny import tiny
from tests.properties.binding import PATH, PER_RULE, RULES, SEEDS, decides

SEEDS_BY_RULE: dict[str, list[int]] = json.loads(PATH.read_text(encoding="utf-8"))


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_decides_some_instances(rule: Rule):
    seeds = set(SEEDS_BY_RULE[rule.value])
    assert len(seeds) >= PER_RULE
    assert seeds <= set(range(SEEDS))
    assert [seed for seed in seeds if not decides(rule, seed)] == []


def test_most_instances_have_a_plan_and_in_some_a_city_gets_less_than_alone():
    truths = [search(tiny(seed)) for seed in range(SEEDS)]
    assert sum(truth.feasible for truth in truths) >= SEEDS / 2
    balances = [truth.best.get(Tier.BALANCE, 1000) for truth in truths if truth.best is not None]
    assert sum(balance < 1000 for balance in balances) >= 50


@pytest.mark.parametrize("rule", RULES)
def test_the_verifier_tells_of_the_rule_that_was_switched_off_and_of_no_other(rule: Rule):
    """A plan that is best without the rule breaks it, save where only the cities' ideals changed."""
    told = 0
    for seed in SEEDS_BY_RULE[rule.value]:
        instance = tiny(seed)
        truth = search(instance, rule)
        assert truth.feasible
        broken = {violation.rule for violation in verify(instance, plan_of(instance, truth)).violations}
        assert broken <= {rule}
        told += bool(broken)
    assert told > PER_RULE / 2
