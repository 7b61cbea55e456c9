"""Pins of a draft: listed in words, added, taken away, and the plain ones that hold or forbid a meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from meetsched.domain.instance import Instance, Pin
from meetsched.domain.names import Names
from meetsched.domain.wording.people import pin_text
from meetsched.domain.words import one_line
from meetsched.service.editing import Edit, tree_of

PinTree = Mapping[str, Any]
"""A pin as instances write it."""


class Wish(StrEnum):
    """What is wanted of a city's meeting on a topic."""

    FREE = "free"
    """The planner decides."""
    HELD = "held"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class ShownPin:
    """A pin in words.

    Attributes
    ----------
    index : int
        Its place in the instance's list.
    meeting, text : str
        ``Export fairs (Kielce)`` and ``on Tue 19 January 2027 in the Library``.
    """

    index: int
    pin: Pin
    meeting: str
    text: str


def shown_pins(instance: Instance) -> tuple[ShownPin, ...]:
    """Return an instance's pins in words."""
    names = Names(instance)
    return tuple(
        ShownPin(index, pin, meeting_name(instance, pin.city, pin.topic), pin_text(pin, names).strip())
        for index, pin in enumerate(instance.pins)
    )


def meeting_name(instance: Instance, city: str, topic: str) -> str:
    """Say a meeting by its topic and city."""
    title = one_line(instance.topic_by_id[topic].title) if topic in instance.topic_by_id else topic
    return f"{title} ({Names(instance).city(city)})"


def wish(instance: Instance, city: str, topic: str) -> Wish:
    """Return what the plain pins want of a meeting; those that say when or where do not count."""
    plain = {pin.held for pin in instance.pins if pin == Pin(city=city, topic=topic, held=pin.held)}
    return Wish.FORBIDDEN if False in plain else Wish.HELD if plain else Wish.FREE


def with_wishes(text: str, topic: str, wishes: Mapping[str, Wish]) -> Edit:
    """Return the edit that wants this of the meetings of some cities on a topic; other pins stay.

    Parameters
    ----------
    text : str
        The draft's.
    wishes : mapping of str to Wish
        By city; what is wanted already is left where it stands.
    """
    pins = _pins(text)
    for city, wanted in wishes.items():
        plain = [pin for pin in pins if _is_plain(pin, city, topic)]
        if wanted is not Wish.FREE and plain and all(_wish(pin) is wanted for pin in plain):
            continue
        pins = [pin for pin in pins if pin not in plain]
        if wanted is not Wish.FREE:
            forbidding = {} if wanted is Wish.HELD else {"held": False}
            pins.append({"city": city, "topic": topic, **forbidding})
    return _edit(pins)


def with_pin(text: str, pin: PinTree) -> tuple[Edit, str]:
    """Return the edit that adds a pin, and where its keys then stand, as faults name it: ``pins[2].``."""
    pins = _pins(text)
    return _edit([*pins, pin]), f"pins[{len(pins)}]."


def without_pin(text: str, place: str) -> Edit:
    """Return the edit that takes away a pin by its place, as forms write it; an unknown one takes none."""
    return _edit([pin for index, pin in enumerate(_pins(text)) if str(index) != place])


def _pins(text: str) -> list[PinTree]:
    found: list[PinTree] = tree_of(text).get("pins", [])
    return found


def _edit(pins: Sequence[PinTree]) -> Edit:
    return Edit({"pins": list(pins) or None})


def _is_plain(pin: PinTree, city: str, topic: str) -> bool:
    said = {key for key, value in pin.items() if value not in ([], None)}
    return said <= {"city", "topic", "held"} and (pin["city"], pin["topic"]) == (city, topic)


def _wish(pin: PinTree) -> Wish:
    return Wish.HELD if pin.get("held", True) else Wish.FORBIDDEN
