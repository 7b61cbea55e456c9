"""What cities give up because they share, in words."""

from collections.abc import Iterable

from meetsched.domain.names import Names
from meetsched.domain.shares import CityShare, Gain, Shared
from meetsched.domain.words import count, listing

NOT_SETTLED = "not settled"


def gain_number(gain: Gain | None) -> str:
    """Say so many points: ``7``, or ``5 to 9`` where it is not proven; nothing where it is not known."""
    if gain is None:
        return ""
    return str(gain.least) if gain.proven else f"{gain.least} to {gain.most}"


def given_up_text(names: Names, city: CityShare, cities: Iterable[CityShare]) -> str:
    """Say to whom a city gives up what: ``7 to Ostrowiec; 7 to Starachowice``.

    What is no single city's is said to be given to several together; nothing where nothing is given up.
    """
    if city.given_up is None:
        return NOT_SETTLED
    if not city.given_up.most:
        return ""
    given = [(other.city, city.given_to(other.city)) for other in cities if other.city != city.city]
    if any(gain is None for _, gain in given):
        return NOT_SETTLED
    named = [f"{gain_number(gain)} to {names.city(other)}" for other, gain in given if gain and gain.most]
    return "; ".join(named) or "to several together"


def open_to_text(names: Names, shared: Shared) -> str:
    """Say which cities may use what is shared: ``for Kielce, Nysa and Opole``, or how many where many."""
    if len(shared.cities) > 4:
        return f"for {count(len(shared.cities), 'city', 'cities')}"
    return f"for {listing([names.city(city) for city in shared.cities])}"
