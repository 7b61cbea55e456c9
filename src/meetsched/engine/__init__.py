"""Many independent searches, on one machine or on many: the parts of an instance, planned apart."""

from meetsched.engine.parts import Part, Parts
from meetsched.engine.planning import plan_parts
from meetsched.engine.progress import Failure, PartsOutcome, PartsProgress
from meetsched.engine.rounds import dealable, separable
from meetsched.engine.shelf import Shelf
from meetsched.engine.workforce import Workforce

__all__ = [
    "Failure",
    "Part",
    "Parts",
    "PartsOutcome",
    "PartsProgress",
    "Shelf",
    "Workforce",
    "dealable",
    "plan_parts",
    "separable",
]
