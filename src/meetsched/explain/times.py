"""When venues are open and people are there, by what they say themselves."""

import numpy as np
from numpy.typing import NDArray

from meetsched.candidates import Candidates
from meetsched.candidates.clock import fits
from meetsched.candidates.freezing import breaks_freeze
from meetsched.candidates.hours import open_spans
from meetsched.candidates.people import Diary, Presence
from meetsched.candidates.starts import Start
from meetsched.domain.entities import Person, Topic, Venue
from meetsched.domain.instance import Pin

Mask = NDArray[np.bool_]


class Times:
    """Answers for all starts at once, and remembers the answers."""

    def __init__(self, candidates: Candidates) -> None:
        self._candidates = candidates
        self._instance = candidates.instance
        self._instants = [start.instant for start in candidates.starts]
        self._open: dict[tuple[str, int], Mask] = {}
        self._presence: dict[tuple[str, int], Presence] = {}
        self._diaries: dict[str, Diary] = {}
        self._pins: dict[tuple[str, str], list[tuple[int, Pin]]] = {}
        for number, pin in enumerate(self._instance.pins):
            self._pins.setdefault((pin.city, pin.topic), []).append((number, pin))

    def pins(self, city: str, topic: str) -> list[tuple[int, Pin]]:
        """Return a meeting's pins, with their places in the instance's list."""
        return self._pins.get((city, topic), [])

    def is_frozen_elsewhere(self, meeting: str, venue: Venue, start: Start) -> bool:
        """Whether a meeting, by its id, is frozen at another start or in another venue."""
        baseline = self._candidates.baseline
        return (
            baseline is not None
            and meeting in baseline.frozen
            and breaks_freeze(baseline, self._instance, meeting, venue, start)
        )

    def is_too_soon(self, meeting: str, venue: Venue, start: Start) -> bool:
        """Whether a meeting that is new or moved, by its id, would start too soon."""
        baseline = self._candidates.baseline
        return (
            baseline is not None
            and meeting not in baseline.frozen
            and breaks_freeze(baseline, self._instance, meeting, venue, start)
        )

    def is_open(self, venue: Venue, topic: Topic) -> Mask:
        """Tell at which starts a meeting on the topic lies within the venue's hours."""
        key = venue.id, topic.minutes
        if key not in self._open:
            hours = open_spans(self._instance, venue, self._candidates.clock)
            self._open[key] = fits(hours, self._instants, topic.minutes)
        return self._open[key]

    def presence(self, person: Person, topic: Topic) -> Presence:
        """Tell when the person can be at a meeting on the topic, whatever the limit on their overtime."""
        key = person.id, topic.minutes
        if key not in self._presence:
            if person.id not in self._diaries:
                free = person.model_copy(update={"max_overtime_minutes": None})
                granted = (day for name, day in self._instance.concessions.people if name == person.id)
                self._diaries[person.id] = Diary(
                    free, self._instance.horizon, self._candidates.clock, granted
                )
            diary = self._diaries[person.id]
            self._presence[key] = diary.presence(self._candidates.starts, self._instants, topic.minutes)
        return self._presence[key]
