"""The jobs of a server: those that wait, those under way, and how they ended."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Any

import meetsched
from meetsched.errors import MeetschedError
from meetsched.service.projects import Made, keep_draft, keep_plan, made_by, plan_version
from meetsched.store import Job, JobState, VersionKind
from meetsched.store.store import Store
from meetsched.web.jobs.live import Live, Snapshot
from meetsched.web.jobs.messages import Request, Result, read_news, request_line

_LOG = logging.getLogger(__name__)

WORKER = (sys.executable, "-P", "-m", "meetsched.web.jobs.worker")
SERVER_STOPPED = "the server was stopped"
_KEPT = 100
"""How many jobs stay in memory with what was told while they ran."""
_PAUSE = 0.2
"""Seconds at least between two snapshots for one watcher."""
_LOST = "the work ended without a result; perhaps there was not enough memory"


class JobBoard:
    """Starts jobs, tells how they go, and keeps what comes of them.

    Parameters
    ----------
    store : Store
        Jobs that it shows as unfinished are noted as failed: their server has gone.
    at_once : int
        How many may run at the same time; the others wait.
    debug : bool
        Whether what the processes print as errors is shown.
    command : sequence of str
        What a process runs; it understands `meetsched.web.jobs.messages`.
    """

    def __init__(
        self, store: Store, *, at_once: int = 1, debug: bool = False, command: Sequence[str] = WORKER
    ) -> None:
        store.jobs.abandon(SERVER_STOPPED)
        self._store = store
        self._debug = debug
        self._command = command
        self._live: dict[str, Live] = {}
        self._lock = Lock()
        self._closing = False
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="job")

    def start(
        self,
        project: str,
        kind: str,
        options: Mapping[str, Any],
        author: str,
        *,
        version: int | None = None,
        note: str = "",
    ) -> Job:
        """Start a job on a version.

        Parameters
        ----------
        kind : str
            A module of `meetsched.web.jobs.kinds`.
        options : mapping
            What that module understands; JSON-ready.
        version : int, optional
            Its number; where not given, that of the project's draft, which becomes a version where it is
            none yet.
        note : str
            What is said of the version that may come of it.

        Raises
        ------
        UnknownError
            There is no such project or version.
        """
        if version is None:
            base = keep_draft(self._store, project, author)
        else:
            base = self._store.versions.get(project, version)
        job = self._store.jobs.add(project, kind, json.dumps(dict(options)), base.number)
        live = Live(job)
        with self._lock:
            self._live[job.id] = live
            self._forget()
        self._threads.submit(self._run, live, made_by(author, note))
        return job

    def snapshot(self, job: str) -> Snapshot:
        """Return how a job is now.

        Raises
        ------
        UnknownError
            There is none.
        """
        live = self._live.get(job)
        return Snapshot(self._store.jobs.get(job)) if live is None else live.snapshot()

    def stop(self, job: str) -> Snapshot:
        """Ask a job to end with the best that it has; one that has ended stays as it is.

        Raises
        ------
        UnknownError
            There is none.
        """
        live = self._live.get(job)
        if live is not None and not live.job.state.ended:
            live.ask_to_stop()
            if live.job.state is JobState.QUEUED:
                self._end(live, Result(JobState.STOPPED, message="It was stopped before it began."))
        return self.snapshot(job)

    async def watch(self, job: str) -> AsyncIterator[Snapshot | None]:
        """Yield a job as it is, and again whenever something is new, until it has ended.

        None stands for "nothing new in a while", so that whoever listens knows that it is still there.
        """
        live = self._live.get(job)
        if live is None:
            yield self.snapshot(job)
            return
        watcher = live.watch()
        try:
            while True:
                watcher.event.clear()
                snapshot = live.snapshot()
                yield snapshot
                if snapshot.job.state.ended or self._closing:
                    return
                async for _ in _silence(watcher.event):
                    yield None
                await asyncio.sleep(_PAUSE)
        finally:
            live.leave(watcher)

    def close(self) -> None:
        """End all work; jobs that have not ended are noted as failed."""
        self.hang_up()
        with self._lock:
            living = [live for live in self._live.values() if not live.job.state.ended]
        for live in living:
            live.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._store.jobs.abandon(SERVER_STOPPED)

    def hang_up(self) -> None:
        """Let all who watch go, since the server is about to end."""
        self._closing = True
        for live in tuple(self._live.values()):
            live.wake()

    def _forget(self) -> None:
        """Forget the oldest jobs that have ended."""
        ended = [live.job.id for live in self._live.values() if live.job.state.ended]
        for job in ended[: max(0, len(self._live) - _KEPT)]:
            del self._live[job]

    def _run(self, live: Live, made: Made) -> None:
        """Do a job from its beginning to its end, in a thread of its own."""
        if self._closing or live.job.state.ended:
            return
        try:
            self._store.jobs.start(live.job.id)
            live.become(self._store.jobs.get(live.job.id))
            if live.job.state.ended:  # stopped while it was about to begin
                return
            result = self._work(live)
            if not (self._closing and result.state is JobState.FAILED):  # that it is noted for all at once
                self._end(live, result, made)
        except MeetschedError as error:
            self._fail(live, str(error))
        except Exception as error:
            _LOG.exception("a job failed")
            message = f"this is a bug in meetsched: {type(error).__name__}: {error}"
            self._fail(live, message)

    def _fail(self, live: Live, message: str) -> None:
        """Note that a job has failed; where even that cannot be kept, whoever looks is told."""
        try:
            self._end(live, Result(JobState.FAILED, message=message))
        except MeetschedError:
            live.become(replace(live.job, state=JobState.FAILED, message=message))

    def _request(self, job: Job) -> Request:
        versions = self._store.versions
        base = versions.get(job.project, job.base)
        published = versions.latest(job.project, VersionKind.PUBLISHED)
        planned = plan_version(self._store, base)
        plans = (None if each is None else each.plan_sha256 for each in (planned, published))
        plan, last = (None if sha256 is None else versions.text(sha256) for sha256 in plans)
        return Request(job.kind, versions.text(base.instance_sha256), plan, last, json.loads(job.options))

    def _work(self, live: Live) -> Result:
        """Let a process do the work, and hear its news."""
        request = self._request(live.job)
        with _start_process(self._command, debug=self._debug) as process:
            assert process.stdin is not None and process.stdout is not None
            live.process = process
            try:
                process.stdin.write(request_line(request))
                process.stdin.flush()
                if live.stopping:
                    live.ask_to_stop()
                if self._closing:
                    live.kill()
                for line in process.stdout:
                    news = read_news(line)
                    if isinstance(news, Result):
                        return news
                    live.hear(news)
            except (OSError, ValueError):
                _LOG.debug("the process of a job has gone", exc_info=True)
            finally:
                live.kill()
        return Result(JobState.FAILED, message=_LOST)

    def _end(self, live: Live, result: Result, made: Made | None = None) -> None:
        """Keep what came of a job."""
        number = None
        if result.plan is not None and made is not None:
            base = self._store.versions.get(live.job.project, live.job.base)
            number = keep_plan(self._store, base, result.version, result.plan, made).number
        self._store.jobs.end(
            live.job.id,
            result.state,
            result=number,
            document=None if result.document is None else json.dumps(result.document),
            message=result.message,
        )
        live.become(self._store.jobs.get(live.job.id))


async def _silence(event: asyncio.Event, seconds: float = 15.0) -> AsyncIterator[None]:
    """Yield whenever nothing has happened for a while, until something does."""
    while True:
        try:
            await asyncio.wait_for(event.wait(), seconds)
        except TimeoutError:
            yield None
        else:
            return


def _start_process(command: Sequence[str], *, debug: bool) -> subprocess.Popen[str]:
    """Start a process for one job, which no key press at the terminal reaches."""
    root = str(Path(meetsched.__file__).parent.parent)
    path = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=None if debug else subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,
    )
