"""Tier by tier to a proven plan, with progress, time limit and interruption."""

from meetsched.solve.options import Progress, SolveOptions
from meetsched.solve.run import plan_instance

__all__ = ["Progress", "SolveOptions", "plan_instance"]
