"""The rules of the specification as rows, and its tiers as expressions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta
from itertools import combinations

from contest.systems.textbook.columns import Columns, Meeting, cost_if_present, minutes_at
from contest.systems.textbook.rows import Rows, Terms, plus
from meetsched.candidates import Candidates
from meetsched.domain.calendar import Month
from meetsched.domain.entities import City, Institution, Role, VenueKind
from meetsched.domain.outcome import PlannedMeeting
from meetsched.rules import Tier

_COVERING = (Role.EXPERT, Role.REPRESENTATIVE)


class Textbook:
    """The whole model.

    Parameters
    ----------
    candidates : Candidates
    ideal : mapping of str to int, optional
        The most points of each city alone; needed for `balance`.
    """

    def __init__(self, candidates: Candidates, ideal: Mapping[str, int] | None = None) -> None:
        self._instance = candidates.instance
        self.rows = Rows()
        self._columns = Columns(candidates, self.rows)
        for city in candidates.cities:
            meetings = self._columns.of_city(city.id)
            self._add_calendar(city, meetings)
            self._add_topics(city, meetings)
            self._add_city_venues(city, meetings)
            self._add_coverage(city, meetings)
            self._add_limits(city, meetings)
        for meeting in self._columns.meetings:
            self._add_staff(meeting)
        self._add_venues()
        self._add_people()
        self._add_clashes()
        self._add_pins(candidates)
        self._balance = self._add_balance(candidates, ideal) if ideal else []

    def tier(self, tier: Tier) -> Terms:
        """Return a tier as an expression."""
        if tier is Tier.BALANCE:
            return self._balance
        sums = {
            Tier.POINTS: Meeting.points,
            Tier.COST: Meeting.cost,
            Tier.APPEAL: Meeting.appeal,
            Tier.EFFORT: Meeting.effort,
        }
        return [term for meeting in self._columns.meetings for term in sums[tier](meeting)]

    def decode(self, values: list[int]) -> list[PlannedMeeting]:
        """Return the meetings of a solution."""
        return self._columns.decode(values)

    def _institution(self, person_institution: str) -> Institution:
        return self._instance.institution_by_id[person_institution]

    # When and what --------------------------------------------------------------------------------

    def _add_calendar(self, city: City, meetings: list[Meeting]) -> None:
        horizon, columns = self._instance.horizon, self._columns
        for month in horizon.months():
            held = {m.held: m.when(lambda s, month=month: columns.start(s).month == month) for m in meetings}
            everything = [term for terms in held.values() for term in terms]
            whole = horizon.holds_whole(month)
            least = city.meetings_per_month.min if whole else 0
            self.rows.add(everything, least, city.meetings_per_month.max)
            if whole and city.open_meetings_per_month:
                open_ones = [term for m in meetings if m.candidates.topic.open for term in held[m.held]]
                self.rows.add(open_ones, low=city.open_meetings_per_month)
        for day in horizon.dates():
            end = day + timedelta(days=city.min_days_between)
            stretch = [term for m in meetings for term in m.when(lambda s: day <= columns.day(s) < end)]  # noqa: B023
            self.rows.add(stretch, high=1)

    def _add_topics(self, city: City, meetings: list[Meeting]) -> None:
        by_topic = {meeting.candidates.topic.id: meeting for meeting in meetings}
        for meeting in meetings:
            topic = meeting.candidates.topic
            if topic.required:
                self.rows.add([(meeting.held, 1)], low=1)
            for name in topic.after:
                if name not in city.held_before:
                    self._add_order(by_topic.get(name), meeting)
        for kind, least in city.formats.items():
            self.rows.add(plus(m.held for m in meetings if m.candidates.topic.format == kind), low=least)

    def _add_order(self, earlier: Meeting | None, later: Meeting) -> None:
        for start, columns in later.at.items():
            before = earlier.when(lambda s, start=start: s < start) if earlier else []
            self.rows.add([*plus(columns), *((column, -1) for column, _ in before)], high=0)

    def _add_pins(self, candidates: Candidates) -> None:
        """Dates, times and venues are the candidates' business already."""
        planned = {city.id for city in candidates.cities}
        by_id = {meeting.candidates.id: meeting for meeting in self._columns.meetings}
        for pin in self._instance.pins:
            if not pin.held or pin.city not in planned:
                continue
            meeting = by_id.get(f"{pin.city}/{pin.topic}")
            self.rows.add([(meeting.held, 1)] if meeting else [], low=1)
            for pinned in pin.people if meeting else ():
                roles = [pinned.role] if pinned.role else list(Role)
                self.rows.add(meeting.people(*roles, who=lambda p, i=pinned.person: p.id == i), low=1)

    # Where ----------------------------------------------------------------------------------------

    def _add_city_venues(self, city: City, meetings: list[Meeting]) -> None:
        def uses(fits) -> Terms:  # noqa: ANN001
            return [term for meeting in meetings for term in meeting.where(lambda place: fits(place.venue))]

        for venue in self._instance.venues:
            limits = [venue.quota.get(city.id), city.max_uses_per_venue]
            for most in limits:
                if most is not None:
                    self.rows.add(uses(lambda v, one=venue: v.id == one.id), high=most)
        self.rows.add(uses(lambda v: v.city != city.id), high=city.max_away_meetings)
        pubs = city.pub_meetings
        self.rows.add(uses(lambda v: v.kind is VenueKind.PUB), pubs.min, pubs.max)
        used = []
        for institution in self._instance.institutions:
            used.append(self.rows.column())
            there = uses(lambda v, i=institution.id: v.institution == i)
            self.rows.add([(used[-1], 1), *((column, -1) for column, _ in there)], high=0)
        self.rows.add(plus(used), low=city.min_host_institutions)

    def _add_venues(self) -> None:
        """No two meetings, turnaround included, at the same moment; every start is a moment."""
        uses = defaultdict(list)
        for meeting in self._columns.meetings:
            for pair in meeting.pairs:
                uses[pair.place.venue.id].append((self._columns.start(pair.start).instant, meeting, pair))
        for venue in self._instance.venues:
            own = uses[venue.id]
            self.rows.add(plus(pair.column for _, _, pair in own), high=venue.max_uses)
            for moment in sorted({instant for instant, _, _ in own}):
                there = [
                    pair.column
                    for instant, meeting, pair in own
                    if instant <= moment < instant + _seconds(meeting, venue.turnaround_minutes)
                ]
                self.rows.add(plus(there), high=1)

    # Who ------------------------------------------------------------------------------------------

    def _add_staff(self, meeting: Meeting) -> None:
        city, topic, add = meeting.candidates.city, meeting.candidates.topic, self.rows.add
        for tag in topic.expertise:
            knowing = meeting.people(Role.EXPERT, who=lambda p, tag=tag: tag in p.expertise)
            add([*knowing, (meeting.held, -1)], low=0)
        for role, number in ((Role.BROKER, city.crew.broker), (Role.PRESENTER, city.crew.presenter)):
            add([*meeting.people(role), (meeting.held, -number)], 0, 0)
        for institution in self._instance.institutions:
            hosts = meeting.people(Role.HOST, who=lambda p, i=institution.id: p.institution == i)
            rooms = meeting.where(
                lambda place, i=institution.id: place.venue.host_required and place.venue.institution == i
            )
            add([*hosts, *((column, -1) for column, _ in rooms)], 0, 0)

    def _add_coverage(self, city: City, meetings: list[Meeting]) -> None:
        def standing(meeting: Meeting, kind: str) -> Terms:
            return meeting.people(*_COVERING, who=lambda p: self._institution(p.institution).type == kind)

        for kind in city.coverage.each_meeting:
            for meeting in meetings:
                self.rows.add([*standing(meeting, kind), (meeting.held, -1)], low=0)
        for kind, least in city.coverage.at_least.items():
            covered = []
            for meeting in meetings:
                covered.append(self.rows.column())
                there = standing(meeting, kind)
                self.rows.add([(covered[-1], 1), *((column, -1) for column, _ in there)], high=0)
            self.rows.add(plus(covered), low=least)

    def _add_limits(self, city: City, meetings: list[Meeting]) -> None:
        if city.budget is not None:
            self.rows.add([term for meeting in meetings for term in meeting.cost()], high=city.budget)
        if city.max_outside_experts is not None:
            outside = [
                term
                for meeting in meetings
                for term in meeting.people(
                    Role.EXPERT, who=lambda p: self._institution(p.institution).city is None
                )
            ]
            self.rows.add(outside, high=city.max_outside_experts)

    def _add_people(self) -> None:
        for duties in self._columns.of_person().values():
            person = duties[0][1].person
            self.rows.add([term for _, _, present in duties for term in present], high=person.max_meetings)
            if person.max_per_month is not None and len(duties) > person.max_per_month:
                for month in self._instance.horizon.months():
                    then = [self._present_in(month, meeting, present) for meeting, _, present in duties]
                    self.rows.add(plus(then), high=person.max_per_month)
            if person.max_overtime_minutes is not None:
                minutes = [
                    column
                    for meeting, duty, present in duties
                    for column in cost_if_present(self.rows, meeting, minutes_at(meeting, duty), present)
                ]
                self.rows.add(plus(minutes), high=person.max_overtime_minutes)

    def _present_in(self, month: Month, meeting: Meeting, present: Terms) -> int:
        """Return a column that is 1 where the person is present and the meeting in the month."""
        column = self.rows.column()
        then = meeting.when(lambda start: self._columns.start(start).month == month)
        self.rows.add([(column, 1), *((one, -1) for one, _ in [*then, *present])], low=-1)
        return column

    def _add_clashes(self) -> None:
        """Nobody at two meetings that overlap, the gap between duties included."""
        overlaps: dict[tuple[int, int], int | None] = {}
        for duties in self._columns.of_person().values():
            for (one, _, present), (other, _, elsewhere) in combinations(duties, 2):
                key = one.held, other.held
                if key not in overlaps:
                    overlaps[key] = self._overlap(one, other)
                if (column := overlaps[key]) is not None:
                    self.rows.add([*present, *elsewhere, (column, 1)], high=2)

    def _overlap(self, one: Meeting, other: Meeting) -> int | None:
        """Return a column that is 1 where two meetings are too close for one person; None if never."""
        rows = []
        for start, columns in one.at.items():
            close = other.when(lambda s, start=start: self._close(one, start, other, s))
            if close:
                rows.append([*plus(columns), *close])
        if not rows:
            return None
        column = self.rows.column()
        for terms in rows:
            self.rows.add([(column, -1), *terms], high=1)
        return column

    def _close(self, one: Meeting, start: int, other: Meeting, another: int) -> bool:
        city = one.candidates.city
        apart = abs((self._columns.day(start) - self._columns.day(another)).days)
        if city is other.candidates.city and apart < city.min_days_between:
            return False  # spacing forbids it already
        gap = self._instance.person_gap_minutes
        first, second = (self._columns.start(s).instant for s in (start, another))
        return first < second + _seconds(other, gap) and second < first + _seconds(one, gap)

    # How good -------------------------------------------------------------------------------------

    def _add_balance(self, candidates: Candidates, ideal: Mapping[str, int]) -> Terms:
        share = self.rows.column(1000)
        for city in candidates.cities:
            points = _thousandfold(self._columns.of_city(city.id))
            self.rows.add([*points, (share, -ideal[city.id])], low=0)
        return plus([share])


def _thousandfold(meetings: Iterable[Meeting]) -> Terms:
    return [(column, 1000 * gain) for meeting in meetings for column, gain in meeting.points()]


def _seconds(meeting: Meeting, more_minutes: int) -> int:
    return 60 * (meeting.candidates.topic.minutes + more_minutes)
