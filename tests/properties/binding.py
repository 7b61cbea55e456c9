"""Finds tiny instances that a rule decides: ``python -m tests.properties.binding`` writes their seeds.

For each rule the first seeds are kept whose verdict or tiers change when that rule alone is switched off,
but for those that have too many plans without the rule to look at them in a test.
"""

import json
from pathlib import Path

from meetsched.rules import Rule
from tests.oracle.search import TooManyPlansError, search
from tests.oracle.tiny import tiny

SEEDS = 1000
PER_RULE = 10
MOST_PLANS = 1000
"""Of a city, without the rule."""

RULES = [rule for rule in Rule if rule not in (Rule.FROZEN, Rule.CHANGES)]
"""All rules but the two that need a published plan."""

PATH = Path(__file__).with_name("binding_seeds.json")


def decides(rule: Rule, seed: int) -> bool:
    """Whether the instance of a seed has another verdict or other tiers without the rule."""
    try:
        return search(tiny(seed), rule, MOST_PLANS).best != search(tiny(seed)).best
    except TooManyPlansError:
        return False


def find() -> dict[str, list[int]]:
    """Return seeds by rule."""
    found: dict[str, list[int]] = {rule.value: [] for rule in RULES}
    for seed in range(SEEDS):
        for rule in RULES:
            if len(found[rule.value]) < PER_RULE and decides(rule, seed):
                found[rule.value].append(seed)
    return found


if __name__ == "__main__":
    lines = (f" {json.dumps(rule)}: {json.dumps(seeds)}" for rule, seeds in find().items())
    PATH.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
