"""What an instance makes possible, told before any search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from meetsched.candidates import Candidates, MeetingCandidates, find_candidates
from meetsched.domain.calendar import Month
from meetsched.domain.entities import City, Person, Role, Venue
from meetsched.domain.reach import Reach
from meetsched.loading import Loaded, load_instance
from meetsched.rules import Rule

__all__ = [
    "CitySurvey",
    "Loaded",
    "MonthSurvey",
    "PersonSurvey",
    "Survey",
    "TopicSurvey",
    "VenueSurvey",
    "load_instance",
    "survey",
]


@dataclass(frozen=True, slots=True)
class TopicSurvey:
    """When and where a city could hold a topic.

    Attributes
    ----------
    topic : str
    starts : int
        Different starts that some venue allows.
    pairs : int
        Pairs of a start and a venue that no rule on one meeting alone forbids.
    dropped : mapping of Rule to int
        Pairs dropped, each by the first rule that forbids it; the most first.
    """

    topic: str
    starts: int
    pairs: int
    dropped: Mapping[Rule, int]


@dataclass(frozen=True, slots=True)
class MonthSurvey:
    """What a city could hold in a month.

    Attributes
    ----------
    month : Month
    needed : int
        The least number of meetings; 0 where the horizon holds the month only in part.
    starts : int
        Different starts that some topic allows.
    topics : tuple of str
        Topics that could be held in the month.
    """

    month: Month
    needed: int
    starts: int
    topics: tuple[str, ...]

    @property
    def possible(self) -> bool:
        """Whether there are topics enough for the meetings needed."""
        return len(self.topics) >= self.needed


@dataclass(frozen=True, slots=True)
class VenueSurvey:
    """A venue that a city may use, and for how many topics it could."""

    venue: str
    topics: int


@dataclass(frozen=True, slots=True)
class PersonSurvey:
    """A person whom a city may call on: for how many topics they could, and in which roles."""

    person: str
    topics: int
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class CitySurvey:
    """What is possible for one city; topics, venues and people in the instance's order."""

    city: str
    starts: int
    topics: tuple[TopicSurvey, ...]
    months: tuple[MonthSurvey, ...]
    venues: tuple[VenueSurvey, ...]
    people: tuple[PersonSurvey, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """What an instance makes possible; `starts` counts those that its slots allow."""

    loaded: Loaded
    starts: int
    cities: tuple[CitySurvey, ...]


def survey(loaded: Loaded) -> Survey:
    """Tell what an instance makes possible for each city, and which rules drop the rest."""
    candidates = find_candidates(loaded.instance)
    meetings: dict[str, list[MeetingCandidates]] = {city.id: [] for city in candidates.cities}
    for meeting in candidates.meetings:
        meetings[meeting.city.id].append(meeting)
    reach = Reach(loaded.instance)
    cities = tuple(_City(candidates, city, meetings[city.id], reach).survey() for city in candidates.cities)
    return Survey(loaded, len(candidates.starts), cities)


class _City:
    """Counts one city's candidates."""

    def __init__(
        self, candidates: Candidates, city: City, meetings: Sequence[MeetingCandidates], reach: Reach
    ) -> None:
        self._candidates = candidates
        self._reach = reach
        self._instance = candidates.instance
        self._city = city
        self._meetings = meetings
        self._starts = {meeting.topic.id: meeting.possible_starts() for meeting in self._meetings}

    def survey(self) -> CitySurvey:
        instance, city = self._instance, self._city.id
        return CitySurvey(
            city=city,
            starts=len(_union(list(self._starts.values()))),
            topics=tuple(map(self._topic, self._meetings)),
            months=tuple(map(self._month, instance.horizon.months())),
            venues=tuple(map(self._venue, self._reach.venues[city])),
            people=tuple(map(self._person, self._reach.people[city])),
        )

    def _topic(self, meeting: MeetingCandidates) -> TopicSurvey:
        starts = len(self._starts[meeting.topic.id])
        return TopicSurvey(meeting.topic.id, starts, meeting.pair_count, dict(meeting.dropped.most_common()))

    def _month(self, month: Month) -> MonthSurvey:
        within = [index for index, start in enumerate(self._candidates.starts) if start.month == month]
        possible = {topic: np.intersect1d(starts, within) for topic, starts in self._starts.items()}
        whole = self._instance.horizon.holds_whole(month)
        return MonthSurvey(
            month=month,
            needed=self._city.meetings_per_month.min if whole else 0,
            starts=len(_union(list(possible.values()))),
            topics=tuple(topic for topic, starts in possible.items() if len(starts)),
        )

    def _venue(self, venue: Venue) -> VenueSurvey:
        hosts = [
            meeting
            for meeting in self._meetings
            if any(place.venue.id == venue.id for place in meeting.places)
        ]
        return VenueSurvey(venue.id, len(hosts))

    def _person(self, person: Person) -> PersonSurvey:
        useful = [
            duty
            for meeting in self._meetings
            for duty in meeting.duties
            if duty.person.id == person.id and duty.presence.possible[self._starts[meeting.topic.id]].any()
        ]
        roles = dict.fromkeys(role for duty in useful for role in duty.roles)
        return PersonSurvey(person.id, len(useful), tuple(roles))


def _union(starts: Sequence[np.ndarray]) -> np.ndarray:
    return np.unique(np.concatenate(starts)) if starts else np.empty(0, dtype=np.int64)
