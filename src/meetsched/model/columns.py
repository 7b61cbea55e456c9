"""Adds the columns of the model, with the rows that define sums of others."""

from collections.abc import Iterable, Mapping
from datetime import date

from meetsched.candidates import Candidates, DutyCandidate, MeetingCandidates
from meetsched.domain.calendar import Month
from meetsched.domain.entities import City
from meetsched.domain.instance import Instance
from meetsched.model.linear import LinearModel, plus
from meetsched.model.pairing import Alike, alike, clash_prone
from meetsched.model.variables import Duty, DutyClass, MeetingColumns, Pair, Variables

_MANY_WEEKS = 4
"""From so many starts of a weekday and hour on, a column for their sum makes the rows shorter."""


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
    months = list(instance.horizon.months())
    most_a_month = {city.id: _most_a_month(instance, city, months) for city in candidates.cities}
    for person in instance.people:
        if person.max_per_month is None:
            continue
        own = instance.cities_of_person(person)
        most = sum(most for city, most in most_a_month.items() if city in own)
        if most > person.max_per_month or candidates.forgiving:
            limited.add(person.id)
    return frozenset(limited)


def _most_a_month(instance: Instance, city: City, months: Iterable[Month]) -> int:
    """Return how many meetings a city can have in any month, by its spacing and its cadence."""
    by_spacing = 1 + 30 // city.min_days_between
    by_month = (instance.asked(city, month).most for month in months)
    return max(by_spacing if each is None else min(each, by_spacing) for each in by_month)
