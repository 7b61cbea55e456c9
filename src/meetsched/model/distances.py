"""How far a plan is from others: the least of its distances, as a column to be lifted."""

from meetsched.domain.baseline import Baseline
from meetsched.model.disruption import add_disruption
from meetsched.model.linear import LinearModel, Terms, scaled
from meetsched.model.variables import Variables


def add_distance(model: LinearModel, variables: Variables, other: Baseline, least: int) -> int:
    """Keep a column from exceeding a plan's disruption of another plan; return the most that this can be.

    Parameters
    ----------
    model : LinearModel
    variables : Variables
    other : Baseline
        A plan nothing of which is over or frozen.
    least : int
        The column: with several other plans, the least of the distances from them.
    """
    terms, sure = _without_what_is_fixed(model, add_disruption(model, variables, other))
    model.at_most(None, "", [(least, 1), *scaled(terms, -1)], sure)
    return sure + sum(max(0, points) for _, points in terms)


def _without_what_is_fixed(model: LinearModel, terms: Terms) -> tuple[Terms, int]:
    """Return an expression without columns that have one value, and what these add to it."""
    free, sure = [], 0
    for column, points in terms:
        if model.lower[column] < model.upper[column]:
            free.append((column, points))
        else:
            sure += points * model.lower[column]
    return free, sure
