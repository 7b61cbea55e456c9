"""The model of everything that could be, where each demand can be set aside at a toll.

All rules that the specification lets somebody ease are rows with a column of their own: while that
column is 0 the row is in force. What the rules on one meeting alone forbid is there, too, and needs the
column of what forbids it. What a toll is, and what a step of it eases, is told by a `Tariff`.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, Protocol

from meetsched.candidates import Candidates, DutyCandidate, MeetingCandidates
from meetsched.domain.entities import Role
from meetsched.model import FAMILIES, LinearModel, Row, Terms, Values
from meetsched.model.columns import ColumnMaker
from meetsched.model.linear import UNBOUNDED, merged
from meetsched.model.variables import MeetingColumns, Pair, Variables
from meetsched.rules import Rule

Toll = Hashable

IN_VENUE = "@"
"""Marks a venue in the subject of a row on hosts; others name the institution."""


class Side(Enum):
    """Which bound of a row is meant."""

    UPPER = "upper"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Easing:
    """What sets a row aside: a step of the toll eases it by `unit`; None: one step by all that there is."""

    toll: Toll
    unit: int | None = None


@dataclass(frozen=True)
class Layer(DutyCandidate):
    """A part of a duty whose starts need the same tolls.

    Attributes
    ----------
    tolls : tuple of Toll
        One step of each.
    tolled : bool
        Whether the person is there only at a toll, be it one that has no column of its own.
    """

    tolls: tuple[Toll, ...] = ()
    tolled: bool = False


class Tariff(Protocol):
    """What has a toll, and which."""

    def row(self, rule: Rule, subject: str, side: Side) -> Iterable[Easing]:
        """Yield what eases a bound of a row; nothing where it always holds."""

    def omits(self, rule: Rule) -> bool:
        """Whether the tariff writes the rows of the rule itself."""

    def pair(self, meeting: MeetingCandidates, place: int, position: int) -> Mapping[Any, int]:
        """Return the tolls, with their steps, that a start and a venue of a meeting need."""

    def layers(self, meeting: MeetingCandidates, duty: DutyCandidate) -> Iterable[Layer]:
        """Yield a forgiving duty's parts, each with starts that need the same tolls."""

    def past(self, meeting: MeetingCandidates) -> Toll | None:
        """Return what lets a meeting that is over count as if it had not been; None: nothing does."""


@dataclass
class ElasticModel(LinearModel):
    """A linear model whose rows are eased by tolls.

    Attributes
    ----------
    tariff : Tariff
    tolls : dict of Toll to int
        The column of each toll: how many steps of it are taken.
    groups : dict of int to int
        Columns of which at most one of a group is 1, by the number of the group.
    """

    tariff: Tariff = field(kw_only=True)
    tolls: dict[Toll, int] = field(default_factory=dict)
    groups: dict[int, int] = field(default_factory=dict)

    def toll(self, toll: Toll, most: int = 1) -> int:
        """Return the column of a toll, which can be taken in as many steps as anybody asked for."""
        if toll not in self.tolls:
            self.tolls[toll] = self.add_column(upper=0)
        column = self.tolls[toll]
        self.upper[column] = max(self.upper[column], most)
        return column

    def at_most(self, rule: Rule | None, subject: str, terms: Terms, upper: int) -> None:
        """Demand that the terms add up to no more than `upper`, tolls aside."""
        if rule is not None and self.tariff.omits(rule):
            return
        eased = self._eased(rule, subject, terms, upper, Side.UPPER)
        super().at_most(rule, subject, eased, upper)

    def at_least(self, rule: Rule | None, subject: str, terms: Terms, lower: int) -> None:
        """Demand that the terms add up to no less than `lower`, tolls aside."""
        eased = self._eased(rule, subject, terms, lower, Side.LOWER)
        super().at_least(rule, subject, eased, lower)

    def equal(self, rule: Rule | None, subject: str, terms: Terms, value: int = 0) -> None:
        """Demand that the terms add up to `value`, tolls aside."""
        if rule is None:
            super().equal(rule, subject, terms, value)
        else:
            self.at_most(rule, subject, terms, value)
            self.at_least(rule, subject, terms, value)

    def _eased(self, rule: Rule | None, subject: str, terms: Terms, bound: int, side: Side) -> Terms:
        if rule is None:
            return terms
        sign = -1 if side is Side.UPPER else 1
        room = -sign * (self.extreme(terms, -sign) - bound)
        easings = list(self.tariff.row(rule, subject, side)) if room > 0 else []
        more = []
        for easing in easings:
            unit = easing.unit or room
            more.append((self.toll(easing.toll, -(-room // unit)), sign * unit))
        return [*terms, *more]

    def extreme(self, terms: Terms, sign: int) -> int:
        """Return the most (sign 1) or the least (-1) that an expression can come to, or a bound of it."""
        total = 0
        best: dict[int, int] = {}
        for column, coefficient in merged(terms).items():
            value = max(sign * coefficient * self.lower[column], sign * coefficient * self.upper[column])
            group = self.groups.get(column)
            if group is None:
                total += value
            else:
                best[group] = max(best.get(group, 0), value)
        return sign * (total + sum(best.values()))


@dataclass(frozen=True)
class Elastic:
    """An elastic model with what its columns mean."""

    linear: ElasticModel
    variables: Variables


def build_elastic(
    forgiving: Candidates, tariff: Tariff, between: Callable[[], None] = lambda: None
) -> Elastic:
    """Build the elastic model of forgiving candidates; `between` may end the work by raising."""
    layered = replace(forgiving, meetings=tuple(_layered(meeting, tariff) for meeting in forgiving.meetings))
    linear = ElasticModel(tariff=tariff)
    variables = ColumnMaker(linear, layered, grouped=False).make()
    _group(linear, variables)
    for meeting in variables.meetings:
        _add_pairs(linear, meeting)
        _add_past(linear, meeting)
    for meeting in variables.coming:
        between()
        _add_layers(linear, meeting)
        _add_hosts(linear, meeting)
    for family in FAMILIES:
        between()
        family.add(linear, variables)
    linear.separators = [_eased_separator(linear, each) for each in linear.separators]
    return Elastic(linear, variables)


def _layered(meeting: MeetingCandidates, tariff: Tariff) -> MeetingCandidates:
    """Return a meeting with the layers of its duties; those of one that is over are as they were."""
    if meeting.past is not None:
        known = (Layer(duty.person, duty.roles, duty.presence) for duty in meeting.duties)
        return replace(meeting, duties=tuple(known))
    layers = (layer for duty in meeting.duties for layer in tariff.layers(meeting, duty))
    return replace(meeting, duties=tuple(layers))


def _group(linear: ElasticModel, variables: Variables) -> None:
    """Note that a meeting has at most one pair, and a person at most one duty in it."""
    number = 0
    for meeting in variables.meetings:
        number += 1
        linear.groups |= dict.fromkeys((pair.column for pair in meeting.pairs), number)
        linear.groups |= dict.fromkeys(meeting.at.values(), number)
        people: dict[str, int] = {}
        for duty in () if meeting.candidates.past else meeting.duties:
            if duty.person.id not in people:
                number += 1
                people[duty.person.id] = number
            own = people[duty.person.id]
            linear.groups |= dict.fromkeys((column for column, _ in duty.presence), own)
            columns = (column for terms in duty.roles.values() for column, _ in terms)
            linear.groups |= dict.fromkeys(columns, own)


def _add_pairs(linear: ElasticModel, meeting: MeetingColumns) -> None:
    """Let the meeting be at a start and a venue only with the tolls that these need."""
    needing: dict[Toll, list[tuple[Pair, int]]] = {}
    places = {id(place): number for number, place in enumerate(meeting.candidates.places)}
    for pair in meeting.pairs:
        tolls = linear.tariff.pair(meeting.candidates, places[id(pair.place)], pair.position)
        for toll, steps in tolls.items():
            needing.setdefault(toll, []).append((pair, steps))
    for toll, pairs in needing.items():
        most = max(steps for _, steps in pairs)
        terms: Terms = [(pair.column, steps) for pair, steps in pairs]
        LinearModel.at_most(linear, None, meeting.id, [*terms, (linear.toll(toll, most), -1)], 0)


def _add_past(linear: ElasticModel, meeting: MeetingColumns) -> None:
    """Let a meeting that is over, and its duties, not have been where its toll is taken."""
    toll = linear.tariff.past(meeting.candidates) if meeting.candidates.past is not None else None
    if toll is None:
        return
    linear.lower[meeting.held] = 0
    LinearModel.at_least(linear, None, meeting.id, [(meeting.held, 1), (linear.toll(toll), 1)], 1)
    for duty in meeting.duties:
        for one in duty.classes:
            linear.lower[one.column] = 0
        LinearModel.equal(linear, None, meeting.id, [*duty.presence, (meeting.held, -1)])


def _add_layers(linear: ElasticModel, meeting: MeetingColumns) -> None:
    """Let people be there only with the tolls that their time needs, and once."""
    everyone: dict[str, Terms] = {}
    for duty in meeting.duties:
        everyone.setdefault(duty.person.id, []).extend(duty.presence)
        layer = duty.candidate
        assert isinstance(layer, Layer)
        for toll in layer.tolls:
            terms: Terms = [*duty.presence, (linear.toll(toll), -1)]
            LinearModel.at_most(linear, None, meeting.id, terms, 0)
    for terms in everyone.values():
        if len(terms) > 1:
            LinearModel.at_most(linear, None, meeting.id, [*terms, (meeting.held, -1)], 0)


def venues_with_host(meeting: MeetingColumns) -> Mapping[str, tuple[str, list[Pair]]]:
    """Return the venues that require a host: the institution that it is of, and the meeting's pairs there."""
    found: dict[str, tuple[str, list[Pair]]] = {}
    for pair in meeting.pairs:
        venue = pair.place.venue
        if venue.host_required and venue.institution is not None:
            found.setdefault(venue.id, (venue.institution, []))[1].append(pair)
    return found


def hosts_of(meeting: MeetingColumns, institution: str) -> Terms:
    """Return how many hosts of an institution the meeting has."""
    return [
        term
        for person, terms in meeting.with_role(Role.HOST)
        if person.institution == institution
        for term in terms
    ]


def _add_hosts(linear: ElasticModel, meeting: MeetingColumns) -> None:
    """Demand a host in each venue by itself: another of the same house may be let off."""
    for venue, (institution, pairs) in venues_with_host(meeting).items():
        terms: Terms = [*hosts_of(meeting, institution), *((pair.column, -1) for pair in pairs)]
        linear.at_least(Rule.HOST, f"{meeting.id} {IN_VENUE}{venue}", terms, 0)


def _eased_separator(
    linear: ElasticModel, separator: Callable[[Values], Iterable[Row]]
) -> Callable[[Values], Iterable[Row]]:
    """Return the separator with its rows eased; those that a solution has paid for are not broken."""

    def separate(values: Values) -> Iterable[Row]:
        for row in separator(values):
            assert row.rule is not None and row.lower <= -UNBOUNDED
            easings = linear.tariff.row(row.rule, row.subject, Side.UPPER)
            more = [(linear.tolls[easing.toll], -1) for easing in easings]
            if not any(values[column] for column, _ in more):
                yield replace(row, terms=[*row.terms, *more])

    return separate
