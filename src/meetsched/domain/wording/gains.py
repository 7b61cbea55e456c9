"""By how much the values of tiers differ, in words."""

from collections.abc import Mapping

from meetsched.domain.proof import tier_amount
from meetsched.domain.words import listing
from meetsched.rules import Tier

_UNCOUNTED = (Tier.COST, Tier.BALANCE)


def gain_text(gain: Mapping[Tier, int], currency: str) -> str:
    """Say by how much values rise and fall: ``3 points fewer and 40.00 EUR more``; or nothing."""
    return listing([_one(tier, by, currency) for tier, by in gain.items() if by])


def _one(tier: Tier, by: int, currency: str) -> str:
    less = "less" if tier in _UNCOUNTED else "fewer"
    return f"{tier_amount(tier, abs(by), currency)} {'more' if by > 0 else less}"
