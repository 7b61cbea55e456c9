"""The constraint model: columns, one file of rows per family of rules, objectives."""

from meetsched.model.build import PlanningModel, build, with_objectives
from meetsched.model.constraints import FAMILIES
from meetsched.model.distances import add_distance
from meetsched.model.levels import Levels
from meetsched.model.linear import UNBOUNDED, LinearModel, Row, Terms, Values

__all__ = [
    "FAMILIES",
    "UNBOUNDED",
    "Levels",
    "LinearModel",
    "PlanningModel",
    "Row",
    "Terms",
    "Values",
    "add_distance",
    "build",
    "with_objectives",
]
