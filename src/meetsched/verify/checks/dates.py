"""Rules on when a city meets: slots, months, distances."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from meetsched.domain.words import clock, count, month
from meetsched.verify.case import Case
from meetsched.verify.checks.finding import Finding, about
from meetsched.verify.clock import instant
from meetsched.verify.held import Held
from meetsched.verify.slots import slot_bonus
from meetsched.verify.wording import time_text


def slot(case: Case, held: Held) -> Iterator[str]:
    """Check that it starts at one of the instance's slots and ends by 24:00 of its date."""
    if slot_bonus(case.instance, case.holidays, held.local) is None:
        yield f"{held.name} starts on {held.when}, which is {_no_slot_because(case, held)}."
    if held.span.end > instant(held.day + timedelta(days=1), 0, case.zone):
        end = time_text(held.span.end.astimezone(case.zone))
        yield f"{held.name} starts on {held.when} and ends on {end}, past the end of that day."


def _no_slot_because(case: Case, held: Held) -> str:
    if held.day not in case.instance.horizon:
        return "outside the planned dates"
    if held.day in case.holidays:
        return "a holiday"
    if any(held.day in excluded for excluded in case.instance.exclude_dates):
        return "an excluded date"
    return f"no day and hour at which meetings may start ({clock(held.local)})"


def cadence(case: Case) -> Iterator[Finding]:
    """Check each city's number of meetings in each month."""
    for city, meetings in case.by_city():
        for each in case.instance.horizon.months():
            asked = case.instance.asked(city, each)
            of_month = [held for held in meetings if held.month == each]
            found = f"{city.name} has {count(len(of_month), 'meeting')} in {month(each)}"
            if len(of_month) < asked.least and case.instance.horizon.holds_whole(each):
                yield about(f"{found}, but needs at least {asked.least}.", *of_month)
            if asked.most is not None and len(of_month) > asked.most:
                yield about(f"{found}, but may have at most {asked.most}.", *of_month)


def cadence_open(case: Case) -> Iterator[Finding]:
    """Check each city's number of meetings on open topics in each whole month."""
    for city, meetings in case.by_city():
        for each in case.instance.horizon.months():
            of_month = [held for held in meetings if held.month == each]
            open_ones = sum(held.topic.open for held in of_month)
            asked = case.instance.asked(city, each)
            if open_ones < asked.least_open and case.instance.horizon.holds_whole(each):
                yield about(
                    f"{city.name} has {count(open_ones, 'open meeting')} in {month(each)}, but needs "
                    f"at least {asked.least_open}.",
                    *of_month,
                )


def spacing(case: Case) -> Iterator[Finding]:
    """Check that two meetings of a city start enough dates apart."""
    for city, meetings in case.by_city():
        for earlier, later in pairwise(meetings):
            days = (later.day - earlier.day).days
            if days < city.min_days_between:
                yield about(
                    f"{earlier.name} on {earlier.when} and {later.name} on {later.when} are "
                    f"{count(days, 'day')} apart, but need at least {city.min_days_between}.",
                    earlier,
                    later,
                )
