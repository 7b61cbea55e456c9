"""How far a meeting's possibilities are from what was published of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from meetsched.candidates.meeting import Ints, Mask
from meetsched.candidates.starts import Start
from meetsched.domain.baseline import Baseline
from meetsched.domain.difference import MOST_DAYS_COUNTED
from meetsched.domain.entities import Venue
from meetsched.domain.instance import DisruptionWeights
from meetsched.domain.plan import Duty, Meeting


@dataclass(frozen=True, slots=True)
class Distance:
    """What another start, another venue or a lost duty of a published meeting counts.

    Attributes
    ----------
    published : Meeting
    weights : DisruptionWeights
    of_start : ndarray of int, shape (starts,)
        What each start counts; 0 where it is the published one, or where that counts nothing.
    at_start : ndarray of bool, shape (starts,)
        Which of the starts is the published one.
    duties : tuple of Duty
        Who had which part, each once.
    """

    published: Meeting
    weights: DisruptionWeights
    of_start: Ints
    at_start: Mask
    duties: tuple[Duty, ...]

    @classmethod
    def of(
        cls, published: Meeting, baseline: Baseline, weights: DisruptionWeights, starts: Sequence[Start]
    ) -> "Distance":
        """Return the distance of each of the starts."""
        day, moment = baseline.day(published.start), published.start.timestamp()
        same = np.array([start.instant == moment for start in starts], dtype=bool)
        days = np.array([abs((start.day - day).days) for start in starts], dtype=np.int64)
        moved = np.where(days > 0, weights.date + np.minimum(days, MOST_DAYS_COUNTED), weights.time)
        return cls(published, weights, np.where(same, 0, moved), same, tuple(dict.fromkeys(published.people)))

    def of_venue(self, venue: Venue) -> int:
        """Return what a venue counts."""
        return 0 if venue.id == self.published.venue else self.weights.venue
