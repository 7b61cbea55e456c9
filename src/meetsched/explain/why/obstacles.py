"""The rules on one meeting alone that forbid what was asked for, by a look at every case of it.

A case is a start and a venue. What a verification says of a meeting there is exact and in words, so
that it is asked; what it cannot tell, that nobody is free, is told from who could be on duty.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import product

from meetsched.candidates import Candidates, MeetingCandidates
from meetsched.candidates.staffing import Need, Staffing, host_need, useful_roles
from meetsched.domain.answer import Answer, Obstacle, Standing
from meetsched.domain.calendar import DateRange
from meetsched.domain.entities import InstitutionType, Person, Role
from meetsched.domain.explanation import Demand
from meetsched.domain.instance import Instance, Pin
from meetsched.domain.plan import Duty
from meetsched.domain.reach import Reach
from meetsched.domain.wording.base import Words
from meetsched.domain.wording.reasons import SENTENCES
from meetsched.domain.words import ROLE_NAMES, TYPE_NAMES, count, one_line
from meetsched.explain.why.subject import Subject
from meetsched.rules import Rule
from meetsched.solve.control import Control

_OF_PLACE = frozenset(
    {
        Rule.SLOT,
        Rule.TOPIC_WINDOW,
        Rule.TOPIC_TURNOUT,
        Rule.VENUE_ACCESS,
        Rule.VENUE_AWAY,
        Rule.VENUE_HOURS,
        Rule.VENUE_EQUIPMENT,
        Rule.VENUE_USES,
        Rule.VENUE_QUOTA,
        Rule.VENUE_ROTATION,
        Rule.PIN,
        Rule.FROZEN,
    }
)
_OF_PEOPLE = frozenset(
    {
        Rule.EXPERT_MATCH,
        Rule.HOST_INSTITUTION,
        Rule.PRESENTER_INSTITUTION,
        Rule.PERSON_ROLE,
        Rule.PERSON_CITY,
        Rule.PERSON_AVAILABLE,
        Rule.PERSON_LOAD,
        Rule.PERSON_OVERTIME,
    }
)

Case = tuple[datetime, str]
"""A start and a venue."""


def forbidden(subject: Subject, asked: Pin, candidates: Candidates, control: Control) -> Answer:
    """Answer that rules on the meeting alone forbid what was asked for, in every case of it.

    Parameters
    ----------
    subject : Subject
    asked : Pin
    candidates : Candidates
        Those of the instance with the question among its pins, by which no case is left.
    control : Control
        Where time runs out, the answer rests on the cases looked at by then.
    """
    anyone = asked.model_copy(update={"people": ()})
    cases = list(_Cases(subject, anyone).all())
    if any(not pin.held for pin in subject.pins):
        cases = cases[:1]  # It may not be held at all, so that one case is as good as any.
    left = _left(subject) if asked.people else ()
    free = [(start, venue) for start, venue in cases if (int(start.timestamp()), venue) in left]
    look = _Look(subject, asked if free else anyone, candidates)
    found: list[tuple[Obstacle, ...]] = []
    for case in free or cases:
        if found and control.over(with_plan=False):
            break
        found.append(look.at(case))
    complete = len(found) == len(free or cases)
    return Answer(asked, Standing.FORBIDDEN, len(found), complete, _summed(found))


def _left(subject: Subject) -> Collection[tuple[int, str]]:
    """Return the cases, by instant, that rules on the meeting alone leave as long as it may be anybody."""
    own, starts = subject.own(subject.candidates), subject.candidates.starts
    places = () if own is None else own.places
    return {(starts[index].instant, place.venue.id) for place in places for index in place.starts}


def _summed(found: Sequence[tuple[Obstacle, ...]]) -> tuple[Obstacle, ...]:
    """Return rules with the number of cases that they forbid; if some forbid all, only these."""
    if len(found) == 1:
        return found[0]
    messages: dict[Rule, list[str]] = {}
    for obstacles in found:
        for each in {each.rule: each for each in reversed(obstacles)}.values():
            messages.setdefault(each.rule, []).append(each.message)
    everywhere = [rule for rule, said in messages.items() if len(said) == len(found)]
    if Rule.SLOT in everywhere:
        everywhere = [Rule.SLOT]
    told = everywhere or sorted(messages, key=lambda rule: -len(messages[rule]))
    return tuple(
        Obstacle(rule, messages[rule][0], len(messages[rule]), varies=len(set(messages[rule])) > 1)
        for rule in told
    )


class _Cases:
    """Lists the starts and venues that a question is about.

    Where no slot is what was asked for, those that were meant are listed all the same: it is a slot that
    they lack.
    """

    def __init__(self, subject: Subject, asked: Pin) -> None:
        self._subject = subject
        self._asked = asked
        self._starts = [
            start
            for start in subject.candidates.starts
            if asked.date in (None, start.day) and asked.start in (None, start.minute)
        ]

    def all(self) -> Iterator[Case]:
        instance, asked = self._subject.instance, self._asked
        venues = [venue.id for venue in instance.venues if asked.venue in (None, venue.id)]
        clock = self._subject.candidates.clock
        moments = [clock.local(start.instant) for start in self._starts] or list(self._no_slots())
        yield from product(moments, venues)

    def _no_slots(self) -> Iterator[datetime]:
        """Yield what comes nearest: the date asked for, else that of the plan, at the hour asked for."""
        subject, asked = self._subject, self._asked
        horizon = subject.instance.horizon
        now = subject.meeting.start.astimezone(subject.instance.zone) if subject.meeting else None
        day: date = asked.date or (now.date() if now else horizon.start)
        minute = asked.start
        if minute is None:
            hours = [start for rule in subject.instance.slots for start in rule.starts]
            minute = 60 * now.hour + now.minute if now else min(hours, default=0)
        yield subject.candidates.clock.local(subject.candidates.clock.instant(day, minute))


class _Look:
    """Tells what forbids the meeting in one case."""

    def __init__(self, subject: Subject, asked: Pin, candidates: Candidates) -> None:
        self._subject = subject
        self._asked = asked
        self._rules = _OF_PLACE | _OF_PEOPLE
        own = subject.own(candidates)
        self._shortage = None if own is None else _Shortage(subject.instance, candidates, own)
        pinned = [each for pin in (*subject.pins, asked) for each in pin.people]
        options = {each.person: (each.role,) if each.role else self._roles(each.person) for each in pinned}
        self._teams = [
            tuple(Duty(person=name, role=role) for name, role in zip(options, roles, strict=True))
            for roles in product(*options.values())
        ]

    def _roles(self, name: str) -> tuple[Role, ...]:
        """Return the roles in which somebody could be meant: those of use there, if any is."""
        instance = self._subject.instance
        person, city = instance.person_by_id[name], instance.city_by_id[self._subject.city]
        tags = instance.topic_by_id[self._subject.topic].expertise
        return useful_roles(Reach(instance), city, person, tags, pinned=True) or person.roles

    def at(self, case: Case) -> tuple[Obstacle, ...]:
        """Return all rules that forbid it, with people in the roles that the fewest forbid."""
        start, venue = case
        found = min((self._against(start, venue, team) for team in self._teams), key=len)
        return found or tuple(self._shortage.at(start, venue) if self._shortage else ())

    def _against(self, start: datetime, venue: str, team: Sequence[Duty]) -> tuple[Obstacle, ...]:
        report = self._subject.report([self._subject.at(start, venue, team)])
        about = {(each.rule, each.message) for each in report.violations if self._subject.id in each.meetings}
        broken = (each for each in self._subject.broken(report) if each.rule in self._rules)
        found = (each for each in broken if (each.rule.value, each.message) in about)
        return (*found, *self._too_many(venue, team))

    def _too_many(self, venue: str, team: Sequence[Duty]) -> Iterator[Obstacle]:
        """Yield what forbids so many of a role as are asked for by name."""
        instance = self._subject.instance
        city, house = instance.city_by_id[self._subject.city], instance.venue_by_id[venue]
        title = f"{instance.topic_by_id[self._subject.topic].title} ({city.name})"
        most = {
            Role.BROKER: (Rule.CREW, city.crew.broker),
            Role.PRESENTER: (Rule.CREW, city.crew.presenter),
            Role.HOST: (Rule.HOST, int(house.host_required)),
        }
        for role, (rule, number) in most.items():
            asked = sum(duty.role is role for duty in team)
            if asked > number:
                there = f" in {house.name}" if role is Role.HOST else ""
                name = ROLE_NAMES[role].lower()
                yield Obstacle(rule, f"{title} has {count(number, name)}{there}, not {asked}.")


class _Shortage:
    """Tells whom a meeting lacks at a start: of those who could do it at all nobody is free."""

    def __init__(self, instance: Instance, candidates: Candidates, own: MeetingCandidates) -> None:
        self._instance = instance
        self._own = own
        self._index = {start.instant: place for place, start in enumerate(candidates.starts)}
        self._staffing = Staffing(instance, own.city, own.topic, own.duties, len(candidates.starts))
        self._short = list(self._staffing.shortages())
        self._people = Reach(instance).people[own.city.id]

    def at(self, start: datetime, venue_id: str) -> Iterator[Obstacle]:
        """Yield what is lacking."""
        venue = self._instance.venue_by_id[venue_id]
        index = self._index.get(int(start.timestamp()))
        if index is None:
            return
        day = DateRange.model_construct(start=start.date(), end=start.date())
        words = Words(self._instance, [day])
        for need, short in self._short:
            if short[index]:
                who = [person for person in self._people if need.suits(person, person.roles)]
                what = f"{one_line(self._own.topic.title)} has {_none(need)}"
                yield Obstacle(need.rule, self._text(words, what, who))
        if self._staffing.lacks_host(venue)[index]:
            host = host_need(venue)
            who = [person for person in self._instance.people if host.suits(person, person.roles)]
            yield Obstacle(Rule.HOST, self._text(words, f"{one_line(venue.name)} has no host", who))

    def _text(self, words: Words, what: str, who: Iterable[Person]) -> str:
        times = [
            SENTENCES[Rule.PERSON_AVAILABLE](words, Demand(Rule.PERSON_AVAILABLE, (person.id,)))
            for person in who
        ]
        return " ".join([f"{what} who is free then{':' if times else '.'}", *times])


def _none(need: Need) -> str:
    """Say what a meeting has of the people needed whatever its venue: too few."""
    match need.rule:
        case Rule.EXPERTISE:
            return f"no expert in {one_line(need.what)}"
        case Rule.CREW:
            return f"too few of the role {ROLE_NAMES[Role(need.what)].lower()}"
        case _:
            return f"nobody of the type {TYPE_NAMES[InstitutionType(need.what)].lower()}"
