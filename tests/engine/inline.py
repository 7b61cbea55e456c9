"""A workforce without processes, and a shelf in memory."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from threading import Event

from meetsched.engine import Workforce
from meetsched.engine.jobs import perform


class InlineExecutor(Executor):
    """Does every job at once, where it is asked."""

    def submit(self, fn, /, *args, **kwargs):
        future: Future = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class Inline(Workforce):
    """Does one job after the other, in this thread; notes them."""

    width = 1

    def __init__(self, work: Callable[[bytes, Event], bytes] = perform) -> None:
        self.executor = InlineExecutor()
        self.halted = Event()
        self.jobs: list[bytes] = []
        self._work = work

    def submit(self, document: bytes) -> "Future[bytes]":
        self.jobs.append(document)
        return self.executor.submit(self._work, document, self.halted)

    def halt(self) -> None:
        self.halted.set()

    def close(self) -> None:
        pass


class Memory(dict):
    """A shelf."""

    def put(self, key: str, content: bytes) -> None:
        self[key] = content
