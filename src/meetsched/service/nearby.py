"""What of a plan a meeting that is moved may get in the way of: small, so that many places can be tried."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from meetsched.domain.answer import Obstacle
from meetsched.domain.baseline import Baseline
from meetsched.domain.instance import Instance
from meetsched.domain.plan import Meeting, Plan
from meetsched.explain.why import Subject


@dataclass(frozen=True, slots=True)
class Nearby:
    """A part of a plan: a city's meetings, those in some venues, and those of some people.

    Attributes
    ----------
    subject : Subject
        The meeting in that part alone.
    known : frozenset of Obstacle
        What the part breaks where nothing is moved, only since the rest is missing.
    """

    subject: Subject
    known: frozenset[Obstacle]

    @classmethod
    def of(cls, subject: Subject, meeting: Meeting, venues: Collection[str]) -> Nearby:
        """Return all that the meeting may get in the way of in some venues, with the people it has.

        A rule on a meeting, its city, its venue or its people is broken there if and only if the whole
        plan breaks it.
        """
        people = {duty.person for duty in meeting.people}
        near = [
            each
            for each in subject.plan.meetings
            if each.city == meeting.city
            or each.venue in venues
            or any(duty.person in people for duty in each.people)
        ]
        plan: Plan = subject.plan.model_copy(update={"meetings": tuple(near)})
        instance = _part(subject.instance, near, meeting.city)
        baseline = Baseline(plan, subject.baseline.repair, subject.baseline.zone)
        part = Subject(instance, subject.sha256, baseline, subject.city, subject.topic)
        return cls(part, frozenset(part.broken(part.report(plan.meetings))))

    def breaks(self, moved: Meeting) -> bool:
        """Whether the plan with the meeting moved breaks a rule."""
        report = self.subject.report(self.subject.instead(moved))
        return any(each not in self.known for each in self.subject.broken(report))


def attracting(instance: Instance, home: str, *others: str) -> Instance:
    """Return the instance with a city, the firms that it attracts and where these are at home.

    `others` are cities that stay as well; what is pinned for those that go, goes.
    """
    firms = tuple(each for each in instance.companies if home in instance.cities_of_company(each))
    cities = {home, *others, *(firm.city for firm in firms)}
    kept = tuple(city for city in instance.cities if city.id in cities)
    pins = tuple(pin for pin in instance.pins if pin.city in cities)
    return instance.replaced(cities=kept, companies=firms, pins=pins)


def _part(instance: Instance, meetings: Collection[Meeting], home: str) -> Instance:
    """Return the instance with the cities and people of some meetings, and the firms that a city attracts."""
    people = {duty.person for each in meetings for duty in each.people}
    kept = tuple(person for person in instance.people if person.id in people)
    return attracting(instance, home, *(each.city for each in meetings)).replaced(people=kept)
