"""Each city's money."""

from meetsched.model.linear import LinearModel
from meetsched.model.money import net_cost
from meetsched.model.variables import Variables
from meetsched.rules import Rule

RULES = (Rule.BUDGET,)


def add(model: LinearModel, variables: Variables) -> None:
    """Add the budget of every city that has one."""
    for city in variables.candidates.cities:
        if city.budget is not None:
            model.at_most(Rule.BUDGET, city.id, net_cost(variables.of_city[city.id]), city.budget)
