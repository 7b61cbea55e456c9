"""From candidates to a model."""

from collections.abc import Mapping
from dataclasses import dataclass

from meetsched.candidates import Candidates
from meetsched.domain.outcome import PlannedMeeting
from meetsched.domain.plan import Duty
from meetsched.model.constraints import FAMILIES
from meetsched.model.linear import LinearModel, Terms, Values, total
from meetsched.model.objectives import SUMS, add_balance, balance, quick_bound
from meetsched.model.variables import ColumnMaker, MeetingColumns, Variables
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
    """

    linear: LinearModel
    variables: Variables
    objectives: Mapping[Tier, Terms]
    ideal: Mapping[str, int] | None

    def quick_bound(self, tier: Tier) -> int:
        """Return what no plan can beat in a tier, as far as a glance tells."""
        return quick_bound(tier, self.variables)

    def value(self, tier: Tier, values: Values) -> int:
        """Return what a solution comes to in a tier."""
        if tier is Tier.BALANCE and self.ideal is not None:
            return balance(self.variables, self.ideal, values)
        return total(self.objectives[tier], values)

    def decode(self, values: Values) -> tuple[PlannedMeeting, ...]:
        """Return the meetings that a solution holds, in order of time."""
        held = [m for m in self.variables.meetings if values[m.held]]
        planned = [self._decode_meeting(meeting, values) for meeting in held]
        return tuple(sorted(planned, key=lambda meeting: (meeting.start, meeting.city, meeting.topic)))

    def _decode_meeting(self, meeting: MeetingColumns, values: Values) -> PlannedMeeting:
        candidates = self.variables.candidates
        pair = next(pair for pair in meeting.pairs if values[pair.column])
        people = tuple(
            Duty(person=duty.person.id, role=role)
            for duty in meeting.duties
            for role, terms in duty.roles.items()
            if any(values[column] for column, _ in terms)
        )
        return PlannedMeeting(
            city=meeting.candidates.city.id,
            topic=meeting.candidates.topic.id,
            start=candidates.clock.local(candidates.starts[pair.start].instant),
            venue=pair.place.venue.id,
            people=people,
        )


def build(candidates: Candidates, ideal: Mapping[str, int] | None = None) -> PlanningModel:
    """Build the model of all rules and tiers; `balance` only where the cities' ideals are given."""
    linear = LinearModel()
    variables = ColumnMaker(linear, candidates).make()
    for family in FAMILIES:
        family.add(linear, variables)
    objectives = {tier: expression(variables.meetings) for tier, expression in SUMS.items()}
    if ideal is not None:
        objectives[Tier.BALANCE] = add_balance(linear, variables, ideal)
    return PlanningModel(linear, variables, objectives, ideal)
