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
from meetsched.model.linear import Terms, plus


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
