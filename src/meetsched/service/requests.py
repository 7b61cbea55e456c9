"""Whether what somebody asks for names what there is."""

from collections.abc import Collection, Iterable
from datetime import date

from meetsched.domain.instance import Instance, Pin
from meetsched.domain.words import day, period
from meetsched.errors import RequestError
from meetsched.loading.suggest import Suggester


def check_date(instance: Instance, asked: date | None) -> None:
    """Check that a date, if there is one, is among those planned.

    Raises
    ------
    RequestError
        It is not.
    """
    if asked is not None and asked not in instance.horizon:
        when = period(instance.horizon.start, instance.horizon.end)
        raise RequestError(f"{day(asked)} lies outside the dates that are planned, {when}")


def check_names(instance: Instance, pin: Pin, what_for: str = "") -> None:
    """Check that the instance has all that a pin names; `what_for` follows what it lacks.

    Raises
    ------
    RequestError
        It does not.
    """
    people = [(pinned.person, instance.person_by_id) for pinned in pin.people]
    named = [
        ("city", pin.city, instance.city_by_id),
        ("topic", pin.topic, instance.topic_by_id),
        *([("venue", pin.venue, instance.venue_by_id)] if pin.venue is not None else []),
        *(("person", person, known) for person, known in people),
    ]
    for kind, name, known in named:
        if name not in known:
            raise RequestError(
                f"the instance has no {kind} {name}{what_for}" + did_you_mean(name, known.keys())
            )


def check_pins(instance: Instance, pins: Iterable[Pin]) -> None:
    """Check that the instance has all that pins name.

    Raises
    ------
    RequestError
        It does not.
    """
    for pin in pins:
        check_names(instance, pin, " to be pinned")


def did_you_mean(name: str, known: Collection[str]) -> str:
    """Return a question that names what is nearest to a name, if anything is."""
    near = Suggester().nearest(name, known)
    return f"; did you mean {near}?" if near else ""
