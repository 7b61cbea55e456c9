"""Plans of changed instances, each verified."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Event

from meetsched.domain.changing import changed
from meetsched.domain.instance import Instance
from meetsched.domain.outcome import Outcome, Verdict
from meetsched.domain.plan import Plan
from meetsched.domain.ways_out import Change
from meetsched.rules import Tier
from meetsched.solve import SolveOptions, plan_instance
from meetsched.solve.control import OutOfTime
from meetsched.verify import require, verify


@dataclass(frozen=True, slots=True)
class Planner:
    """Plans an instance with changes.

    Attributes
    ----------
    instance : Instance
    sha256 : str
        Of the file of the instance without changes.
    options : SolveOptions
        Of the whole job; its time limit counts for each plan, too.
    stop : Event
    """

    instance: Instance
    sha256: str
    options: SolveOptions
    stop: Event

    def plan(self, changes: Iterable[Change] = ()) -> Outcome:
        """Plan the instance with changes, and verify the plan.

        Raises
        ------
        RejectedPlanError
            Verification found a broken rule or a wrong figure: a bug.
        """
        subject = changed(self.instance, changes)
        outcome = plan_instance(subject, self.sha256, self.options, stop=self.stop)
        if outcome.plan is not None:
            require(verify(subject, outcome.plan))
        return outcome

    def possible(self, changes: Iterable[Change]) -> Plan:
        """Return the plan of changes that are known to make one possible.

        Raises
        ------
        OutOfTime
            None was found in time.
        """
        outcome = self.plan(changes)
        if outcome.verdict is Verdict.INFEASIBLE:
            raise AssertionError(f"there is no plan with {changes}")
        if outcome.plan is None:
            raise OutOfTime
        return outcome.plan

    def objective(self, plan: Plan, changes: Iterable[Change] = ()) -> Mapping[Tier, int]:
        """Return what a plan comes to, recomputed from the changed instance."""
        return verify(changed(self.instance, changes), plan).objective

    def rank(self, objective: Mapping[Tier, int]) -> tuple[int, ...]:
        """Return a key that sorts better plans first, tier by tier."""
        tiers = (each.tier for each in self.instance.active_objectives())
        return tuple(-objective[tier] if tier.maximise else objective[tier] for tier in tiers)
