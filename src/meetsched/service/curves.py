"""What more money buys: the curve of points against cost, each plan of it verified."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from threading import Event

from meetsched.domain.curve import Between, Curve, CurvePlan
from meetsched.domain.instance import Instance
from meetsched.domain.plan import Plan, PlanStatus
from meetsched.loading import Loaded
from meetsched.rules import Tier
from meetsched.service.solving import SolveOptions, verified_values, without_reserve
from meetsched.verify import reject

__all__ = ["Curve", "CurvePlan", "Loaded", "SolveOptions", "find_curve", "with_time_for_curve"]

_SHARE_FOR_PLAN = 0.5
"""The instance's own plan may take this share of the time."""


def with_time_for_curve(options: SolveOptions) -> SolveOptions:
    """Return the options for the instance's own plan where a curve is to follow: part of the time."""
    return replace(options, time_limit=_SHARE_FOR_PLAN * options.time_limit)


def find_curve(
    loaded: Loaded,
    options: SolveOptions,
    own: Plan,
    *,
    most: int | None = None,
    on_plan: Callable[[CurvePlan], None] = lambda _: None,
    stop: Event | None = None,
) -> Curve:
    """Find the plans that no other beats in points and cost at once, or some of them; each is verified.

    Parameters
    ----------
    loaded : Loaded
    options : SolveOptions
        The time limit is that of the whole job, the instance's own plan included.
    own : Plan
        The instance's own plan, to begin from.
    most : int, optional
        So many plans at most, two or more; all of them where not said.
    on_plan : callable, optional
        Is given each plan when it is found: the two ends first, then those between.
    stop : Event, optional
        Once it is set, the search ends with what was found.

    Raises
    ------
    RejectedPlanError
        Verification found a broken rule or a wrong figure, or that one plan beats another: a bug.
    """
    from meetsched.solve.curve import EfficientPlan, plan_curve

    instance, sha256 = loaded.instance, loaded.sha256
    plans: list[CurvePlan] = []

    def add(found: EfficientPlan) -> None:
        plans.append(CurvePlan(found.plan, verified_values(instance, found.plan), found.best_of_these))
        on_plan(plans[-1])

    end = plan_curve(instance, sha256, without_reserve(options), add, known=own, most=most, stop=stop)
    plans.sort(key=lambda each: each.cost)
    beyond = (
        None if end.beyond_budget is None else verified_values(_without_budgets(instance), end.beyond_budget)
    )
    curve = Curve(
        plans=tuple(plans),
        between=_between(plans, end.gaps),
        cheapest_proven=end.cheapest,
        best_served_proven=end.best_served,
        held=tuple(figures.objective.tier for figures in end.held),
        own=verified_values(instance, own),
        beyond_budget=beyond,
    )
    _require_efficient(curve, own)
    return curve


def _without_budgets(instance: Instance) -> Instance:
    cities = tuple(city.model_copy(update={"budget": None}) for city in instance.cities)
    return instance.replaced(cities=cities)


def _between(plans: Sequence[CurvePlan], gaps: Mapping[tuple[int, int], Between]) -> tuple[Between, ...]:
    """Return what is known between each plan and the next; the gaps must lie there and nowhere else."""
    neighbours = [(before.points, after.points) for before, after in pairwise(plans)]
    if not gaps.keys() <= set(neighbours):
        reject(f"gaps at {sorted(gaps)} points, but plans at {neighbours}")
    return tuple(gaps.get(each, Between.NONE) for each in neighbours)


def _require_efficient(curve: Curve, own: Plan) -> None:
    """Check that none of the plans beats another; the instance's own is among them where it is proven."""
    for step in curve.steps:
        if step.points <= 0 or step.cost <= 0:
            reject(f"a plan has {step.points} points more than another that costs {step.cost} less")
    if own.status is not PlanStatus.OPTIMAL:
        return
    points, cost = curve.own[Tier.POINTS], curve.own[Tier.COST]
    for each in curve.plans:
        if points >= each.points and cost <= each.cost and (points, cost) != (each.points, each.cost):
            reject(f"{each.points} points for {each.cost} are said to be efficient, but the plan beats them")
