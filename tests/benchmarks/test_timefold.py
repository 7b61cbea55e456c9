"""What Timefold is given, what it hands back, and its rules against the exhaustive search."""

from pathlib import Path
from time import monotonic

import pytest

from contest.answers import Answer, Journal
from contest.instances import REFERENCE
from contest.judge import score
from contest.systems.timefold.build import UnavailableError, build
from contest.systems.timefold.problem import Problem
from contest.systems.timefold.system import plan, plan_instance_from
from contest.task import Task
from meetsched.candidates import find_candidates
from meetsched.domain.outcome import PlannedMeeting
from meetsched.domain.plan import Duty
from tests.oracle.search import search
from tests.oracle.tiny import tiny

SEEDS = [seed for seed in range(12) if len(tiny(seed).cities) == 1 and search(tiny(seed)).feasible]


@pytest.fixture(scope="module")
def java() -> None:
    """Timefold's program; where Java or the jars are missing, the test is skipped and says so."""
    try:
        build()
    except UnavailableError as error:
        pytest.skip(str(error))


def task_in(folder: Path, path: Path = Path()) -> Task:
    return Task(path, folder, 6, monotonic(), 2, Journal(folder / "events.jsonl", monotonic()))


def in_order(meetings: list[PlannedMeeting]) -> list[tuple[object, ...]]:
    def people(duties: tuple[Duty, ...]) -> list[tuple[str, str]]:
        return sorted((duty.person, duty.role) for duty in duties)

    return sorted((one.city, one.topic, one.start, one.venue, people(one.people)) for one in meetings)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_plan_survives_the_way_there_and_back(seed: int):
    meetings = search(tiny(seed)).meetings
    problem = Problem(find_candidates(tiny(seed)), meetings)
    lines = [line.split("\t") for line in problem.text().splitlines()]
    chosen = [["pair", line[1], line[3]] for line in lines if line[0] == "pair" and line[2] == "1"]
    held = {number for _, number, _ in chosen}
    seats = [
        ["seat", line[3], line[1], line[4]]
        for line in lines
        if line[0] == "seat" and line[1] != "-1" and line[3] in held
    ]
    assert in_order(problem.decode([*chosen, *seats])) == in_order(list(meetings))


@pytest.mark.usefixtures("java")
@pytest.mark.parametrize("seed", SEEDS[:3])
def test_an_optimal_plan_breaks_no_rule_and_stays_the_best(seed: int, tmp_path: Path):
    truth = search(tiny(seed))
    answer: Answer = plan_instance_from(task_in(tmp_path), tiny(seed), truth.meetings)
    scored = score(tiny(seed), answer.meetings)
    assert scored.violations == ()
    assert {tier: scored.objective[tier] for tier in truth.best} == truth.best


def test_several_cities_are_not_its_business(tmp_path: Path):
    assert "one city" in plan(task_in(tmp_path, REFERENCE / "pair-303.yaml")).unavailable


def test_a_missing_compiler_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("contest.systems.timefold.build._libraries", Path)
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(UnavailableError, match="JDK"):
        build()
