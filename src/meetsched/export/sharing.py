"""What cities share, when each uses it, and what they give up: as tables of text and as a page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from meetsched.domain import words
from meetsched.domain.cells import CsvDialect
from meetsched.domain.instance import Instance
from meetsched.domain.names import Names
from meetsched.domain.plan import Plan
from meetsched.domain.shares import CityShare, Gain, Kind, Shared, Shares, shared_uses
from meetsched.domain.wording.sharing import gain_number, open_to_text
from meetsched.domain.words import ROLE_NAMES, clock, listing
from meetsched.export.agenda import AgendaItem, agenda
from meetsched.export.tables import csv_table, text_cell

_USE_COLUMNS = ("kind", "id", "name", "date", "start", "end", "city", "role", "title", "meeting")


@dataclass(frozen=True, slots=True)
class Use:
    """A meeting that uses something shared; `role` is a person's there, empty for a venue."""

    item: AgendaItem
    role: str


@dataclass(frozen=True, slots=True)
class SharedThing:
    """A shared venue or person as people read of it.

    Attributes
    ----------
    kind : Kind
    id, name : str
    open_to : str
        Which cities may use it, in words.
    uses : tuple of Use
        In the order of time.
    """

    kind: Kind
    id: str
    name: str
    open_to: str
    uses: tuple[Use, ...]


def shared_things(instance: Instance, items: Sequence[AgendaItem]) -> tuple[SharedThing, ...]:
    """Return what several cities may use and some of the meetings do, venues first."""
    names = Names(instance)
    by_id = {item.meeting.id: item for item in items}
    return tuple(
        _thing(names, shared, [by_id[meeting.id] for meeting in shared.meetings])
        for shared in shared_uses(instance, (item.meeting for item in items))
    )


def _thing(names: Names, shared: Shared, items: Sequence[AgendaItem]) -> SharedThing:
    say = names.venue if shared.kind is Kind.VENUE else names.person
    uses = tuple(Use(item, _role(shared, item)) for item in items)
    return SharedThing(shared.kind, shared.id, say(shared.id), open_to_text(names, shared), uses)


def _role(shared: Shared, item: AgendaItem) -> str:
    if shared.kind is Kind.VENUE:
        return ""
    return listing([ROLE_NAMES[one.role] for one in item.people if one.person == shared.id])


def shared_uses_table(instance: Instance, plan: Plan, dialect: CsvDialect = CsvDialect.RFC4180) -> bytes:
    """Return shared-uses.csv: a row for each use of a shared venue or person, in the order of time."""
    rows = (
        {
            "kind": thing.kind.value,
            "id": text_cell(thing.id),
            "name": text_cell(thing.name),
            "date": use.item.start.date().isoformat(),
            "start": clock(use.item.start),
            "end": clock(use.item.end),
            "city": text_cell(use.item.city),
            "role": use.role,
            "title": text_cell(use.item.title),
            "meeting": text_cell(use.item.meeting.id),
        }
        for thing in shared_things(instance, agenda(instance, plan))
        for use in thing.uses
    )
    return csv_table(rows, _USE_COLUMNS, dialect)


def shares_table(instance: Instance, found: Shares, dialect: CsvDialect = CsvDialect.RFC4180) -> bytes:
    """Return shares.csv: a row for each city, with what it would gain without each of the others."""
    columns = (
        *("city", "name", "points", "ideal", "share", "alone", "beside_others", "given_up", "left"),
        *(_gain_column(city.city) for city in found.cities),
        "proven",
    )
    names = Names(instance)
    return csv_table((_share_row(names, city, dialect) for city in found.cities), columns, dialect)


def _gain_column(city: str) -> str:
    return f"gain_without_{city}"


def _share_row(names: Names, city: CityShare, dialect: CsvDialect) -> dict[str, str]:
    gains = {other: city.given_to(other) for other in city.without}
    known = (city.given_up, city.left, *gains.values())
    return {
        "city": text_cell(city.city),
        "name": text_cell(names.city(city.city)),
        "points": str(city.points),
        "ideal": "" if city.ideal is None else str(city.ideal),
        "share": "" if city.share is None else dialect.amount(f"{Decimal(city.share) / 1000:.3f}"),
        "alone": "" if city.alone is None else str(city.alone.points),
        "beside_others": "" if city.beside is None else str(city.beside.points),
        "given_up": _least(city.given_up),
        "left": _least(city.left),
        **{_gain_column(other): _least(gain) for other, gain in gains.items()},
        "proven": "yes" if all(gain is not None and gain.proven for gain in known) else "no",
    }


def _least(gain: Gain | None) -> str:
    return "" if gain is None else str(gain.least)


@dataclass(frozen=True, slots=True)
class GivenRow:
    """A city's row of the page: what it gets, what it gives up, and what it would gain without each other.

    `gains` has an entry for each city, empty for its own.
    """

    place: int
    name: str
    points: int
    ideal: str
    share: str
    given_up: str
    left: str
    gains: tuple[str, ...]


def given_rows(instance: Instance, found: Shares) -> Iterator[GivenRow]:
    """Yield a row for each city, in the order of the instance."""
    names = Names(instance)
    for place, city in enumerate(found.cities):
        yield GivenRow(
            place=place,
            name=names.city(city.city),
            points=city.points,
            ideal="" if city.ideal is None else str(city.ideal),
            share="" if city.share is None else words.percent(city.share),
            given_up=gain_number(city.given_up),
            left=gain_number(city.left),
            gains=tuple(gain_number(city.given_to(other.city)) for other in found.cities),
        )
