"""The textbook model, in either solver, finds what the exhaustive search finds."""

from pathlib import Path
from time import monotonic

import pytest

from contest.answers import Journal
from contest.judge import score
from contest.systems.textbook.cp_sat import CpSat
from contest.systems.textbook.highs import Highs
from contest.systems.textbook.lexicographic import MakeSolver, plan_candidates
from contest.task import Task
from meetsched.candidates import find_candidates
from meetsched.domain.outcome import Verdict
from tests.oracle.search import search
from tests.oracle.tiny import tiny

SEEDS = range(60)


@pytest.mark.parametrize("make_solver", [Highs, CpSat])
def test_finds_what_exhaustive_search_finds(make_solver: MakeSolver, tmp_path: Path):
    assert {seed: faults for seed in SEEDS if (faults := disagreements(seed, make_solver, tmp_path))} == {}


def disagreements(seed: int, make_solver: MakeSolver, folder: Path) -> list[str]:
    instance, truth = tiny(seed), search(tiny(seed))
    journal = Journal(folder / "events.jsonl", monotonic())
    task = Task(Path(), folder, 600, monotonic(), 2, journal)
    answer = plan_candidates(find_candidates(instance), make_solver, task)
    if not truth.feasible:
        return [] if answer.verdict is Verdict.INFEASIBLE else [f"{answer.verdict}, but there is no plan"]
    found = {claim.tier: claim.best for claim in answer.claims}
    scored = score(instance, answer.meetings, answer.ideal)
    faults = [f"breaks {rule}" for rule in scored.violations]
    if answer.verdict is not Verdict.OPTIMAL or not all(claim.proven for claim in answer.claims):
        faults.append(f"not proven: {answer.verdict}")
    if found != truth.best:
        faults.append(f"best {found}, but is {truth.best}")
    return faults
