"""The options of a repair: dates, meetings and pins as they are typed."""

import shlex
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from meetsched.cli.options import together

if TYPE_CHECKING:
    from meetsched.domain.instance import Pin
    from meetsched.service.repairing import RepairRequest

_KEYS = ("date", "start", "venue", "person")


class Day(click.ParamType[date]):
    """A date."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read a date."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a date such as 2027-01-31.")


class MeetingId(click.ParamType[tuple[str, str]]):
    """A meeting's id, as city and topic."""

    name = "id"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Read a city and a topic."""
        if isinstance(value, tuple):
            return value
        city, slash, topic = str(value).partition("/")
        if not (city and slash and topic) or "/" in topic:
            self.fail(f"{value!r} is not a meeting such as kielce/export, its city and its topic.")
        return city, topic


class PinText(click.ParamType[Any]):
    """What a meeting has to be: ``ID,date=…,start=…,venue=…,person=ID:ROLE``, all but the id optional."""

    name = "pin"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> "Pin":
        """Read a pin."""
        from pydantic import ValidationError

        from meetsched.domain.instance import Pin

        if isinstance(value, Pin):
            return value
        meeting, *parts = (part.strip() for part in str(value).split(","))
        city, topic = MeetingId().convert(meeting, param, ctx)
        fields: dict[str, Any] = {"city": city, "topic": topic, "people": []}
        for part in parts:
            self._read(part, fields)
        try:
            return Pin.model_validate(fields)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            self.fail(f"{first['input']!r}: expected {first['msg'].removeprefix('Input should be ')}.")

    def _read(self, part: str, fields: dict[str, Any]) -> None:
        """Read one of the parts that follow the meeting."""
        key, equals, text = part.partition("=")
        if not equals or key not in _KEYS or key in fields:
            known = ", ".join(f"{name}=…" for name in _KEYS)
            self.fail(f"{part!r} is none of {known}, each but person at most once.")
        if key == "person":
            person, colon, role = text.partition(":")
            fields["people"].append({"person": person} | ({"role": role} if colon else {}))
        else:
            fields[key] = text


def pins_of(pinned: Iterable["Pin"], forbidden: Iterable[tuple[str, str]]) -> tuple["Pin", ...]:
    """Return the pins given by --pin and --forbid."""
    from meetsched.domain.instance import Pin

    return (*pinned, *(Pin(city=city, topic=topic, held=False) for city, topic in forbidden))


def explain_line(instance: Path, baseline: Path, request: "RepairRequest") -> str:
    """Return the command line that tells why a repair cannot be had."""
    words = ["meetsched", "explain", str(instance), "--baseline", str(baseline)]
    if request.as_of is not None:
        words += ["--as-of", request.as_of.isoformat(), "--freeze-days", str(request.freeze_days)]
    for name in request.thaw:
        words += ["--thaw", name]
    if request.max_changes is not None:
        words += ["--max-changes", str(request.max_changes)]
    for pin in request.pins:
        words += ["--pin", _typed(pin)] if pin.held else ["--forbid", f"{pin.city}/{pin.topic}"]
    return shlex.join(words)


def _typed(pin: "Pin") -> str:
    """Return a pin as it is typed."""
    from meetsched.domain.scalars import format_clock

    parts = [f"{pin.city}/{pin.topic}"]
    if pin.date is not None:
        parts.append(f"date={pin.date.isoformat()}")
    if pin.start is not None:
        parts.append(f"start={format_clock(pin.start)}")
    if pin.venue is not None:
        parts.append(f"venue={pin.venue}")
    for one in pin.people:
        parts.append(f"person={one.person}" + (f":{one.role.value}" if one.role else ""))
    return ",".join(parts)


repair_options = together(
    click.option(
        "--as-of",
        type=Day(),
        metavar="DATE",
        help="Today's date, as a rule: what starts before it is over and stays as it was.",
    ),
    click.option(
        "--freeze-days",
        type=click.IntRange(min=0, max=10**9),
        default=7,
        show_default=True,
        metavar="N",
        help="For so many days from --as-of nothing moves and nothing new starts.",
    ),
    click.option(
        "--thaw",
        multiple=True,
        metavar="ID",
        help="A meeting of these days that may move all the same; may be given several times.",
    ),
    click.option(
        "--max-changes",
        type=click.IntRange(min=0, max=10**9),
        metavar="K",
        help="How many meetings may differ from the published ones at most.",
    ),
    click.option(
        "--pin",
        "pinned",
        type=PinText(),
        multiple=True,
        metavar="ID[,date=…][,start=…][,venue=…][,person=…]",
        help="Hold a meeting, on this date, at this start, in this venue, with this person (ID or ID:ROLE); "
        "may be given several times.",
    ),
    click.option(
        "--forbid",
        type=MeetingId(),
        multiple=True,
        metavar="ID",
        help="Do not hold a meeting; may be given several times.",
    ),
)
"""How a plan goes on from a published one."""
