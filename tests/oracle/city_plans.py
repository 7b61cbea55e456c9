"""Every plan of one city alone: first what, when and where, then who."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from meetsched.domain.calendar import Month
from meetsched.domain.entities import City, InstitutionType, VenueKind
from meetsched.rules import Rule
from tests.oracle.published import Disturbance, Now
from tests.oracle.sessions import Session, World
from tests.oracle.teams import Staffed, Teams

Selection = tuple[int, ...]
"""Positions in a list of sessions, rising."""


class CityPlan(NamedTuple):
    """Meetings of one city that hold all rules on it; cost in cents.

    `disturbance` counts only beside a published plan.
    """

    meetings: tuple[Staffed, ...]
    points: int
    cost: int
    appeal: int
    effort: int
    disturbance: Disturbance = Disturbance(0, 0)


class CityPlans:
    """Enumerates the plans of a city."""

    def __init__(self, world: World, city: City) -> None:
        self._world = world
        self._city = city
        teams = Teams(world, city)
        staffed = [(session, teams.staffed(session)) for session in world.sessions(city)]
        self._sessions = [session for session, found in staffed if found]
        self._staffed = [found for _, found in staffed if found]
        self._limited = {
            person.id
            for person in world.instance.people
            if (person.max_meetings, person.max_per_month, person.max_overtime_minutes) != (None,) * 3
        }
        self._together = [
            [self._compatible(one, other) for other in self._sessions] for one in self._sessions
        ]

        self._over = tuple(place for place, one in enumerate(self._sessions) if one.past is not None)
        self._lacks_past = any(session.past is not None and not found for session, found in staffed)

    def __iter__(self) -> Iterator[CityPlan]:
        for selection in self._begin():
            if self._complete([self._sessions[position] for position in selection]):
                yield from self._staffings(selection)

    # What, when and where -------------------------------------------------------------------------

    def _begin(self) -> Iterator[Selection]:
        """Yield all selections that begin with what is over, if that goes together at all."""
        over = [self._sessions[place] for place in self._over]
        apart = all(self._together[one][other] for one in self._over for other in self._over if one < other)
        pinned = all(
            self._world.pins_hold(self._city, session.topic, session.start, session.venue) for session in over
        )
        if apart and pinned and not self._lacks_past and (not over or self._within_limits(over)):
            yield from self._selections(self._over)

    def _selections(self, chosen: Selection) -> Iterator[Selection]:
        """Yield `chosen` and all that may be added to it; the rules used here only grow tighter."""
        yield chosen
        for position in range(chosen[-1] + 1 if chosen else 0, len(self._sessions)):
            row = self._together[position]
            if all(row[other] for other in chosen):
                more = (*chosen, position)
                if self._within_limits([self._sessions[one] for one in more]):
                    yield from self._selections(more)

    def _compatible(self, one: Session, other: Session) -> bool:
        counts = self._world.counts
        apart = abs((one.start.day - other.start.day).days)
        if counts(Rule.SPACING) and apart < self._city.min_days_between:
            return False
        if counts(Rule.TOPIC_ONCE) and one.topic.id == other.topic.id:
            return False
        gap = one.venue.turnaround_minutes * 60
        return (
            not counts(Rule.VENUE_CLASH)
            or one.venue.id != other.venue.id
            or one.span[1] + gap <= other.span[0]
            or other.span[1] + gap <= one.span[0]
        )

    def _within_limits(self, sessions: Sequence[Session]) -> bool:
        city, counts = self._city, self._world.counts
        uses = Counter(session.venue.id for session in sessions)
        months = Counter(session.month for session in sessions if session.month in self._world.months)
        checks = [
            (Rule.CADENCE, max(self._beyond(months), default=0), city.meetings_per_month.max),
            (Rule.VENUE_ROTATION, max(uses.values()), city.max_uses_per_venue),
            (Rule.VENUE_AWAY, sum(s.venue.city != city.id for s in sessions), city.max_away_meetings),
            (Rule.VENUE_PUBS, sum(s.venue.kind is VenueKind.PUB for s in sessions), city.pub_meetings.max),
            (Rule.BUDGET, sum(session.cost for session in sessions), city.budget),
        ]
        for session in sessions:
            venue = session.venue
            checks.append((Rule.VENUE_USES, uses[venue.id], venue.max_uses))
            checks.append((Rule.VENUE_QUOTA, uses[venue.id], venue.quota.get(city.id)))
        return all(most is None or number <= most or not counts(rule) for rule, number, most in checks)

    def _complete(self, sessions: Sequence[Session]) -> bool:
        city, counts, instance = self._city, self._world.counts, self._world.instance
        held = {session.topic.id for session in sessions}
        hosts = {s.venue.institution for s in sessions if s.venue.institution is not None}
        pubs = sum(session.venue.kind is VenueKind.PUB for session in sessions)
        known = [session.topic for session in sessions if session.topic.id in instance.topic_by_id]
        formats = Counter(topic.format for topic in known)
        demands = {
            Rule.CADENCE: self._monthly(sessions, city.meetings_per_month.min, "fewer"),
            Rule.CADENCE_OPEN: self._monthly(
                [session for session in sessions if session.topic.open],
                city.open_meetings_per_month,
                "fewer_open",
            ),
            Rule.TOPIC_ORDER: all(self._in_order(session, sessions) for session in sessions),
            Rule.TOPIC_REQUIRED: all(
                topic.id in held
                for topic in instance.topics
                if topic.required and (topic.cities == "all" or city.id in topic.cities)
            ),
            Rule.TOPIC_FORMAT: all(formats[kind] >= least for kind, least in city.formats.items()),
            Rule.VENUE_HOSTS: len(hosts) >= city.min_host_institutions,
            Rule.VENUE_PUBS: pubs >= city.pub_meetings.min,
            Rule.PIN: all(pin.topic in held for pin in instance.pins if pin.city == city.id and pin.held),
            Rule.FROZEN: self._world.published is None or self._world.published.must_be_held(city.id) <= held,
        }
        return all(holds or not counts(rule) for rule, holds in demands.items())

    def _monthly(self, sessions: Sequence[Session], least: int, eased_by: str) -> bool:
        months = Counter(session.month for session in sessions)
        return all(
            months[month] >= least - self._eased(month, eased_by) for month in self._world.whole_months
        )

    def _beyond(self, months: Counter[Month]) -> list[int]:
        """Return each month's number of meetings, without those that it was granted more."""
        return [number - self._eased(month, "more") for month, number in months.items()]

    def _eased(self, month: Month, by: str) -> int:
        change = self._world.instance.concessions.months.get((self._city.id, month))
        return 0 if change is None else int(getattr(change, by))

    def _in_order(self, session: Session, sessions: Sequence[Session]) -> bool:
        return all(
            before in self._city.held_before
            or any(
                other.topic.id == before and other.start.absolute < session.start.absolute
                for other in sessions
            )
            for before in session.topic.after
        )

    # Who ------------------------------------------------------------------------------------------

    def _staffings(self, selection: Selection, chosen: tuple[Staffed, ...] = ()) -> Iterator[CityPlan]:
        if len(chosen) == len(selection):
            if self._covered(chosen):
                yield self._sum(chosen)
            return
        for staffed in self._staffed[selection[len(chosen)]]:
            more = (*chosen, staffed)
            if self._people_hold(more):
                yield from self._staffings(selection, more)

    def _people_hold(self, meetings: Sequence[Staffed]) -> bool:
        """Whether the last meeting's people can be there beside all the others."""
        city, counts, instance = self._city, self._world.counts, self._world.instance
        outside = sum(meeting.team.outside for meeting in meetings)
        if counts(Rule.BUDGET) and city.budget is not None and sum(m.cost for m in meetings) > city.budget:
            return False
        if counts(Rule.EXPERT_OUTSIDE) and outside > (city.max_outside_experts or 0):
            return False
        last = meetings[-1]
        for name in last.team.people:
            duties = [meeting for meeting in meetings if name in meeting.team.people]
            person = instance.person_by_id[name]
            if len(duties) == 1 and name not in self._limited:
                continue
            months = Counter(duty.session.month for duty in duties)
            limits = (
                (Rule.PERSON_LOAD, len(duties), person.max_meetings),
                (Rule.PERSON_LOAD, months[last.session.month], person.max_per_month),
                (
                    Rule.PERSON_OVERTIME,
                    sum(duty.overtime[name] for duty in duties),
                    person.max_overtime_minutes,
                ),
            )
            if any(most is not None and number > most and counts(rule) for rule, number, most in limits):
                return False
            if counts(Rule.PERSON_CLASH) and any(self._clash(last, duty) for duty in duties[:-1]):
                return False
        return True

    def _clash(self, one: Staffed, other: Staffed) -> bool:
        gap = self._world.instance.person_gap_minutes * 60
        first, second = one.session.span, other.session.span
        return not (first[1] + gap <= second[0] or second[1] + gap <= first[0])

    def _covered(self, meetings: Sequence[Staffed]) -> bool:
        if not self._world.counts(Rule.COVERAGE_HORIZON):
            return True
        shown: Counter[InstitutionType] = Counter(kind for meeting in meetings for kind in meeting.team.types)
        return all(shown[kind] >= least for kind, least in self._city.coverage.at_least.items())

    def _sum(self, meetings: tuple[Staffed, ...]) -> CityPlan:
        return CityPlan(
            meetings=meetings,
            points=sum(meeting.session.points for meeting in meetings),
            cost=sum(meeting.cost for meeting in meetings),
            appeal=sum(meeting.session.appeal for meeting in meetings),
            effort=sum(len(meeting.team.people) for meeting in meetings),
            disturbance=self._disturbance(meetings),
        )

    def _disturbance(self, meetings: tuple[Staffed, ...]) -> Disturbance:
        if self._world.published is None:
            return Disturbance(0, 0)
        now = (
            Now(
                topic=meeting.session.topic.id,
                venue=meeting.session.venue.id,
                start=meeting.session.start.absolute,
                duties=[(name, role.value) for name, role in meeting.team.duties],
            )
            for meeting in meetings
        )
        return self._world.published.disturbance(self._city.id, now)
