"""From candidates to a model."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from meetsched.candidates import Candidates
from meetsched.domain.outcome import PlannedMeeting
from meetsched.domain.plan import Duty, meeting_id
from meetsched.model.columns import ColumnMaker
from meetsched.model.completion import complete
from meetsched.model.constraints import FAMILIES
from meetsched.model.disruption import add_disruption
from meetsched.model.levels import Levels, add_fairness
from meetsched.model.linear import LinearModel, Terms, Values, total
from meetsched.model.objectives import SUMS, quick_bound, shares
from meetsched.model.variables import MeetingColumns, Variables
from meetsched.rules import Tier


@dataclass(frozen=True, slots=True)
class PlanningModel:
    """A linear model of an instance, with what its columns mean.

    Attributes
    ----------
    linear : LinearModel
    variables : Variables
    objectives : mapping of Tier to Terms
        The expression of each tier.
    ideal : mapping of str to int, or None
        Each city's ideal, where balance counts.
    levels : Levels or None
        The shares after the smallest one, where they count one after the other.
    """

    linear: LinearModel
    variables: Variables
    objectives: Mapping[Tier, Terms]
    ideal: Mapping[str, int] | None
    levels: Levels | None = None

    def quick_bound(self, tier: Tier) -> int:
        """Return what no plan can beat in a tier, as far as a glance tells."""
        return quick_bound(tier, self.variables)

    def value(self, tier: Tier, values: Values) -> int:
        """Return what a solution comes to in a tier."""
        if tier is Tier.BALANCE and self.ideal is not None:
            return min(self.shares(values))
        return total(self.objectives[tier], values)

    def shares(self, values: Values) -> list[int]:
        """Return what each city gets of its ideal, in thousandths, in rising order."""
        return sorted(shares(self.variables, self.ideal or {}, values).values())

    def with_balance(self, values: Values) -> Values:
        """Return a solution with the columns of the balance as high as the cities' points let them."""
        raised = values.copy()
        for column, _ in self.objectives.get(Tier.BALANCE, ()):
            raised[column] = self.value(Tier.BALANCE, values)
        if self.levels is not None and self.ideal is not None:
            self.levels.raise_to(raised, shares(self.variables, self.ideal, values))
        return raised

    def decode(self, values: Values) -> tuple[PlannedMeeting, ...]:
        """Return the meetings that a solution holds, in order of time."""
        held = [m for m in self.variables.meetings if values[m.held]]
        planned = [self._decode_meeting(meeting, values) for meeting in held]
        return tuple(sorted(planned, key=lambda meeting: (meeting.start, meeting.city, meeting.topic)))

    def values_of(self, planned: Iterable[PlannedMeeting]) -> Values:
        """Return the columns of a plan; whether these hold the rows is for the caller to see."""
        return complete(self.linear, self._fixings(planned, self.variables.meetings))

    def fixings(self, planned: Iterable[PlannedMeeting], cities: Collection[str]) -> dict[int, int]:
        """Return the columns of cities' meetings and duties with the values that planned meetings give.

        Columns that are sums of these are left to follow from them.
        """
        return self._fixings(planned, (one for city in cities for one in self.variables.of_city[city]))

    def _fixings(
        self, planned: Iterable[PlannedMeeting], meetings: Iterable[MeetingColumns]
    ) -> dict[int, int]:
        by_id = {meeting_id(meeting.city, meeting.topic): meeting for meeting in planned}
        fixed: dict[int, int] = {}
        for meeting in meetings:
            fixed |= self._fix_meeting(meeting, by_id.get(meeting.id))
        return fixed

    def _fix_meeting(self, meeting: MeetingColumns, planned: PlannedMeeting | None) -> dict[int, int]:
        fixed = {meeting.held: int(planned is not None)}
        fixed |= dict.fromkeys((pair.column for pair in meeting.pairs), 0)
        fixed |= dict.fromkeys(meeting.at.values(), 0)
        for duty in meeting.duties:
            fixed |= {one.column: 0 for one in duty.classes}
            fixed |= {column: 0 for terms in duty.roles.values() for column, _ in terms}
        if planned is None:
            return fixed
        candidates = self.variables.candidates
        instant = int(planned.start.timestamp())
        there = {duty.person: duty.role for duty in planned.people}
        then = {start for start in meeting.at if candidates.starts[start].instant == instant}
        for pair in meeting.pairs:
            if pair.place.venue.id == planned.venue and not then.isdisjoint(pair.starts):
                fixed |= dict.fromkeys([pair.column, *(meeting.at[start] for start in then)], 1)
        for duty in meeting.duties:
            if duty.person.id in there:
                fixed |= {column: 1 for column, _ in duty.roles.get(there[duty.person.id], ())}
                for one in duty.classes:
                    fixed[one.column] = int(not then.isdisjoint(one.starts))
        return fixed

    def _decode_meeting(self, meeting: MeetingColumns, values: Values) -> PlannedMeeting:
        candidates = self.variables.candidates
        pair = next(pair for pair in meeting.pairs if values[pair.column])
        start = next(start for start, column in meeting.at.items() if values[column])
        people = tuple(
            Duty(person=duty.person.id, role=role)
            for duty in meeting.duties
            for role, terms in duty.roles.items()
            if any(values[column] for column, _ in terms)
        )
        return PlannedMeeting(
            city=meeting.candidates.city.id,
            topic=meeting.candidates.topic.id,
            start=candidates.clock.local(candidates.starts[start].instant),
            venue=pair.place.venue.id,
            people=people,
        )


def build(
    candidates: Candidates,
    ideal: Mapping[str, int] | None = None,
    between: Callable[[], None] = lambda: None,
) -> PlanningModel:
    """Build the model of all rules and tiers.

    `balance` counts only where the cities' ideals are given, `disruption` where there is a baseline.

    `between` is called after each family of rules; what it raises ends the work.
    """
    linear = LinearModel()
    variables = ColumnMaker(linear, candidates).make()
    for family in FAMILIES:
        between()
        family.add(linear, variables)
    return with_objectives(linear, variables, ideal)


def with_objectives(
    linear: LinearModel, variables: Variables, ideal: Mapping[str, int] | None = None
) -> PlanningModel:
    """Return columns and rows with all tiers, adding what these need; for when each counts, see `build`."""
    candidates = variables.candidates
    objectives = {tier: expression(variables.meetings) for tier, expression in SUMS.items()}
    if candidates.baseline is not None:
        objectives[Tier.DISRUPTION] = add_disruption(linear, variables, candidates.baseline)
    levels = None
    if ideal is not None:
        fairness = candidates.instance.balance
        objectives[Tier.BALANCE], levels = add_fairness(linear, variables, ideal, fairness)
    return PlanningModel(linear, variables, objectives, ideal, levels)
