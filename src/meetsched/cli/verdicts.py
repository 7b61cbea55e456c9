"""A verification's report, for people and as JSON."""

from collections.abc import Iterable
from typing import Any

from meetsched.cli.exits import ExitCode, json_bytes
from meetsched.cli.streams import show, show_bytes, tell
from meetsched.domain.proof import TIER_NAMES, tier_amount
from meetsched.domain.report import Report
from meetsched.domain.words import count, one_line


def show_report(report: Report, currency: str, *, as_json: bool) -> None:
    """Print a verdict on standard output: broken rules, and the objectives recomputed."""
    if as_json:
        show_bytes(json_bytes(report_document(report)))
    else:
        show("\n".join(_lines(report, currency)) + "\n")


def refuse(why: str, report: Report, currency: str, *, as_json: bool) -> ExitCode:
    """Say why nothing is done with a plan that has faults, and print these; the exit code tells the same."""
    tell(why)
    show_report(report, currency, as_json=as_json)
    return ExitCode.BROKEN_RULES


def report_document(report: Report) -> dict[str, Any]:
    """Return a verdict as the JSON-ready data that the specification lays down."""
    violations = [
        {"rule": violation.rule, "meetings": list(violation.meetings), "message": violation.message}
        for violation in report.violations
    ]
    return {"violations": violations, "objective": dict(report.objective)}


def _lines(report: Report, currency: str) -> Iterable[str]:
    if report.holds:
        yield "The plan holds every rule, and its figures are right."
    else:
        yield f"The plan has {count(len(report.violations), 'fault')}:"
        for violation in report.violations:
            where = f" [{', '.join(violation.meetings)}]" if violation.meetings else ""
            yield f"  {violation.rule}{where}: {one_line(violation.message)}"
    yield "What it comes to:"
    for tier, value in report.objective.items():
        yield f"  {TIER_NAMES[tier]}: {tier_amount(tier, value, currency)}"
