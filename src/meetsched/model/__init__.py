"""The constraint model: columns, one file of rows per family of rules, objectives."""

from meetsched.model.build import PlanningModel, build
from meetsched.model.constraints import FAMILIES
from meetsched.model.linear import LinearModel, Matrix, Row, Terms, Values, compress

__all__ = [
    "FAMILIES",
    "LinearModel",
    "Matrix",
    "PlanningModel",
    "Row",
    "Terms",
    "Values",
    "build",
    "compress",
]
