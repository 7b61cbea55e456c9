"""Fixes: the cheapest changes with which a plan exists, each planned and verified."""

from collections.abc import Callable

from meetsched.domain.explanation import Fix
from meetsched.explain.choices import Choice, Choices
from meetsched.explain.planning import Planner
from meetsched.solve.control import OutOfTime


def find_fixes(
    choices: Choices, planner: Planner, most: int, tell: Callable[[int], None] = lambda _: None
) -> tuple[tuple[Fix, ...], bool]:
    """Find the cheapest fixes.

    Parameters
    ----------
    choices : Choices
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
        while len(found) < most:
            tell(len(found))
            choice = choices.cheapest()
            if choice is None:
                complete = True
                break
            found.append(_fix(choice, planner))
            choices.exclude(choice.changes)
    except OutOfTime:
        pass
    found.sort(key=lambda fix: (fix.price, *planner.rank(fix.objective)))
    return tuple(found), complete


def _fix(choice: Choice, planner: Planner) -> Fix:
    plan = planner.possible(choice.changes)
    return Fix(choice.changes, choice.price, plan, planner.objective(plan, choice.changes))
