"""What a verification found."""

from dataclasses import dataclass

from meetsched.rules import Tier


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken rule: its id (a `Rule`, or ``figures``), the ids of the meetings, and words for people."""

    rule: str
    meetings: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """A plan's verdict: broken rules, and the objectives recomputed from the instance.

    Attributes
    ----------
    violations : tuple of Violation
        Empty where the plan holds every rule and its figures are right.
    objective : dict of Tier to int
        Points, cost (cents), appeal and effort always; balance with two cities or more,
        disruption with a baseline.
    warnings : tuple of str
        What is odd but breaks no rule, such as a plan made for another edition of the instance.
    """

    violations: tuple[Violation, ...]
    objective: dict[Tier, int]
    warnings: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether no rule is broken."""
        return not self.violations
