"""The clerk's notebook: what is planned so far, and whether one more meeting fits beside it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from meetsched.candidates import Candidates, DutyCandidate, MeetingCandidates, Places, Start
from meetsched.candidates.people import duty_cost, overtime_cost
from meetsched.domain.entities import Role, Venue, VenueKind
from meetsched.domain.outcome import PlannedMeeting
from meetsched.domain.plan import Duty

Staff = tuple[tuple[DutyCandidate, Role], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A meeting in the notebook; `start` is a number in the candidates' starts."""

    meeting: MeetingCandidates
    start: int
    place: Places
    position: int
    staff: Staff = ()


class Ledger:
    """Entries in the order in which they were written; the last ones can be struck out again."""

    def __init__(self, candidates: Candidates) -> None:
        self._candidates = candidates
        self._instance = candidates.instance
        self.entries: list[Entry] = []

    def start(self, entry: Entry) -> Start:
        """Return when an entry starts."""
        return self._candidates.starts[entry.start]

    def of_city(self, city: str) -> list[Entry]:
        """Return a city's entries."""
        return [entry for entry in self.entries if entry.meeting.city.id == city]

    def room_fits(self, new: Entry) -> bool:
        """Whether the date and the venue suit what is planned: the rules that set a most."""
        own = self.of_city(new.meeting.city.id)
        return (
            self._calendar_fits(new, own)
            and self._in_order(new, own)
            and self._limits_hold([*own, new])
            and self._venue_fits(new)
        )

    def person_fits(self, new: Entry, duty: DutyCandidate, role: Role) -> bool:
        """Whether a person can take a duty beside those that they have."""
        person, city = duty.person, new.meeting.city
        if not duty.presence.possible[new.start] or person.id in {one.person.id for one, _ in new.staff}:
            return False
        duties = [
            entry for entry in self.entries if any(one.person.id == person.id for one, _ in entry.staff)
        ]
        month = self.start(new).month
        together = [*duties, new]
        minutes = (
            sum(self._overtime(entry, person.id) for entry in duties) + duty.presence.overtime[new.start]
        )
        this_month = sum(self.start(entry).month == month for entry in together)
        outside = sum(
            r is Role.EXPERT and self._institution_city(one) is None
            for entry in [*self.of_city(city.id), new]
            for one, r in entry.staff
        )
        from_outside = role is Role.EXPERT and self._institution_city(duty) is None
        return (
            _within(len(together), person.max_meetings)
            and _within(this_month, person.max_per_month)
            and _within(int(minutes), person.max_overtime_minutes)
            and _within(outside + from_outside, city.max_outside_experts if from_outside else None)
            and all(self._apart(new, entry, self._instance.person_gap_minutes) for entry in duties)
        )

    def affordable(self, new: Entry) -> bool:
        """Whether the city's budget still holds."""
        city = new.meeting.city
        return _within(sum(self._cost(entry) for entry in [*self.of_city(city.id), new]), city.budget)

    def meetings(self) -> list[PlannedMeeting]:
        """Return the entries as decisions."""
        return [
            PlannedMeeting(
                entry.meeting.city.id,
                entry.meeting.topic.id,
                self._candidates.clock.local(self.start(entry).instant),
                entry.place.venue.id,
                tuple(Duty(person=duty.person.id, role=role) for duty, role in entry.staff),
            )
            for entry in self.entries
        ]

    def _calendar_fits(self, new: Entry, own: Sequence[Entry]) -> bool:
        city, start = new.meeting.city, self.start(new)
        return (
            all(entry.meeting is not new.meeting for entry in own)
            and all(abs((self.start(entry).day - start.day).days) >= city.min_days_between for entry in own)
            and _within(
                1 + sum(self.start(entry).month == start.month for entry in own), city.meetings_per_month.max
            )
        )

    def _in_order(self, new: Entry, own: Sequence[Entry]) -> bool:
        held = {entry.meeting.topic.id: entry.start for entry in own}
        before = set(new.meeting.topic.after) - set(new.meeting.city.held_before)
        return all(held.get(topic, new.start) < new.start for topic in before) and all(
            new.meeting.topic.id not in entry.meeting.topic.after or new.start < entry.start for entry in own
        )

    def _limits_hold(self, own: Sequence[Entry]) -> bool:
        city = own[-1].meeting.city
        uses = Counter(entry.place.venue.id for entry in own)
        venue = own[-1].place.venue
        everywhere = 1 + sum(entry.place.venue.id == venue.id for entry in self.entries)
        return (
            _within(uses[venue.id], venue.quota.get(city.id))
            and _within(uses[venue.id], city.max_uses_per_venue)
            and _within(everywhere, venue.max_uses)
            and _within(sum(entry.place.venue.city != city.id for entry in own), city.max_away_meetings)
            and _within(sum(_is_pub(entry.place.venue) for entry in own), city.pub_meetings.max)
        )

    def _venue_fits(self, new: Entry) -> bool:
        venue = new.place.venue
        return all(
            self._apart(new, entry, venue.turnaround_minutes)
            for entry in self.entries
            if entry.place.venue.id == venue.id
        )

    def _apart(self, one: Entry, other: Entry, gap: int) -> bool:
        (first, long), (second, wide) = (
            (self.start(entry).instant, 60 * (entry.meeting.topic.minutes + gap)) for entry in (one, other)
        )
        return first + long <= second or second + wide <= first

    def _overtime(self, entry: Entry, person: str) -> int:
        return sum(
            int(duty.presence.overtime[entry.start]) for duty, _ in entry.staff if duty.person.id == person
        )

    def _cost(self, entry: Entry) -> int:
        people = sum(
            duty_cost(duty.person, entry.meeting.city.id)
            + overtime_cost(duty.person, int(duty.presence.overtime[entry.start]))
            for duty, _ in entry.staff
        )
        return int(entry.place.cost[entry.position]) + people

    def _institution_city(self, duty: DutyCandidate) -> str | None:
        return self._instance.institution_by_id[duty.person.institution].city


def _within(number: int, most: int | None) -> bool:
    return most is None or number <= most


def _is_pub(venue: Venue) -> bool:
    return venue.kind is VenueKind.PUB
