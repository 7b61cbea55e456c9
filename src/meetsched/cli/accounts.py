"""Why a meeting is as it is, for people and as JSON."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from meetsched.cli.explanations import bullet
from meetsched.cli.reasoning import OTHERWISE, PHRASES, obstacle_document, said
from meetsched.cli.tables import make_table
from meetsched.domain.answer import Account, Alternative, Alternatives, DutyAccount, StandIn
from meetsched.domain.instance import Instance
from meetsched.domain.names import Names
from meetsched.domain.wording.gains import gain_text
from meetsched.domain.wording.people import pin_text
from meetsched.domain.words import clock, count, day, listing, money
from meetsched.rules import Tier

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

_MOST_BETTER = 4
"""So many starts that would serve firms more, but are forbidden, are told."""
_MOST_REASONS = 2
"""So many of the rules are told that forbid an alternative."""
_MOST_STAND_INS = 3
"""So many people who could, and who could not, are named for each duty."""


def account_parts(instance: Instance, account: Account) -> "Iterator[RenderableType]":
    """Yield an account as texts and tables."""
    yield from _Telling(instance, account).parts()


class _Telling:
    """Says one account."""

    def __init__(self, instance: Instance, account: Account) -> None:
        self._instance = instance
        self._names = Names(instance)
        self._account = account
        self._meeting = account.meeting

    def parts(self) -> "Iterator[RenderableType]":
        meeting, account = self._meeting, self._account
        yield (
            f"{self._names.meeting(meeting)}\n"
            f"{self._names.time(meeting)}, {self._names.venue(meeting.venue)}; "
            f"{count(meeting.heads, 'head')}, {count(meeting.points, 'point')}, "
            f"{money(meeting.cost.total, self._instance.currency)}"
        )
        if account.is_over:
            yield "It is over and stays as it was."
            return
        for pin in account.pins:
            yield f"A pin wants it{pin_text(pin, self._names)}."
        yield "\nWhat each alternative would mean, with all other meetings as they are:"
        yield from self._times()
        yield from self._venues()
        yield from self._people()
        yield from self._without()
        if not account.complete:
            yield "\nTime ran out: not every alternative was looked at."

    def _times(self) -> "Iterator[RenderableType]":
        starts = self._account.starts
        yield f"\nAt another time, in {self._names.venue(self._meeting.venue)}"
        if starts.possible:
            table = make_table("Start", "What it would mean")
            for each in starts.possible:
                table.add_row(self._when(each), self._gain(each.gain))
            yield table
        if starts.open:
            points = max(each.gain.get(Tier.POINTS, 0) for each in starts.open)
            most = gain_text({Tier.POINTS: points}, self._instance.currency) or "no more points"
            yield f"Not looked at for want of need: {count(len(starts.open), 'start')} ({most} at best)."
        if starts.forbidden:
            yield f"{count(len(starts.forbidden), 'start')} cannot be: {_grouped(starts.forbidden)}."
        better = [each for each in starts.forbidden if each.gain.get(Tier.POINTS, 0) > 0]
        better.sort(key=lambda each: len(each.obstacles))
        if better:
            yield f"{len(better)} of these would serve firms more, for example:"
        elif not any(each.gain.get(Tier.POINTS, 0) > 0 for each in (*starts.possible, *starts.open)):
            yield "No start would serve firms more."
        for each in better[:_MOST_BETTER]:
            gain = gain_text({Tier.POINTS: each.gain[Tier.POINTS]}, self._instance.currency)
            yield bullet(f"{self._when(each)}, {gain}. {self._why(each)}")

    def _venues(self) -> "Iterator[RenderableType]":
        venues = self._account.venues
        everything = (*venues.possible, *venues.forbidden)
        if not everything:
            return
        yield "\nAt the same time elsewhere"
        table = make_table("Venue", "What it would mean")
        for each in everything:
            text = self._gain(each.gain) if each.meeting else f"Cannot be. {self._why(each)}"
            table.add_row(self._names.venue(each.venue), text)
        yield table

    def _people(self) -> "Iterator[RenderableType]":
        yield "\nWith somebody else, one for one"
        yield self._people_table(self._account.people)

    def _people_table(self, people: Sequence[DutyAccount]) -> "Table":
        table = make_table("Who it is", "Who else could, and what it would mean")
        for each in people:
            could = [one for one in each.stand_ins if not one.obstacles]
            could_not = [one for one in each.stand_ins if one.obstacles]
            lines = [self._could(one) for one in could[:_MOST_STAND_INS]]
            if len(could) > _MOST_STAND_INS:
                lines.append(f"{len(could) - _MOST_STAND_INS} more could.")
            if not could:
                lines.append("Nobody else could." if could_not else "There is nobody else for it.")
            if len(could) < _MOST_STAND_INS:
                lines += [self._could_not(one) for one in could_not[:_MOST_STAND_INS]]
                left = len(could_not) - _MOST_STAND_INS
                lines += [f"Nor could {left} more."] if left > 0 else []
            table.add_row(self._names.duty(each.duty), "\n".join(lines))
        return table

    def _could(self, one: StandIn) -> str:
        return f"{self._names.person(one.person)}: {self._gain(one.gain)}"

    def _could_not(self, one: StandIn) -> str:
        reason = said(self._instance, self._meeting, one.obstacles[0])
        return f"Not {self._names.person(one.person)}: {reason}"

    def _without(self) -> "Iterator[RenderableType]":
        yield "\nWithout it"
        for each in self._account.without:
            yield bullet(said(self._instance, self._meeting, each))
        yield bullet(f"{self._gain(self._account.loss)}.")

    def _when(self, each: Alternative) -> str:
        local = self._names.local(each.start)
        return f"{day(local.date())}, {clock(local)}"

    def _why(self, each: Alternative) -> str:
        reasons = [said(self._instance, self._meeting, one) for one in each.obstacles]
        text = " ".join(list(dict.fromkeys(reasons))[:_MOST_REASONS])
        return f"{text} Nobody could stand in." if each.lacks_people else text

    def _gain(self, gain: Mapping[Tier, int]) -> str:
        return gain_text(gain, self._instance.currency) or "no difference"


def _grouped(forbidden: Sequence[Alternative]) -> str:
    """Count alternatives by the first rule that forbids each."""
    numbers = Counter(PHRASES.get(each.obstacles[0].rule, OTHERWISE) for each in forbidden)
    return listing([f"{phrase} ({number})" for phrase, number in numbers.most_common()])


def account_document(account: Account) -> dict[str, Any]:
    """Return an account as JSON-ready data."""
    return {
        "meeting": account.meeting.model_dump(mode="json"),
        "is_over": account.is_over,
        "pins": [pin.model_dump(mode="json", exclude_none=True) for pin in account.pins],
        "starts": _alternatives(account.starts),
        "venues": _alternatives(account.venues),
        "people": [
            {
                "person": each.duty.person,
                "role": each.duty.role.value,
                "stand_ins": [
                    {
                        "person": one.person,
                        "obstacles": [obstacle_document(why) for why in one.obstacles],
                        "gain": _gain_document(one.gain),
                    }
                    for one in each.stand_ins
                ],
            }
            for each in account.people
        ],
        "without": {
            "obstacles": [obstacle_document(why) for why in account.without],
            "gain": _gain_document(account.loss),
        },
        "complete": account.complete,
    }


def _alternatives(alternatives: Alternatives) -> dict[str, Any]:
    return {
        "possible": [_alternative(each) for each in alternatives.possible],
        "forbidden": [_alternative(each) for each in alternatives.forbidden],
        "open": [_alternative(each) for each in alternatives.open],
    }


def _alternative(each: Alternative) -> dict[str, Any]:
    people = each.meeting.people if each.meeting else ()
    return {
        "start": each.start.isoformat(),
        "venue": each.venue,
        "obstacles": [obstacle_document(why) for why in each.obstacles],
        "people": [{"person": duty.person, "role": duty.role.value} for duty in people],
        "gain": _gain_document(each.gain),
    }


def _gain_document(gain: Mapping[Tier, int]) -> dict[str, int]:
    return {tier.value: value for tier, value in gain.items()}
