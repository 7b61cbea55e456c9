"""A repaired plan on the terminal and as JSON: the plan, and what changed."""

from collections.abc import Iterable
from pathlib import Path

from meetsched.cli.changes import change_lines, difference_document
from meetsched.cli.exits import json_bytes
from meetsched.cli.streams import show, show_bytes
from meetsched.cli.summary import show_plan
from meetsched.domain.difference import Difference
from meetsched.domain.instance import Instance
from meetsched.domain.plan import Plan
from meetsched.domain.words import count
from meetsched.service.repairing import Prepared


def show_repair(
    instance: Instance, plan: Plan, difference: Difference, files: Iterable[Path], *, as_json: bool
) -> None:
    """Print a repaired plan: on a terminal what changed comes first, in JSON it stands in the plan."""
    if as_json:
        show_bytes(json_bytes(plan.document() | {"changes": difference_document(difference)}))
        return
    show("\n".join(change_lines(difference, instance)) + "\n\n")
    show_plan(instance, plan, files)


def beside(prepared: Prepared) -> str:
    """Name what a repair has to hold besides the rules, to follow "no plan holds every rule"."""
    repair = prepared.baseline.repair
    parts = []
    if prepared.baseline.frozen:
        parts.append("keeps what is frozen")
    if repair.max_changes is not None:
        parts.append(f"changes at most {count(repair.max_changes, 'meeting')}")
    if prepared.pins:
        parts.append("holds the pins given")
    return "".join(f", {part}" for part in parts[:-1]) + (f" and {parts[-1]}" if parts else "")
