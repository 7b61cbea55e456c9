"""The coordinator's view of a plan: what cities share and get, and what becomes of it without somebody."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from meetsched.domain.instance import Instance
from meetsched.domain.names import Names
from meetsched.domain.outcome import Verdict
from meetsched.domain.plan import Plan
from meetsched.domain.proof import tier_number
from meetsched.domain.resilience import Consequence, Resilience
from meetsched.domain.shares import Kind, shares
from meetsched.domain.wording.absences import LOSS_NAMES, absent_name, consequence_text, stand_ins_in_short
from meetsched.domain.wording.sharing import given_up_text
from meetsched.domain.words import count, day, one_line
from meetsched.export.agenda import agenda
from meetsched.export.overview import SharedVenue, shared_venues
from meetsched.export.sharing import GivenRow, SharedThing, given_rows, shared_things
from meetsched.rules import Tier
from meetsched.service.findings import Document
from meetsched.service.sharing import Weighed

__all__ = ["Region", "region", "resilience_found", "weighed_found"]


@dataclass(frozen=True, slots=True)
class Region:
    """What cities share in a plan, and what each gets.

    Attributes
    ----------
    shares : tuple of GivenRow
        A row for each city.
    venues, people : tuple of SharedThing
        What several cities may use and some do, with each use in the order of time.
    quotas : tuple of SharedVenue
        How often each city uses each shared venue, and may.
    """

    shares: tuple[GivenRow, ...]
    venues: tuple[SharedThing, ...]
    people: tuple[SharedThing, ...]
    quotas: tuple[SharedVenue, ...]


def region(instance: Instance, plan: Plan) -> Region:
    """Return the coordinator's view of a plan, without any search."""
    items = agenda(instance, plan)
    things = shared_things(instance, items)
    return Region(
        shares=tuple(given_rows(instance, shares(instance, plan))),
        venues=tuple(thing for thing in things if thing.kind is Kind.VENUE),
        people=tuple(thing for thing in things if thing.kind is Kind.PERSON),
        quotas=shared_venues(instance, items),
    )


def weighed_found(instance: Instance, found: Weighed) -> Document:
    """Return what each city gives up, and to whom, as a document that is kept."""
    names = Names(instance)
    cities = found.shares.cities
    return {
        "rows": [
            {**asdict(row), "to_whom": given_up_text(names, city, cities)}
            for row, city in zip(given_rows(instance, found.shares), cities, strict=True)
        ],
        "complete": found.shares.complete,
        "warnings": list(found.warnings),
        "plans": [],
    }


def resilience_found(instance: Instance, plan: Plan, found: Resilience) -> Document:
    """Return what becomes of a plan without each person and venue, as a document that is kept."""
    names = Names(instance)
    losses = [each.losses or {} for each in found.consequences]
    tiers = [tier for tier in LOSS_NAMES if any(each.get(tier) for each in losses)]
    return {
        "as_of": day(found.as_of),
        "heads": [LOSS_NAMES[tier] for tier in tiers],
        "rows": [_row(instance, names, plan, each, tiers) for each in found.consequences],
        "lost": sum(each.verdict is Verdict.INFEASIBLE for each in found.consequences),
        "complete": found.complete,
        "plans": [],
    }


def _row(instance: Instance, names: Names, plan: Plan, found: Consequence, tiers: list[Tier]) -> Document:
    losses, by_id = found.losses or {}, plan.meeting_by_id
    disruption = "" if found.difference is None else count(found.difference.disruption, "point")
    return {
        "name": absent_name(names, found.drop_out),
        "meetings": [one_line(by_id[each].title) for each in found.drop_out.meetings if each in by_id],
        "verdict": found.verdict.value,
        "result": consequence_text(found),
        "disruption": disruption,
        "losses": [_loss(instance, tier, losses[tier]) if tier in losses else "" for tier in tiers],
        "stand_ins": stand_ins_in_short(names, found),
    }


def _loss(instance: Instance, tier: Tier, loss: int) -> str:
    return ("-" if loss < 0 else "") + tier_number(tier, abs(loss), instance.currency)
