"""The decisions: one Boolean per (city, topic, start, venue), one per (person, meeting, role)."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from contest.systems.textbook.rows import Rows, Terms, plus
from meetsched.candidates import Candidates, DutyCandidate, MeetingCandidates, Places, Start
from meetsched.candidates.people import duty_cost, overtime_cost
from meetsched.domain.entities import Person, Role
from meetsched.domain.outcome import PlannedMeeting
from meetsched.domain.plan import Duty


@dataclass(frozen=True, slots=True)
class Pair:
    """A start and a venue of a meeting; `position` is its place in `Places`' arrays."""

    column: int
    start: int
    place: Places
    position: int


@dataclass
class Meeting:
    """One city's meeting on one topic."""

    candidates: MeetingCandidates
    held: int
    pairs: list[Pair]
    duties: list[tuple[DutyCandidate, dict[Role, int]]]
    overtime: Terms = field(default_factory=list)
    at: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def people(self, *roles: Role, who: Callable[[Person], bool] = lambda _: True) -> Terms:
        """Return the duties in any of the roles."""
        return [
            (column, 1)
            for duty, columns in self.duties
            if who(duty.person)
            for role, column in columns.items()
            if role in roles
        ]

    def when(self, fits: Callable[[int], bool]) -> Terms:
        """Return the pairs whose start, by its number, fits."""
        return [(column, 1) for start, columns in self.at.items() if fits(start) for column in columns]

    def where(self, fits: Callable[[Places], bool]) -> Terms:
        """Return the pairs whose venue fits."""
        return plus(pair.column for pair in self.pairs if fits(pair.place))

    def points(self) -> Terms:
        """Return the points as an expression."""
        return [(pair.column, int(pair.place.points[pair.position])) for pair in self.pairs]

    def cost(self) -> Terms:
        """Return the net cost as an expression, in cents."""
        rooms = [(pair.column, int(pair.place.cost[pair.position])) for pair in self.pairs]
        fees = [
            (column, duty_cost(duty.person, self.candidates.city.id))
            for duty, columns in self.duties
            for column in columns.values()
        ]
        return [*rooms, *fees, *self.overtime]

    def appeal(self) -> Terms:
        """Return the appeal as an expression."""
        return [(pair.column, int(pair.place.appeal[pair.position])) for pair in self.pairs]

    def effort(self) -> Terms:
        """Return the number of duties as an expression."""
        return self.people(*Role)


class Columns:
    """All decisions of an instance."""

    def __init__(self, candidates: Candidates, rows: Rows) -> None:
        self.candidates = candidates
        self.meetings = [self._meeting(found, rows) for found in candidates.meetings]

    def start(self, number: int) -> Start:
        """Return a start by its number."""
        return self.candidates.starts[number]

    def day(self, number: int) -> date:
        """Return the date of a start."""
        return self.candidates.starts[number].day

    def of_city(self, city: str) -> list[Meeting]:
        """Return the meetings of a city."""
        return [meeting for meeting in self.meetings if meeting.candidates.city.id == city]

    def of_person(self) -> dict[str, list[tuple[Meeting, DutyCandidate, Terms]]]:
        """Return for each person the meetings that they could be at, with their presence there."""
        found: dict[str, list[tuple[Meeting, DutyCandidate, Terms]]] = defaultdict(list)
        for meeting in self.meetings:
            for duty, columns in meeting.duties:
                found[duty.person.id].append((meeting, duty, plus(columns.values())))
        return found

    def decode(self, values: list[int]) -> list[PlannedMeeting]:
        """Return the meetings of a solution."""
        return [
            PlannedMeeting(
                meeting.candidates.city.id,
                meeting.candidates.topic.id,
                self.candidates.clock.local(self.start(pair.start).instant),
                pair.place.venue.id,
                tuple(
                    Duty(person=duty.person.id, role=role)
                    for duty, columns in meeting.duties
                    for role, column in columns.items()
                    if values[column]
                ),
            )
            for meeting in self.meetings
            for pair in meeting.pairs
            if values[pair.column]
        ]

    def _meeting(self, found: MeetingCandidates, rows: Rows) -> Meeting:
        pairs = [
            Pair(rows.column(), int(start), place, position)
            for place in found.places
            for position, start in enumerate(place.starts)
        ]
        duties = [(duty, {role: rows.column() for role in duty.roles}) for duty in found.duties]
        meeting = Meeting(found, rows.column(), pairs, duties)
        for pair in pairs:
            meeting.at[pair.start].append(pair.column)
        rows.add([*plus(pair.column for pair in pairs), (meeting.held, -1)], 0, 0)
        for duty, columns in duties:
            present = plus(columns.values())
            possible = meeting.when(lambda start, duty=duty: bool(duty.presence.possible[start]))
            rows.add([*present, *((column, -1) for column, _ in possible)], high=0)
            meeting.overtime += self._overtime(rows, meeting, duty, present)
        return meeting

    def _overtime(self, rows: Rows, meeting: Meeting, duty: DutyCandidate, present: Terms) -> Terms:
        """Return a column for the cents of a person's overtime."""
        cents = {start: overtime_cost(duty.person, m) for start, m in minutes_at(meeting, duty).items()}
        return plus(cost_if_present(rows, meeting, cents, present))


def minutes_at(meeting: Meeting, duty: DutyCandidate) -> dict[int, int]:
    """Return the minutes of overtime that a person would have, for the starts where there are any."""
    return {
        start: int(duty.presence.overtime[start]) for start in meeting.at if duty.presence.overtime[start]
    }


def cost_if_present(rows: Rows, meeting: Meeting, amount: dict[int, int], present: Terms) -> Iterable[int]:
    """Yield a column (none where all is 0) that is at least the start's amount where someone is present.

    The textbook's implication: ``column >= amount of the start - most * (1 - present)``.
    """
    most = max(amount.values(), default=0)
    if most:
        column = rows.column(most)
        spent = [(one, -value) for start, value in amount.items() for one in meeting.at[start]]
        rows.add([(column, 1), *spent, *((one, -most) for one, _ in present)], low=-most)
        yield column
