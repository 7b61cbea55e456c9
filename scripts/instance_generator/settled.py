"""What is settled before planning begins: pins, and topics held before."""

from instance_generator.draw import Draw, Record
from instance_generator.frame import EVENING, Frame
from instance_generator.topics import is_undemanding


def settle(frame: Frame, document: Record) -> None:
    """Add pins and topics held before to an instance whose lists are complete."""
    pins = []
    for city in document["cities"]:
        draw = frame.draw("settled", city["id"])
        topics = [topic for topic in document["topics"] if _may_hold(city["id"], topic)]
        basic = sorted({before for topic in topics for before in topic.get("after", ())})
        if basic and draw.chance(0.3):
            city["held_before"] = [draw.choice(basic)]
        if draw.chance(0.25):
            optional = [topic for topic in topics[2:] if not topic.get("required")]
            if optional:
                pins.append({"city": city["id"], "topic": draw.choice(optional)["id"], "held": False})
                topics = [topic for topic in topics if topic["id"] != pins[-1]["topic"]]
        if draw.chance(0.4):
            pins += _wanted(frame, draw, document, city, topics)
    if pins:
        document["pins"] = pins


def _may_hold(city: str, topic: Record) -> bool:
    return bool(topic.get("cities", "all") == "all" or city in topic["cities"])


def _wanted(frame: Frame, draw: Draw, document: Record, city: Record, topics: list[Record]) -> list[Record]:
    """Return a pin that holds an undemanding topic, with one thing about it settled, if there is one."""
    easy = [topic for topic in topics if is_undemanding(topic)]
    if not easy:
        return []
    topic = draw.choice(easy)
    pin: Record = {"city": city["id"], "topic": topic["id"]}
    choice = draw.randint(0, 3)
    if choice == 0:
        pin["held"] = True
    elif choice == 1:
        pin |= {"date": str(draw.choice(frame.meeting_days())), "start": EVENING}
    elif choice == 2:
        pin["venue"] = draw.choice(_rooms(document, city, topic))
    else:
        person: Record = {"person": draw.choice(_guests(document, city["id"]))}
        pin["people"] = [person | ({"role": "representative"} if draw.chance(0.5) else {})]
    return [pin]


def _rooms(document: Record, city: Record, topic: Record) -> list[str]:
    """Return the city's rooms that the topic fits, those without a host first choice."""
    own = [venue for venue in document["venues"] if venue["city"] == city["id"]]
    fit = [venue for venue in own if set(topic["equipment"]) <= set(venue["equipment"])]
    free = [venue for venue in fit if venue["kind"] != "pub" and not venue["host_required"]]
    return [venue["id"] for venue in free or fit]


def _guests(document: Record, city: str) -> list[str]:
    home = {entry["id"] for entry in document["institutions"] if entry.get("city") == city}
    return [
        person["id"]
        for person in document["people"]
        if person["roles"] == ["representative"] and person["institution"] in home
    ]
