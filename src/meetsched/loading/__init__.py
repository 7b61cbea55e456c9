"""Files to instances and plans, with every fault told at once."""

from meetsched.loading.baseline import load_baseline, load_whole_plan
from meetsched.loading.instance import Loaded, load_instance
from meetsched.loading.plan import LoadedPlan, load_plan
from meetsched.loading.sources import read_cells

__all__ = [
    "Loaded",
    "LoadedPlan",
    "load_baseline",
    "load_instance",
    "load_plan",
    "load_whole_plan",
    "read_cells",
]
