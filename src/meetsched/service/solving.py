"""Plan an instance; no plan leaves unverified."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

from meetsched.domain.outcome import Outcome
from meetsched.domain.report import Report, Violation
from meetsched.loading import Loaded, load_instance
from meetsched.solve.options import Progress, SolveOptions
from meetsched.verify import verify

__all__ = ["Progress", "RejectedPlanError", "SolveOptions", "Solved", "load_instance", "solve"]


class RejectedPlanError(Exception):
    """The solver's plan breaks a rule or has a wrong figure: a bug in this program, never the user's."""

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        self.violations = violations
        super().__init__("the plan that was computed does not hold what it must, so it was not written")

    def __str__(self) -> str:
        broken = [f"  {violation.rule}: {violation.message}" for violation in self.violations]
        return "\n".join([*self.args, *broken])


@dataclass(frozen=True, slots=True)
class Solved:
    """How a planning run ended.

    Attributes
    ----------
    outcome : Outcome
    report : Report or None
        What verification found, which is no broken rule; None where there is no plan.
    """

    outcome: Outcome
    report: Report | None


def solve(
    loaded: Loaded,
    options: SolveOptions,
    on_progress: Callable[[Progress], None] | None = None,
    stop: Event | None = None,
) -> Solved:
    """Plan an instance, and verify the plan against the instance as it was read.

    Parameters
    ----------
    loaded : Loaded
    options : SolveOptions
    on_progress : callable, optional
        Hears news of the search, in the thread that called.
    stop : Event, optional
        Once it is set, the search ends with the best plan found.

    Raises
    ------
    RejectedPlanError
        Verification found a broken rule or a wrong figure: a bug.
    """
    from meetsched.solve import plan_instance

    outcome = plan_instance(loaded.instance, loaded.sha256, options, on_progress, stop)
    if outcome.plan is None:
        return Solved(outcome, None)
    report = verify(loaded.instance, outcome.plan, sha256=loaded.sha256)
    if not report.holds:
        raise RejectedPlanError(report.violations)
    return Solved(outcome, report)
