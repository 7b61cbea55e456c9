"""What happens in a venue, and how a city spreads over venues."""

from collections.abc import Iterable
from datetime import timedelta

from meetsched.domain.entities import City, VenueKind
from meetsched.model.intervals import maximal_overlaps
from meetsched.model.linear import LinearModel, Terms, plus
from meetsched.model.variables import MeetingColumns, Pair, Variables
from meetsched.rules import Rule

RULES = (
    Rule.VENUE_CLASH,
    Rule.VENUE_USES,
    Rule.VENUE_QUOTA,
    Rule.VENUE_ROTATION,
    Rule.VENUE_AWAY,
    Rule.VENUE_HOSTS,
    Rule.VENUE_PUBS,
)

Uses = dict[str, list[tuple[MeetingColumns, Pair]]]


def add(model: LinearModel, variables: Variables) -> None:
    """Add the rules of every venue, then those of every city on its venues."""
    everyone = _uses(variables, variables.meetings)
    for venue_id, uses in everyone.items():
        _add_clashes(model, variables, venue_id, uses)
        most = uses[0][1].place.venue.max_uses
        if most is not None:
            model.at_most(Rule.VENUE_USES, venue_id, _columns(uses), most)
    for city in variables.candidates.cities:
        _add_city(model, variables, city)


def _uses(variables: Variables, meetings: Iterable[MeetingColumns]) -> Uses:
    uses: Uses = {}
    for meeting, pair in variables.pairs(meetings):
        uses.setdefault(pair.place.venue.id, []).append((meeting, pair))
    return uses


def _columns(uses: Iterable[tuple[MeetingColumns, Pair]]) -> Terms:
    return plus(pair.column for _, pair in uses)


def _add_clashes(
    model: LinearModel, variables: Variables, venue_id: str, uses: list[tuple[MeetingColumns, Pair]]
) -> None:
    """At most one of the meetings that occupy the venue, turnaround included, at the same moment.

    Pairs of several starts are none of a venue in which meetings could clash.
    """
    starts = variables.candidates.starts
    turnaround = 60 * uses[0][1].place.venue.turnaround_minutes
    intervals = (
        (begin, begin + meeting.candidates.seconds + turnaround, (meeting, pair))
        for meeting, pair in uses
        if len(pair.starts) == 1
        for begin in (starts[pair.start].instant,)
    )
    for together in maximal_overlaps(intervals):
        if not _kept_apart_by_spacing(variables, together):
            model.at_most(Rule.VENUE_CLASH, venue_id, _columns(together), 1)


def _kept_apart_by_spacing(variables: Variables, uses: list[tuple[MeetingColumns, Pair]]) -> bool:
    cities = {meeting.candidates.city.id for meeting, _ in uses}
    if len(cities) > 1:
        return False
    days = [variables.candidates.starts[pair.start].day for _, pair in uses]
    gap = variables.candidates.sure_gap(uses[0][0].candidates.city)
    return max(days) - min(days) < timedelta(days=gap)


def _add_city(model: LinearModel, variables: Variables, city: City) -> None:
    uses = _uses(variables, variables.of_city[city.id])
    away: Terms = []
    pubs: Terms = []
    by_institution: dict[str, Terms] = {}
    for venue_id, own in uses.items():
        venue = own[0][1].place.venue
        columns = _columns(own)
        if city.id in venue.quota:
            model.at_most(Rule.VENUE_QUOTA, f"{city.id} {venue_id}", columns, venue.quota[city.id])
        if city.max_uses_per_venue is not None:
            model.at_most(Rule.VENUE_ROTATION, f"{city.id} {venue_id}", columns, city.max_uses_per_venue)
        if venue.city != city.id:
            away += columns
        if venue.kind is VenueKind.PUB:
            pubs += columns
        if venue.institution is not None:
            by_institution.setdefault(venue.institution, []).extend(columns)
    if city.max_away_meetings is not None and away:
        model.at_most(Rule.VENUE_AWAY, city.id, away, city.max_away_meetings)
    if city.pub_meetings.max is not None and pubs:
        model.at_most(Rule.VENUE_PUBS, city.id, pubs, city.pub_meetings.max)
    if city.pub_meetings.min:
        model.at_least(Rule.VENUE_PUBS, city.id, pubs, city.pub_meetings.min)
    if city.min_host_institutions:
        _add_hosts(model, city, by_institution)


def _add_hosts(model: LinearModel, city: City, by_institution: dict[str, Terms]) -> None:
    """A column per institution that is 1 only where the city uses one of its venues."""
    used = []
    for columns in by_institution.values():
        column = model.add_column()
        model.at_most(None, city.id, [(column, 1), *((one, -1) for one, _ in columns)], 0)
        used.append(column)
    model.at_least(Rule.VENUE_HOSTS, city.id, plus(used), city.min_host_institutions)
