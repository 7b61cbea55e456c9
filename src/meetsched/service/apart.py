"""Plan cities that share nothing apart: on this machine or many, going on where an earlier run ended."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from threading import Event

from meetsched.domain.instance import Instance
from meetsched.engine import PartsOutcome, PartsProgress, Shelf, Workforce
from meetsched.errors import RequestError
from meetsched.loading import Loaded
from meetsched.service.keeping import PartsFolder
from meetsched.service.solving import SolveOptions, verified, without_reserve

__all__ = [
    "EngineKind",
    "EngineRequest",
    "Loaded",
    "Parting",
    "PartsOutcome",
    "PartsProgress",
    "parting",
    "solve_apart",
]

_SMALL = 4_000
"""An instance with fewer pairs of a topic and a venue, over all dates and cities, is planned in no time."""
_MOST_TOGETHER = 40
"""More cities than these are not planned as one, where that can be helped."""


class EngineKind(StrEnum):
    """Where parts are planned."""

    LOCAL = "local"
    DASK = "dask"


@dataclass(frozen=True, slots=True)
class EngineRequest:
    """How parts are to be planned.

    Attributes
    ----------
    kind : EngineKind or None
        None: in local processes, where that pays.
    scheduler : str or None
        The address of a Dask scheduler; None for workers of this machine.
    folder : Path
        Where finished parts are kept.
    """

    kind: EngineKind | None
    scheduler: str | None
    folder: Path


class Parting(StrEnum):
    """Whether an instance is planned in parts, or why not."""

    APART = "apart"
    DEALT_OUT = "dealt out"
    ONE_PART = "one part"
    GIVES = "gives"
    SMALL = "small"


def parting(instance: Instance, request: EngineRequest) -> Parting:
    """Tell whether an instance is planned in parts; a small one is only where an engine is asked for."""
    from meetsched.engine.parts import Parts
    from meetsched.engine.rounds import dealable, separable

    if len(instance.cities) < 2 or len(Parts(instance).all) < 2:
        return Parting.ONE_PART
    if not separable(instance):
        too_many = len(instance.cities) > _MOST_TOGETHER
        return Parting.DEALT_OUT if too_many and dealable(instance) else Parting.GIVES
    return Parting.SMALL if request.kind is None and _size(instance) < _SMALL else Parting.APART


def _size(instance: Instance) -> int:
    """Return about how many possibilities there are: of a topic, a venue and a date, in each city its own."""
    topics = sum(len(instance.cities_of_topic(topic)) for topic in instance.topics)
    dates = (instance.horizon.end - instance.horizon.start).days + 1
    return topics * len(instance.venues) * dates // len(instance.cities)


def solve_apart(
    loaded: Loaded,
    options: SolveOptions,
    request: EngineRequest,
    on_progress: Callable[[PartsProgress], None] | None = None,
    stop: Event | None = None,
) -> PartsOutcome:
    """Plan an instance in parts, and verify the whole plan; otherwise as `solving.solve`.

    Parameters
    ----------
    loaded : Loaded
        One that `parting` tells to take apart.
    options : SolveOptions
        The time limit is that of all parts together; as many parts at a time as there are workers.
    request : EngineRequest
    on_progress : callable, optional
        Hears how it goes, in the thread that called.
    stop : Event, optional
        Once it is set, no other part begins, and the best plan so far counts.

    Raises
    ------
    RequestError
        Dask is asked for and not installed, or its scheduler does not answer.
    OutputError
        What is finished cannot be kept.
    RejectedPlanError
        Verification found a broken rule or a wrong figure: a bug.
    """
    from meetsched.engine.planning import plan_parts

    shelf: Shelf = PartsFolder(request.folder)
    with _workforce(request, options) as workforce:
        ended = plan_parts(
            loaded.instance,
            loaded.sha256,
            without_reserve(options),
            workforce,
            shelf,
            on_progress=on_progress,
            stop=stop,
        )
    verified(loaded.instance, loaded.sha256, ended.outcome, None, ())
    return ended


@contextmanager
def _workforce(request: EngineRequest, options: SolveOptions) -> Iterator[Workforce]:
    workers = options.workers or os.cpu_count() or 1
    workforce = _dask(workers, request.scheduler) if request.kind is EngineKind.DASK else _local(workers)
    try:
        yield workforce
    finally:
        workforce.close()


def _local(workers: int) -> Workforce:
    from meetsched.engine.local import LocalWorkforce

    return LocalWorkforce(workers)


def _dask(workers: int, scheduler: str | None) -> Workforce:
    try:
        from meetsched.engine.dask import DaskWorkforce
    except ModuleNotFoundError as error:
        raise RequestError("Dask is not installed; pip install 'meetsched[dask]' adds it") from error
    return DaskWorkforce(workers, scheduler)
