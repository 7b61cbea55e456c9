"""The search's own arithmetic: turnout, cost and appeal of meetings, straight from the specification."""

from datetime import date
from typing import NamedTuple

from meetsched.domain.entities import City, Company, InstitutionType, Person, Role, Topic, Venue
from meetsched.domain.instance import Instance
from meetsched.domain.outcome import PlannedMeeting
from meetsched.domain.plan import CostBreakdown, Meeting, meeting_id
from tests.oracle.clock import Span, local, meets, seconds, seconds_within, weekly, within


class Turnout(NamedTuple):
    """How many come, and the points that they bring."""

    heads: int
    points: int


def start_bonus(instance: Instance, day: date, minutes: int, holidays: frozenset[date]) -> int | None:
    """Return the bonus of a start, None where it is none of the instance's slots."""
    if day not in instance.horizon or day in holidays or any(day in gap for gap in instance.exclude_dates):
        return None
    weekday = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][day.weekday()]
    bonuses = [
        rule.bonus
        for rule in instance.slots
        if minutes in rule.starts and weekday in [name.value for name in rule.weekdays]
    ]
    return max(bonuses, default=None)


def public_holidays(instance: Instance) -> frozenset[date]:
    """Return the dates on which no meeting starts since they are holidays."""
    wanted = instance.holidays
    days: set[date] = set()
    if wanted.country:
        import holidays

        years = range(instance.horizon.start.year, instance.horizon.end.year + 1)
        days.update(holidays.country_holidays(wanted.country, subdiv=wanted.subdivision, years=years))
    return frozenset((days | set(wanted.add)) - set(wanted.remove))


def turnout(instance: Instance, city: City, topic: Topic, venue: Venue, *, day: date, span: Span) -> Turnout:
    """Return who comes to a meeting of the city on the topic at that time in that venue."""
    keen = [
        company.interests[topic.id]
        for company in instance.companies
        if topic.id in company.interests
        and city.id in ((company.city,) if company.cities is None else company.cities)
        and (topic.open or not company.candidate)
        and _comes(instance, company, day, span)
    ]
    crowd = sorted(keen, reverse=True) + [0] * (topic.walk_in if topic.open else 0)
    seats = venue.capacity - city.reserved_seats
    if topic.max_participants is not None:
        seats = min(seats, topic.max_participants)
    crowd = crowd[: max(0, seats)]
    return Turnout(len(crowd), sum(crowd) + topic.demand)


def _comes(instance: Instance, company: Company, day: date, span: Span) -> bool:
    table = company.available
    if table is None:
        table = instance.city_by_id[company.city].company_hours
    free = within(span, weekly(table, day, instance.zone))
    return free and not meets(span, company.busy, instance.zone)


def room_cost(topic: Topic, venue: Venue, heads: int) -> tuple[int, int, int]:
    """Return what the venue and the catering cost and what participants pay of it, in cents."""
    room = venue.fee + max(0, venue.minimum_spend - heads * venue.spend_per_head)
    catering = heads * venue.catering_per_head
    return room, catering, min(heads * topic.fee, room + catering)


def overtime_minutes(instance: Instance, person: Person, day: date, span: Span) -> int:
    """Return the minutes of a meeting that are paid overtime for the person."""
    if person.overtime_per_hour is None or (person.id, day) in instance.concessions.people:
        return 0
    hours = weekly(person.available, day, instance.zone)
    return (span[1] - span[0] - seconds_within(span, hours)) // 60


def overtime_cost(person: Person, minutes: int) -> int:
    """Return what overtime costs in cents, rounded half up."""
    return (2 * minutes * (person.overtime_per_hour or 0) + 60) // 120


def appeal(instance: Instance, venue: Venue, day: date, minutes: int, holidays: frozenset[date]) -> int:
    """Return the bonus of the start and of the venue's events."""
    events = sum(event.bonus for event in venue.events if event.date == day and event.from_ <= minutes)
    return (start_bonus(instance, day, minutes, holidays) or 0) + events


def figured(instance: Instance, planned: PlannedMeeting) -> Meeting:
    """Return a planned meeting with its figures."""
    topic, venue = instance.topic_by_id[planned.topic], instance.venue_by_id[planned.venue]
    start = seconds(planned.start, instance.zone)
    span = (start, start + topic.minutes * 60)
    day = planned.start.astimezone(instance.zone).date()
    heads, points = turnout(instance, instance.city_by_id[planned.city], topic, venue, day=day, span=span)
    people = [instance.person_by_id[name] for name in {duty.person for duty in planned.people}]
    minutes = [overtime_minutes(instance, person, day, span) for person in people]
    overtime = sum(overtime_cost(person, outside) for person, outside in zip(people, minutes, strict=True))
    return Meeting(
        id=meeting_id(planned.city, planned.topic),
        city=planned.city,
        topic=planned.topic,
        title=topic.title,
        venue=planned.venue,
        start=local(span[0], instance.zone),
        end=local(span[1], instance.zone),
        people=planned.people,
        heads=heads,
        points=points,
        types=_types(instance, planned),
        cost=_cost(planned.city, people, overtime, *room_cost(topic, venue, heads)),
    )


def _types(instance: Instance, planned: PlannedMeeting) -> tuple[InstitutionType, ...]:
    kinds = {
        instance.institution_by_id[instance.person_by_id[duty.person].institution].type
        for duty in planned.people
        if duty.role in (Role.EXPERT, Role.REPRESENTATIVE)
    }
    return tuple(kind for kind in InstitutionType if kind in kinds)


def _cost(city: str, people: list[Person], overtime: int, /, *room_catering_income: int) -> CostBreakdown:
    room, catering, income = room_catering_income
    fees = sum(person.fee for person in people)
    travel = sum(person.travel.get(city, 0) for person in people)
    # Amounts are whole cents already: they must not be parsed as amounts of money again.
    return CostBreakdown.model_construct(
        venue=room,
        catering=catering,
        fees=fees,
        travel=travel,
        overtime=overtime,
        income=income,
        total=room + catering + fees + travel + overtime - income,
    )


def share(points: int, ideal: int) -> int:
    """Return the thousandths of its ideal that a city gets, at most 1000."""
    return min(1000, 1000 * points // ideal) if ideal else 1000
