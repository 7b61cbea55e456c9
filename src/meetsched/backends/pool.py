"""Solver processes: started when needed, kept for the next run, ended at any moment."""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from queue import SimpleQueue

import meetsched
from meetsched.backends.messages import (
    Answer,
    Backend,
    Ended,
    Failed,
    Prepare,
    Relax,
    Relaxed,
    Search,
    Stop,
    Task,
)


class Worker:
    """One solver process.

    Answers arrive in a queue as pairs of the worker and the answer. Tasks are numbered: what still
    arrives from one that was given up is dropped.
    """

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self._number = 0
        self._answers: SimpleQueue[tuple[Worker, Answer]] | None = None
        self._done = threading.Event()
        self._process = _start_process()
        threading.Thread(target=self._listen, daemon=True).start()
        self._send(Prepare(backend))

    @property
    def busy(self) -> bool:
        """Whether a task is under way whose answers are awaited."""
        return self._answers is not None

    @property
    def alive(self) -> bool:
        """Whether it can take a task."""
        return self._process.poll() is None

    def submit(self, task: Relax | Search, answers: SimpleQueue[tuple[Worker, Answer]]) -> None:
        """Give it a task; it must not be busy."""
        self._number += 1
        self._answers = answers
        self._done.clear()
        if not self._send(task):
            self._finish(Failed(_ENDED))

    def give_up(self) -> None:
        """Drop the task under way: CP-SAT stops at once, the process of another solver ends.

        One that is about to finish by itself is let: to start a process takes much longer.
        """
        if self.busy:
            self._answers = None
            stopped = self.backend is Backend.CP_SAT and self._send(Stop())
            if not stopped and not self._done.wait(_GRACE):
                self.end()

    def end(self) -> None:
        """End the process, whatever it is doing; nothing more arrives from it."""
        self._answers = None
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if stream is not None:
                    stream.close()

    def _send(self, task: Task | Stop) -> bool:
        assert self._process.stdin is not None
        try:
            pickle.dump((self._number, task), self._process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()
        except (OSError, ValueError):
            return False
        return True

    def _listen(self) -> None:
        assert self._process.stdout is not None
        while True:
            try:
                number, answer = pickle.load(self._process.stdout)
            except (EOFError, OSError, ValueError, pickle.UnpicklingError):
                self._finish(Failed(_ENDED))
                return
            if number != self._number:
                continue
            if isinstance(answer, (Relaxed, Ended, Failed)):
                self._finish(answer)
            elif (answers := self._answers) is not None:
                answers.put((self, answer))

    def _finish(self, answer: Answer) -> None:
        self._done.set()
        answers, self._answers = self._answers, None
        if answers is not None:
            answers.put((self, answer))


_ENDED = "the solver's process has ended"
_GRACE = 0.02
"""Seconds for which a task that is given up may still finish; a new process takes ten times as long."""


def _start_process() -> subprocess.Popen[bytes]:
    """Start a process that no key press at the terminal reaches."""
    root = str(Path(meetsched.__file__).parent.parent)
    path = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "meetsched.backends.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,
    )


class Pool:
    """The idle workers of this process."""

    def __init__(self) -> None:
        self._idle: list[Worker] = []
        self._lock = threading.Lock()

    def acquire(self, backend: Backend) -> Worker:
        """Return an idle worker of the backend, or start one."""
        with self._lock:
            self._idle = [worker for worker in self._idle if worker.alive]
            for worker in self._idle:
                if worker.backend is backend:
                    self._idle.remove(worker)
                    return worker
        return Worker(backend)

    def release(self, worker: Worker) -> None:
        """Take back a worker; what it is doing is given up.

        For one that this ends another starts at once: the next search will want it.
        """
        worker.give_up()
        spare = worker if worker.alive else Worker(worker.backend)
        with self._lock:
            self._idle.append(spare)

    def warm(self, backends: Iterable[Backend]) -> None:
        """Start workers that will be needed soon."""
        for worker in [self.acquire(backend) for backend in backends]:
            self.release(worker)

    def close(self) -> None:
        """End all idle workers."""
        with self._lock:
            for worker in self._idle:
                worker.end()
            self._idle.clear()


POOL = Pool()
atexit.register(POOL.close)
