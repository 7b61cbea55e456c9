"""Plans to choose from, as documents that are kept: charts, tables in words, and the plans as texts."""

from __future__ import annotations

from dataclasses import asdict

from meetsched.domain.alternatives import Alternatives
from meetsched.domain.curve import Curve
from meetsched.domain.frontier import Frontier
from meetsched.domain.instance import Instance
from meetsched.domain.proof import tier_amount, tier_heading
from meetsched.domain.wording.curves import bought_heading, ending, plan_in_short
from meetsched.domain.words import count, percent
from meetsched.export.alternatives import alternative_figures, alternative_meetings, alternative_result
from meetsched.export.curve import curve_figure, curve_rows
from meetsched.export.frontier import frontier_charts, frontier_view
from meetsched.rules import Tier
from meetsched.service.documents import plan_text
from meetsched.service.findings import Document

__all__ = ["alternatives_found", "changes_found", "curve_found", "plan_in_short"]


def curve_found(instance: Instance, found: Curve) -> Document:
    """Return what more money buys."""
    currency = instance.currency
    return {
        "figure": curve_figure(instance, found) if found.plans else "",
        "heads": [tier_heading(tier, currency) for tier in found.tiers],
        "bought": bought_heading(found, currency) if found.plans else "",
        "rows": [asdict(row) for row in curve_rows(instance, found)],
        "ending": list(ending(found, currency)) if found.plans else [],
        "plans": [plan_text(each.plan) for each in found.plans],
    }


def changes_found(instance: Instance, found: Frontier) -> Document:
    """Return what more changes of the published plan buy."""
    view = frontier_view(instance, found)
    plans = [point.plan for point in found.points if point.plan is not None]
    numbers = iter(range(1, len(plans) + 1))
    rows = [
        {
            "most": most,
            "result": result,
            "cells": list(cells),
            "meetings": meetings,
            "number": next(numbers) if point.plan is not None else None,
        }
        for (most, result, cells, meetings), point in zip(view.rows, found.points, strict=True)
    ]
    return {
        "figure": frontier_charts(view),
        "heads": list(view.heads),
        "rows": rows,
        "complete": found.complete,
        "plans": [plan_text(plan) for plan in plans],
    }


def alternatives_found(instance: Instance, found: Alternatives) -> Document:
    """Return plans that lose little and differ much, side by side."""
    currency = instance.currency
    return {
        "lead": _limits(found, currency),
        "results": [alternative_result(each) for each in found.plans],
        "figures": [[name, cells] for name, cells in alternative_figures(instance, found)],
        "meetings": [
            [name, [[asdict(line) for line in lines] for lines in cells]]
            for name, cells in alternative_meetings(instance, found)
        ],
        "exhausted": found.exhausted,
        "plans": [plan_text(each.plan) for each in found.plans],
    }


def _limits(found: Alternatives, currency: str) -> str:
    least = tier_amount(Tier.POINTS, found.limits[Tier.POINTS], currency)
    most = tier_amount(Tier.COST, found.limits[Tier.COST], currency)
    give = percent(round(found.give * 1000))
    others = count(len(found.plans) - 1, "other")
    return (
        f"Plan 1 is the best one{'' if found.plans[0].proven else ' found'}. Beside it {others}: each loses "
        f"at most {give} of its points and costs at most {give} more ({least} or more, {most} or less), and "
        "differs from all plans before it by as much as possible."
    )
