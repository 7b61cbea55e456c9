"""Workers of a Dask cluster: processes of this machine, or a scheduler's on any machines."""

import logging
import os
import signal
from concurrent.futures import Future
from contextlib import suppress
from threading import Event, Thread
from uuid import uuid4

from distributed import Client, LocalCluster, WorkerPlugin, get_client
from distributed import Event as SharedEvent

from meetsched.engine.jobs import perform
from meetsched.engine.local import Work
from meetsched.engine.workforce import Workforce
from meetsched.errors import RequestError

_PATIENCE = 10.0
"""Seconds in which a scheduler has to answer."""
_GLANCE = 0.5
"""Seconds between two looks at whether the job under way is to end."""


class DaskWorkforce(Workforce):
    """The workers of a Dask cluster.

    Parameters
    ----------
    workers : int
        Where there is no scheduler: how many processes of this machine.
    scheduler : str or None
        The address of one, such as ``tcp://10.0.0.5:8786``; its workers need the same meetsched.
    work : callable
        What they do with a job; a function of a module, so that other processes find it.

    Raises
    ------
    RequestError
        No scheduler answers at the address, or it has no workers.
    """

    def __init__(self, workers: int, scheduler: str | None = None, work: Work = perform) -> None:
        self._work = work
        self._cluster = None if scheduler else _local_cluster(workers)
        self._client = _connected(scheduler or self._cluster)
        if scheduler is None:
            self._client.register_plugin(_Deaf())
        elif not self.width:
            self._client.close()
            raise RequestError(f"the Dask scheduler at {scheduler} has no workers")
        self._name = f"meetsched-{uuid4().hex}"
        self._halt = SharedEvent(self._name, client=self._client)
        self.executor = self._client.get_executor(pure=False)

    @property
    def width(self) -> int:
        """How many jobs it can do at once: as many as the workers that are there now have threads."""
        return sum(self._client.nthreads().values())

    def submit(self, document: bytes) -> "Future[bytes]":
        """Begin a job, or let it wait for a worker."""
        return self.executor.submit(_perform, self._work, document, self._name)

    def halt(self) -> None:
        """Ask all jobs under way to end with the best that they have."""
        self._halt.set()

    def close(self) -> None:
        """End what was started here; the workers of somebody's scheduler stay."""
        self.halt()
        with suppress(TimeoutError, OSError):
            self._client.close()
        if self._cluster is not None:
            self._cluster.close(timeout=_PATIENCE)


class _Deaf(WorkerPlugin):
    """Makes a worker deaf to the terminal, where a Ctrl-C is meant for the process that asks."""

    def setup(self, worker: object) -> None:
        """Begin a session of its own."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        with suppress(PermissionError):
            os.setsid()


def _local_cluster(workers: int) -> LocalCluster:
    """Start workers that listen on this machine only."""
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        memory_limit=0,
        silence_logs=logging.CRITICAL,
    )


def _connected(address: "str | LocalCluster | None") -> Client:
    try:
        return Client(address, timeout=_PATIENCE)
    except (OSError, TimeoutError, ValueError) as error:
        raise RequestError(f"no Dask scheduler answers at {address}: {error}") from error


def _perform(work: Work, document: bytes, name: str) -> bytes:
    """Do a job in a thread of a worker, with an eye on the event by which all are asked to end."""
    halted, over = Event(), Event()
    shared = SharedEvent(name, client=get_client())

    def watch() -> None:
        while not over.wait(_GLANCE):
            with suppress(Exception):  # A scheduler that is gone has nothing to say.
                if shared.is_set():
                    halted.set()
                    return

    Thread(target=watch, daemon=True).start()
    try:
        return work(document, halted)
    finally:
        over.set()
