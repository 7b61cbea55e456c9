"""Re-checks a plan from the instance alone, one check per rule; knows neither the model nor a solver."""

from meetsched.verify.rejection import RejectedPlanError, reject, require
from meetsched.verify.verification import verify

__all__ = ["RejectedPlanError", "reject", "require", "verify"]
