"""Why a meeting is as it is, told from what each alternative would mean."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from meetsched.domain.answer import Account, Alternative, DutyAccount, StandIn
from meetsched.domain.instance import Instance
from meetsched.domain.names import Names
from meetsched.domain.wording.gains import gain_text
from meetsched.domain.wording.obstacles import OTHERWISE, PHRASES, said
from meetsched.domain.wording.people import pin_text
from meetsched.domain.wording.telling import Block, Section, texts
from meetsched.domain.words import clock, count, day, listing, money
from meetsched.rules import Tier

_MOST_BETTER = 4
"""So many starts that would serve firms more, but are forbidden, are told."""
_MOST_REASONS = 2
"""So many of the rules are told that forbid an alternative."""
_MOST_STAND_INS = 3
"""So many people who could, and who could not, are named for each duty."""


def account_sections(instance: Instance, account: Account) -> tuple[Section, ...]:
    """Tell an account; the first section says what the meeting is."""
    return tuple(_Telling(instance, account).sections())


class _Telling:
    """Says one account."""

    def __init__(self, instance: Instance, account: Account) -> None:
        self._instance = instance
        self._names = Names(instance)
        self._account = account
        self._meeting = account.meeting

    def sections(self) -> Iterator[Section]:
        meeting, account = self._meeting, self._account
        what = (
            f"{self._names.meeting(meeting)}\n"
            f"{self._names.time(meeting)}, {self._names.venue(meeting.venue)}; "
            f"{count(meeting.heads, 'head')}, {count(meeting.points, 'point')}, "
            f"{money(meeting.cost.total, self._instance.currency)}"
        )
        if account.is_over:
            yield Section("", texts(what, "It is over and stays as it was."))
            return
        pins = [f"A pin wants it{pin_text(pin, self._names)}." for pin in account.pins]
        yield Section("", texts(what, *pins))
        yield Section("", texts("What each alternative would mean, with all other meetings as they are:"))
        yield Section(f"At another time, in {self._names.venue(meeting.venue)}", tuple(self._times()))
        if account.venues.possible or account.venues.forbidden:
            yield Section("At the same time elsewhere", (self._venues(),))
        yield Section("With somebody else, one for one", (self._people(account.people),))
        yield Section("Without it", (self._without(),))
        if not account.complete:
            yield Section("", texts("Time ran out: not every alternative was looked at."))

    def _times(self) -> Iterator[Block]:
        starts = self._account.starts
        if starts.possible:
            rows = tuple((self._when(each), self._gain(each.gain)) for each in starts.possible)
            yield Block(heads=("Start", "What it would mean"), rows=rows)
        if starts.open:
            points = max(each.gain.get(Tier.POINTS, 0) for each in starts.open)
            most = gain_text({Tier.POINTS: points}, self._instance.currency) or "no more points"
            yield Block(
                f"Not looked at for want of need: {count(len(starts.open), 'start')} ({most} at best)."
            )
        if starts.forbidden:
            yield Block(f"{count(len(starts.forbidden), 'start')} cannot be: {_grouped(starts.forbidden)}.")
        better = [each for each in starts.forbidden if each.gain.get(Tier.POINTS, 0) > 0]
        better.sort(key=lambda each: len(each.obstacles))
        if better:
            yield Block(f"{len(better)} of these would serve firms more, for example:")
            yield Block(points=tuple(map(self._better, better[:_MOST_BETTER])))
        elif not any(each.gain.get(Tier.POINTS, 0) > 0 for each in (*starts.possible, *starts.open)):
            yield Block("No start would serve firms more.")

    def _better(self, each: Alternative) -> str:
        gain = gain_text({Tier.POINTS: each.gain[Tier.POINTS]}, self._instance.currency)
        return f"{self._when(each)}, {gain}. {self._why(each)}"

    def _venues(self) -> Block:
        venues = self._account.venues
        rows = []
        for each in (*venues.possible, *venues.forbidden):
            text = self._gain(each.gain) if each.meeting else f"Cannot be. {self._why(each)}"
            rows.append((self._names.venue(each.venue), text))
        return Block(heads=("Venue", "What it would mean"), rows=tuple(rows))

    def _people(self, people: Sequence[DutyAccount]) -> Block:
        rows = tuple((self._names.duty(each.duty), "\n".join(self._stand_ins(each))) for each in people)
        return Block(heads=("Who it is", "Who else could, and what it would mean"), rows=rows)

    def _stand_ins(self, duty: DutyAccount) -> Iterator[str]:
        could = [one for one in duty.stand_ins if not one.obstacles]
        could_not = [one for one in duty.stand_ins if one.obstacles]
        yield from (self._could(one) for one in could[:_MOST_STAND_INS])
        if len(could) > _MOST_STAND_INS:
            yield f"{len(could) - _MOST_STAND_INS} more could."
        if not could:
            yield "Nobody else could." if could_not else "There is nobody else for it."
        if len(could) < _MOST_STAND_INS:
            yield from (self._could_not(one) for one in could_not[:_MOST_STAND_INS])
            left = len(could_not) - _MOST_STAND_INS
            if left > 0:
                yield f"Nor could {left} more."

    def _could(self, one: StandIn) -> str:
        return f"{self._names.person(one.person)}: {self._gain(one.gain)}"

    def _could_not(self, one: StandIn) -> str:
        reason = said(self._instance, self._meeting, one.obstacles[0])
        return f"Not {self._names.person(one.person)}: {reason}"

    def _without(self) -> Block:
        reasons = [said(self._instance, self._meeting, each) for each in self._account.without]
        return Block(points=(*reasons, f"{self._gain(self._account.loss)}."))

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
