"""Judge a plan that exists, and compare two."""

from dataclasses import dataclass
from pathlib import Path

from meetsched.domain.difference import Difference, difference
from meetsched.domain.instance import DisruptionWeights, Instance
from meetsched.domain.plan import Plan
from meetsched.domain.report import Report
from meetsched.errors import Fault
from meetsched.loading import Loaded, load_instance, load_plan
from meetsched.verify import verify


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A plan with its instance, its verdict and all that is odd but not wrong about either."""

    instance: Instance
    plan: Plan
    report: Report
    warnings: tuple[Fault | str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs between two plans; `instance` gives names to ids where it is known."""

    difference: Difference
    instance: Instance | None


def review(instance: Path, plan: Path, baseline: Path | None = None) -> Reviewed:
    """Read an instance and a plan of it, and verify the plan.

    Raises
    ------
    DataError
        A file cannot be used; a baseline, other than the plan, may name what the instance lacks.
    """
    loaded = load_instance(instance)
    subject = load_plan(plan, loaded.instance)
    published = None if baseline is None else load_plan(baseline)
    report = judge(loaded, subject, published)
    return Reviewed(loaded.instance, subject, report, (*loaded.warnings, *report.warnings))


def judge(loaded: Loaded, plan: Plan, published: Plan | None = None) -> Report:
    """Verify a plan of an instance, and with the plan published before, what binds it to that."""
    return verify(loaded.instance, plan, baseline=published, sha256=loaded.sha256)


def compare(old: Path, new: Path, instance: Path | None = None) -> Compared:
    """Read two plans and tell what differs, with the weights of an instance or the default ones.

    Raises
    ------
    DataError
        A file cannot be used.
    """
    known = None if instance is None else load_instance(instance).instance
    weights = DisruptionWeights() if known is None else known.disruption
    zone = None if known is None else known.zone
    return Compared(difference(load_plan(old), load_plan(new), weights, zone), known)
