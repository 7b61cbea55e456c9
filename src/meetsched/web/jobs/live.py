"""A piece of work as long as the server knows of it, and those who watch it."""

from __future__ import annotations

import asyncio
import subprocess
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock

from meetsched.store import Job
from meetsched.web.jobs.messages import STOP, News, Note, Stage


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A job at one moment.

    Attributes
    ----------
    job : Job
    stages : tuple of Stage
        The latest news of each search, in the order in which they began; empty once the server has been
        started anew.
    note : str
        The latest news in words.
    stopping : bool
        Whether somebody has asked it to stop.
    """

    job: Job
    stages: tuple[Stage, ...] = ()
    note: str = ""
    stopping: bool = False


@dataclass(eq=False)
class Live:
    """A job under way; threads hear and tell of it."""

    job: Job
    stages: dict[tuple[str, str | None], Stage] = field(default_factory=dict)
    note: str = ""
    stopping: bool = False
    process: subprocess.Popen[str] | None = None
    _watchers: set[Watcher] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    def snapshot(self) -> Snapshot:
        """Return how it is now."""
        with self._lock:
            return Snapshot(self.job, tuple(self.stages.values()), self.note, self.stopping)

    def hear(self, news: News) -> None:
        """Take up news of it."""
        with self._lock:
            if isinstance(news, Stage):
                self.stages[news.tier, news.city] = news
            elif isinstance(news, Note):
                self.note = news.text
        self.wake()

    def become(self, job: Job) -> None:
        """Take up how it is kept now."""
        with self._lock:
            self.job = job
        self.wake()

    def ask_to_stop(self) -> None:
        """Ask the process to end with the best that it has."""
        with self._lock:
            self.stopping = True
            process = self.process
        if process is not None and process.stdin is not None:
            with suppress(OSError, ValueError):  # it has ended by itself
                process.stdin.write(f"{STOP}\n")
                process.stdin.flush()
        self.wake()

    def kill(self) -> None:
        """End the process at once."""
        process = self.process
        if process is not None and process.poll() is None:
            process.kill()

    def watch(self) -> Watcher:
        """Return a watcher that is woken by every change; to be called in an event loop."""
        watcher = Watcher(asyncio.get_running_loop(), asyncio.Event())
        with self._lock:
            self._watchers.add(watcher)
        return watcher

    def leave(self, watcher: Watcher) -> None:
        """Wake a watcher no more."""
        with self._lock:
            self._watchers.discard(watcher)

    def wake(self) -> None:
        """Tell all watchers that something is new."""
        with self._lock:
            watchers = tuple(self._watchers)
        for watcher in watchers:
            watcher.wake()


@dataclass(frozen=True, eq=False)
class Watcher:
    """Somebody in an event loop who waits for news."""

    loop: asyncio.AbstractEventLoop
    event: asyncio.Event

    def wake(self) -> None:
        """Let it look, from any thread."""
        with suppress(RuntimeError):  # its loop has ended
            self.loop.call_soon_threadsafe(self.event.set)
