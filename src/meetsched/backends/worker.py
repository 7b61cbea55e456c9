"""The other end of a `Worker`: a process that solves what it is asked, one task after the other."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable
from importlib import import_module
from time import sleep
from typing import IO

from meetsched.backends.messages import Answer, Backend, Failed, Prepare, Relax, Stop, Task


def main() -> None:
    """Read pickled tasks from standard input and write pickled answers to standard output.

    What solvers print themselves goes nowhere. The process ends with its standard input, even in
    the middle of a task: it does not outlive the process that asked.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    desk = _Desk(sys.stdin.buffer)
    emit = _Emitter(answers)
    while True:
        emit.number, task = desk.next()
        try:
            _run(task, emit, desk)
        except Exception as error:  # a broken solver must not look like a solver at work
            emit(Failed(f"{type(error).__name__}: {error}"))


class _Emitter:
    """Writes answers, each with the number of the task under way."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.number = 0
        self._stream = stream
        self._lock = threading.Lock()

    def __call__(self, answer: Answer) -> None:
        data = pickle.dumps((self.number, answer), protocol=pickle.HIGHEST_PROTOCOL)
        with self._lock:
            self._stream.write(data)
            self._stream.flush()


class _Desk:
    """Reads ahead in a thread, to notice at once a wish to stop or the end of all tasks."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._waiting: deque[tuple[int, Task]] = deque()
        self._ready = threading.Semaphore(0)
        self._current = 0
        self._stop: Callable[[], None] | None = None
        threading.Thread(target=self._read, daemon=True).start()

    def next(self) -> tuple[int, Task]:
        """Return the next task and its number."""
        self._current, self._stop = 0, None
        self._ready.acquire()
        number, task = self._waiting.popleft()
        self._current = number
        return number, task

    def offer_stop(self, stop: Callable[[], None]) -> None:
        """Keep what ends the search under way."""
        self._stop = stop

    def _read(self) -> None:
        while True:
            try:
                number, task = pickle.load(self._stream)
            except (EOFError, OSError, pickle.UnpicklingError):
                os._exit(0)
            if isinstance(task, Stop):
                self._end_task(number)
            else:
                self._waiting.append((number, task))
                self._ready.release()

    def _end_task(self, number: int) -> None:
        """Ask until the task is over: a solver that is only about to start forgets a request."""
        while self._current == number or any(waiting == number for waiting, _ in self._waiting):
            if self._stop is not None:
                self._stop()
            sleep(0.01)


def _run(task: Task, emit: _Emitter, desk: _Desk) -> None:
    if isinstance(task, Prepare):
        _import(task.backend)
    elif isinstance(task, Relax):
        from meetsched.backends import highs

        highs.relax(task, emit)
    elif task.backend is Backend.HIGHS:
        from meetsched.backends import highs

        highs.search(task, emit)
    else:
        from meetsched.backends import cpsat

        cpsat.search(task, emit, desk.offer_stop)


def _import(backend: Backend) -> None:
    import_module("meetsched.backends.highs" if backend is Backend.HIGHS else "meetsched.backends.cpsat")


if __name__ == "__main__":
    main()
