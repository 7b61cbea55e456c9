"""Tier by tier to a proven plan, with progress, time limit and interruption.

What searches is imported from its own module (`run`, `frontier`, `curve` and others), and late: who only
says how a search is to go needs none of it.
"""

from meetsched.solve.options import Progress, SolveOptions

__all__ = ["Progress", "SolveOptions"]
