"""Many independent searches, on one machine or on many: the parts of an instance, planned apart.

What plans is imported from its own module (`parts`, `rounds`, `planning`), and late, as it needs the solving.
"""

from meetsched.engine.progress import Failure, PartsOutcome, PartsProgress
from meetsched.engine.shelf import Shelf
from meetsched.engine.workforce import Workforce

__all__ = [
    "Failure",
    "PartsOutcome",
    "PartsProgress",
    "Shelf",
    "Workforce",
]
