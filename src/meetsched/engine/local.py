"""Workers that are processes of this machine."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext
from threading import Event, Thread
from typing import Any, TypeVar

from meetsched.engine.jobs import perform
from meetsched.engine.workforce import Workforce

_R = TypeVar("_R")
Work = Callable[[bytes, Event], bytes]

_halted = Event()
"""In a worker: whether the job under way is to end with the best that it has."""


class LocalWorkforce(Workforce):
    """A few processes of this machine.

    Parameters
    ----------
    workers : int
    work : callable
        What they do with a job; a function of a module, so that other processes find it.
    """

    def __init__(self, workers: int, work: Work = perform) -> None:
        self._workers = workers
        self._work = work
        context = multiprocessing.get_context("spawn")
        self._halt, self._end = Bell(context), Bell(context)
        self.executor: Executor = SeparatePools(workers, context, _begin, (self._halt.ear, self._end.ear))

    @property
    def width(self) -> int:
        """How many jobs it can do at once."""
        return self._workers

    def submit(self, document: bytes) -> "Future[bytes]":
        """Begin a job."""
        return self.executor.submit(_work, self._work, document)

    def halt(self) -> None:
        """Ask all jobs under way to end with the best that they have."""
        self._halt.ring()

    def close(self) -> None:
        """End all workers, whatever they are doing."""
        self._end.ring()
        self.executor.shutdown(wait=True, cancel_futures=True)


class SeparatePools(Executor):
    """An executor each of whose processes is a pool of its own.

    In one pool of several processes, one that is killed takes the jobs of all others with it. Here it
    takes its own, whose future has a `BrokenProcessPool` for a result, and its place is filled again.

    Parameters
    ----------
    workers : int
    context : multiprocessing context
    initializer : callable
        Is called in each process before its first job, with `initargs`.
    initargs : tuple
    """

    def __init__(
        self, workers: int, context: SpawnContext, initializer: Callable[..., None], initargs: tuple[Any, ...]
    ) -> None:
        self._context = context
        self._initializer = initializer
        self._initargs = initargs
        self._pools = [self._pool() for _ in range(workers)]
        self._jobs: list[set[Future[Any]]] = [set() for _ in range(workers)]

    def _pool(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(1, self._context, self._initializer, self._initargs)

    def submit(self, fn: Callable[..., _R], /, *args: Any, **kwargs: Any) -> "Future[_R]":
        """Let the process with the fewest jobs call a function."""
        for jobs in self._jobs:
            jobs -= {job for job in jobs if job.done()}
        place = min(range(len(self._pools)), key=lambda each: len(self._jobs[each]))
        try:
            future = self._pools[place].submit(fn, *args, **kwargs)
        except BrokenProcessPool:
            self._pools[place].shutdown(wait=False)
            self._pools[place] = self._pool()
            future = self._pools[place].submit(fn, *args, **kwargs)
        self._jobs[place].add(future)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End all processes."""
        for pool in self._pools:
            pool.shutdown(wait=wait, cancel_futures=cancel_futures)


class Bell:
    """Something that all workers hear, those of later on too, and whatever becomes of some of them.

    (An event of `multiprocessing` waits for every process that waits for it, also for one that was killed.)

    Attributes
    ----------
    ear : Connection
        Can be read from as soon as the bell has rung or its owner is gone; nobody reads from it.
    """

    def __init__(self, context: SpawnContext) -> None:
        self.ear, self._rope = context.Pipe(duplex=False)
        self._rung = False

    def ring(self) -> None:
        """Let all hear it."""
        if not self._rung:
            self._rope.send_bytes(b"!")
            self._rung = True


def _begin(halt: Connection, end: Connection) -> None:
    """Make a new process deaf to the terminal, but not to what it is told.

    It ends with the process that started it: where that is killed, it would wait for jobs for ever.
    """
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_heed, args=(halt,), daemon=True).start()
    Thread(target=_leave, args=(end,), daemon=True).start()


def _heed(halt: Connection) -> None:
    wait([halt])
    _halted.set()


def _leave(end: Connection) -> None:
    wait([end])
    os._exit(0)


def _work(work: Work, document: bytes) -> bytes:
    return work(document, _halted)
