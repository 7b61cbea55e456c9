"""A plan that this program computed and that does not hold what it must."""

from typing import NoReturn

from meetsched.domain.report import Report, Violation
from meetsched.rules import FIGURES


class RejectedPlanError(Exception):
    """The solver's plan breaks a rule or has a wrong figure: a bug in this program, never the user's."""

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        self.violations = violations
        super().__init__("the plan that was computed does not hold what it must, so it was not written")

    def __str__(self) -> str:
        broken = [f"  {violation.rule}: {violation.message}" for violation in self.violations]
        return "\n".join([*self.args, *broken])


def reject(message: str) -> NoReturn:
    """Raise RejectedPlanError because of something that no report tells, such as how plans compare."""
    raise RejectedPlanError((Violation(FIGURES, (), message),))


def require(report: Report) -> None:
    """Raise RejectedPlanError unless the plan holds every rule and its figures are right."""
    if not report.holds:
        raise RejectedPlanError(report.violations)
