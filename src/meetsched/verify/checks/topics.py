"""Rules on what a city talks about."""

from collections import Counter
from collections.abc import Iterator

from meetsched.domain.words import count
from meetsched.verify.case import Case
from meetsched.verify.checks.finding import Finding, about
from meetsched.verify.held import Held
from meetsched.verify.wording import day_text


def once(case: Case) -> Iterator[Finding]:
    """Check that no city holds a topic more than once."""
    times = Counter(held.id for held in case.meetings)
    for identifier, number in times.items():
        if number > 1:
            same = [held for held in case.meetings if held.id == identifier]
            yield about(f"{same[0].name} is held {number} times, but may be held only once.", same[0])


def window(case: Case, held: Held) -> Iterator[str]:
    """Check that the topic is one for the city, on a date within its window."""
    topic = held.topic
    if held.city.id not in case.instance.cities_of_topic(topic):
        yield f"{topic.title} is not a topic for {held.city.name}."
    if topic.earliest is not None and held.day < topic.earliest:
        yield f"{held.name} is on {held.when}, but not before {day_text(topic.earliest)} at the earliest."
    if topic.latest is not None and held.day > topic.latest:
        yield f"{held.name} is on {held.when}, but {day_text(topic.latest)} is the latest date for it."


def order(case: Case) -> Iterator[Finding]:
    """Check that a topic comes after those that it builds on."""
    for held in case.meetings:
        for needed in held.topic.after:
            if needed in held.city.held_before:
                continue
            first = next((one for one in case.of_city(held.city) if one.topic.id == needed), None)
            if first is None:
                title = case.instance.topic_by_id[needed].title
                yield about(f"{held.name} builds on {title}, which {held.city.name} does not hold.", held)
            elif first.span.start >= held.span.start:
                yield about(
                    f"{held.name} on {held.when} builds on {first.topic.title}, which comes no earlier "
                    f"({first.when}).",
                    held,
                    first,
                )


def required(case: Case) -> Iterator[Finding]:
    """Check that every city of a required topic holds it."""
    for topic in case.instance.topics:
        if not topic.required:
            continue
        for city in case.instance.cities:
            held_topics = {held.topic.id for held in case.of_city(city)}
            if city.id in case.instance.cities_of_topic(topic) and topic.id not in held_topics:
                yield about(f"{city.name} does not hold {topic.title}, which is required.")


def turnout(case: Case, held: Held) -> Iterator[str]:
    """Check that enough participants come."""
    heads = case.figures[held].heads
    if heads < held.topic.min_participants:
        yield (
            f"{held.name} on {held.when} at {held.venue.name} would have "
            f"{count(heads, 'participant')}, but needs at least {held.topic.min_participants}."
        )


def formats(case: Case) -> Iterator[Finding]:
    """Check that each city holds enough meetings of each of its formats."""
    for city, meetings in case.by_city():
        for kind, least in city.formats.items():
            # The format of a topic that the instance no longer has is not known.
            known = [held for held in meetings if held.topic.id in case.instance.topic_by_id]
            number = sum(held.topic.format is kind for held in known)
            if number < least:
                name = kind.value.replace("_", " ")
                yield about(
                    f"{city.name} has {count(number, 'meeting')} of the format {name}, but needs "
                    f"at least {least}."
                )
