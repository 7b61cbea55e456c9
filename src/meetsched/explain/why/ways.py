"""Plans that have what was asked for: the nearest, and the best."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Event

from meetsched.candidates import Candidates
from meetsched.domain.answer import Way
from meetsched.domain.difference import difference
from meetsched.domain.instance import Instance, Objective, Pin
from meetsched.domain.outcome import Outcome, Verdict
from meetsched.explain.why.subject import Subject
from meetsched.rules import Tier
from meetsched.solve import Progress, SolveOptions
from meetsched.solve.control import Control
from meetsched.solve.frontier import disruption_last
from meetsched.solve.run import Run
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
    candidates : Candidates
        Those of the instance with the question among its pins, beside the plan.
    options : SolveOptions
        Of the whole job.
    stop : Event
    tell : callable, optional
        Hears news of the search.
    """

    subject: Subject
    asked: Pin
    candidates: Candidates
    options: SolveOptions
    stop: Event
    tell: Callable[[Progress], None] | None = None

    def nearest(self, share: float) -> tuple[Verdict, Way | None]:
        """Return the way that disturbs least, within a share of the time that is left."""
        return self._way(disruption_first, share, None)

    def best(self, share: float, known: Way | None) -> tuple[Verdict, Way | None]:
        """Return the best way, within a share of the time that is left; `known` is one to begin from."""
        return self._way(disruption_last, share, known)

    def _way(
        self, ordered: Callable[[Instance], Instance], share: float, known: Way | None
    ) -> tuple[Verdict, Way | None]:
        subject = self.subject
        control = Control.of(self.options, self.tell, self.stop).limited(share)
        asking = ordered(subject.asking(self.asked))
        run = Run(asking, self.options, control, subject.baseline).among(self.candidates)
        if subject.ideal is not None:
            run = run.measured_by(subject.ideal)
        if known is not None:
            run = run.again(subject.baseline, control, known.plan, {})
        outcome = run.outcome(subject.sha256)
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
            _in_order(subject.judged_by(plan.ideal), order),
            _in_order(report.objective, order),
            difference(subject.plan, plan, subject.instance.disruption, subject.instance.zone),
        )


def _in_order(values: Mapping[Tier, int], order: list[Tier]) -> Mapping[Tier, int]:
    return {tier: values[tier] for tier in order}
