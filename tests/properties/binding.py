"""Finds tiny instances that a rule decides: ``python -m tests.properties.binding`` writes their seeds.

For each rule the first seeds are kept whose verdict or tiers change when that rule alone is switched off,
but for those where the search without the rule takes long.
"""

import json
from pathlib import Path
from time import process_time

from meetsched.rules import Rule
from tests.oracle.search import search
from tests.oracle.tiny import tiny

SEEDS = 1000
PER_RULE = 10
LONG = 1.0
"""Seconds of a search that would make the tests slow."""

RULES = [rule for rule in Rule if rule not in (Rule.FROZEN, Rule.CHANGES)]
"""All rules but the two that need a published plan."""

PATH = Path(__file__).with_name("binding_seeds.json")


def decides(rule: Rule, seed: int) -> bool:
    """Whether the instance of a seed has another verdict or other tiers without the rule."""
    return search(tiny(seed), rule).best != search(tiny(seed)).best


def find() -> dict[str, list[int]]:
    """Return seeds by rule."""
    found: dict[str, list[int]] = {rule.value: [] for rule in RULES}
    for seed in range(SEEDS):
        wanting = [rule for rule in RULES if len(found[rule.value]) < PER_RULE]
        if not wanting:
            break
        best = search(tiny(seed)).best
        for rule in wanting:
            begun = process_time()
            if search(tiny(seed), rule).best != best and process_time() - begun < LONG:
                found[rule.value].append(seed)
    return found


if __name__ == "__main__":
    lines = (f" {json.dumps(rule)}: {json.dumps(seeds)}" for rule, seeds in find().items())
    PATH.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
