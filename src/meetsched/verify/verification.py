"""From an instance and a plan to a report."""

from collections.abc import Iterator

from meetsched.domain.instance import Instance
from meetsched.domain.plan import Plan
from meetsched.domain.report import Report, Violation
from meetsched.domain.words import one_line
from meetsched.rules import FIGURES, Rule
from meetsched.verify.case import Case
from meetsched.verify.checks import MEETING_CHECKS, PLAN_CHECKS, Finding
from meetsched.verify.figures import check_figures
from meetsched.verify.objectives import objectives


def verify(
    instance: Instance, plan: Plan, *, baseline: Plan | None = None, sha256: str | None = None
) -> Report:
    """Check a plan against every rule and recompute its figures, from the instance alone.

    Parameters
    ----------
    instance : Instance
    plan : Plan
        Ids in it are known to the instance, but for those of meetings that are history.
    baseline : Plan, optional
        The plan published before. Without it, a repaired plan's rules about it cannot all be told.
    sha256 : str, optional
        That of the instance's file, to be compared with the one that the plan states.
    """
    case = Case(instance, plan, baseline)
    values = objectives(case)
    violations = [
        Violation(rule, finding.meetings, one_line(finding.message))
        for rule in Rule
        for finding in _findings(case, rule)
    ]
    violations += [
        Violation(FIGURES, finding.meetings, one_line(finding.message))
        for finding in check_figures(case, values)
    ]
    return Report(tuple(violations), values, tuple(_warnings(case, sha256)))


def _findings(case: Case, rule: Rule) -> Iterator[Finding]:
    if rule in PLAN_CHECKS:
        yield from PLAN_CHECKS[rule](case)
        return
    for held in case.meetings:
        if not case.is_history(held.record):
            for message in MEETING_CHECKS[rule](case, held):
                yield Finding((held.id,), message)


def _warnings(case: Case, sha256: str | None) -> Iterator[str]:
    plan, baseline = case.plan, case.baseline
    if plan.instance.id != case.instance.id:
        yield f"The plan was made for the instance {plan.instance.id!r}, not for {case.instance.id!r}."
    elif sha256 is not None and plan.instance.sha256 != sha256:
        yield "The plan was made for another edition of the instance (its SHA-256 differs)."
    if plan.repair is not None and baseline is None:
        yield (
            "The plan was made from a published one. Without that as a baseline, neither its disruption "
            "nor the rules frozen and changes can be checked, and all that starts before its date "
            "counts as published."
        )
    if plan.repair is None and baseline is not None:
        yield (
            "The plan does not say that it was made from a published one: nothing counts as frozen, "
            "and sequences are not compared with the baseline's."
        )
