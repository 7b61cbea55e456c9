"""The rules that bind meetings together, one file a family.

A new rule goes into the family that it belongs to, or into a file of its own that is listed here;
a rule on one meeting alone is a filter of `meetsched.candidates`.
"""

from types import ModuleType

from meetsched.model.constraints import (
    budget,
    calendar,
    changes,
    coverage,
    frozen,
    people,
    pins,
    staff,
    topics,
    venues,
)

FAMILIES: tuple[ModuleType, ...] = (
    calendar,
    topics,
    venues,
    staff,
    coverage,
    people,
    budget,
    pins,
    frozen,
    changes,
)
"""Each has `RULES` and `add(model, variables)`; their order does not matter."""
