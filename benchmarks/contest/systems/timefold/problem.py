"""The problem as the Java program reads it: a fact a line, its fields separated by tabs."""

from collections.abc import Iterable, Iterator, Sequence

from meetsched.candidates import Candidates, DutyCandidate, MeetingCandidates, Places
from meetsched.candidates.people import duty_cost, overtime_cost
from meetsched.domain.entities import Person, Role, Venue, VenueKind
from meetsched.domain.outcome import PlannedMeeting
from meetsched.domain.plan import Duty
from meetsched.rules import Tier

_ANY = 2**31 - 1
_COVERING = (Role.EXPERT, Role.REPRESENTATIVE)
_TIERS = (Tier.POINTS, Tier.COST, Tier.APPEAL, Tier.EFFORT)
_SPARE_EXPERTS = 1
"""Seats for experts beyond one for each tag: somebody may come for the sake of a type."""

Held = dict[str, PlannedMeeting]


class Problem:
    """One city's problem, with a plan to start from where there is one (by topic)."""

    def __init__(self, candidates: Candidates, start_from: Sequence[PlannedMeeting] = ()) -> None:
        self._candidates = candidates
        self._instance = candidates.instance
        (self._city,) = candidates.cities
        self._held: Held = {meeting.topic: meeting for meeting in start_from}
        self._person = {person.id: number for number, person in enumerate(self._instance.people)}
        self._venue = {venue.id: number for number, venue in enumerate(self._instance.venues)}
        self._institution = {one.id: number for number, one in enumerate(self._instance.institutions)}
        self._months = self._instance.horizon.months()
        self._limits = list(self._find_limits())
        self._meetings = {meeting.topic.id: number for number, meeting in enumerate(candidates.meetings)}
        self._pairs: list[tuple[MeetingCandidates, Places, int]] = []

    def text(self) -> str:
        """Return the problem."""
        lines = [*self._frame(), *self._people()]
        for meeting in self._candidates.meetings:
            lines += self._meeting(meeting)
        return "\n".join("\t".join(map(_field, line)) for line in lines) + "\n"

    def decode(self, lines: Iterable[Sequence[str]]) -> list[PlannedMeeting]:
        """Return the plan that the program wrote, after `text` was called."""
        pairs: dict[int, int] = {}
        people: dict[int, list[Duty]] = {}
        for kind, *fields in lines:
            if kind == "pair":
                pairs[int(fields[0])] = int(fields[1])
            elif kind == "seat":
                person = self._instance.people[int(fields[1])].id
                duty = Duty(person=person, role=Role(fields[2].lower()))
                people.setdefault(int(fields[0]), []).append(duty)
        return [self._planned(*self._pairs[pair], people.get(number, [])) for number, pair in pairs.items()]

    def _planned(
        self, meeting: MeetingCandidates, place: Places, position: int, duties: Sequence[Duty]
    ) -> PlannedMeeting:
        start = self._candidates.starts[int(place.starts[position])]
        moment = self._candidates.clock.local(start.instant)
        return PlannedMeeting(meeting.city.id, meeting.topic.id, moment, place.venue.id, tuple(duties))

    # Facts ----------------------------------------------------------------------------------------

    def _frame(self) -> Iterator[Sequence[object]]:
        city = self._city
        hosts = city.min_host_institutions
        gap = 60 * self._instance.person_gap_minutes
        yield "city", _most(city.budget), _most(city.max_outside_experts), hosts, city.min_days_between, gap
        order = [one.tier for one in self._instance.active_objectives()]
        yield "tiers", *(order.index(tier) if tier in order else -1 for tier in _TIERS)
        for number, (_, least, most) in enumerate(self._limits):
            yield "limit", number, least, _most(most)
        for number, (kind, least) in enumerate(city.coverage.at_least.items()):
            yield "cover", number, least, self._of_type(kind)

    def _find_limits(self) -> Iterator[tuple[tuple[object, ...], int, int | None]]:
        """Yield each limit on the number of meetings of a kind: what it counts, least and most."""
        city = self._city
        for month in self._months:
            whole = self._instance.horizon.holds_whole(month)
            yield ("month", month), city.meetings_per_month.min * whole, city.meetings_per_month.max
            yield ("open", month), city.open_meetings_per_month * whole, None
        for kind, least in city.formats.items():
            yield ("format", kind), least, None
        yield ("pub",), city.pub_meetings.min, city.pub_meetings.max
        yield ("away",), 0, city.max_away_meetings
        for venue in self._instance.venues:
            limits = (venue.max_uses, venue.quota.get(city.id), city.max_uses_per_venue)
            yield ("venue", venue.id), 0, min((most for most in limits if most is not None), default=None)
        pinned = [pin.topic for pin in self._instance.pins if pin.held]
        for topic in self._instance.topics:
            must = topic.id in pinned or (topic.required and city.id in self._instance.cities_of_topic(topic))
            yield ("topic", topic.id), int(must), None

    def _counts_for(self, meeting: MeetingCandidates, venue: Venue, start: int) -> list[int]:
        """Return the limits that count a meeting there and then; those that limit nothing left out."""
        topic, month = meeting.topic, self._candidates.starts[start].month
        kinds = {
            ("month", month),
            ("format", topic.format),
            ("venue", venue.id),
            ("topic", topic.id),
            ("open", month) if topic.open else (),
            ("pub",) if venue.kind is VenueKind.PUB else (),
            ("away",) if venue.city != self._city.id else (),
        }
        return [
            number
            for number, (kind, least, most) in enumerate(self._limits)
            if kind in kinds and (least or most is not None)
        ]

    def _people(self) -> Iterator[Sequence[object]]:
        lengths: dict[tuple[str, int], DutyCandidate] = {}
        for meeting in self._candidates.meetings:
            for duty in meeting.duties:
                lengths[duty.person.id, meeting.topic.minutes] = duty
        for person in self._instance.people:
            limits = (person.max_meetings, person.max_per_month, person.max_overtime_minutes)
            institution = self._instance.institution_by_id[person.institution]
            outside = institution.city is None
            number = self._person[person.id]
            yield "person", number, self._institution[institution.id], outside, *map(_most, limits)
        for (_, minutes), duty in lengths.items():
            person, presence = duty.person, duty.presence
            for start in presence.possible.nonzero()[0]:
                overtime = int(presence.overtime[start])
                cost = duty_cost(person, self._city.id) + overtime_cost(person, overtime)
                yield "presence", self._person[person.id], minutes, int(start), cost, overtime

    def _meeting(self, meeting: MeetingCandidates) -> Iterator[Sequence[object]]:
        number, topic = self._meetings[meeting.topic.id], meeting.topic
        yield "meeting", number, topic.minutes
        possible = True
        for earlier in topic.after:
            if earlier not in self._city.held_before:
                possible &= earlier in self._meetings
                yield "order", self._meetings.get(earlier, -1), number
        if possible:
            for place in meeting.places:
                yield from (self._pair(meeting, place, position) for position in range(len(place.starts)))
        yield from self._needs(meeting)
        yield from self._seats(meeting)

    def _pair(self, meeting: MeetingCandidates, place: Places, position: int) -> Sequence[object]:
        start, venue = int(place.starts[position]), place.venue
        when = self._candidates.starts[start]
        held = self._held.get(meeting.topic.id)
        chosen = held is not None and held.venue == venue.id and int(held.start.timestamp()) == when.instant
        self._pairs.append((meeting, place, position))
        return (
            "pair",
            self._meetings[meeting.topic.id],
            chosen,
            len(self._pairs) - 1,
            start,
            when.day.toordinal(),
            self._months.index(when.month),
            when.instant,
            self._venue[venue.id],
            -1 if venue.institution is None else self._institution[venue.institution],
            venue.host_required,
            60 * venue.turnaround_minutes,
            *(int(figure[position]) for figure in (place.points, place.cost, place.appeal)),
            self._counts_for(meeting, venue, start),
        )

    def _needs(self, meeting: MeetingCandidates) -> Iterator[Sequence[object]]:
        number = self._meetings[meeting.topic.id]
        for tag in meeting.topic.expertise:
            knowing = [self._person[one.id] for one in self._instance.people if tag in one.expertise]
            yield "need", number, [Role.EXPERT], knowing
        for kind in self._city.coverage.each_meeting:
            yield "need", number, _COVERING, self._of_type(kind)
        for pin in self._instance.pins:
            for pinned in pin.people if pin.topic == meeting.topic.id else ():
                yield "need", number, [pinned.role] if pinned.role else Role, [self._person[pinned.person]]

    def _seats(self, meeting: MeetingCandidates) -> Iterator[Sequence[object]]:
        city, number = meeting.city, self._meetings[meeting.topic.id]
        types = {*city.coverage.each_meeting, *city.coverage.at_least}
        tags = len(meeting.topic.expertise)
        seats = {
            Role.EXPERT: tags + _SPARE_EXPERTS if tags else 0,
            Role.REPRESENTATIVE: len(types),
            Role.HOST: 1,
            Role.BROKER: city.crew.broker,
            Role.PRESENTER: city.crew.presenter,
        }
        held = self._held.get(meeting.topic.id)
        for role, count in seats.items():
            able = [self._person[duty.person.id] for duty in meeting.duties if role in duty.roles]
            sitting = [duty.person for duty in held.people if duty.role == role] if held else []
            for seat in range(count):
                person = self._person[sitting[seat]] if seat < len(sitting) else -1
                yield "seat", person, 100 * number + 10 * list(Role).index(role) + seat, number, role, able

    def _of_type(self, kind: str) -> list[int]:
        def fits(person: Person) -> bool:
            return self._instance.institution_by_id[person.institution].type == kind

        return [self._person[person.id] for person in self._instance.people if fits(person)]


def _most(number: int | None) -> int:
    return _ANY if number is None else number


def _field(value: object) -> str:
    if isinstance(value, Role):
        return value.name
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, str | int):
        return str(value)
    return ",".join(map(_field, value))
