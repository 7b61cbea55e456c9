"""What was published, beside the columns of the meetings that could go on from it."""

from collections.abc import Iterator
from dataclasses import dataclass

from meetsched.candidates import Distance
from meetsched.domain.baseline import Baseline
from meetsched.model.linear import Terms
from meetsched.model.variables import MeetingColumns, Variables


@dataclass(frozen=True, slots=True)
class Published:
    """A published meeting that is not over.

    Attributes
    ----------
    id : str
    distance : Distance
        What each change of it counts.
    meeting : MeetingColumns or None
        None where it has to be cancelled: the city no longer has the topic.
    """

    id: str
    distance: Distance
    meeting: MeetingColumns | None

    @property
    def duties(self) -> list[Terms]:
        """For each duty the expression that is 1 where it stays; empty where it cannot."""
        if self.meeting is None:
            return [[] for _ in self.distance.duties]
        return [self.meeting.there(duty.person, duty.role) for duty in self.distance.duties]


def published_meetings(variables: Variables, baseline: Baseline) -> Iterator[Published]:
    """Yield the published meetings that are not over, but for those of cities that are not planned."""
    candidates = variables.candidates
    instance = candidates.instance
    elsewhere = instance.city_by_id.keys() - {city.id for city in candidates.cities}
    for name, record in baseline.coming.items():
        if record.city not in elsewhere:
            distance = Distance.of(record, baseline, instance.disruption, candidates.starts)
            yield Published(name, distance, variables.by_id.get(name))


def new_meetings(variables: Variables, baseline: Baseline) -> Iterator[MeetingColumns]:
    """Yield the meetings that were not published."""
    for meeting in variables.coming:
        if meeting.id not in baseline.published:
            yield meeting
