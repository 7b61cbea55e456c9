"""Plan the parts of an instance with a workforce, and put their plans together."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from heapq import nlargest
from math import ceil
from threading import Event
from time import monotonic

from pydantic import ValidationError

from meetsched.domain.instance import Instance
from meetsched.domain.outcome import Outcome, Verdict
from meetsched.engine.jobs import HeldTier, Job, Result, Stage, versions
from meetsched.engine.merging import PlannedPart, merged
from meetsched.engine.parts import Parts
from meetsched.engine.progress import Failure, PartsOutcome, PartsProgress
from meetsched.engine.rounds import least_share, stages, tiers
from meetsched.engine.shelf import Shelf
from meetsched.engine.states import State, Task
from meetsched.engine.workforce import Workforce
from meetsched.solve.options import SolveOptions

MOST_ATTEMPTS = 5
"""So often a job is begun, where its worker is lost or breaks down; then its part counts as failed."""
_GRACE = 5.0
"""Seconds for which jobs that were to end may still hand in what they have."""
_GLANCE = 0.25
"""Seconds at most between two looks at the clock."""


def plan_parts(
    instance: Instance,
    sha256: str,
    options: SolveOptions,
    workforce: Workforce,
    shelf: Shelf,
    *,
    on_progress: Callable[[PartsProgress], None] | None = None,
    stop: Event | None = None,
) -> PartsOutcome:
    """Plan every part of an instance; `rounds` tells why their plans together are the best of the whole.

    A worker that is lost costs its job only: that is begun again, a few times at most. What is finished is
    on the shelf, where the next call finds it.

    Parameters
    ----------
    instance : Instance
        One that `rounds.separable` allows to take apart.
    sha256 : str
        Of its file, to be named in the plan.
    options : SolveOptions
        The time limit is that of all parts together, and shared out evenly among those that wait.
    workforce : Workforce
    shelf : Shelf
    on_progress : callable, optional
        Is told how it goes, from the thread of the call.
    stop : Event, optional
        Once it is set, jobs under way end with the best that they have, and no other begins.
    """
    planning = _Planning(instance, options, workforce, shelf)
    return planning.run(sha256, on_progress or (lambda _: None), stop or Event())


class _Planning:
    def __init__(self, instance: Instance, options: SolveOptions, workforce: Workforce, shelf: Shelf) -> None:
        self._instance = instance
        self._options = options
        self._workforce = workforce
        self._shelf = shelf
        self._stop = Event()
        self._deadline = options.deadline()
        self._began = monotonic()
        self._parts = Parts(instance)
        self._states = [State(part, stages(instance, part.cities)) for part in self._parts.all]
        self._waiting = deque(self._first_tasks())
        self._running: dict[Future[bytes], Task] = {}
        self._finished = self._found = 0
        self._hopeless: State | None = None

    def _first_tasks(self) -> Iterator[Task]:
        """Yield the first stage of every part; those for whose end all others wait come first."""
        for wanted in (Stage.SHARES, Stage.ALL):
            for place, state in self._largest_first():
                if state.stages[0] is wanted:
                    yield Task(place, wanted)

    def _largest_first(self) -> list[tuple[int, State]]:
        """Return the parts by size, so that no large one is begun when others have ended."""
        return sorted(enumerate(self._states), key=lambda each: -len(each[1].cities))

    def run(self, sha256: str, tell: Callable[[PartsProgress], None], stop: Event) -> PartsOutcome:
        self._stop = stop
        while self._hopeless is None:
            self._fill()
            tell(self._progress())
            if not self._running or monotonic() > self._deadline + _GRACE:
                break
            if self._stop.is_set():
                self._stop_all()
                break
            finished, _ = wait(self._running, timeout=_GLANCE, return_when=FIRST_COMPLETED)
            for future in finished:
                self._hear(self._running.pop(future), future)
        return self._outcome(sha256)

    # What is to be done next.

    def _fill(self) -> None:
        """Begin as many jobs as there are workers; what lies on the shelf needs none."""
        while self._waiting and not self._stop.is_set() and len(self._running) < self._workforce.width:
            task = self._waiting.popleft()
            job = self._job(task)
            task.key = job.key
            kept = self._kept(task.key)
            if kept is not None:
                self._found += 1
                self._accept(task, kept)
            elif monotonic() < self._deadline:
                task.attempts += 1
                self._running[self._workforce.submit(job.document())] = task
            if self._hopeless is not None:
                return

    def _job(self, task: Task) -> Job:
        state = self._states[task.place]
        job = Job(
            made_by=versions(),
            stage=task.stage,
            instance=self._parts.instance(state.part),
            objectives=tiers(self._instance, state.part.cities, task.stage),
            seed=self._options.seed,
            deterministic=self._options.deterministic,
            threads=self._threads(task),
            seconds=self._share(),
        )
        return job if task.stage is not Stage.REST else self._rest_of(job, state)

    def _rest_of(self, job: Job, state: State) -> Job:
        """Return the job that goes on from what was found up to `balance`."""
        before = state.results[Stage.SHARES]
        assert before.plan is not None
        objectives = {objective.tier: objective for objective in self._instance.active_objectives()}
        held = [
            HeldTier(objective=objectives[tier.name], best=tier.best, bound=tier.bound)
            for tier in before.plan.tiers[:-1]
        ]
        return job.model_copy(
            update={
                "held": tuple(held),
                "least_share": least_share(self._instance, self._balances()),
                "ideals": before.ideals,
                "known": before.plan,
            }
        )

    def _balances(self) -> list[int]:
        """Return the best balance of each part that was planned up to it."""
        plans = (state.results[Stage.SHARES].plan for state in self._states if Stage.SHARES in state.results)
        return [plan.tiers[-1].best for plan in plans if plan is not None]

    def _threads(self, task: Task) -> int:
        """Return how many threads a job may have: its share by cities, beside the largest others at work.

        So a large part with small ones beside it is planned as if it were alone.
        """
        own = len(self._states[task.place].cities)
        others = (
            len(state.cities)
            for place, state in enumerate(self._states)
            if place != task.place and len(state.results) < len(state.stages)
        )
        beside = sum(nlargest(self._workforce.width - 1, others))
        return max(1, round(self._options.threads() * own / (own + beside)))

    def _share(self) -> float:
        """Return the time for the next job: an even share of what is left."""
        rounds = ceil(max(1, self._left()) / max(1, self._workforce.width))
        return max(0.0, self._deadline - monotonic()) / rounds

    def _left(self) -> int:
        """Return how many jobs are still to end."""
        return sum(len(state.stages) for state in self._states) - self._finished

    # What has ended.

    def _hear(self, task: Task, future: "Future[bytes]") -> None:
        try:
            result = Result.model_validate_json(future.result())
        except Exception as error:  # whatever befell a worker, its job can be begun again
            self._begin_again(task, error)
            return
        result = result.model_copy(update={"limit": self._options.time_limit})
        if not result.interrupted:
            self._shelf.put(task.key, result.document())
        self._accept(task, result)

    def _begin_again(self, task: Task, error: Exception) -> None:
        if task.attempts < MOST_ATTEMPTS:
            self._waiting.appendleft(task)
            return
        self._states[task.place].failure = f"{type(error).__name__}: {error}"
        self._finished += 1

    def _kept(self, key: str) -> Result | None:
        """Return what lies on the shelf, if more time than it had could not better it."""
        content = self._shelf.get(key)
        if content is None:
            return None
        try:
            result = Result.model_validate_json(content)
        except ValidationError:  # a file that somebody changed
            return None
        good = result.settled or result.limit >= self._options.time_limit
        return result if good else None

    def _accept(self, task: Task, result: Result) -> None:
        state = self._states[task.place]
        state.results[task.stage] = result
        self._finished += 1
        if result.verdict is Verdict.INFEASIBLE:
            self._hopeless = state
        elif task.stage is Stage.SHARES:
            self._go_on()

    def _go_on(self) -> None:
        """Let the rest follow as soon as all parts are planned up to `balance`."""
        two_staged = [(place, each) for place, each in self._largest_first() if Stage.REST in each.stages]
        if all(Stage.SHARES in state.results and state.planned for _, state in two_staged):
            self._waiting.extend(Task(place, Stage.REST) for place, _ in two_staged)

    def _stop_all(self) -> None:
        """Ask jobs under way for the best that they have, and take what comes soon."""
        self._workforce.halt()
        finished, _ = wait(self._running, timeout=_GRACE)
        for future in finished:
            self._hear(self._running.pop(future), future)

    # What is told.

    def _progress(self) -> PartsProgress:
        now = monotonic()
        ended = self._finished - self._found
        left = self._left() * (now - self._began) / ended if ended else None
        done = sum(state.done for state in self._states)
        failed = sum(bool(state.failure) for state in self._states)
        seconds = now - self._deadline + self._options.time_limit
        return PartsProgress(len(self._states), done, len(self._running), failed, seconds, left)

    def _outcome(self, sha256: str) -> PartsOutcome:
        states = self._states
        failures = [Failure(state.cities, state.failure) for state in states if state.failure]
        return PartsOutcome(
            outcome=self._whole(sha256),
            parts=len(states),
            done=sum(state.done for state in states),
            kept=sum(not result.interrupted for state in states for result in state.results.values()),
            hopeless=self._hopeless.hopeless if self._hopeless else (),
            open=tuple(state.cities for state in states if not state.planned),
            failures=tuple(failures),
        )

    def _whole(self, sha256: str) -> Outcome:
        if self._hopeless is not None:
            (city, *others) = self._hopeless.hopeless
            return Outcome(Verdict.INFEASIBLE, hopeless_city=None if others else city)
        stopped = self._stop.is_set() and not all(state.done for state in self._states)
        if not all(state.planned for state in self._states):
            return Outcome(Verdict.UNKNOWN, interrupted=stopped)
        parts = [PlannedPart(state.part.cities, state.results) for state in self._states]
        plan = merged(self._instance, sha256, parts, timed=not self._options.deterministic)
        return Outcome(Verdict(plan.status), plan, interrupted=stopped)
