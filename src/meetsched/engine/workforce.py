"""Where jobs are done: in processes of this machine, or by Dask on any."""

from abc import ABC, abstractmethod
from concurrent.futures import Executor, Future


class Workforce(ABC):
    """An executor, how many jobs it can do at once, and how to ask these to come to an end.

    Attributes
    ----------
    executor : concurrent.futures.Executor
        A job that it loses (its process was killed, say) has an exception for a result, and the executor
        goes on.
    """

    executor: Executor

    @property
    @abstractmethod
    def width(self) -> int:
        """How many jobs it can do at once."""

    @abstractmethod
    def submit(self, document: bytes) -> "Future[bytes]":
        """Begin a job, or let it wait for a worker; its result is that of `jobs.perform`."""

    @abstractmethod
    def halt(self) -> None:
        """Ask all jobs under way to end with the best that they have."""

    @abstractmethod
    def close(self) -> None:
        """End all workers, whatever they are doing."""
