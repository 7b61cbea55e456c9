"""Plans of changed instances, each verified."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Event

from meetsched.domain.baseline import Baseline
from meetsched.domain.changing import changed, changed_baseline
from meetsched.domain.instance import Instance
from meetsched.domain.outcome import Outcome, Verdict
from meetsched.domain.plan import Plan, PlanStatus
from meetsched.domain.ways_out import Change
from meetsched.rules import Tier
from meetsched.solve import SolveOptions
from meetsched.solve.control import OutOfTime
from meetsched.solve.run import plan_instance
from meetsched.verify import require, verify


@dataclass(frozen=True, slots=True)
class Planned:
    """A verified plan.

    Attributes
    ----------
    plan : Plan
    objective : mapping of Tier to int
        What it comes to, by the verifier's own reckoning.
    """

    plan: Plan
    objective: Mapping[Tier, int]

    @property
    def best(self) -> Mapping[Tier, int]:
        """The best of each tier in its turn: what is given to later ones does not tell plans apart."""
        return {tier.name: tier.best for tier in self.plan.tiers}

    @property
    def proven(self) -> bool:
        """Whether there is no better plan."""
        return self.plan.status is PlanStatus.OPTIMAL


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
    baseline : Baseline or None
        The published plan to go on from.
    """

    instance: Instance
    sha256: str
    options: SolveOptions
    stop: Event
    baseline: Baseline | None = None

    def plan(self, changes: Iterable[Change] = ()) -> tuple[Outcome, Planned | None]:
        """Plan the instance with changes, and verify the plan.

        Raises
        ------
        RejectedPlanError
            Verification found a broken rule or a wrong figure: a bug.
        """
        changes = tuple(changes)
        subject = changed(self.instance, changes)
        baseline = None if self.baseline is None else changed_baseline(self.baseline, changes)
        outcome = plan_instance(subject, self.sha256, self.options, stop=self.stop, baseline=baseline)
        if outcome.plan is None:
            return outcome, None
        report = verify(subject, outcome.plan, baseline=None if baseline is None else baseline.plan)
        require(report)
        return outcome, Planned(outcome.plan, report.objective)

    def possible(self, changes: Iterable[Change]) -> Planned:
        """Return the plan of changes that are known to make one possible.

        Raises
        ------
        OutOfTime
            None was found in time.
        """
        changes = tuple(changes)
        outcome, planned = self.plan(changes)
        if outcome.verdict is Verdict.INFEASIBLE:
            raise AssertionError(f"there is no plan with {changes}")
        if planned is None:
            raise OutOfTime
        return planned

    def rank(self, values: Mapping[Tier, int]) -> tuple[int, ...]:
        """Return a key that sorts better plans first, tier by tier."""
        objectives = self.instance.active_objectives(with_baseline=self.baseline is not None)
        tiers = (each.tier for each in objectives)
        return tuple(-values[tier] if tier.maximise else values[tier] for tier in tiers)
