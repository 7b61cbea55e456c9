"""Rules on the people on duty."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations

from meetsched.domain.words import count, month
from meetsched.verify.case import Case
from meetsched.verify.checks.finding import Finding, about
from meetsched.verify.clock import absolute
from meetsched.verify.held import Held
from meetsched.verify.wording import hours_text, time_text
from meetsched.verify.worktime import in_working_time, overtime

_MINUTE = timedelta(minutes=1)


def role(case: Case, held: Held) -> Iterator[str]:
    """Check that everybody can do what they do."""
    for one in held.assignments:
        if one.role not in one.person.roles:
            yield f"{one.person.name} is {one.role.value} at {held.name}, which is none of their roles."


def city(case: Case, held: Held) -> Iterator[str]:
    """Check that everybody may be on duty in the city."""
    for one in held.people:
        if held.city.id not in case.instance.cities_of_person(one.person):
            yield f"{one.person.name} is on duty at {held.name}, but not for {held.city.name}."


def one_role(case: Case) -> Iterator[Finding]:
    """Check that nobody appears in a meeting more than once."""
    for held in case.meetings:
        times = Counter(one.person.id for one in held.assignments)
        for one in held.people:
            if times[one.person.id] > 1:
                yield about(f"{one.person.name} is listed {times[one.person.id]} times at {held.name}.", held)


def available(case: Case, held: Held) -> Iterator[str]:
    """Check that everybody is free and at work, or at overtime that has a rate."""
    until = time_text(held.span.end.astimezone(case.zone))
    for one in held.people:
        person = one.person
        if person.id in held.at_ease:
            continue
        duty = f"{held.name} starts on {held.when} and ends on {until}, but {person.name}"
        for interval in person.busy:
            busy = absolute(interval, case.zone)
            if held.span.meets(busy):
                first, last = (time_text(moment.astimezone(case.zone)) for moment in busy)
                yield f"{duty} is busy from {first} to {last}."
        if person.available is not None and not in_working_time(person, held.span, case.zone):
            extra = "" if person.overtime_per_hour is None else ", and overtime does not reach so far"
            yield f"{duty} works {hours_text(person.available, held.day)}{extra}."


def clash(case: Case) -> Iterator[Finding]:
    """Check that everybody has time enough between two duties."""
    gap = case.instance.person_gap_minutes
    for person in case.instance.people:
        for earlier, later in combinations(case.of_person(person), 2):
            if later.span.start < earlier.span.end + timedelta(minutes=gap):
                yield about(
                    f"{person.name} is on duty at {earlier.name} on {earlier.when} and at {later.name} on "
                    f"{later.when}, but needs {count(gap, 'minute')} between them.",
                    earlier,
                    later,
                )


def load(case: Case) -> Iterator[Finding]:
    """Check that nobody has too many duties, in all or in a month."""
    for person in case.instance.people:
        meetings = case.of_person(person)
        if person.max_meetings is not None and len(meetings) > person.max_meetings:
            yield about(
                f"{person.name} is on duty {count(len(meetings), 'time')}, but may be at most "
                f"{count(person.max_meetings, 'time')}.",
                *meetings,
            )
        for each, number in Counter(held.month for held in meetings).items():
            if person.max_per_month is not None and number > person.max_per_month:
                yield about(
                    f"{person.name} is on duty {count(number, 'time')} in {month(each)}, but may be at "
                    f"most {count(person.max_per_month, 'time')} a month.",
                    *(held for held in meetings if held.month == each),
                )


def overtime_limit(case: Case) -> Iterator[Finding]:
    """Check that nobody has too much overtime in the horizon."""
    for person in case.instance.people:
        if person.max_overtime_minutes is None:
            continue
        extra = {
            held: overtime(person, held.span, case.zone)
            for held in case.of_person(person)
            if person.id not in held.at_ease
        }
        total = sum(extra.values(), timedelta(0))
        if total > person.max_overtime_minutes * _MINUTE:
            yield about(
                f"{person.name} has {count(total // _MINUTE, 'minute')} of overtime, but may have at most "
                f"{person.max_overtime_minutes}.",
                *(held for held, time in extra.items() if time),
            )
