"""Runs a reader on spoilt files, in a process of its own that is watched for time and memory."""

from __future__ import annotations

import random
import resource
import signal
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic, process_time
from typing import Literal

from fuzzing.subjects import SUBJECTS, Case

MAX_SECONDS = 10.0
"""Of processor time for one file. The files have some 30 kB; they load in a twentieth of a second."""

MAX_WAIT = 300.0
"""Seconds on the clock, for what waits without working; a busy machine must not look like a finding."""

START: Literal["spawn"] = "spawn"
"""How the process that reads is started: with nothing of this one's."""

MAX_MEMORY = 2 << 30
"""Bytes of address space of the process that reads."""


@dataclass
class Tally:
    """What came out of a run."""

    outcomes: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)
    slowest: float = 0.0
    seconds: float = 0.0

    @property
    def executions(self) -> int:
        """How many files were read."""
        return self.outcomes.total()


def spoilt(name: str, seed: int, index: int, cases: list[Case]) -> Case:
    """Return the spoilt files of one execution, the same for the same seed and index."""
    rng = random.Random(f"{name} {seed} {index}")
    return SUBJECTS[name].spoil(rng.choice(cases), rng)


def put(case: Case, folder: Path) -> Path:
    """Write the files of a case into a folder and return the path of the instance."""
    for name, content in case.files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder / case.entry


def fuzz(
    name: str, seed: int, seconds: float, *, keep: Path, tell: Callable[[str], None], first: int = 0
) -> Tally:
    """Read spoilt files for a length of time.

    Parameters
    ----------
    name : str
        Which of the `SUBJECTS`.
    keep : Path
        Folder for the files of each finding.
    first : int
        Number of the first execution.
    """
    tally = Tally()
    cases = SUBJECTS[name].cases()
    started = monotonic()
    index = first
    while (left := started + seconds - monotonic()) > 0:
        index, problem = _watch(name, seed, index, left, tally)
        if problem:
            folder = keep / f"{name}-{seed}-{index}"
            put(spoilt(name, seed, index, cases), folder)
            (folder / "finding.txt").write_text(problem, encoding="utf-8")
            tally.findings.append(f"{folder}: {problem.strip().splitlines()[-1]}")
            tell(tally.findings[-1])
            index += 1
    tally.seconds = monotonic() - started
    return tally


def _watch(name: str, seed: int, index: int, seconds: float, tally: Tally) -> tuple[int, str]:
    """Let a process read from an index on, until the time is up or it finds something.

    Returns
    -------
    index : int
        Of the finding, or of the next execution.
    problem : str
        Empty where the time is up.
    """
    context = get_context(START)
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, name, seed, index, seconds), daemon=True)
    process.start()
    theirs.close()
    problem = ""
    try:
        while not problem:
            if not ours.poll(MAX_WAIT):
                problem = f"no answer in {MAX_WAIT:g} s"
                break
            outcome, took = ours.recv()
            if outcome == "end":
                break
            tally.slowest = max(tally.slowest, took)
            if outcome in ("loaded", "refused"):
                tally.outcomes[outcome] += 1
                index += 1
            else:
                problem = outcome
    except EOFError:
        process.join(1)
        is_late = process.exitcode == -signal.SIGPROF
        problem = f"longer than {MAX_SECONDS:g} s" if is_late else f"died with exit code {process.exitcode}"
    process.kill()
    process.join()
    tally.outcomes["finding"] += bool(problem)
    return index, problem


def _work(pipe: Connection, name: str, seed: int, index: int, seconds: float) -> None:
    from meetsched.errors import DataError
    from meetsched.loading import load_instance

    cases = SUBJECTS[name].cases()
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    end = monotonic() + seconds
    while monotonic() < end:
        with tempfile.TemporaryDirectory() as folder:
            path = put(spoilt(name, seed, index, cases), Path(folder))
            signal.setitimer(signal.ITIMER_PROF, MAX_SECONDS)  # Its signal ends the process, even in C.
            began = process_time()
            try:
                load_instance(path)
                outcome = "loaded"
            except DataError as error:
                outcome = "refused" if error.faults and str(error).encode() else "no fault is told"
            except BaseException:
                outcome = traceback.format_exc()
            pipe.send((outcome, process_time() - began))
        index += 1
    pipe.send(("end", 0.0))
