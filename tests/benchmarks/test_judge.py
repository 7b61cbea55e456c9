"""The judge believes nothing but the verifier."""

from dataclasses import replace

from contest.judge import common_ideal, contradictions, score
from meetsched.rules import Rule, Tier
from tests.benchmarks.runs import claim, scored
from tests.oracle.search import search
from tests.oracle.tiny import tiny

SEED = next(seed for seed in range(100) if search(tiny(seed)).feasible and len(tiny(seed).cities) == 1)


class TestScore:
    def test_recomputes_the_objectives_of_bare_decisions(self):
        truth = search(tiny(SEED))
        scored = score(tiny(SEED), truth.meetings)
        assert scored.violations == ()
        gives = {one.tier: one.give for one in tiny(SEED).active_objectives()}
        firm = {tier: best for tier, best in truth.best.items() if not gives[tier]}
        assert firm.items() <= scored.objective.items()

    def test_names_the_rules_that_decisions_break(self):
        first, *others = search(tiny(SEED)).meetings
        assert Rule.CREW in score(tiny(SEED), [replace(first, people=()), *others]).violations


def test_an_ideal_is_the_most_that_any_system_found():
    assert common_ideal([{"a": 5}, {"a": 7, "b": 1}, {}]) == {"a": 7, "b": 1}


class TestContradictions:
    def test_a_plan_beyond_a_bound_refutes_it(self):
        found = list(contradictions({"one": [claim(50, bound=60)]}, {"two": scored(61)}))
        assert found == ["one claims a bound of 60 on points, two has 61"]

    def test_a_plan_at_the_bound_does_not(self):
        assert not list(contradictions({"one": [claim(50, bound=60)]}, {"two": scored(60)}))

    def test_a_later_bound_counts_only_for_plans_that_hold_the_values_before_it(self):
        claims = [claim(50, proven=True), claim(1000, tier=Tier.COST, proven=True)]
        assert not list(contradictions({"one": claims}, {"two": scored(49, cost=10)}))
        assert list(contradictions({"one": claims}, {"two": scored(50, cost=10)}))
