"""How far a plan is from several others: the least of its distances, as a column to be lifted."""

from collections.abc import Iterable

from meetsched.domain.baseline import Baseline
from meetsched.model.disruption import add_disruption
from meetsched.model.linear import LinearModel, Terms, scaled
from meetsched.model.variables import Variables


def add_least_distance(model: LinearModel, variables: Variables, others: Iterable[Baseline]) -> Terms:
    """Return a column that is no more than a plan's disruption of any of the other plans.

    Parameters
    ----------
    model : LinearModel
    variables : Variables
    others : iterable of Baseline
        One plan or more, nothing of which is over or frozen.
    """
    distances = [_without_what_is_fixed(model, add_disruption(model, variables, one)) for one in others]
    most = min(sure + sum(max(0, points) for _, points in terms) for terms, sure in distances)
    least = model.add_column(upper=most)
    for terms, sure in distances:
        model.at_most(None, "", [(least, 1), *scaled(terms, -1)], sure)
    return [(least, 1)]


def _without_what_is_fixed(model: LinearModel, terms: Terms) -> tuple[Terms, int]:
    """Return an expression without columns that have one value, and what these add to it."""
    free, sure = [], 0
    for column, points in terms:
        if model.lower[column] < model.upper[column]:
            free.append((column, points))
        else:
            sure += points * model.lower[column]
    return free, sure
