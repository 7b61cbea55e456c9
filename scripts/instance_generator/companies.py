"""Firms, and what they ask for."""

from collections.abc import Mapping, Sequence

from instance_generator.draw import WEEKDAYS, Draw, Record
from instance_generator.frame import Frame
from instance_generator.vocabulary import ABSENCES, SERVICES, TRADES

_HOURS = (("07:00-22:00",), ("15:00-22:00",), ("07:00-15:00",))
_INTERESTS = (1, 1, 1, 2, 3)
"""Drawn evenly: most firms ask for a topic without urgency."""


def make_companies(frame: Frame, near: Mapping[str, list[str]], topics: list[Record]) -> list[Record]:
    """Return the companies of all cities; every topic has at least one that asks for it.

    Parameters
    ----------
    frame : Frame
    near : mapping of str to list of str
        For each city those of its region, in which companies attend meetings.
    topics : list of dict
    """
    companies = [
        _company(frame, city, index, region, topics)
        for city, region in near.items()
        for index in range(frame.recipe.companies)
    ]
    _fill_up(frame, companies, topics)
    _match_services(frame, companies)
    return companies


def _company(frame: Frame, city: str, index: int, cities: list[str], topics: list[Record]) -> Record:
    draw = frame.draw("company", city, index)
    owner = draw.choice(frame.locale.family_names)
    width = max(2, len(str(frame.recipe.companies - 1)))
    company: Record = {
        "id": f"{city}-k{index:0{width}}",
        "name": f"{owner} {TRADES[index % len(TRADES)]}",
        "city": city,
        "interests": {},
        "busy": draw.intervals(draw.choice((0, 1, 1, 2)), 3, frame.first, frame.last, ABSENCES),
    }
    others = [other for other in cities if other != city]
    if others and draw.chance(0.12):
        company["cities"] = [city, draw.choice(others)]
    if draw.chance(0.4):
        company["available"] = draw.weekly(_HOURS, draw.some(WEEKDAYS, 2, 5))
    if draw.chance(0.12):
        company["candidate"] = True
        company["name"] = f"{draw.choice(frame.locale.given_names)} {owner}"
    wanted = [topic for topic in topics if _may_ask(company, topic)]
    for topic in draw.sample(wanted, min(len(wanted), draw.randint(1, 4))):
        company["interests"][topic["id"]] = draw.choice(_INTERESTS)
    return company


def _may_ask(company: Record, topic: Record) -> bool:
    cities = topic.get("cities", "all")
    attended = company.get("cities", [company["city"]])
    is_near = cities == "all" or any(city in cities for city in attended)
    return is_near and (topic["open"] or not company.get("candidate", False))


def _fill_up(frame: Frame, companies: list[Record], topics: list[Record]) -> None:
    """See to it that somewhere as many ask for a topic as it needs, or that it needs fewer."""
    for topic in topics:
        draw = frame.draw("asking", topic["id"])
        cities: dict[str, list[Record]] = {}
        for company in companies:
            if _may_ask(company, topic):
                cities.setdefault(company["city"], []).append(company)
        near = max(cities.values(), key=len, default=[])
        asking = [company for company in near if topic["id"] in company["interests"]]
        least = max(1, topic["min_participants"] - topic.get("walk_in", 0))
        idle = [company for company in near if company not in asking]
        persuaded = _sample(draw, idle, least - len(asking))
        for company in persuaded:
            company["interests"][topic["id"]] = draw.choice(_INTERESTS)
        heads = len(asking) + len(persuaded) + topic.get("walk_in", 0)
        topic["min_participants"] = min(topic["min_participants"], heads)
        if not near:
            topic["demand"] = draw.choice((1, 2, 3))


def _sample(draw: Draw, values: Sequence[Record], count: int) -> list[Record]:
    return draw.sample(values, min(len(values), max(0, count)))


def _match_services(frame: Frame, companies: list[Record]) -> None:
    """Let firms offer and need what others need and offer."""
    for service in SERVICES:
        draw = frame.draw("service", service)
        pair = _sample(draw, companies, 2)
        if len(pair) == 2 and draw.chance(0.7):
            pair[0].setdefault("offers", []).append(service)
            pair[1].setdefault("needs", []).append(service)
