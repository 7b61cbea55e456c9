"""Plans that have what was asked for: the nearest, and the best."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from threading import Event
from time import monotonic

from meetsched.domain.answer import Way
from meetsched.domain.difference import difference
from meetsched.domain.instance import Instance, Objective, Pin
from meetsched.domain.outcome import Outcome, Verdict
from meetsched.domain.plan import Plan
from meetsched.explain.why.subject import Subject
from meetsched.rules import Tier
from meetsched.solve import Progress, SolveOptions, disruption_last, plan_instance
from meetsched.verify import require, verify


def disruption_first(instance: Instance) -> Instance:
    """Return the instance with disruption before all other tiers, and nothing of it to be given up."""
    others = [each for each in instance.objectives if each.tier is not Tier.DISRUPTION]
    return instance.replaced(objectives=(Objective(tier=Tier.DISRUPTION), *others))


@dataclass(frozen=True, slots=True)
class Planner:
    """Plans a subject's instance with what was asked for, beside the plan asked about.

    Attributes
    ----------
    subject : Subject
    asked : Pin
    options : SolveOptions
        Of the whole job.
    stop : Event
    tell : callable, optional
        Hears news of the search.
    """

    subject: Subject
    asked: Pin
    options: SolveOptions
    stop: Event
    tell: Callable[[Progress], None] | None = None

    def nearest(self, share: float) -> tuple[Verdict, Way | None]:
        """Return the way that disturbs least, within a share of the time that is left."""
        return self._way(disruption_first, share)

    def best(self, share: float) -> tuple[Verdict, Way | None]:
        """Return the best way, within a share of the time that is left."""
        return self._way(disruption_last, share)

    def _way(self, ordered: Callable[[Instance], Instance], share: float) -> tuple[Verdict, Way | None]:
        left = max(0.0, self.options.deadline() - monotonic())
        options = replace(self.options, started=monotonic(), time_limit=share * left)
        subject = self.subject
        outcome = plan_instance(
            ordered(subject.asking(self.asked)),
            subject.sha256,
            options,
            self.tell,
            self.stop,
            baseline=subject.baseline,
        )
        way = None if outcome.plan is None else self._verified(ordered(subject.instance), outcome)
        return outcome.verdict, way

    def _verified(self, judged: Instance, outcome: Outcome) -> Way:
        subject = self.subject
        assert outcome.plan is not None
        plan = outcome.plan.model_copy(update={"pins": (*subject.plan.pins, self.asked)})
        report = verify(judged, plan, baseline=subject.plan)
        require(report)
        order = [each.name for each in plan.tiers]
        return Way(
            plan,
            outcome.verdict is Verdict.OPTIMAL,
            _in_order(self._before(plan), order),
            _in_order(report.objective, order),
            difference(
                subject.plan,
                plan,
                subject.instance.disruption,
                subject.instance.zone,
            ),
        )

    def _before(self, plan: Plan) -> Mapping[Tier, int]:
        """Return what the plan asked about comes to, by the same ideals."""
        same = self.subject.plan.model_copy(
            update={"ideal": plan.ideal, "tiers": (), "repair": self.subject.baseline.repair}
        )
        return verify(self.subject.instance, same, baseline=self.subject.plan).objective


def _in_order(values: Mapping[Tier, int], order: list[Tier]) -> Mapping[Tier, int]:
    return {tier: values[tier] for tier in order}
