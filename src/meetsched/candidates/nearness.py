"""How much each possibility disturbs a published plan at least, so that far ones can be left aside."""

from dataclasses import dataclass, replace

import numpy as np

from meetsched.candidates.distance import Distance
from meetsched.candidates.find import Candidates
from meetsched.candidates.meeting import Ints, MeetingCandidates
from meetsched.domain.baseline import Baseline


@dataclass(frozen=True, slots=True)
class _Near:
    """A meeting with, for each of its places, the least points of disruption of each start.

    Attributes
    ----------
    meeting : MeetingCandidates
    points : tuple of ndarray of int
        One a place, shaped as its starts.
    least : int
        What no plan avoids, wherever the meeting is, and also where it is not held.
    """

    meeting: MeetingCandidates
    points: tuple[Ints, ...]
    least: int

    def within(self, extra: int) -> MeetingCandidates:
        """Return the meeting with what counts at most so much more than what no plan avoids."""
        return self.meeting.part(points <= self.least + extra for points in self.points)


class Nearness:
    """Sorts the possibilities of a repair by how much they disturb.

    A plan of at most ``least + extra`` points of disruption uses none but those of ``within(extra)``:
    every other meeting counts what it has to, so that only the rest is left for one.

    Parameters
    ----------
    candidates : Candidates
    baseline : Baseline
        Theirs.

    Attributes
    ----------
    least : int
        Points of disruption that no plan avoids.
    """

    def __init__(self, candidates: Candidates, baseline: Baseline) -> None:
        self._candidates = candidates
        self._baseline = baseline
        weights = candidates.instance.disruption
        self._near = [self._judge(meeting) for meeting in candidates.meetings]
        known = {meeting.id for meeting in candidates.meetings}
        lost = sum(1 for name in baseline.coming if name not in known)
        self.least = sum(near.least for near in self._near) + weights.cancel * lost
        everything = [points - near.least for near in self._near for points in near.points]
        self._extras = np.sort(np.concatenate(everything)) if everything else np.zeros(0, dtype=np.int64)

    def extra(self, pairs: int) -> int:
        """Return what to allow beyond `least` to have so many pairs of a start and a venue, if there are."""
        if not len(self._extras):
            return 0
        return int(self._extras[min(pairs, len(self._extras)) - 1])

    def is_whole(self, extra: int) -> bool:
        """Whether nothing is left aside."""
        return not len(self._extras) or extra >= self._extras[-1]

    def within(self, extra: int) -> Candidates:
        """Return the candidates without what disturbs more."""
        return replace(self._candidates, meetings=tuple(near.within(extra) for near in self._near))

    def _judge(self, meeting: MeetingCandidates) -> _Near:
        if meeting.past is not None:
            return _Near(meeting, tuple(np.zeros_like(place.starts) for place in meeting.places), 0)
        weights = self._candidates.instance.disruption
        published = self._baseline.coming.get(meeting.id)
        if published is None:
            added = tuple(np.full_like(place.starts, weights.add) for place in meeting.places)
            return _Near(meeting, added, 0)
        distance = Distance.of(published, self._baseline, weights, self._candidates.starts)
        of_start = distance.of_start + weights.person * self._lost(meeting, distance)
        points = tuple(of_start[place.starts] + distance.of_venue(place.venue) for place in meeting.places)
        least = min([weights.cancel, *(int(each.min()) for each in points)])
        return _Near(meeting, points, least)

    def _lost(self, meeting: MeetingCandidates, distance: Distance) -> Ints:
        """Count at each start the published duties that cannot be kept then."""
        lost = np.zeros(len(self._candidates.starts), dtype=np.int64)
        for duty in distance.duties:
            lost += 1
            for one in meeting.duties:
                if one.person.id == duty.person and duty.role in one.roles:
                    lost -= one.presence.possible
        return lost
