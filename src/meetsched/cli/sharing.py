"""What cities get and give up, and who uses what they share, on the terminal and as JSON."""

from collections.abc import Callable, Iterable
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from meetsched.cli.exits import json_bytes
from meetsched.cli.streams import show_table, tell
from meetsched.cli.tables import make_table
from meetsched.domain.instance import Instance
from meetsched.domain.names import Names
from meetsched.domain.shares import CityShare, Gain, Kind, Most, Shared, Shares
from meetsched.domain.wording.sharing import gain_number, given_up_text
from meetsched.domain.words import ROLE_NAMES, count, hours, listing, one_line, percent, short_day
from meetsched.service.sharing import Answer, questions

if TYPE_CHECKING:
    from rich.table import Table


def answer_teller(instance: Instance, started: float, *, quiet: bool) -> Callable[[Answer], None]:
    """Return what tells each answer on standard error when it is found."""
    names = Names(instance)
    total = sum(1 for _ in questions(instance))
    place = 0

    def tell_answer(found: Answer) -> None:
        nonlocal place
        place += 1
        asked, most = found.question, found.most
        if asked.alone:
            how = "alone"
        elif asked.without is None:
            how = "beside the others"
        else:
            how = f"without {names.city(asked.without)}"
        sure = "proven" if most.proven else f"bound {most.bound}"
        if not quiet:
            points = count(most.points, "point")
            where = f"{monotonic() - started:6.1f} s  {place} of {total}"
            tell(f"{where}  {names.city(asked.city)} {how}: {points}, {sure}")

    return tell_answer


def show_shares(instance: Instance, found: Shares, files: Iterable[Path]) -> None:
    """Print what the cities get and give up, and who uses what, on standard output."""
    show_table(
        _cities(instance, found),
        _end(found),
        _uses(instance, found.shared) if found.shared else "Nothing that is shared is used.",
        *(f"Wrote {path}" for path in files),
    )


def _cities(instance: Instance, found: Shares) -> "Table":
    table = make_table(
        "City", right=("Points", "Alone", "Share", "Gives up", "Leaves"), last="Gives up to whom"
    )
    names = Names(instance)
    for city in found.cities:
        table.add_row(
            names.city(city.city),
            str(city.points),
            "" if city.ideal is None else str(city.ideal),
            "" if city.share is None else percent(city.share),
            gain_number(city.given_up),
            gain_number(city.left),
            given_up_text(names, city, found.cities),
        )
    return table


def _end(found: Shares) -> str:
    told = (
        "A city gives up the points that it would have more if no other city used anything, and to one of "
        "them what it would gain if that one used nothing and the rest stayed as it is; these need not add "
        "up. It leaves what it could have beside the others as they are."
    )
    if found.complete:
        return f"{told} All of it is proven."
    return f"{told} The time ended before all was settled."


def _uses(instance: Instance, shared: Iterable[Shared]) -> "Table":
    table = make_table("Shared room or person", "When", "City", "Topic")
    names = Names(instance)
    for thing in shared:
        title = names.venue(thing.id) if thing.kind is Kind.VENUE else names.person(thing.id)
        for meeting in thing.meetings:
            start, end = names.local(meeting.start), names.local(meeting.end)
            when = f"{short_day(start.date())}, {hours(start, end)}"
            roles = [ROLE_NAMES[duty.role].lower() for duty in meeting.people if duty.person == thing.id]
            topic = one_line(meeting.title) + (f" ({listing(roles)})" if thing.kind is Kind.PERSON else "")
            table.add_row(title, when, names.city(meeting.city), topic)
            title = ""
        table.add_section()
    return table


def shares_bytes(instance: Instance, found: Shares) -> bytes:
    """Return what the cities get and give up, and who uses what, as JSON."""
    names = Names(instance)
    return json_bytes(
        {
            "cities": [_city(city) for city in found.cities],
            "shared": [_shared(names, shared) for shared in found.shared],
            "complete": found.complete,
        }
    )


def _city(city: CityShare) -> dict[str, Any]:
    return {
        "id": city.city,
        "points": city.points,
        "ideal": city.ideal,
        "share": city.share,
        "alone": _most(city.alone),
        "beside": _most(city.beside),
        "given_up": _gain(city.given_up),
        "left": _gain(city.left),
        "without": {
            other: {**(_most(most) or {}), "gain": _gain(city.given_to(other))}
            for other, most in city.without.items()
        },
    }


def _most(most: Most | None) -> dict[str, int] | None:
    return None if most is None else {"points": most.points, "bound": most.bound}


def _gain(gain: Gain | None) -> dict[str, int] | None:
    return None if gain is None else {"least": gain.least, "most": gain.most}


def _shared(names: Names, shared: Shared) -> dict[str, Any]:
    uses = [
        {
            "meeting": meeting.id,
            "city": meeting.city,
            "start": names.local(meeting.start).isoformat(),
            "end": names.local(meeting.end).isoformat(),
            "roles": [duty.role.value for duty in meeting.people if duty.person == shared.id],
        }
        for meeting in shared.meetings
    ]
    return {"kind": shared.kind.value, "id": shared.id, "cities": list(shared.cities), "uses": uses}
