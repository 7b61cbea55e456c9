"""Run one system on one instance: ``python -m contest SYSTEM INSTANCE FOLDER LIMIT WORKERS LAUNCHED``.

The runner starts this program as a process of its own for every result.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from contest.answers import Journal
from contest.systems import SYSTEMS
from contest.task import Task


def main(arguments: Sequence[str]) -> None:
    """Let the system plan, and write its answer."""
    system, path, folder, limit, workers, launched = arguments
    room = Path(folder)
    journal = Journal(room / "events.jsonl", float(launched))
    task = Task(Path(path), room, float(limit), float(launched), int(workers), journal)
    SYSTEMS[system].load()(task).write(room / "answer.json")


if __name__ == "__main__":
    main(sys.argv[1:])
