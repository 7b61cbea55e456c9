"""Results as CSV and as Markdown tables."""

import csv
import os
import platform
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from statistics import median

from contest.answers import Claim
from contest.runner import Run
from contest.systems import SYSTEMS
from meetsched.domain.outcome import Verdict
from meetsched.domain.scalars import format_cents
from meetsched.rules import Tier

TIERS = (Tier.BALANCE, Tier.POINTS, Tier.COST, Tier.APPEAL, Tier.EFFORT)


def write_csv(runs: Iterable[Run], path: Path) -> None:
    """Write everything that was measured, a line for each run; cost in cents."""
    names = [f"{tier}{suffix}" for tier in TIERS for suffix in ("", "_bound", "_proven", "_proven_after")]
    header = ["instance", "system", "seconds", "memory_mib", "verdict", "first_plan_after", "broken_rules"]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([*header, *names])
        for run in runs:
            broken = " ".join(run.score.violations) if run.score else ""
            first = first_plan_after(run)
            head = [run.instance, run.system, f"{run.seconds:.2f}", run.memory, verdict(run), first, broken]
            writer.writerow([*head, *(cell for tier in TIERS for cell in _tier_cells(run, tier))])


def _tier_cells(run: Run, tier: Tier) -> Sequence[object]:
    claim = claim_of(run, tier)
    value = run.score.objective.get(tier, "") if run.score else ""
    if claim is None:
        return value, "", "", ""
    return value, claim.bound, claim.proven, proven_after(run, tier)


def verdict(run: Run) -> str:
    """Say in a word or two how a run ended."""
    if run.answer.unavailable:
        return "not run"
    if run.failure:
        return run.failure
    if run.score is not None and run.score.violations:
        return "breaks rules"
    return {
        Verdict.OPTIMAL: "optimal",
        Verdict.FEASIBLE: "plan",
        Verdict.INFEASIBLE: "proven: none",
        Verdict.UNKNOWN: "no plan",
    }[run.answer.verdict]


def first_plan_after(run: Run) -> float | None:
    """Return the seconds to the first plan of the whole, as far as the system told."""
    return next((event.seconds for event in run.events if event.value is not None and not event.city), None)


def proven_after(run: Run, tier: Tier) -> float | None:
    """Return the seconds after which a tier was proven."""
    own = (event for event in run.events if event.tier is tier and event.proven and not event.city)
    return next((event.seconds for event in own), None)


def proven_tiers(run: Run) -> list[Tier]:
    """Return the tiers that a system has proven, of a plan that holds."""
    return [claim.tier for claim in run.answer.claims if claim.proven] if run.holds else []


def summary_table(runs: Sequence[Run]) -> str:
    """Return a Markdown table with a row for each system."""
    rows = []
    for system in dict.fromkeys(run.system for run in runs):
        own = [run for run in runs if run.system == system and not run.answer.unavailable]
        label = SYSTEMS[system].label
        if not own:
            why = next(run.answer.unavailable for run in runs if run.system == system)
            rows.append([label, f"not run: {why}", *[""] * 5])
            continue
        ends = [verdict(run) for run in own]
        firsts = [first for run in own if (first := first_plan_after(run)) is not None]
        rows.append(
            [
                label,
                f"{sum(run.holds for run in own)} of {len(own)}",
                str(ends.count("optimal") + ends.count("proven: none")),
                str(sum(len(proven_tiers(run)) for run in own)),
                f"{median(firsts):.1f}" if firsts else "–",
                f"{median(run.seconds for run in own):.1f}",
                str(max(run.memory for run in own)),
            ]
        )
    header = [
        "system",
        "valid plans",
        "all proven",
        "tiers proven",
        "first plan, median (s)",
        "whole command, median (s)",
        "memory, most (MiB)",
    ]
    return markdown(header, rows, left=2)


def result_table(runs: Sequence[Run]) -> str:
    """Return a Markdown table with a row for each run."""
    tiers = [tier for tier in TIERS if any(run.score and tier in run.score.objective for run in runs)]
    rows = [
        [
            run.instance,
            SYSTEMS[run.system].label,
            verdict(run),
            *(_tier_text(run, tier) for tier in tiers),
            _seconds(first_plan_after(run)),
            _seconds(run.seconds),
        ]
        for run in runs
    ]
    header = ["instance", "system", "end", *tiers, "first plan (s)", "whole (s)"]
    return markdown(header, rows, left=3)


def _tier_text(run: Run, tier: Tier) -> str:
    if run.score is None or tier not in run.score.objective:
        return ""
    value, claim = run.score.objective[tier], claim_of(run, tier)
    if claim is not None and claim.proven and run.holds:
        return f"**{_amount(tier, value)}** {_seconds(proven_after(run, tier))}".strip()
    if claim is not None and claim.bound is not None:
        return f"{_amount(tier, value)} ({'≤' if tier.maximise else '≥'} {_amount(tier, claim.bound)})"
    return _amount(tier, value)


def claim_of(run: Run, tier: Tier) -> Claim | None:
    """Return what a system claims of a tier; None where it claims nothing."""
    return next((claim for claim in run.answer.claims if claim.tier is tier), None)


def _amount(tier: Tier, value: int) -> str:
    return format_cents(value) if tier is Tier.COST else str(value)


def _seconds(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds:.1f} s"


def markdown(header: Sequence[str], rows: Iterable[Sequence[str]], left: int) -> str:
    """Return a Markdown table; all columns but the first `left` are aligned to the right."""
    rules = ["---" if column < left else "---:" for column in range(len(header))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (header, rules, *rows))


def machine() -> str:
    """Say on what and when it was measured."""
    text = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    named = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    processor = named[1] if named else platform.machine()
    cores = len(os.sched_getaffinity(0))
    return f"{date.today().isoformat()}, {cores} cores ({processor}), Python {platform.python_version()}"


def contradiction_text(found: Mapping[str, Sequence[str]]) -> str:
    """Say which claims the judge refuted, by instance."""
    lines = [f"- {instance}: {claim}" for instance, claims in found.items() for claim in claims]
    return "\n".join(["Claims that another system's verified plan refutes:", "", *lines]) if lines else ""
