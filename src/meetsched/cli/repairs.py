"""The options of a repair: dates, meetings and pins as they are typed."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from meetsched.cli.options import together

if TYPE_CHECKING:
    from meetsched.domain.instance import Pin

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
