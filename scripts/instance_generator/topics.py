"""Topics that firms ask for."""

from datetime import timedelta

from instance_generator.draw import Draw, Record
from instance_generator.frame import Frame
from instance_generator.vocabulary import CLUB_TITLES, EQUIPMENT, TITLES

_FORMATS = ("talk", "talk", "discussion", "group_work", "club")
_TAGS = tuple(TITLES)


def make_topics(frame: Frame, cities: list[str]) -> list[Record]:
    """Return the topics, the first ones in the formats that cities ask for and open to all."""
    width = max(2, len(str(frame.recipe.topics - 1)))
    topics: list[Record] = []
    for index in range(frame.recipe.topics):
        topics.append(_topic(frame, f"t{index:0{width}}", index, topics))
        _restrict(frame, topics, cities)
    return topics


def words_of(topics: list[Record], key: str) -> list[str]:
    """Return the tags or equipment words that topics use, in alphabetical order."""
    return sorted({word for topic in topics for word in topic.get(key, ())})


def _topic(frame: Frame, identifier: str, index: int, earlier: list[Record]) -> Record:
    draw = frame.draw("topic", index)
    form = ("discussion", "group_work")[index] if index < 2 else draw.choice(_FORMATS)
    tags = draw.some(_TAGS, 1, 1) if draw.chance(0.8) else draw.some(_TAGS, 2, 2)
    if form == "club" and draw.chance(0.3):
        tags = []
    topic: Record = {
        "id": identifier,
        "title": _title(draw, tags, earlier),
        "minutes": draw.choice((90, 120, 150, 180)),
        "format": form,
        "expertise": tags,
        "equipment": draw.some(EQUIPMENT, 1, 1) if draw.chance(0.7) else [],
        "open": index < 2 or draw.chance(0.6),
        "min_participants": draw.choice((1, 4, 4)),
        "max_participants": draw.choice((15, 20, 30, 40)),
    }
    _add_wishes(draw, topic)
    _add_window(frame, draw, topic)
    after = [other["id"] for other in earlier if "after" not in other]
    if after and draw.chance(0.15):
        topic["after"] = [draw.choice(after)]
    return topic


def _title(draw: Draw, tags: list[str], earlier: list[Record]) -> str:
    title = draw.choice(TITLES[tags[0]] if tags else CLUB_TITLES)
    same = sum(other["title"].startswith(title) for other in earlier)
    return f"{title}, part {same + 1}" if same else title


def _add_wishes(draw: Draw, topic: Record) -> None:
    if topic["open"]:
        topic["walk_in"] = draw.choice((0, 0, 2, 5))
    if draw.chance(0.25):
        topic["demand"] = draw.choice((1, 3))
    if draw.chance(0.2):
        topic["fee"] = draw.choice((10, 15.5, 25))


def _add_window(frame: Frame, draw: Draw, topic: Record) -> None:
    third = (frame.last - frame.first) / 3
    if draw.chance(0.15):
        topic["earliest"] = str(draw.day(frame.first, frame.first + third))
    elif draw.chance(0.25):
        topic["latest"] = str(draw.day(frame.last - third, frame.last - timedelta(days=1)))


def _restrict(frame: Frame, topics: list[Record], cities: list[str]) -> None:
    """Ask for the last topic everywhere, or leave it to some cities."""
    topic = topics[-1]
    draw = frame.draw("reach", topic["id"])
    if is_undemanding(topic) and draw.chance(0.15):
        topic["required"] = True
    elif len(topics) > 2 and "after" not in topic and draw.chance(0.1):
        topic["cities"] = draw.some(cities, 1, len(cities)) if draw.chance(0.7) else "all"


def is_undemanding(topic: Record) -> bool:
    """Tell whether a topic can be held almost any time, so that a plan that has to hold it exists."""
    is_bound = not {"after", "earliest", "latest"}.isdisjoint(topic)
    is_small = len(topic["expertise"]) < 2 and topic["min_participants"] <= 1
    return bool(topic["open"]) and is_small and not is_bound
