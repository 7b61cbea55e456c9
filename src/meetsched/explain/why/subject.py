"""What a question is about: a meeting of a plan of an instance."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from meetsched.candidates import Candidates, MeetingCandidates, find_candidates
from meetsched.domain.answer import Obstacle
from meetsched.domain.baseline import Baseline
from meetsched.domain.instance import Instance, Pin
from meetsched.domain.plan import Duty, Meeting, Plan, meeting_id
from meetsched.domain.report import Report
from meetsched.rules import FIGURES, Rule, Tier
from meetsched.verify import verify


@dataclass(frozen=True)
class Subject:
    """A meeting of a plan, and what the plan is of.

    Attributes
    ----------
    instance : Instance
        As it was read.
    sha256 : str
        Of the instance's file, to be named in plans.
    baseline : Baseline
        The plan that the question is about. It holds every rule.
    city, topic : str
        Known to the instance.
    """

    instance: Instance
    sha256: str
    baseline: Baseline
    city: str
    topic: str

    @property
    def id(self) -> str:
        """The meeting's id."""
        return meeting_id(self.city, self.topic)

    @property
    def plan(self) -> Plan:
        """The plan that the question is about."""
        return self.baseline.plan

    @property
    def meeting(self) -> Meeting | None:
        """The meeting as the plan has it; None where it does not hold it."""
        return self.baseline.published.get(self.id)

    @cached_property
    def pinned(self) -> Instance:
        """The instance with the pins that the plan was made with."""
        return self.instance.replaced(pins=(*self.instance.pins, *self.plan.pins))

    def asking(self, asked: Pin) -> Instance:
        """Return the instance with those and with what is asked for as the last of its pins."""
        return self.instance.replaced(pins=(*self.pinned.pins, asked))

    @property
    def pins(self) -> tuple[Pin, ...]:
        """What holds the meeting."""
        return tuple(pin for pin in self.pinned.pins if (pin.city, pin.topic) == (self.city, self.topic))

    @cached_property
    def candidates(self) -> Candidates:
        """What is possible before solving, beside the plan."""
        return find_candidates(self.pinned, baseline=self.baseline)

    def own(self, candidates: Candidates) -> MeetingCandidates | None:
        """Return what is possible for the meeting; None where the city does not have the topic at all."""
        return next((each for each in candidates.meetings if each.id == self.id), None)

    @property
    def ideal(self) -> Mapping[str, int] | None:
        """Each city's ideal as the plan has them: it is judged by these, and whatever is compared with it.

        None where there is nothing to balance, or where they are not all there.
        """
        ideal = self.plan.ideal or {}
        balanced = any(each.tier is Tier.BALANCE for each in self.instance.active_objectives())
        return ideal if balanced and all(city.id in ideal for city in self.instance.cities) else None

    @cached_property
    def values(self) -> Mapping[Tier, int]:
        """What the plan comes to; disruption is none."""
        return self.judged_by(self.plan.ideal)

    def judged_by(self, ideal: Mapping[str, int] | None) -> Mapping[Tier, int]:
        """Return what the plan comes to by such ideals."""
        return self._verdict(ideal=ideal).objective

    def at(self, start: datetime, venue: str, people: Iterable[Duty]) -> Meeting:
        """Return the meeting at a start in a venue with some people; its figures are not to be relied on."""
        meeting = self.meeting or self._unheld(start)
        minutes = self.instance.topic_by_id[self.topic].minutes
        end = datetime.fromtimestamp(int(start.timestamp()) + 60 * minutes, self.instance.zone)
        changes = {"start": start, "end": end, "venue": venue, "people": tuple(people)}
        return meeting.model_copy(update=changes)

    def _unheld(self, start: datetime) -> Meeting:
        free = dict.fromkeys(("venue", "catering", "fees", "travel", "overtime", "income", "total"), "0")
        return Meeting.model_validate(
            {
                "id": self.id,
                "city": self.city,
                "topic": self.topic,
                "title": self.instance.topic_by_id[self.topic].title,
                "venue": self.instance.venues[0].id,
                "start": start,
                "end": start,
                "people": (),
                "heads": 0,
                "points": 0,
                "types": (),
                "cost": free,
            }
        )

    def instead(self, meeting: Meeting | None) -> tuple[Meeting, ...]:
        """Return the plan's meetings with this one as given, or without it."""
        others = (each for key, each in self.baseline.published.items() if key != self.id)
        return (*others, *([] if meeting is None else [meeting]))

    def report(self, meetings: Iterable[Meeting]) -> Report:
        """Return the verdict on a plan of some meetings that goes on from the plan asked about."""
        return self._verdict(meetings=tuple(meetings))

    def _verdict(self, **values: Any) -> Report:
        """Return the verdict on the plan with other values, as one that goes on from itself."""
        update = {"tiers": (), "repair": self.baseline.repair, **values}
        return verify(self.instance, self.plan.model_copy(update=update), baseline=self.plan)

    def broken(self, report: Report) -> tuple[Obstacle, ...]:
        """Return the broken rules of a report."""
        return tuple(
            Obstacle(Rule(each.rule), each.message) for each in report.violations if each.rule != FIGURES
        )
