"""When venues are open and companies free, as absolute time."""

from collections.abc import Iterable, Iterator

from meetsched.candidates.clock import Clock, Span, merge, subtract, weekly_spans
from meetsched.domain.calendar import Horizon
from meetsched.domain.entities import Company, Topic, Venue
from meetsched.domain.instance import Instance


def open_spans(instance: Instance, venue: Venue, clock: Clock) -> list[Span]:
    """Return when a venue is open within the horizon, on the dates granted all day."""
    closed = [clock.span(interval) for interval in venue.closed]
    granted = (day for name, day in instance.concessions.venues if name == venue.id)
    hours = subtract(weekly_spans(venue.hours, instance.horizon, clock), closed)
    return merge([*hours, *map(clock.whole_day, granted)])


def free_spans(instance: Instance, company: Company, horizon: Horizon, clock: Clock) -> list[Span]:
    """Return when a company is free on some dates; one that gives no hours keeps its city's."""
    table = company.available
    if table is None:
        table = instance.city_by_id[company.city].company_hours
    busy = [clock.span(interval) for interval in company.busy]
    return subtract(weekly_spans(table, horizon, clock), busy)


def interested(companies: Iterable[Company], topic: Topic) -> Iterator[tuple[Company, int]]:
    """Yield those of some companies that would come to a meeting on a topic, with their interest in it."""
    for company in companies:
        interest = company.interests.get(topic.id)
        if interest and (topic.open or not company.candidate):
            yield company, interest
