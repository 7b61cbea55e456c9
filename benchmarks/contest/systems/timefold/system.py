"""Timefold as a system of the contest: from nothing, and from meetsched's first plan."""

import subprocess
from collections.abc import Sequence
from contextlib import suppress
from threading import Event
from time import monotonic

from contest.answers import Answer
from contest.systems.own import decisions
from contest.systems.timefold.build import UnavailableError, build, command
from contest.systems.timefold.problem import Problem
from contest.task import Task
from meetsched.candidates import find_candidates
from meetsched.domain.instance import Instance
from meetsched.domain.outcome import PlannedMeeting, Verdict
from meetsched.loading import load_instance
from meetsched.solve.options import Progress, SolveOptions
from meetsched.solve.run import plan_instance


def prepare() -> None:
    """Build the program; where that cannot be done, the answer will say so."""
    with suppress(UnavailableError):
        build()


def plan(task: Task) -> Answer:
    """Plan from nothing."""
    return plan_instance_from(task, load_instance(task.path).instance, [])


def plan_from_first_plan(task: Task) -> Answer:
    """Plan from the first plan that meetsched finds, the time for that included."""
    instance = load_instance(task.path).instance
    return plan_instance_from(
        task, instance, _first_plan(instance, task) if len(instance.cities) == 1 else []
    )


def plan_instance_from(task: Task, instance: Instance, start_from: Sequence[PlannedMeeting]) -> Answer:
    """Plan from a plan; from nothing where it has no meetings."""
    if len(instance.cities) > 1:
        return Answer(Verdict.UNKNOWN, unavailable="its rules are those of one city")
    try:
        build()
    except UnavailableError as missing:
        return Answer(Verdict.UNKNOWN, unavailable=str(missing))
    problem = Problem(find_candidates(instance), start_from)
    path = task.folder / "problem.tsv"
    path.write_text(problem.text(), encoding="utf-8")
    lines = _run(task, instance, command(str(path), f"{task.left():.3f}"))
    holds = any(line[:2] == ["hard", "0"] for line in lines)
    return Answer(Verdict.FEASIBLE, problem.decode(lines)) if holds else Answer(Verdict.UNKNOWN)


def _run(task: Task, instance: Instance, arguments: Sequence[str]) -> list[list[str]]:
    """Run the program; note each better plan when it is told. Everything else that it writes is returned."""
    first = instance.active_objectives()[0].tier
    rest = []
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, bufsize=1) as process:
        for line in process.stdout or ():
            kind, *fields = line.rstrip("\n").split("\t")
            if kind == "best":
                value = int(fields[0])
                task.journal.note(first, value if first.maximise else -value, None)
            else:
                rest.append([kind, *fields])
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, arguments)
    return rest


def _first_plan(instance: Instance, task: Task) -> list[PlannedMeeting]:
    stop = Event()

    def listen(news: Progress) -> None:
        if news.value is not None:
            task.journal.note(news.tier, news.value, None)
            stop.set()

    options = SolveOptions(task.deadline() - monotonic(), task.workers)
    outcome = plan_instance(instance, "", options, listen, stop)
    return decisions(outcome.plan) if outcome.plan else []
