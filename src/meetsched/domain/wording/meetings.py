"""The demands on when, where and what, as sentences."""

from collections.abc import Mapping

from meetsched.domain.entities import Format
from meetsched.domain.explanation import Demand
from meetsched.domain.wording.base import Sentence, Words, month_of, times
from meetsched.domain.wording.periods import intervals_text, table_text
from meetsched.domain.words import FORMAT_NAMES, count, day, listing, month, one_line
from meetsched.rules import Rule


def _cadence(words: Words, demand: Demand) -> str:
    city = words.instance.city_by_id[demand.subject[0]]
    when = month_of(demand.subject[1])
    asked = words.instance.asked(city, when)
    if demand.bound == "most":
        return f"{words.city(city.id)} may hold at most {count(asked.most or 0, 'meeting')} in {month(when)}."
    return f"{words.city(city.id)} must hold at least {count(asked.least, 'meeting')} in {month(when)}."


def _open_meetings(words: Words, demand: Demand) -> str:
    city = words.instance.city_by_id[demand.subject[0]]
    when = month_of(demand.subject[1])
    least = count(words.instance.asked(city, when).least_open, "meeting")
    return (
        f"{words.city(city.id)} must hold at least {least} in {month(when)} that people who do not yet "
        "run a firm may attend."
    )


def _spacing(words: Words, demand: Demand) -> str:
    days = words.instance.city_by_id[demand.subject[0]].min_days_between
    return f"Two meetings of {words.city(demand.subject[0])} start at least {count(days, 'day')} apart."


def _window(words: Words, demand: Demand) -> str:
    topic = words.instance.topic_by_id[demand.subject[0]]
    bounds = []
    if topic.earliest is not None:
        bounds.append(f"not before {day(topic.earliest)}")
    if topic.latest is not None:
        bounds.append(f"not after {day(topic.latest)}")
    return f"{words.topic(topic.id)} is {listing(bounds)}."


def _order(words: Words, demand: Demand) -> str:
    needed = words.instance.topic_by_id[demand.subject[0]].after
    return f"{words.topic(demand.subject[0])} comes after {listing([words.topic(name) for name in needed])}."


def _required(words: Words, demand: Demand) -> str:
    topic = words.instance.topic_by_id[demand.subject[0]]
    cities = [words.city(city) for city in words.instance.cities_of_topic(topic)]
    return f"{listing(cities)} must hold {words.topic(topic.id)}."


def _turnout(words: Words, demand: Demand) -> str:
    topic = words.instance.topic_by_id[demand.subject[0]]
    return f"{words.topic(topic.id)} needs at least {count(topic.min_participants, 'participant')}."


def _format(words: Words, demand: Demand) -> str:
    city = words.instance.city_by_id[demand.subject[0]]
    kind = Format(demand.subject[1])
    return (
        f"{words.city(city.id)} must hold at least {count(city.formats[kind], 'meeting')} of the format "
        f"{FORMAT_NAMES[kind].lower()}."
    )


def _access(words: Words, demand: Demand) -> str:
    return f"{words.venue(demand.subject[0])} is not open to {words.city(demand.subject[1])}."


def _equipment(words: Words, demand: Demand) -> str:
    topic, item = demand.subject
    lacking = [one_line(venue.name) for venue in words.instance.venues if item not in venue.equipment]
    return f"{words.topic(topic)} needs {one_line(item)}; not in {listing(lacking, 'or')}."


def _hours(words: Words, demand: Demand) -> str:
    venue = words.instance.venue_by_id[demand.subject[0]]
    parts = []
    if venue.hours is not None:
        parts.append(f"is open {table_text(venue.hours)}")
    closed = intervals_text(venue.closed, words.dates, words.instance.zone)
    if closed:
        parts.append(f"is closed {closed}")
    return f"{words.venue(venue.id)} {listing(parts) or 'is not always open'}."


def _uses(words: Words, demand: Demand) -> str:
    most = words.instance.venue_by_id[demand.subject[0]].max_uses or 0
    return f"{words.venue(demand.subject[0])} may be used {times(most)}."


def _quota(words: Words, demand: Demand) -> str:
    city, venue = demand.subject
    most = words.instance.venue_by_id[venue].quota[city]
    return f"{words.city(city)} may use {words.venue(venue)} {times(most)}."


def _rotation(words: Words, demand: Demand) -> str:
    most = words.instance.city_by_id[demand.subject[0]].max_uses_per_venue or 0
    return f"{words.city(demand.subject[0])} may use each venue {times(most)}."


def _away(words: Words, demand: Demand) -> str:
    most = words.instance.city_by_id[demand.subject[0]].max_away_meetings or 0
    return f"{words.city(demand.subject[0])} may meet in other cities {times(most)}."


def _hosts(words: Words, demand: Demand) -> str:
    least = words.instance.city_by_id[demand.subject[0]].min_host_institutions
    return f"{words.city(demand.subject[0])} must meet in houses of at least {count(least, 'institution')}."


def _pubs(words: Words, demand: Demand) -> str:
    asked = words.instance.city_by_id[demand.subject[0]].pub_meetings
    if demand.bound == "most":
        return f"{words.city(demand.subject[0])} may meet in pubs {times(asked.max or 0)}."
    return f"{words.city(demand.subject[0])} must hold at least {count(asked.min, 'meeting')} in pubs."


SENTENCES: Mapping[Rule, Sentence] = {
    Rule.CADENCE: _cadence,
    Rule.CADENCE_OPEN: _open_meetings,
    Rule.SPACING: _spacing,
    Rule.TOPIC_WINDOW: _window,
    Rule.TOPIC_ORDER: _order,
    Rule.TOPIC_REQUIRED: _required,
    Rule.TOPIC_TURNOUT: _turnout,
    Rule.TOPIC_FORMAT: _format,
    Rule.VENUE_ACCESS: _access,
    Rule.VENUE_AWAY: _away,
    Rule.VENUE_HOURS: _hours,
    Rule.VENUE_EQUIPMENT: _equipment,
    Rule.VENUE_USES: _uses,
    Rule.VENUE_QUOTA: _quota,
    Rule.VENUE_ROTATION: _rotation,
    Rule.VENUE_HOSTS: _hosts,
    Rule.VENUE_PUBS: _pubs,
}
