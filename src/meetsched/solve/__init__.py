"""Tier by tier to a proven plan, with progress, time limit and interruption."""

from meetsched.solve.curve import CurveEnd, EfficientPlan, plan_curve
from meetsched.solve.frontier import FrontierStep, disruption_last, plan_frontier
from meetsched.solve.options import Progress, SolveOptions
from meetsched.solve.run import plan_instance

__all__ = [
    "CurveEnd",
    "EfficientPlan",
    "FrontierStep",
    "Progress",
    "SolveOptions",
    "disruption_last",
    "plan_curve",
    "plan_frontier",
    "plan_instance",
]
