"""What a meeting costs, in whole cents."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from meetsched.domain.entities import Person
from meetsched.domain.plan import CostBreakdown
from meetsched.verify.clock import Span
from meetsched.verify.held import Held
from meetsched.verify.worktime import overtime

_SECOND = timedelta(seconds=1)
_SECONDS_PER_HOUR = 3600


def cost(held: Held, heads: int, zone: ZoneInfo) -> CostBreakdown:
    """Return what a meeting with so many heads costs, by the specification's section on cost."""
    venue, people = held.venue, [one.person for one in held.people]
    room = venue.fee + max(0, venue.minimum_spend - heads * venue.spend_per_head)
    catering = heads * venue.catering_per_head
    return CostBreakdown.of_cents(
        venue=room,
        catering=catering,
        fees=sum(person.fee for person in people),
        travel=sum(person.travel.get(held.city.id, 0) for person in people),
        overtime=sum(
            overtime_pay(person, held.span, zone) for person in people if person.id not in held.at_ease
        ),
        income=min(heads * held.topic.fee, room + catering),
    )


def overtime_pay(person: Person, span: Span, zone: ZoneInfo) -> int:
    """Return the cents of a person's overtime in one meeting, rounded half up."""
    seconds = overtime(person, span, zone) // _SECOND
    rate = person.overtime_per_hour or 0
    return (2 * rate * seconds + _SECONDS_PER_HOUR) // (2 * _SECONDS_PER_HOUR)
