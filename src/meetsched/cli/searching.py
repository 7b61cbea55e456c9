"""The search behind `solve`: of an instance as one, or in parts."""

from dataclasses import dataclass
from pathlib import Path
from threading import Event

from meetsched.cli.exits import ExitCode
from meetsched.cli.outcomes import tell_no_plan
from meetsched.cli.parts import DEALT_OUT_TEXT, WHOLE_TEXTS, parts_display, tell_no_whole
from meetsched.cli.progress import progress_display
from meetsched.cli.streams import tell
from meetsched.domain.outcome import Outcome, Verdict
from meetsched.errors import RequestError
from meetsched.service.apart import (
    EngineKind,
    EngineRequest,
    Loaded,
    Parting,
    PartsOutcome,
    parting,
    solve_apart,
)
from meetsched.service.keeping import clear_parts
from meetsched.service.solving import SolveOptions, solve

_PARTS_NAME = "parts"
"""The folder for finished parts, below that of the plan."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for on the command line: how to plan parts, and whether to keep them for good."""

    request: EngineRequest
    keep: bool

    @classmethod
    def of(cls, engine: str | None, scheduler: str | None, parts: Path | None, folder: Path) -> "Asked":
        """Return what some options ask for.

        Raises
        ------
        RequestError
            They contradict each other.
        """
        if scheduler is not None and engine not in (None, EngineKind.DASK):
            raise RequestError("--scheduler is the address of a Dask scheduler: use it with --engine dask")
        kind = EngineKind.DASK if scheduler is not None else None if engine is None else EngineKind(engine)
        return cls(EngineRequest(kind, scheduler, parts or folder / _PARTS_NAME), keep=parts is not None)


@dataclass(frozen=True, slots=True)
class Found:
    """How a search ended; `parts` where the instance was planned in parts."""

    loaded: Loaded
    asked: Asked
    outcome: Outcome
    parts: PartsOutcome | None = None

    def tell_no_plan(self, instance: Path, time_limit: float, *, as_json: bool) -> ExitCode:
        """Say that there is no plan and how sure that is; the exit code tells the same."""
        if self.parts is None:
            return tell_no_plan(self.outcome, instance, time_limit, as_json=as_json)
        folder = self.asked.request.folder
        return tell_no_whole(self.parts, self.loaded.instance, instance, folder, as_json=as_json)

    def tidy(self) -> None:
        """Remove finished parts that nobody asked to keep, once the plan made of them is proven."""
        if self.parts is not None and not self.asked.keep and self.outcome.verdict is Verdict.OPTIMAL:
            clear_parts(self.asked.request.folder)


def search(loaded: Loaded, options: SolveOptions, asked: Asked, stop: Event, *, quiet: bool) -> Found:
    """Plan an instance as one or in parts, and show how it goes."""
    how = parting(loaded.instance, asked.request)
    if how is Parting.DEALT_OUT and not quiet:
        tell(DEALT_OUT_TEXT)
    if how in (Parting.APART, Parting.DEALT_OUT):
        with parts_display(stop, quiet=quiet) as listener:
            ended = solve_apart(loaded, options, asked.request, listener, stop)
        return Found(loaded, asked, ended.outcome, ended)
    if asked.request.kind is not None and not quiet:
        tell(WHOLE_TEXTS[how])
    with progress_display(loaded.instance, stop, quiet=quiet) as tier_listener:
        return Found(loaded, asked, solve(loaded, options, tier_listener, stop))
