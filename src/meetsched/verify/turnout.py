"""Who comes to a meeting."""

from collections.abc import Iterable
from dataclasses import dataclass

from meetsched.domain.entities import Company
from meetsched.domain.instance import Instance
from meetsched.verify.clock import absolute, weekly_spans
from meetsched.verify.held import Held


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many come, and the points of their interests with the topic's demand."""

    heads: int
    points: int


def turnout(instance: Instance, held: Held, companies: Iterable[Company]) -> Turnout:
    """Seat the interested firms, the most interested first, then the walk-ins of an open topic.

    Parameters
    ----------
    instance : Instance
    held : Held
    companies : iterable of Company
        Those that attend the city's meetings.
    """
    topic = held.topic
    interests = sorted(
        (company.interests[topic.id] for company in companies if _comes(instance, held, company)),
        reverse=True,
    )
    walk_in = topic.walk_in if topic.open else 0
    heads = min(len(interests) + walk_in, _seats(held))
    return Turnout(heads, sum(interests[:heads]) + topic.demand)


def _seats(held: Held) -> int:
    room = held.venue.capacity - held.city.reserved_seats
    if held.topic.max_participants is not None:
        room = min(room, held.topic.max_participants)
    return max(room, 0)


def _comes(instance: Instance, held: Held, company: Company) -> bool:
    """Whether a company that attends the city cares for the topic and is free for the whole meeting."""
    if held.topic.id not in company.interests:
        return False
    if company.candidate and not held.topic.open:
        return False
    hours = company.available
    if hours is None:
        hours = instance.city_by_id[company.city].company_hours
    free = held.span.within(weekly_spans(hours, held.span, instance.zone))
    return free and not any(held.span.meets(absolute(busy, instance.zone)) for busy in company.busy)
