"""Runs a system as a process of its own, watches its clock and its memory, and judges what it hands in."""

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from signal import SIGKILL
from time import monotonic, sleep

from contest.answers import Answer, Event, read_events
from contest.instances import ROOT
from contest.judge import Score
from meetsched.domain.outcome import Verdict

GRACE = 15.0
"""Seconds after the limit at which a process that still runs is ended."""
_GLANCE = 0.1
_MEBIBYTE = 1024


@dataclass(frozen=True, slots=True)
class Run:
    """One system on one instance.

    Attributes
    ----------
    seconds : float
        Wall time of the whole process.
    memory : int
        The most that the process and all below it held at a time, in MiB (shared pages shared out).
    failure : str
        How the process failed to hand anything in; empty where it did.
    score : Score or None
        None without a plan.
    """

    system: str
    instance: str
    seconds: float
    memory: int
    failure: str
    answer: Answer
    events: Sequence[Event]
    score: Score | None = None

    def with_score(self, score: Score | None) -> "Run":
        """Return the run with its score."""
        return replace(self, score=score)

    @property
    def holds(self) -> bool:
        """Whether there is a plan, and it breaks no rule."""
        return self.score is not None and not self.score.violations


@dataclass(frozen=True, slots=True)
class Watched:
    """The end of a process: its exit code (None: it had to be ended), wall seconds, peak memory in MiB."""

    code: int | None
    seconds: float
    memory: int


def keep_to_two_cores() -> None:
    """Let this process, and all that it starts, use the first two cores of those that it may use."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])


def run(system: str, path: Path, folder: Path, time_limit: float, workers: int) -> Run:
    """Let a system plan an instance; `folder` is its to write in."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("answer.json", "events.jsonl"):
        (folder / name).unlink(missing_ok=True)
    command = [sys.executable, "-m", "contest", system, str(path), str(folder), str(time_limit), str(workers)]
    watched = watch([*command, str(monotonic())], time_limit + GRACE, folder / "output.txt")
    written = folder / "answer.json"
    failure = "" if watched.code == 0 else "ran over time" if watched.code is None else "broke down"
    answer = Answer(Verdict.UNKNOWN) if failure else Answer.read(written)
    events = read_events(folder / "events.jsonl")
    return Run(system, path.stem, watched.seconds, watched.memory, failure, answer, events)


def watch(command: Sequence[str], longest: float, output: Path) -> Watched:
    """Run a command to its end, or for so many seconds at most; all that it prints goes to `output`."""
    path = os.pathsep.join([str(ROOT / "benchmarks"), *filter(None, [os.environ.get("PYTHONPATH")])])
    begin = monotonic()
    most = 0
    with output.open("wb") as stream:
        process = subprocess.Popen(
            command, stdout=stream, stderr=subprocess.STDOUT, env={**os.environ, "PYTHONPATH": path}
        )
        while process.poll() is None:
            family = _family(process.pid)
            most = max(most, sum(map(_held, family)))
            if monotonic() - begin > longest:
                for member in family:
                    _end(member)
                process.wait()
                return Watched(None, monotonic() - begin, most // _MEBIBYTE)
            sleep(_GLANCE)
    return Watched(process.returncode, monotonic() - begin, most // _MEBIBYTE)


def _family(process: int) -> list[int]:
    """Return a process and all below it, whatever sessions they made for themselves."""
    family = [process]
    for member in family:
        for task in Path(f"/proc/{member}/task").glob("*/children"):
            try:
                family += map(int, task.read_text().split())
            except OSError:  # It has ended in the meantime.
                continue
    return family


def _held(process: int) -> int:
    """Return the proportional set size of a process, in KiB; 0 once it has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _end(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, SIGKILL)
