"""Gains: what binds a plan hardest, told by what easing it would bring."""

from collections.abc import Callable, Mapping

from meetsched.domain.explanation import Gain
from meetsched.domain.plan import Plan
from meetsched.explain.choices import Choices
from meetsched.explain.planning import Planner
from meetsched.rules import Tier
from meetsched.solve.control import OutOfTime


def find_gains(
    choices: Choices, planner: Planner, plan: Plan, most: int, tell: Callable[[int], None] = lambda _: None
) -> tuple[tuple[Gain, ...], bool]:
    """Find the changes of one step that improve a plan, those that improve it most first.

    Parameters
    ----------
    choices : Choices
        With the ideals of the plan where balance counts.
    planner : Planner
    plan : Plan
        The best plan of the instance as it is.
    most : int
        No more gains than so many.
    tell : callable, optional
        Hears how many have been found.

    Returns
    -------
    gains : tuple of Gain
    complete : bool
        Whether it is proven that no other change of one step improves the plan.
    """
    found: list[Gain] = []
    before = _best(plan)
    try:
        while len(found) < most:
            tell(len(found))
            choice = choices.best_single()
            if choice is None:
                return _sorted(found, planner), False
            if not choice.changes or planner.rank(choice.tiers) >= planner.rank(before):
                return _sorted(found, planner), True
            better = planner.possible(choice.changes)
            after = _best(better)
            if planner.rank(after) < planner.rank(before):
                found.append(Gain(choice.changes[0], choice.price, before, after, better))
            choices.exclude(choice.changes)
    except OutOfTime:
        pass
    return _sorted(found, planner), False


def _best(plan: Plan) -> Mapping[Tier, int]:
    return {tier.name: tier.best for tier in plan.tiers}


def _sorted(gains: list[Gain], planner: Planner) -> tuple[Gain, ...]:
    return tuple(sorted(gains, key=lambda gain: planner.rank(gain.after)))
