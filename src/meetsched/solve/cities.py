"""Several cities: what each gets alone, all of them side by side."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue
from threading import Event, Lock

from meetsched.candidates import Candidates
from meetsched.domain.entities import City
from meetsched.domain.instance import Objective
from meetsched.domain.outcome import PlannedMeeting
from meetsched.model import build
from meetsched.rules import Tier
from meetsched.solve.control import Control
from meetsched.solve.lexicographic import LexicographicSearch
from meetsched.solve.options import Progress

_POINTS = (Objective(tier=Tier.POINTS),)


@dataclass(frozen=True, slots=True)
class Ideals:
    """The most points that each city gets planning alone.

    Attributes
    ----------
    points : dict of str to int
        As far as found.
    plans : dict of str to tuple of PlannedMeeting
        Each city's plan alone, where one was found.
    bound : int
        All cities together cannot get more.
    hopeless : str or None
        A city that has no plan even alone.
    """

    points: dict[str, int]
    plans: dict[str, tuple[PlannedMeeting, ...]]
    bound: int
    hopeless: str | None = None

    @property
    def proven(self) -> bool:
        """Whether all are known to be the most."""
        return sum(self.points.values()) == self.bound


@dataclass(frozen=True, slots=True)
class _Ideal:
    """The most points of one city, as far as found, and what it cannot beat; no plan at all: hopeless."""

    points: int
    bound: int
    plan: tuple[PlannedMeeting, ...] | None
    hopeless: bool


def seek_ideals(
    candidates: Candidates, control: Control, *, threads: int, seed: int, all_cities: bool = False
) -> Ideals:
    """Let each city plan alone for points, as many side by side as there are threads.

    The first city that has no plan ends it, unless all cities are asked for; its ideal is then 0. (What
    is over is exempt from rules that a plan of its own would have to hold, so that a city without a plan
    alone may have one that goes on from what was published.)
    """
    seeking = _Seeking(candidates, control, threads=threads, seed=seed)
    points: dict[str, int] = {}
    plans: dict[str, tuple[PlannedMeeting, ...]] = {}
    bound = 0
    hopeless: str | None = None
    for city, found in seeking.run(candidates.cities, until_hopeless=not all_cities):
        if found.hopeless:
            hopeless = hopeless or city.id
            if not all_cities:
                break
        points[city.id] = found.points
        bound += found.bound
        if found.plan is not None:
            plans[city.id] = found.plan
    return Ideals(points, plans, bound, hopeless)


class _Seeking:
    """Runs the cities' searches side by side; a thread each, since a city alone is small.

    What they tell goes to the thread that runs them, and their time is shared out evenly.
    """

    def __init__(self, candidates: Candidates, control: Control, *, threads: int, seed: int) -> None:
        self._candidates = candidates
        self._control = control
        self._threads = threads
        self._seed = seed
        self._stop = Event()
        self._told: SimpleQueue[Progress] = SimpleQueue()
        self._waiting = 0
        self._lock = Lock()

    def run(self, cities: Sequence[City], *, until_hopeless: bool) -> Iterator[tuple[City, _Ideal]]:
        """Yield each city with what was found, in order; with `until_hopeless` a hopeless one is the last."""
        self._waiting = len(cities)
        self._heed()
        with ThreadPoolExecutor(self._threads) as executor:
            futures = [executor.submit(self._seek, city) for city in cities]
            try:
                for city, future in zip(cities, futures, strict=True):
                    self._attend(future)
                    found = future.result()
                    yield city, found
                    if found.hopeless and until_hopeless:
                        return
            finally:
                self._stop.set()
                executor.shutdown(cancel_futures=True)

    def _attend(self, awaited: Future[_Ideal]) -> None:
        """Pass on what is told until a search is over."""
        while not awaited.done():
            wait([awaited], timeout=0.1)
            self._heed()
            self._pass_on()
        self._pass_on()

    def _heed(self) -> None:
        """End all searches where somebody wants it."""
        if self._control.stop.is_set():
            self._stop.set()

    def _pass_on(self) -> None:
        while True:
            try:
                news = self._told.get_nowait()
            except Empty:
                return
            self._control.tell(news)

    def _seek(self, city: City) -> _Ideal:
        model = build(self._candidates.of([city]))
        search = LexicographicSearch(model, threads=self._threads_each(), seed=self._seed, city=city.id)
        solution = search.run(_POINTS, self._share_of_time())
        if solution.infeasible:
            return _Ideal(0, 0, None, hopeless=True)
        if solution.values is None:
            return _Ideal(0, model.quick_bound(Tier.POINTS), None, hopeless=False)
        figures = solution.tiers[0]
        return _Ideal(figures.best, figures.bound, model.decode(solution.values), hopeless=False)

    def _threads_each(self) -> int:
        return max(1, self._threads // len(self._candidates.cities))

    def _share_of_time(self) -> Control:
        with self._lock:
            share = min(1.0, self._threads / self._waiting)
            self._waiting -= 1
        return replace(self._control.limited(share), stop=self._stop, tell=self._told.put)
