"""Why a meeting is as it is, as JSON."""

from collections.abc import Mapping
from typing import Any

from meetsched.cli.reasoning import obstacle_document
from meetsched.domain.answer import Account, Alternative, Alternatives
from meetsched.rules import Tier


def account_document(account: Account) -> dict[str, Any]:
    """Return an account as JSON-ready data."""
    return {
        "meeting": account.meeting.model_dump(mode="json"),
        "is_over": account.is_over,
        "pins": [pin.model_dump(mode="json", exclude_none=True) for pin in account.pins],
        "starts": _alternatives(account.starts),
        "venues": _alternatives(account.venues),
        "people": [
            {
                "person": each.duty.person,
                "role": each.duty.role.value,
                "stand_ins": [
                    {
                        "person": one.person,
                        "obstacles": [obstacle_document(why) for why in one.obstacles],
                        "gain": _gain_document(one.gain),
                    }
                    for one in each.stand_ins
                ],
            }
            for each in account.people
        ],
        "without": {
            "obstacles": [obstacle_document(why) for why in account.without],
            "gain": _gain_document(account.loss),
        },
        "complete": account.complete,
    }


def _alternatives(alternatives: Alternatives) -> dict[str, Any]:
    return {
        "possible": [_alternative(each) for each in alternatives.possible],
        "forbidden": [_alternative(each) for each in alternatives.forbidden],
        "open": [_alternative(each) for each in alternatives.open],
    }


def _alternative(each: Alternative) -> dict[str, Any]:
    people = each.meeting.people if each.meeting else ()
    return {
        "start": each.start.isoformat(),
        "venue": each.venue,
        "obstacles": [obstacle_document(why) for why in each.obstacles],
        "people": [{"person": duty.person, "role": duty.role.value} for duty in people],
        "gain": _gain_document(each.gain),
    }


def _gain_document(gain: Mapping[Tier, int]) -> dict[str, int]:
    return {tier.value: value for tier, value in gain.items()}
