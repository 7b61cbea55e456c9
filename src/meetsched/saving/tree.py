"""An instance as the plain tree that it was read from."""

from __future__ import annotations

from typing import Any, TypeAlias

from meetsched.domain.instance import Instance

Tree: TypeAlias = dict[str, Any]


def tree_of(instance: Instance) -> Tree:
    """Return all that an instance says, and nothing that it leaves to a default.

    Amounts, dates and times are texts as files write them; counts are numbers.
    """
    return instance.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude_none=True)
