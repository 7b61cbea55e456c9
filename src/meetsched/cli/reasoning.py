"""Obstacles in words: what forbids a meeting somewhere."""

from types import MappingProxyType
from typing import Any

from meetsched.cli.surveys import REASONS
from meetsched.domain.answer import Obstacle
from meetsched.domain.instance import Instance, Pin
from meetsched.domain.plan import Meeting
from meetsched.domain.words import one_line
from meetsched.rules import Rule

PHRASES = MappingProxyType(
    {
        **REASONS,
        Rule.SLOT: "no hour for meetings",
        Rule.CADENCE: "a month would have too many or too few",
        Rule.CADENCE_OPEN: "a month would have too few open ones",
        Rule.SPACING: "too near another meeting",
        Rule.TOPIC_ORDER: "topics out of order",
        Rule.VENUE_CLASH: "the venue is taken",
        Rule.FROZEN: "frozen, or too soon",
    }
)
"""Why a meeting cannot be somewhere at some time, in short."""
OTHERWISE = "nobody free who could do it"
"""Why it cannot by all other rules: those on people."""


def said(instance: Instance, about: Pin | Meeting, obstacle: Obstacle) -> str:
    """Say an obstacle to a meeting, which is called so instead of by its name."""
    topic, city = instance.topic_by_id[about.topic].title, instance.city_by_id[about.city].name
    text = one_line(obstacle.message).replace(one_line(f"{topic} ({city})"), "this meeting")
    return text[:1].upper() + text[1:]


def obstacle_document(obstacle: Obstacle) -> dict[str, Any]:
    """Return an obstacle as JSON-ready data."""
    return {"rule": obstacle.rule.value, "message": one_line(obstacle.message), "cases": obstacle.cases}
