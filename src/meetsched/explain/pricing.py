"""The model of all that changes could make possible, with what the changes cost."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from meetsched.backends.problem import Ints
from meetsched.candidates import Candidates
from meetsched.domain.entities import Role
from meetsched.domain.instance import Instance, Objective
from meetsched.domain.ways_out import MOST_CHANGES, Change, Lever
from meetsched.explain.elastic import Elastic, ElasticModel, Layer, build_elastic, hosts_of, venues_with_host
from meetsched.explain.levers import Levers
from meetsched.explain.scope import Handle, Scope, handle
from meetsched.explain.shortages import add_shortages
from meetsched.explain.spacing import add_spacing
from meetsched.model import LinearModel, Terms
from meetsched.model.linear import plus, scaled
from meetsched.model.variables import Duty, MeetingColumns
from meetsched.rules import Rule

_PRICE = MOST_CHANGES + 1
"""How much a point of pain weighs, if a change more weighs 1."""


@dataclass(frozen=True)
class PricedModel:
    """An elastic model of levers, of which every whole solution is a plan that some changes make possible.

    Attributes
    ----------
    instance : Instance
    elastic : Elastic
    tolls : mapping of Lever to int
        The column of each lever: the steps taken.
    at_ease : tuple of (MeetingColumns, Duty)
        Duties that are a change each: the person is available on the meeting's date after all.
    usage : mapping of Handle to Terms
        How much a handle is pulled: steps, or dates.
    price : Terms
        The points of pain.
    cost : Terms
        What is to be minimised: first the price, then the number of changes, then the steps for nothing.
    weight : int
        How much a change more weighs in it.
    """

    instance: Instance
    elastic: Elastic
    tolls: Mapping[Lever, int]
    at_ease: tuple[tuple[MeetingColumns, Duty], ...]
    usage: Mapping[Handle, Terms]
    price: Terms
    cost: Terms
    weight: int

    @property
    def objectives(self) -> Sequence[Objective]:
        """The tiers that count."""
        return self.instance.active_objectives(
            with_baseline=self.elastic.variables.candidates.baseline is not None
        )

    def most_cost(self, price: int) -> int:
        """Return the most that changes of a price cost."""
        return self.weight * (_PRICE * price + MOST_CHANGES) + self.weight - 1

    @property
    def names(self) -> Terms:
        """An expression that is less for changes whose names come first, then for earlier meetings."""
        people = {_available(duty.person.id) for _, duty in self.at_ease}
        place = {lever: number for number, lever in enumerate(sorted({*self.tolls, *people}), start=1)}
        meetings = self.elastic.variables.meetings
        late = [(column, start) for meeting in meetings for start, column in meeting.at.items()]
        weight = 1 + len(meetings) * max((start for _, start in late), default=0)
        pulled = [(column, place[lever]) for lever, column in self.tolls.items()]
        for _, duty in self.at_ease:
            pulled += scaled(duty.presence, place[_available(duty.person.id)])
        return [*scaled(pulled, weight), *late]

    @property
    def linear(self) -> ElasticModel:
        """The columns and rows."""
        return self.elastic.linear

    def changes(self, values: Ints) -> tuple[Change, ...]:
        """Return the changes that a solution takes, in the order of their keys."""
        taken = [Change(lever, int(values[column])) for lever, column in self.tolls.items() if values[column]]
        for meeting, duty in self.at_ease:
            if any(values[column] for column, _ in duty.presence):
                start = next(start for start, column in meeting.at.items() if values[column])
                day = self.elastic.variables.candidates.starts[start].day
                taken.append(Change(Lever(Rule.PERSON_AVAILABLE, (duty.person.id, day.isoformat()))))
        return tuple(sorted(taken, key=lambda change: change.lever))

    def exclude(self, changes: Iterable[Change]) -> None:
        """Look for other ways out than these changes, alone or with more, at other dates, in more steps."""
        pulled: dict[Handle, int] = {}
        for change in changes:
            at = handle(change.lever)
            pulled[at] = pulled.get(at, 0) + change.steps
        used: Terms = []
        for at, amount in pulled.items():
            most = max(amount, self.linear.extreme(self.usage[at], 1))
            column = self.linear.add_column()
            as_much: Terms = [*self.usage[at], (column, amount - 1 - most)]
            LinearModel.at_most(self.linear, None, "", as_much, amount - 1)
            used.append((column, 1))
        LinearModel.at_most(self.linear, None, "", used, len(used) - 1)


def giving_nothing(objectives: Iterable[Objective]) -> list[Objective]:
    """Return tiers that give nothing to those after them."""
    return [each.model_copy(update={"give": Decimal(0)}) for each in objectives]


def build_priced(
    forgiving: Candidates, scope: Scope, between: Callable[[], None] = lambda: None
) -> PricedModel:
    """Build the priced model of forgiving candidates and the changes in a scope.

    `between` may end the work by raising.
    """
    tariff = Levers(forgiving, scope)
    elastic = build_elastic(tariff.within_scope(forgiving), tariff, between)
    add_shortages(elastic)
    add_spacing(elastic)
    for meeting in elastic.variables.coming:
        between()
        _hold_crew(elastic, meeting)
        _hold_hosts(elastic, meeting)
    tolls = {toll: column for toll, column in elastic.linear.tolls.items() if isinstance(toll, Lever)}
    for lever, column in tolls.items():
        most = tariff.most_steps(lever)
        if most is not None:
            elastic.linear.upper[column] = min(most, elastic.linear.upper[column])
    at_ease = tuple(
        (meeting, duty)
        for meeting in elastic.variables.meetings
        for duty in meeting.duties
        if _is_change(duty)
    )
    usage: dict[Handle, Terms] = {}
    for lever, column in tolls.items():
        usage.setdefault(handle(lever), []).append((column, 1))
    for _, duty in at_ease:
        usage.setdefault((Rule.PERSON_AVAILABLE, duty.person.id), []).extend(duty.presence)
    count = _number(elastic.linear, tolls, at_ease)
    price = _price(forgiving.instance, tolls, at_ease)
    elastic.linear.at_most(None, "", count, scope.changes)
    if scope.price is not None:
        elastic.linear.at_most(None, "", price, scope.price)
    free = [column for lever, column in tolls.items() if not lever.price(forgiving.instance)]
    weight = 1 + sum(elastic.linear.upper[column] for column in free)
    cost = [*scaled(price, _PRICE * weight), *scaled(count, weight), *plus(free)]
    return PricedModel(forgiving.instance, elastic, tolls, at_ease, usage, price, cost, weight)


def _available(person: str) -> Lever:
    """Return the lever of a person's time, whatever the date."""
    return Lever(Rule.PERSON_AVAILABLE, (person, ""))


def _is_change(duty: Duty) -> bool:
    layer = duty.candidate
    return isinstance(layer, Layer) and layer.tolled and not layer.tolls


def _price(
    instance: Instance, tolls: Mapping[Lever, int], at_ease: Iterable[tuple[MeetingColumns, Duty]]
) -> Terms:
    terms: Terms = [(column, lever.price(instance)) for lever, column in tolls.items()]
    a_date = _available("").price(instance)
    return [*terms, *(term for _, duty in at_ease for term in scaled(duty.presence, a_date))]


def _number(
    linear: LinearModel, tolls: Mapping[Lever, int], at_ease: Iterable[tuple[MeetingColumns, Duty]]
) -> Terms:
    """Return the number of changes, whatever their steps."""
    count: Terms = [term for _, duty in at_ease for term in duty.presence]
    for column in tolls.values():
        used = column
        if linear.upper[column] > 1:
            used = linear.add_column()
            linear.at_most(None, "", [(column, 1), (used, -linear.upper[column])], 0)
        count.append((used, 1))
    return count


def _hold_crew(elastic: Elastic, meeting: MeetingColumns) -> None:
    """Where a city has fewer brokers or presenters, no meeting has more."""
    city = meeting.candidates.city
    for role, needed in ((Role.BROKER, city.crew.broker), (Role.PRESENTER, city.crew.presenter)):
        toll = elastic.linear.tolls.get(Lever(Rule.CREW, (city.id, role)))
        if toll is not None:
            there = [term for _, terms in meeting.with_role(role) for term in terms]
            LinearModel.at_most(elastic.linear, None, meeting.id, [*there, (toll, 1)], needed)


def _hold_hosts(elastic: Elastic, meeting: MeetingColumns) -> None:
    """Where a venue needs no host, a meeting in it has none."""
    venues = venues_with_host(meeting)
    for venue, (institution, _) in venues.items():
        toll = elastic.linear.tolls.get(Lever(Rule.HOST, (venue,)))
        if toll is None:
            continue
        elsewhere: Terms = [
            (pair.column, -1)
            for other, (house, pairs) in venues.items()
            if other != venue and house == institution
            for pair in pairs
        ]
        terms: Terms = [*hosts_of(meeting, institution), *elsewhere, (toll, 1)]
        LinearModel.at_most(elastic.linear, None, meeting.id, terms, 1)
