"""The columns of the model, and questions to them.

A meeting is held at most once, at one start, in one venue: a column per start, one per venue and
group of starts that the venues do not tell apart, one for whether it is held at all. A duty has a
column per role and, where the rules tell starts apart (minutes of overtime, months with a limit), one
per class of such starts. These sums keep the rows on people short and the linear relaxation tight.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from meetsched.candidates import Candidates, DutyCandidate, MeetingCandidates, Places
from meetsched.domain.calendar import Month
from meetsched.domain.entities import Person, Role
from meetsched.model.linear import LinearModel, Terms, plus
from meetsched.model.pairing import Alike, alike, clash_prone


_MANY_WEEKS = 4
"""From so many starts of a weekday and hour on, a column for their sum makes the rows shorter."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A venue of a meeting at one of some starts: the column that says so, and where its figures stand.

    The figures are the same for all of the starts.
    """

    column: int
    starts: tuple[int, ...]
    place: Places
    position: int

    @property
    def start(self) -> int:
        """The start, where there is but one, else the first."""
        return self.starts[0]


@dataclass(frozen=True, slots=True)
class DutyClass:
    """The starts of a duty that the rules do not tell apart, with the column for being there then."""

    column: int
    starts: tuple[int, ...]
    overtime: int
    month: Month | None


@dataclass(frozen=True, slots=True)
class Duty:
    """A person's possible part in a meeting.

    Attributes
    ----------
    roles : mapping of Role to Terms
        1 where the person has the role.
    presence : Terms
        1 where the person is there, in any role.
    classes : tuple of DutyClass
        One class covers all starts where its column is also the role's.
    """

    candidate: DutyCandidate
    roles: Mapping[Role, Terms]
    presence: Terms
    classes: tuple[DutyClass, ...]

    @property
    def person(self) -> Person:
        """The person."""
        return self.candidate.person


@dataclass(frozen=True)
class MeetingColumns:
    """The columns of one meeting.

    Attributes
    ----------
    held : int
        The column that is 1 where the meeting is held.
    pairs : tuple of Pair
    at : dict of int to int
        For each possible start the column that is 1 where the meeting is then.
    weekly : tuple of (int, frozenset of int)
        For the starts of a weekday at an hour the column that is 1 where the meeting is at one of them.
    duties : tuple of Duty
    """

    candidates: MeetingCandidates
    held: int
    pairs: tuple[Pair, ...]
    at: Mapping[int, int]
    weekly: tuple[tuple[int, frozenset[int]], ...] = ()
    duties: tuple[Duty, ...] = field(default_factory=tuple)

    @property
    def id(self) -> str:
        """The meeting's id."""
        return self.candidates.id

    def there(self, person: str, role: Role | None = None) -> Terms:
        """Return the expression that is 1 where the person is there, in the role if one is given.

        It is empty where that cannot be.
        """
        return [
            term
            for duty in self.duties
            if duty.person.id == person
            for term in (duty.presence if role is None else duty.roles.get(role, []))
        ]

    def during(self, starts: Collection[int]) -> Terms:
        """Return an expression that is 1 where the meeting is at one of some starts, as short as can be.

        Working hours come back week after week, so that most of it is said by the weekly sums.
        """
        wanted = {start for start in starts if start in self.at}
        terms: Terms = []
        for column, members in self.weekly:
            missing = members - wanted
            if 2 * len(missing) < len(members):
                terms += [(column, 1), *((self.at[start], -1) for start in missing)]
                wanted -= members
        return [*terms, *plus(self.at[start] for start in sorted(wanted))]

    def with_role(self, role: Role) -> Iterator[tuple[Person, Terms]]:
        """Yield the people who could have a role, with the expression that says so."""
        for duty in self.duties:
            if role in duty.roles:
                yield duty.person, duty.roles[role]


@dataclass(frozen=True)
class Variables:
    """All columns, by meeting."""

    candidates: Candidates
    meetings: tuple[MeetingColumns, ...]
    on_day: Mapping[str, Mapping[date, int]]
    """For each city and date the column that is 1 where the city has a meeting."""

    @cached_property
    def of_city(self) -> Mapping[str, tuple[MeetingColumns, ...]]:
        """The meetings of each city that is planned."""
        return {
            city.id: tuple(m for m in self.meetings if m.candidates.city.id == city.id)
            for city in self.candidates.cities
        }

    @cached_property
    def coming(self) -> tuple[MeetingColumns, ...]:
        """The meetings that are not over: the rules on one meeting alone count for them only."""
        return tuple(meeting for meeting in self.meetings if meeting.candidates.past is None)

    @cached_property
    def by_id(self) -> Mapping[str, MeetingColumns]:
        """The meetings by id."""
        return {meeting.id: meeting for meeting in self.meetings}

    @cached_property
    def duties_of(self) -> Mapping[str, list[tuple[MeetingColumns, Duty]]]:
        """Each person's possible duties."""
        found: dict[str, list[tuple[MeetingColumns, Duty]]] = {}
        for meeting in self.meetings:
            for duty in meeting.duties:
                found.setdefault(duty.person.id, []).append((meeting, duty))
        return found

    def days(self, meeting: MeetingColumns, *, first: date = date.min, last: date = date.max) -> Terms:
        """Return the expression that is 1 where the meeting is on one of the dates."""
        starts = self.candidates.starts
        return plus(column for index, column in meeting.at.items() if first <= starts[index].day <= last)

    def dates(self, meeting: MeetingColumns) -> list[date]:
        """Return the dates on which a meeting can be, in order."""
        return sorted({self.candidates.starts[index].day for index in meeting.at})

    def pairs(self, meetings: Iterable[MeetingColumns]) -> Iterator[tuple[MeetingColumns, Pair]]:
        """Yield every pair of the meetings."""
        for meeting in meetings:
            for pair in meeting.pairs:
                yield meeting, pair


class ColumnMaker:
    """Adds the columns of a candidate set to a linear model, with the rows that define sums.

    Parameters
    ----------
    model : LinearModel
    candidates : Candidates
    grouped : bool
        Whether starts that the venues do not tell apart share their pairs.
    """

    def __init__(self, model: LinearModel, candidates: Candidates, *, grouped: bool = True) -> None:
        self._model = model
        self._candidates = candidates
        self._limited = _people_with_monthly_limit(candidates)
        venues = (place.venue.id for meeting in candidates.meetings for place in meeting.places)
        self._apart = clash_prone(candidates) if grouped else frozenset(venues)

    def make(self) -> Variables:
        """Add all columns."""
        meetings = tuple(self._meeting(meeting) for meeting in self._candidates.meetings)
        on_day = {city.id: self._days(city.id, meetings) for city in self._candidates.cities}
        return Variables(self._candidates, meetings, on_day)

    def _meeting(self, meeting: MeetingCandidates) -> MeetingColumns:
        model = self._model
        held = model.add_column(lower=int(meeting.past is not None))
        pairs: list[Pair] = []
        of_start: dict[int, list[int]] = {}
        for place in meeting.places:
            if place.venue.id in self._apart:
                for position, start in enumerate(place.starts.tolist()):
                    pairs.append(Pair(model.add_column(), (start,), place, position))
                    of_start.setdefault(start, []).append(pairs[-1].column)
        at: dict[int, int] = {}
        for group in alike(meeting, self._apart):
            shared = [Pair(model.add_column(), group.starts, *option) for option in group.options]
            pairs += shared
            at |= self._at(meeting, group, [pair.column for pair in shared], of_start)
        at = {start: at[start] for start in sorted(at)}
        model.equal(None, meeting.id, [*plus(at.values()), (held, -1)])
        duties = tuple(
            duty for one in meeting.duties if (duty := self._duty(meeting, one, list(at))) is not None
        )
        return MeetingColumns(meeting, held, tuple(pairs), at, self._weekly(at), duties)

    def _weekly(self, at: Mapping[int, int]) -> tuple[tuple[int, frozenset[int]], ...]:
        """Return a column for each weekday and hour that has enough starts to be worth it."""
        groups: dict[tuple[int, int], list[int]] = {}
        for index in at:
            start = self._candidates.starts[index]
            groups.setdefault((start.day.weekday(), start.minute), []).append(index)
        return tuple(
            (self._sum([at[index] for index in members]), frozenset(members))
            for members in groups.values()
            if len(members) >= _MANY_WEEKS
        )

    def _at(
        self, meeting: MeetingCandidates, group: Alike, shared: list[int], of_start: Mapping[int, list[int]]
    ) -> dict[int, int]:
        """Return the columns of a group's starts: its pairs, and those of each start, add up to them."""
        if not shared or len(group.starts) == 1:
            return {start: self._sum([*shared, *of_start.get(start, ())]) for start in group.starts}
        at = dict(zip(group.starts, self._model.add_columns(len(group.starts)), strict=True))
        own = {start: plus(of_start[start]) for start in group.starts if start in of_start}
        everything = plus([*shared, *(column for terms in own.values() for column, _ in terms)])
        self._model.equal(None, meeting.id, [*everything, *((column, -1) for column in at.values())])
        for start, terms in own.items():
            self._model.at_most(None, meeting.id, [*terms, (at[start], -1)], 0)
        return at

    def _sum(self, columns: list[int]) -> int:
        """Return a column that equals the sum of columns of which at most one is 1."""
        if len(columns) == 1:
            return columns[0]
        total = self._model.add_column()
        self._model.equal(None, "", [*plus(columns), (total, -1)])
        return total

    def _days(self, city: str, meetings: Iterable[MeetingColumns]) -> Mapping[date, int]:
        columns: dict[date, list[int]] = {}
        for meeting in meetings:
            if meeting.candidates.city.id == city:
                for start, column in meeting.at.items():
                    columns.setdefault(self._candidates.starts[start].day, []).append(column)
        return {day: self._sum(columns[day]) for day in sorted(columns)}

    def _duty(self, meeting: MeetingCandidates, duty: DutyCandidate, starts: list[int]) -> Duty | None:
        groups = self._classes(duty, starts)
        if not groups:
            return None
        model = self._model
        classes = tuple(
            DutyClass(model.add_column(lower=int(meeting.past is not None)), tuple(members), overtime, month)
            for (overtime, month), members in groups.items()
        )
        presence = plus(one.column for one in classes)
        if len(duty.roles) == 1:
            return Duty(duty, {duty.roles[0]: presence}, presence, classes)
        roles = {role: plus(model.add_columns(1)) for role in duty.roles}
        parts = [term for terms in roles.values() for term in terms]
        model.equal(None, meeting.id, [*parts, *((column, -1) for column, _ in presence)])
        return Duty(duty, roles, presence, classes)

    def _classes(self, duty: DutyCandidate, starts: list[int]) -> dict[tuple[int, Month | None], list[int]]:
        person = duty.person
        paid = bool(person.overtime_per_hour) or person.max_overtime_minutes is not None
        groups: dict[tuple[int, Month | None], list[int]] = {}
        possible, minutes = duty.presence.possible.tolist(), duty.presence.overtime.tolist()
        limited = person.id in self._limited
        for start in starts:
            if possible[start]:
                overtime = minutes[start] if paid else 0
                month = self._candidates.starts[start].month if limited else None
                groups.setdefault((overtime, month), []).append(start)
        return groups


def _people_with_monthly_limit(candidates: Candidates) -> frozenset[str]:
    """Return the people whose `max_per_month` the cadence of their cities does not imply already.

    Nothing implies it for those who were at meetings that are over, wherever these were.
    """
    limited = {duty.person.id for meeting in candidates.meetings if meeting.past for duty in meeting.duties}
    instance = candidates.instance
    for person in instance.people:
        if person.max_per_month is None:
            continue
        own = instance.cities_of_person(person)
        most = 0
        for city in candidates.cities:
            if city.id in own:
                by_spacing = 1 + 30 // city.min_days_between
                by_month = (instance.asked(city, month).most for month in instance.horizon.months())
                most += max(by_spacing if each is None else min(each, by_spacing) for each in by_month)
        if most > person.max_per_month or candidates.forgiving:
            limited.add(person.id)
    return frozenset(limited)
