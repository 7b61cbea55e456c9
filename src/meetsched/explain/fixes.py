"""Fixes: the cheapest changes with which a plan exists, each planned and verified."""

from collections.abc import Callable

from meetsched.domain.explanation import Fix
from meetsched.domain.ways_out import Change, total_price
from meetsched.explain.choices import Cheapest
from meetsched.explain.planning import Planner
from meetsched.solve.control import OutOfTime

_AS_MANY_AGAIN = 2
"""Of equally cheap fixes so many times more are planned than are told, to tell those of the best plans."""


def find_fixes(
    cheapest: Cheapest, planner: Planner, most: int, tell: Callable[[int], None] = lambda _: None
) -> tuple[tuple[Fix, ...], bool]:
    """Find the cheapest fixes.

    Parameters
    ----------
    cheapest : Cheapest
    planner : Planner
    most : int
        No more fixes than so many.
    tell : callable, optional
        Hears how many have been found.

    Returns
    -------
    fixes : tuple of Fix
        By price, then by the tiers of their plans. The first has the least price that there is.
    complete : bool
        Whether it is proven that there are no others.
    """
    found: list[Fix] = []
    complete = False
    try:
        while len(found) < _AS_MANY_AGAIN * most:
            tell(len(found))
            changes = cheapest.next()
            if changes is None:
                complete = len(found) <= most
                break
            if len(found) >= most and total_price(planner.instance, changes) > found[-1].price:
                break
            found.append(_fix(cheapest.dated_best(changes), planner))
            cheapest.exclude(changes)
    except OutOfTime:
        pass
    found.sort(key=lambda fix: (fix.price, *planner.rank(fix.objective)))
    return tuple(found[:most]), complete


def _fix(changes: tuple[Change, ...], planner: Planner) -> Fix:
    plan = planner.possible(changes)
    price = total_price(planner.instance, changes)
    return Fix(changes, price, plan, planner.objective(plan, changes))
