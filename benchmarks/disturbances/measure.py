"""Goes on from a plan in two ways, with least disruption and from scratch, and measures both."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from time import monotonic

from contest.runner import GRACE, watch
from disturbances.kinds import Base, Kind, Scenario
from meetsched.domain.difference import Difference, difference
from meetsched.domain.instance import Instance
from meetsched.domain.plan import Plan, PlanStatus
from meetsched.loading import load_plan
from meetsched.service.repairing import RepairRequest, load_baseline, prepare, resolve
from meetsched.service.solving import SolveOptions, load_instance, solve
from meetsched.verify import verify

_ENDS = {4: "proven: none", 5: "no plan", None: "ran over time"}


class Way(StrEnum):
    """How a plan is gone on from; named after the command."""

    REPAIR = "resolve"
    FRESH = "solve"


@dataclass(frozen=True, slots=True)
class Measured:
    """One way to go on from a plan after something happened.

    Attributes
    ----------
    base, kind, what : str, Kind, str
        Which plan was hit, and by what.
    end : str
        `optimal`, `plan` (some tier is not proven), `proven: none`, `no plan`, `breaks rules`,
        `ran over time` or `broke down`.
    seconds : float
        Wall time of the whole command, its start and all its files included.
    search_seconds : float
        Wall time of the same as a function, with the instance read and the solvers running already: from
        the candidates to the verified plan.
    memory : int
        The most that the command held at a time, in MiB.
    before : int
        Meetings of the plan that was hit.
    plan : Plan or None
        What the command wrote.
    change : Difference or None
        From the plan that was hit to this one.
    """

    base: str
    kind: Kind
    what: str
    way: Way
    end: str
    seconds: float
    search_seconds: float
    memory: int
    before: int
    plan: Plan | None
    change: Difference | None

    @property
    def untouched(self) -> int | None:
        """How many meetings of the plan that was hit stay as they were; None without a plan."""
        if self.change is None:
            return None
        return self.before - len(self.change.dropped) - len(self.change.changed)


class Bench:
    """Where plans are published and gone on from: a folder, and what each command may take.

    Parameters
    ----------
    folder : Path
        To write in; each plan and each way has a room of its own there.
    time_limit : float
        Seconds for each command.
    workers : int
        Processor cores for each command.
    """

    def __init__(self, folder: Path, time_limit: float, workers: int) -> None:
        self._folder = folder
        self._time_limit = time_limit
        self._workers = workers
        self._measured = 0

    def publish(self, path: Path) -> Base | None:
        """Plan an instance with `meetsched solve`; None where it has no plan to go on from."""
        failure, *_ = self._command(["solve", path], self._room(path.stem))
        if failure:
            return None
        instance = load_instance(path).instance
        return Base(path.stem, instance, load_plan(self._published(path.stem), instance))

    def measure(self, base: Base, scenario: Scenario, way: Way) -> Measured:
        """Go on from a published plan after what happened to it."""
        self._measured += 1
        room = self._room(f"{base.name}/after-{self._measured}")
        changed = room / "changed.json"
        changed.write_text(json.dumps(document(scenario.instance)), encoding="utf-8")
        baseline = ["--baseline", self._published(base.name)] if way is Way.REPAIR else []
        failure, seconds, memory = self._command([way, changed, *baseline], room)
        plan = None if failure else load_plan(room / "plan.json", scenario.instance)
        return Measured(
            base=base.name,
            kind=scenario.kind,
            what=scenario.what,
            way=way,
            end=failure or _end(scenario.instance, base, way, plan),
            seconds=seconds,
            search_seconds=self._search(base, way, changed),
            memory=memory,
            before=len(base.plan.meetings),
            plan=plan,
            change=None if plan is None else _change(base, plan),
        )

    def _room(self, name: str) -> Path:
        room = self._folder / "bench" / name
        room.mkdir(parents=True, exist_ok=True)
        return room

    def _published(self, name: str) -> Path:
        return self._room(name) / "plan.json"

    def _command(self, arguments: Sequence[object], room: Path) -> tuple[str, float, int]:
        """Run a command; return how it failed (empty where it did not), wall seconds and memory."""
        options = ["-o", room, "-q", "--time-limit", self._time_limit, "--workers", self._workers]
        command = [sys.executable, "-m", "meetsched", *map(str, [*arguments, *options])]
        watched = watch(command, self._time_limit + GRACE, room / "output.txt")
        failure = "" if watched.code == 0 else _ENDS.get(watched.code, "broke down")
        return failure, watched.seconds, watched.memory

    def _search(self, base: Base, way: Way, changed: Path) -> float:
        """Return the seconds that the search takes where everything is loaded already."""
        loaded = load_instance(changed)
        prepared = prepare(
            loaded, load_baseline(self._published(base.name), loaded.instance), RepairRequest()
        )
        options = SolveOptions(self._time_limit, self._workers)
        begin = monotonic()
        if way is Way.REPAIR:
            resolve(prepared, options)
        else:
            solve(loaded, options)
        return monotonic() - begin


def document(instance: Instance) -> dict[str, object]:
    """Return an instance as the data of its file; what calendars told of busy times is in `busy` already."""
    data: dict[str, object] = instance.model_dump(mode="json", by_alias=True, exclude_none=True)
    people = data["people"]
    assert isinstance(people, list)
    for person in people:
        person.pop("busy_calendars")
    return data


def _end(instance: Instance, base: Base, way: Way, plan: Plan | None) -> str:
    assert plan is not None
    report = verify(instance, plan, baseline=base.plan if way is Way.REPAIR else None)
    if report.violations:
        return "breaks rules"
    return "optimal" if plan.status is PlanStatus.OPTIMAL else "plan"


def _change(base: Base, plan: Plan) -> Difference:
    return difference(base.plan, plan, base.instance.disruption, base.instance.zone)
