"""Several cities: what each gets alone, and a first plan of them all."""

from dataclasses import dataclass

from meetsched.backends.problem import Ints
from meetsched.candidates import Candidates
from meetsched.domain.instance import Objective
from meetsched.domain.outcome import PlannedMeeting
from meetsched.model import PlanningModel, build
from meetsched.rules import Tier
from meetsched.solve.control import Control
from meetsched.solve.lexicographic import LexicographicSearch

_POINTS = (Objective(tier=Tier.POINTS),)


@dataclass(frozen=True, slots=True)
class Ideals:
    """The most points that each city gets planning alone.

    Attributes
    ----------
    points : dict of str to int
        As far as found.
    plans : dict of str to tuple of PlannedMeeting
        Each city's plan alone, where one was found.
    bound : int
        All cities together cannot get more.
    hopeless : str or None
        A city that has no plan even alone.
    """

    points: dict[str, int]
    plans: dict[str, tuple[PlannedMeeting, ...]]
    bound: int
    hopeless: str | None = None

    @property
    def proven(self) -> bool:
        """Whether all are known to be the most."""
        return sum(self.points.values()) == self.bound


def seek_ideals(
    candidates: Candidates, control: Control, *, threads: int, seed: int, all_cities: bool = False
) -> Ideals:
    """Let each city plan alone for points; the time is shared out evenly.

    The first city that has no plan ends it, unless all cities are asked for; its ideal is then 0. (What
    is over is exempt from rules that a plan of its own would have to hold, so that a city without a plan
    alone may have one that goes on from what was published.)
    """
    hopeless: str | None = None
    points: dict[str, int] = {}
    plans: dict[str, tuple[PlannedMeeting, ...]] = {}
    bound = 0
    for done, city in enumerate(candidates.cities):
        model = build(candidates.of([city]))
        search = LexicographicSearch(model, threads=threads, seed=seed, city=city.id)
        solution = search.run(_POINTS, control.limited(1 / (len(candidates.cities) - done)))
        if solution.infeasible:
            hopeless = city.id
            if not all_cities:
                break
            points[city.id] = 0
            continue
        points[city.id] = solution.tiers[0].best if solution.tiers else 0
        bound += solution.tiers[0].bound if solution.tiers else model.quick_bound(Tier.POINTS)
        if solution.values is not None:
            plans[city.id] = model.decode(solution.values)
    return Ideals(points, plans, bound, hopeless)


def first_plan(
    model: PlanningModel, ideals: Ideals, control: Control, *, threads: int, seed: int
) -> Ints | None:
    """Let one city after the other plan for points around what those before it have.

    Cities share little: a plan of them all is found in the time of so many plans of one, and the
    search for the best has something to begin from. None where some city finds no place left.
    """
    candidates = model.variables.candidates
    cities = candidates.cities
    planned = ideals.plans.get(cities[0].id)
    values: Ints | None = None
    for count in range(2, len(cities) + 1):
        if planned is None:
            return None
        together = model if count == len(cities) else build(candidates.of(cities[:count]))
        search = LexicographicSearch(together, threads=threads, seed=seed)
        search.fix(together.fixings(planned, [city.id for city in cities[: count - 1]]))
        part = control.limited(1 / (len(cities) + 1 - count))
        values = search.run(_POINTS, part).values
        planned = None if values is None else together.decode(values)
    return None if values is None else model.with_balance(values)
