"""The systems that can take part."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from contest.answers import Answer
from contest.task import Task

Entry = Callable[[Task], Answer]


@dataclass(frozen=True, slots=True)
class System:
    """One that can plan: its label in tables, and where its entry is (module and function)."""

    label: str
    module: str
    function: str = "plan"

    def load(self) -> Entry:
        """Return the entry; nothing of other systems is imported."""
        entry: Entry = getattr(import_module(self.module), self.function)
        return entry


SYSTEMS: Mapping[str, System] = {
    "meetsched": System("meetsched", "contest.systems.own"),
    "cp-sat": System("textbook, CP-SAT", "contest.systems.textbook.lexicographic", "plan_with_cp_sat"),
    "highs": System("textbook, HiGHS", "contest.systems.textbook.lexicographic", "plan_with_highs"),
    "clerk": System("clerk", "contest.systems.clerk"),
}
