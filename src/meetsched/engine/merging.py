"""From the parts' plans to the plan of the whole, with what is proven of it (the argument is in `rounds`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from meetsched.domain.entities import City
from meetsched.domain.instance import Fairness, Instance, Objective
from meetsched.domain.plan import InstanceReference, LevelResult, Plan, PlanStatus, TierResult
from meetsched.domain.shares import FULL_SHARE, share_of
from meetsched.engine.jobs import IdealPoints, Result, Stage
from meetsched.engine.rounds import has_full_share
from meetsched.rules import Tier
from meetsched.solve.lexicographic import allowance


@dataclass(frozen=True, slots=True)
class Bounded:
    """What was found of a tier, and what no plan beats."""

    best: int
    bound: int


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """A part with the results of its stages so far; the last of them has a plan."""

    cities: Sequence[City]
    results: Mapping[Stage, Result]

    @property
    def last(self) -> Result:
        """The result whose plan counts."""
        return self.results[max(self.results, key=list(Stage).index)]

    @property
    def plan(self) -> Plan:
        """The plan that counts."""
        plan = self.last.plan
        assert plan is not None
        return plan

    def figures(self, tier: Tier) -> TierResult | None:
        """Return what was found of a tier in its turn; None where it has had none."""
        plans = (result.plan for result in self.results.values() if result.plan is not None)
        return next((plan.tier_by_name[tier] for plan in plans if tier in plan.tier_by_name), None)

    def ideals(self) -> IdealPoints:
        """Return what its cities get alone; of one that had its full share at once, that is its points."""
        for result in self.results.values():
            if result.ideals is not None:
                return result.ideals
        points = self.figures(Tier.POINTS)
        assert points is not None
        (city,) = self.cities
        return IdealPoints(points={city.id: points.best}, bound=points.bound)


def merged(instance: Instance, sha256: str, parts: Sequence[PlannedPart], *, timed: bool) -> Plan:
    """Return the plan of the whole.

    Parameters
    ----------
    instance : Instance
        The whole.
    sha256 : str
        Of its file, to be named in the plan.
    parts : sequence of PlannedPart
        All of them, each with a plan.
    timed : bool
        Whether to tell how long each tier took, all parts together.
    """
    return _Merger(instance, parts, timed=timed).plan(sha256)


class _Merger:
    def __init__(self, instance: Instance, parts: Sequence[PlannedPart], *, timed: bool) -> None:
        self._instance = instance
        self._parts = parts
        self._timed = timed
        self._objectives = instance.active_objectives()
        self._open = [0] * len(parts)
        """By how much each part's sums may be better than was found, in the tiers so far."""
        self._dealt = False
        """Whether parts were dealt out what a tier so far may give up."""
        self._ideals: list[IdealPoints] | None = None
        if any(objective.tier is Tier.BALANCE for objective in self._objectives):
            self._ideals = [part.ideals() for part in parts]

    def plan(self, sha256: str) -> Plan:
        proven = self._ideals is None or all(each.proven for each in self._ideals)
        tiers = []
        for objective in self._objectives:
            tier = self._tier(objective, provable=proven)
            proven = tier.proven and all(level.proven for level in tier.levels or ())
            tiers.append(tier)
        meetings = [meeting for part in self._parts for meeting in part.plan.meetings]
        return Plan(
            instance=InstanceReference(id=self._instance.id, sha256=sha256),
            status=PlanStatus.OPTIMAL if proven else PlanStatus.FEASIBLE,
            tiers=tuple(tiers),
            ideal=self._ideal(),
            meetings=tuple(sorted(meetings, key=lambda each: (each.start, each.city, each.topic))),
        )

    def _ideal(self) -> dict[str, int] | None:
        if self._ideals is None:
            return None
        points = {city: most for each in self._ideals for city, most in each.points.items()}
        return {city.id: points[city.id] for city in self._instance.cities}

    def _tier(self, objective: Objective, *, provable: bool) -> TierResult:
        tier = objective.tier
        figures = [self._figures(place, tier) for place in range(len(self._parts))]
        if tier is Tier.BALANCE:
            best, bound = min(each.best for each in figures), min(each.bound for each in figures)
            value = min(self._shares())
        else:
            best, bound = sum(each.best for each in figures), sum(each.bound for each in figures)
            value = sum(part.last.glance[tier][0] for part in self._parts)
            self._dealt = self._dealt or allowance(best, objective.give) > 0
            self._open = [
                gap + abs(each.bound - each.best) for gap, each in zip(self._open, figures, strict=True)
            ]
        return TierResult(
            name=tier,
            value=value,
            best=best,
            bound=bound,
            proven=provable and best == bound,
            give=objective.give,
            seconds=round(sum(self._seconds(tier)), 2) if self._timed else 0.0,
            levels=self._levels(provable=provable) if tier is Tier.BALANCE else None,
        )

    def _figures(self, place: int, tier: Tier) -> Bounded:
        """Return what was found of a part's tier, and what no plan beats in which the others are as good."""
        part = self._parts[place]
        found = part.figures(tier)
        others_are_sure = sum(self._open) == self._open[place] and not self._dealt
        if tier is Tier.BALANCE:
            if has_full_share(self._objectives, part.cities):
                return Bounded(FULL_SHARE, FULL_SHARE)
            assert found is not None
            return Bounded(found.best, found.bound if others_are_sure else FULL_SHARE)
        value, glance = part.last.glance[tier]
        if tier is Tier.POINTS and self._ideals is not None:
            glance = min(glance, self._ideals[place].bound)
        if found is None:
            return Bounded(value, glance)
        return Bounded(found.best, found.bound if others_are_sure else glance)

    def _shares(self) -> list[int]:
        """Return what each city gets of its ideal, in thousandths, in rising order."""
        shares = []
        for part, ideals in zip(self._parts, self._ideals or (), strict=True):
            points = dict.fromkeys(ideals.points, 0)
            for meeting in part.plan.meetings:
                points[meeting.city] += meeting.points
            shares += [share_of(points[city], most) for city, most in ideals.points.items()]
        return sorted(shares)

    def _levels(self, *, provable: bool) -> tuple[LevelResult, ...] | None:
        """Return the shares in rising order where these count one after the other.

        Beyond the smallest one, what is open in one part says nothing of where it stands in the whole.
        """
        if self._instance.balance is not Fairness.LEXIMIN:
            return None
        found = [level for part in self._parts for level in _levels_of(part)]
        first = min(level.bound for part in self._parts for level in _levels_of(part)[:1])
        sure = provable and all(level.proven for level in found)
        best = sorted(level.best for level in found)
        bounds = best if sure else [first, *(FULL_SHARE for _ in best[1:])]
        return tuple(
            LevelResult(
                value=value,
                best=most,
                bound=bound,
                proven=sure or (provable and place == 0 and most == bound),
            )
            for place, (value, most, bound) in enumerate(zip(self._shares(), best, bounds, strict=True))
        )

    def _seconds(self, tier: Tier) -> list[float]:
        found = [part.figures(tier) for part in self._parts]
        return [each.seconds for each in found if each is not None]


def _levels_of(part: PlannedPart) -> tuple[LevelResult, ...]:
    """Return the levels of a part; a city that has its full share at once has that."""
    found = part.figures(Tier.BALANCE)
    if found is not None and found.levels is not None:
        return found.levels
    return (LevelResult(value=FULL_SHARE, best=FULL_SHARE, bound=FULL_SHARE, proven=True),)
