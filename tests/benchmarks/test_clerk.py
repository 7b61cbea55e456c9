"""The clerk's plans hold all rules; where the clerk finds none, it says so."""

from pathlib import Path
from time import monotonic

import pytest

from contest.answers import Journal, read_events
from contest.instances import REFERENCE
from contest.judge import score
from contest.systems.clerk import plan
from contest.task import Task
from meetsched.domain.outcome import Verdict
from meetsched.loading import load_instance
from meetsched.rules import Tier


def task_for(name: str, folder: Path) -> Task:
    journal = Journal(folder / "events.jsonl", monotonic())
    return Task(REFERENCE / f"{name}.yaml", folder, 600, monotonic(), 2, journal)


@pytest.mark.parametrize("name", ["tight-121", "tight-122", "city-103"])
def test_plan_holds(name: str, tmp_path: Path):
    task = task_for(name, tmp_path)
    answer = plan(task)
    scored = score(load_instance(task.path).instance, answer.meetings)
    assert answer.verdict is Verdict.FEASIBLE
    assert scored.violations == ()
    assert read_events(tmp_path / "events.jsonl")[-1].value == scored.objective[Tier.POINTS]
    assert len(answer.meetings) > 3  # More than one a month where more fit.


def test_gives_up_where_there_is_no_plan(tmp_path: Path):
    answer = plan(task_for("blocked-102", tmp_path))
    assert answer.verdict is Verdict.UNKNOWN
    assert not answer.meetings
