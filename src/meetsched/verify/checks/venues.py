"""Rules on where meetings are."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations

from meetsched.domain.entities import VenueKind
from meetsched.domain.words import count, listing
from meetsched.verify.case import Case
from meetsched.verify.checks.finding import Finding, about
from meetsched.verify.clock import absolute, weekly_spans
from meetsched.verify.held import Held
from meetsched.verify.wording import hours_text, time_text


def access(case: Case, held: Held) -> Iterator[str]:
    """Check that the venue is open to the city."""
    if held.city.id not in case.instance.cities_of_venue(held.venue):
        yield f"{held.name} is at {held.venue.name}, which is not open to {held.city.name}."


def away(case: Case) -> Iterator[Finding]:
    """Check how often each city meets in venues of other cities."""
    for city, meetings in case.by_city():
        elsewhere = [held for held in meetings if held.venue.city != city.id]
        if city.max_away_meetings is not None and len(elsewhere) > city.max_away_meetings:
            yield about(
                f"{city.name} has {count(len(elsewhere), 'meeting')} in venues of other cities, but may "
                f"have at most {city.max_away_meetings}.",
                *elsewhere,
            )


def hours(case: Case, held: Held) -> Iterator[str]:
    """Check that the venue is open for the whole meeting."""
    venue = held.venue
    if held.venue_open:
        return
    until = time_text(held.span.end.astimezone(case.zone))
    if venue.hours is not None and not held.span.within(weekly_spans(venue.hours, held.span, case.zone)):
        yield (
            f"{held.name} starts on {held.when} and ends on {until}, but {venue.name} is open "
            f"{hours_text(venue.hours, held.day)}."
        )
    for interval in venue.closed:
        closed = absolute(interval, case.zone)
        if held.span.meets(closed):
            first, last = (time_text(moment.astimezone(case.zone)) for moment in closed)
            yield (
                f"{held.name} starts on {held.when} and ends on {until}, but {venue.name} is closed "
                f"from {first} to {last}."
            )


def equipment(case: Case, held: Held) -> Iterator[str]:
    """Check that the venue has all that the topic needs."""
    missing = [item for item in held.topic.equipment if item not in held.venue.equipment]
    if missing:
        yield f"{held.name} needs {listing(missing)}, which {held.venue.name} does not have."


def clash(case: Case) -> Iterator[Finding]:
    """Check that there is time enough between two meetings at a venue."""
    for meetings in _by_venue(case).values():
        turnaround = meetings[0].venue.turnaround_minutes
        for earlier, later in combinations(meetings, 2):
            if later.span.start < earlier.span.end + timedelta(minutes=turnaround):
                at_once = later.span.start < earlier.span.end
                fault = (
                    "overlap" if at_once else f"leave less than {count(turnaround, 'minute')} between them"
                )
                yield about(
                    f"{earlier.name} on {earlier.when} and {later.name} on {later.when}, both at "
                    f"{earlier.venue.name}, {fault}.",
                    earlier,
                    later,
                )


def uses(case: Case) -> Iterator[Finding]:
    """Check how often each venue is used."""
    for meetings in _by_venue(case).values():
        venue = meetings[0].venue
        if venue.max_uses is not None and len(meetings) > venue.max_uses:
            yield about(
                f"{venue.name} is used {count(len(meetings), 'time')}, but may be used at most "
                f"{count(venue.max_uses, 'time')}.",
                *meetings,
            )


def quota(case: Case) -> Iterator[Finding]:
    """Check how often each venue is used by each city that has a quota there."""
    for meetings in _by_venue(case).values():
        venue = meetings[0].venue
        for city_id, most in venue.quota.items():
            own = [held for held in meetings if held.city.id == city_id]
            if len(own) > most:
                yield about(
                    f"{own[0].city.name} uses {venue.name} {count(len(own), 'time')}, but its quota "
                    f"there is {most}.",
                    *own,
                )


def rotation(case: Case) -> Iterator[Finding]:
    """Check that no city uses a venue too often."""
    for city, meetings in case.by_city():
        times = Counter(held.venue.id for held in meetings)
        for venue_id, number in times.items():
            if city.max_uses_per_venue is not None and number > city.max_uses_per_venue:
                same = [held for held in meetings if held.venue.id == venue_id]
                yield about(
                    f"{city.name} uses {same[0].venue.name} {count(number, 'time')}, but may use a venue "
                    f"at most {count(city.max_uses_per_venue, 'time')}.",
                    *same,
                )


def hosts(case: Case) -> Iterator[Finding]:
    """Check that a city's venues belong to enough different institutions."""
    for city, meetings in case.by_city():
        institutions = {held.venue.institution for held in meetings} - {None}
        if len(institutions) < city.min_host_institutions:
            yield about(
                f"The venues of {city.name} belong to {count(len(institutions), 'institution')}, but "
                f"should belong to at least {city.min_host_institutions}.",
                *meetings,
            )


def pubs(case: Case) -> Iterator[Finding]:
    """Check each city's number of meetings in pubs."""
    for city, meetings in case.by_city():
        in_pubs = [held for held in meetings if held.venue.kind is VenueKind.PUB]
        asked = city.pub_meetings
        found = f"{city.name} has {count(len(in_pubs), 'meeting')} in pubs"
        if len(in_pubs) < asked.min:
            yield about(f"{found}, but needs at least {asked.min}.", *in_pubs)
        if asked.max is not None and len(in_pubs) > asked.max:
            yield about(f"{found}, but may have at most {asked.max}.", *in_pubs)


def _by_venue(case: Case) -> dict[str, list[Held]]:
    grouped: dict[str, list[Held]] = defaultdict(list)
    for held in case.meetings:
        grouped[held.venue.id].append(held)
    return grouped
