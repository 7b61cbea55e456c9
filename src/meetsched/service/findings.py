"""What a search has found, as a document that is kept: in words, with the plans among it as texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from meetsched.domain.explanation import Explanation, Fix, Gain
from meetsched.domain.instance import Instance
from meetsched.domain.proof import tier_heading, tier_number
from meetsched.domain.wording.changes import change_text
from meetsched.domain.wording.reasons import how_sure, reasons
from meetsched.domain.words import count
from meetsched.rules import Tier
from meetsched.service.documents import plan_text
from meetsched.service.easing import Change, Lever, write_changes

__all__ = ["Document", "changes_of", "explained"]

Document: TypeAlias = dict[str, Any]
"""JSON-ready; `plans` holds the texts of all plans that it speaks of, in the order of their numbers."""


def explained(instance: Instance, found: Explanation) -> Document:
    """Return why there is no plan and what would help, or what binds the plan that there is."""
    plans = [*(each.plan for each in found.fixes), *(each.plan for each in found.gains)]
    values = [*(each.objective for each in found.fixes), *(each.after for each in found.gains)]
    tiers = list(values[0]) if values else []
    return {
        "feasible": found.feasible,
        "conflicts": [
            {"reasons": list(reasons(instance, each)), "sure": how_sure(each)} for each in found.conflicts
        ],
        "all_conflicts": found.all_conflicts,
        "heads": [tier_heading(tier, instance.currency) for tier in tiers],
        "fixes": [_fix(instance, each, tiers) for each in found.fixes],
        "all_fixes": found.all_fixes,
        "order": _order(found),
        "gains": [_gain(instance, each, tiers) for each in found.gains],
        "all_gains": found.all_gains,
        "plans": [plan_text(plan) for plan in plans],
    }


def _order(found: Explanation) -> str:
    """Say of which ways out it is not proven that they are in their places; nothing where of none."""
    if found.ranked >= len(found.fixes):
        return ""
    price = count(found.fixes[found.ranked].price, "point")
    return f"Time ran out: of those with a price of {price} or more, others may make a better plan."


def _fix(instance: Instance, fix: Fix, tiers: list[Tier]) -> Document:
    written = write_changes(instance, fix.changes, fix.plan)
    return {
        "texts": [change_text(instance, change) for change in fix.changes],
        "price": count(fix.price, "point"),
        "cells": _cells(instance, fix.objective, tiers),
        "changes": [_change(change) for change in fix.changes],
        "remarks": list(written.remarks),
        "missing": list(written.missing),
    }


def _gain(instance: Instance, gain: Gain, tiers: list[Tier]) -> Document:
    written = write_changes(instance, [gain.change], gain.plan)
    return {
        "texts": [change_text(instance, gain.change)],
        "price": count(gain.price, "point"),
        "cells": [
            now if now == before else f"{before} → {now}"
            for before, now in zip(
                _cells(instance, gain.before, tiers), _cells(instance, gain.after, tiers), strict=True
            )
        ],
        "changes": [_change(gain.change)],
        "remarks": list(written.remarks),
        "missing": list(written.missing),
    }


def _cells(instance: Instance, values: Mapping[Tier, int], tiers: list[Tier]) -> list[str]:
    return [tier_number(tier, values[tier], instance.currency) if tier in values else "" for tier in tiers]


def _change(change: Change) -> Document:
    return {"key": str(change.lever.key), "subject": list(change.lever.subject), "steps": change.steps}


def changes_of(way: Document) -> tuple[Change, ...]:
    """Return the changes of a way out, or of a gain, as a document keeps it."""
    return tuple(
        Change(Lever(each["key"], tuple(each["subject"])), int(each["steps"])) for each in way["changes"]
    )
