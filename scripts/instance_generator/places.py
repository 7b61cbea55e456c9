"""Cities, their institutions and their rooms."""

from instance_generator.draw import WEEKDAYS, Draw, Record
from instance_generator.frame import Frame
from instance_generator.vocabulary import CLOSURES, EQUIPMENT, EVENTS, INSTITUTIONS, PUBS, ROOMS

OUTSIDE = "far"
"""The end of the id of a city's institution from outside."""

_TYPES = (
    "university",
    "business_support",
    "vocational_school",
    "private",
    "local_administration",
    "eu_funds",
)
_FURTHER_TYPES = (*_TYPES, "other")
_FIRM_HOURS = (("08:00-20:00",), ("15:00-22:00",), ("07:00-10:30", "16:00-22:00"))
_ROOM_HOURS = (("08:00-20:00",), ("08:00-16:00",))
_SMALL_ROOM = 11


def make_city(frame: Frame, city: str, name: str) -> Record:
    """Return a city with its rules."""
    draw, recipe = frame.draw("city", city), frame.recipe
    result: Record = {
        "id": city,
        "name": name,
        "meetings_per_month": {"min": 1, "max": recipe.most_meetings},
        "open_meetings_per_month": min(1, recipe.most_meetings - 1),
        "min_days_between": draw.choice((7, 10, 12)),
        "coverage": {
            "each_meeting": [draw.choice(("university", "business_support"))],
            "at_least": {"vocational_school": draw.choice((1, 2)), "private": 2},
        },
        "crew": {"broker": 1, "presenter": 1},
        "max_outside_experts": 1,
        "max_uses_per_venue": recipe.for_horizon(2),
        "min_host_institutions": min(draw.choice((2, 3)), sum(not _is_pub(i) for i in range(recipe.venues))),
        "pub_meetings": {"min": 0, "max": recipe.for_horizon(2)},
        "formats": {draw.choice(("discussion", "group_work")): 1},
        "reserved_seats": draw.choice((3, 5, 6)),
        "company_hours": draw.weekly(_FIRM_HOURS),
    }
    budget = draw.choice(recipe.budgets)
    if budget is not None:
        result["budget"] = recipe.for_horizon(budget)
    if recipe.cities > 1 and draw.chance(0.7):
        result["max_away_meetings"] = recipe.for_horizon(draw.choice((1, 2)))
    return result


def make_institutions(frame: Frame, city: str, town: str) -> list[Record]:
    """Return a city's institutions: one of each type that matters, more, and one from outside."""
    draw = frame.draw("institutions", city)
    types = [*_TYPES, *(draw.choice(_FURTHER_TYPES) for _ in range(3)), "local_administration"]
    result: list[Record] = []
    seen: dict[str, int] = {}
    for index, kind in enumerate(types):
        names = INSTITUTIONS[kind]
        turn = seen[kind] = seen.get(kind, -1) + 1
        name = names[turn % len(names)].format(town=town) + (f" {turn + 1}" if turn >= len(names) else "")
        result.append({"id": f"{city}-i{index}", "name": name, "type": kind, "city": city})
    outside = draw.choice(("university", "private"))
    result.append({"id": f"{city}-{OUTSIDE}", "name": f"Outside experts for {town}", "type": outside})
    return result


def make_venues(frame: Frame, city: str, cities: list[str], institutions: list[Record]) -> list[Record]:
    """Return a city's venues: mostly public ones, and some pubs."""
    homes = [entry["id"] for entry in institutions if "city" in entry]
    frame.draw("houses", city).shuffle(homes)
    venues = [_venue(frame, city, cities, homes, index) for index in range(frame.recipe.venues)]
    _equip_one_with_all(frame, city, venues)
    return venues


def _is_pub(index: int) -> bool:
    return index % 3 == 2


def _venue(frame: Frame, city: str, cities: list[str], homes: list[str], index: int) -> Record:
    draw, recipe = frame.draw("venue", city, index), frame.recipe
    is_pub = _is_pub(index)
    name = PUBS[index // 3 % len(PUBS)] if is_pub else f"{ROOMS[index % len(ROOMS)].capitalize()} {index + 1}"
    venue: Record = {
        "id": f"{city}-v{index}",
        "name": name,
        "kind": "pub" if is_pub else "public",
        "city": city,
        "capacity": draw.choice((12, 20, 25, 30, 45)),
        "equipment": draw.some(EQUIPMENT, 1, 3),
        "closed": draw.intervals(draw.randint(0, 2), 5, frame.first, frame.last, CLOSURES),
        "turnaround_minutes": draw.choice((0, 15, 30)),
        "max_uses": recipe.for_horizon(draw.choice((3, 4, 6))),
        **(_pub(frame, draw) if is_pub else _room(draw, homes[index % len(homes)])),
    }
    if recipe.good_room:
        is_good = city == cities[0] and index == 1
        venue |= {"capacity": 45, "max_uses": recipe.for_horizon(2)} if is_good else {"capacity": _SMALL_ROOM}
        venue["open_to"] = "all"
    elif len(cities) > 1 and draw.chance(0.25):
        others = draw.some([other for other in cities if other != city], 1, 3)
        venue["open_to"] = [city, *others]
    if "open_to" in venue and draw.chance(0.4):
        venue["quota"] = {draw.choice([other for other in cities if other != city]): recipe.for_horizon(1)}
    return venue


def _room(draw: Draw, home: str) -> Record:
    result: Record = {
        "institution": home,
        "fee": draw.choice((0, 0, 20, 35.5)),
        "catering_per_head": draw.choice((2.5, 3, 4.2)),
        "host_required": draw.chance(0.5),
    }
    if draw.chance(0.1):
        result["kind"] = "private"
    if draw.chance(0.9):
        result["hours"] = draw.weekly(_ROOM_HOURS)
    return result


def _pub(frame: Frame, draw: Draw) -> Record:
    result: Record = {
        "minimum_spend": draw.choice((0, 120, 200, 300)),
        "spend_per_head": draw.choice((6, 8, 9.5)),
        "hours": draw.weekly((("12:00-23:00",),), WEEKDAYS[draw.choice((0, 1)) :]),
    }
    if draw.chance(0.5):
        result["events"] = [_event(frame, draw) for _ in range(draw.randint(1, 3))]
    return result


def _event(frame: Frame, draw: Draw) -> Record:
    event: Record = {"date": str(draw.choice(frame.meeting_days())), "title": draw.choice(EVENTS)}
    if draw.chance(0.8):
        event["from"] = draw.choice(("12:00", "17:00"))
    event["bonus"] = draw.choice((3, 5))
    return event


def _equip_one_with_all(frame: Frame, city: str, venues: list[Record]) -> None:
    """See to it that no topic is out of reach for want of equipment or seats."""
    draw = frame.draw("best room", city)
    candidates = [venue for venue in venues if venue["kind"] != "pub" and venue["capacity"] > _SMALL_ROOM]
    venue = draw.choice(candidates or venues)
    venue["equipment"] = list(EQUIPMENT)
    if not frame.recipe.good_room:
        venue["capacity"] = max(venue["capacity"], 30)
