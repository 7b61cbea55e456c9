"""When people are there, and how much they do."""

from collections.abc import Iterable
from itertools import pairwise

from meetsched.domain.entities import Person
from meetsched.model.linear import UNBOUNDED, LinearModel, Row, Terms, Values, plus, scaled
from meetsched.model.variables import Duty, MeetingColumns, Variables
from meetsched.rules import Rule

RULES = (
    Rule.PERSON_ONE_ROLE,
    Rule.PERSON_AVAILABLE,
    Rule.PERSON_CLASH,
    Rule.PERSON_LOAD,
    Rule.PERSON_OVERTIME,
)
"""`person.one-role` holds since a person's presence at a meeting is at most 1."""


def add(model: LinearModel, variables: Variables) -> None:
    """Add availability, load, overtime and clashes of every person."""
    people = variables.candidates.instance.person_by_id
    for person_id, duties in variables.duties_of.items():
        for meeting, duty in duties:
            _add_availability(model, meeting, duty)
        _add_load(model, people[person_id], duties)
        _add_overtime(model, people[person_id], duties)
    model.separators.append(ClashSeparator(variables))


def _add_availability(model: LinearModel, meeting: MeetingColumns, duty: Duty) -> None:
    """Someone is there in a class of starts only where the meeting is at one of them.

    Where the class covers most starts, the shorter row with the others says the same.
    """
    subject = f"{duty.person.id} {meeting.id}"
    for one in duty.classes:
        inside = meeting.during(one.starts)
        others = meeting.during(meeting.at.keys() - set(one.starts))
        if len(others) < len(inside):
            terms: Terms = [(one.column, 1), (meeting.held, -1), *others]
        else:
            terms = [(one.column, 1), *scaled(inside, -1)]
        model.at_most(Rule.PERSON_AVAILABLE, subject, terms, 0)


def _add_load(model: LinearModel, person: Person, duties: list[tuple[MeetingColumns, Duty]]) -> None:
    if person.max_meetings is not None and len(duties) > person.max_meetings:
        everything = [term for _, duty in duties for term in duty.presence]
        model.at_most(Rule.PERSON_LOAD, person.id, everything, person.max_meetings)
    if person.max_per_month is None:
        return
    months = dict.fromkeys(one.month for _, duty in duties for one in duty.classes)
    for month in months:
        if month is not None:
            then = plus(one.column for _, duty in duties for one in duty.classes if one.month == month)
            model.at_most(Rule.PERSON_LOAD, f"{person.id} {month}", then, person.max_per_month)


def _add_overtime(model: LinearModel, person: Person, duties: list[tuple[MeetingColumns, Duty]]) -> None:
    if person.max_overtime_minutes is None:
        return
    minutes: Terms = [
        (one.column, one.overtime) for _, duty in duties for one in duty.classes if one.overtime
    ]
    if sum(overtime for _, overtime in minutes) > person.max_overtime_minutes:
        model.at_most(Rule.PERSON_OVERTIME, person.id, minutes, person.max_overtime_minutes)


class ClashSeparator:
    """Finds people who are at two meetings with less than the gap between them.

    Spacing keeps a city's meetings apart, so that almost all clashes lie between cities. There are
    far more of them than ever matter: rows are written only for those that a solution has.
    """

    def __init__(self, variables: Variables) -> None:
        self._starts = variables.candidates.starts
        self._gap = 60 * variables.candidates.instance.person_gap_minutes
        self._duties = {person: duties for person, duties in variables.duties_of.items() if len(duties) > 1}

    def __call__(self, values: Values) -> Iterable[Row]:
        """Yield a row for each clash of a solution, for all starts that clash at the same moment.

        In order of their begins, a clash of any two duties is also one of two neighbours.
        """
        for person, duties in self._duties.items():
            there = sorted(
                (self._begin(start), self._end(meeting, start), index)
                for index, (meeting, duty) in enumerate(duties)
                if any(values[column] for column, _ in duty.presence)
                for start, column in meeting.at.items()
                if values[column]
            )
            for (_, end, one), (moment, _, other) in pairwise(there):
                if moment < end:
                    yield self._row(person, duties[one], duties[other], moment)

    def _begin(self, start: int) -> int:
        return self._starts[start].instant

    def _end(self, meeting: MeetingColumns, start: int) -> int:
        return self._begin(start) + meeting.candidates.seconds + self._gap

    def _row(
        self, person: str, one: tuple[MeetingColumns, Duty], other: tuple[MeetingColumns, Duty], moment: int
    ) -> Row:
        """Not both duties while both meetings, gap included, occupy a moment."""
        terms: Terms = []
        for meeting, duty in (one, other):
            occupying = (
                column
                for start, column in meeting.at.items()
                if self._begin(start) <= moment < self._end(meeting, start)
            )
            terms += [*duty.presence, *plus(occupying)]
        return Row(Rule.PERSON_CLASH, person, terms, -UNBOUNDED, 3)
