"""Why a meeting cannot be somewhere, in words."""

from types import MappingProxyType

from meetsched.domain.answer import Obstacle
from meetsched.domain.instance import Instance, Pin
from meetsched.domain.plan import Meeting
from meetsched.domain.words import one_line
from meetsched.rules import Rule

REASONS = MappingProxyType(
    {
        Rule.SLOT: "would end after midnight",
        Rule.TOPIC_WINDOW: "outside the topic's dates",
        Rule.TOPIC_TURNOUT: "too few would come",
        Rule.VENUE_ACCESS: "venue not open to the city",
        Rule.VENUE_AWAY: "venue in another city",
        Rule.VENUE_HOURS: "venue closed",
        Rule.VENUE_EQUIPMENT: "venue lacks equipment",
        Rule.VENUE_USES: "venue may not be used",
        Rule.VENUE_QUOTA: "no quota at the venue",
        Rule.VENUE_ROTATION: "venue may not be used",
        Rule.EXPERTISE: "no expert free",
        Rule.CREW: "no broker or presenter free",
        Rule.HOST: "no host free",
        Rule.COVERAGE_MEETING: "no one free of a type needed",
        Rule.PIN: "against a pin",
    }
)
"""Why a start and a venue do not suit a meeting on its own, by the rule that says so."""

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
"""Why a meeting cannot be somewhere at some time in a plan, in short."""
OTHERWISE = "nobody free who could do it"
"""Why it cannot by all other rules: those on people."""


def said(instance: Instance, about: Pin | Meeting, obstacle: Obstacle) -> str:
    """Say an obstacle to a meeting, which is called so instead of by its name."""
    topic, city = instance.topic_by_id[about.topic].title, instance.city_by_id[about.city].name
    text = one_line(obstacle.message).replace(one_line(f"{topic} ({city})"), "this meeting")
    return text[:1].upper() + text[1:]
