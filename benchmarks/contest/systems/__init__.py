"""The systems that can take part."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from contest.answers import Answer
from contest.task import Task

Entry = Callable[[Task], Answer]


@dataclass(frozen=True, slots=True)
class System:
    """One that can plan: its label in tables, and where its entry is (module and function).

    `preparation` is a function of the module that is called once, before the clock starts.
    """

    label: str
    module: str
    function: str = "plan"
    preparation: str = ""

    def prepare(self) -> None:
        """Do what has to be done once for all instances."""
        if self.preparation:
            getattr(import_module(self.module), self.preparation)()

    def load(self) -> Entry:
        """Return the entry; nothing of other systems is imported."""
        entry: Entry = getattr(import_module(self.module), self.function)
        return entry


SYSTEMS: Mapping[str, System] = {
    "meetsched": System("meetsched", "contest.systems.own"),
    "cp-sat": System("textbook, CP-SAT", "contest.systems.textbook.lexicographic", "plan_with_cp_sat"),
    "highs": System("textbook, HiGHS", "contest.systems.textbook.lexicographic", "plan_with_highs"),
    "timefold": System("Timefold", "contest.systems.timefold.system", preparation="prepare"),
    "timefold-warm": System(
        "Timefold, from meetsched's first plan",
        "contest.systems.timefold.system",
        "plan_from_first_plan",
        "prepare",
    ),
    "clerk": System("clerk", "contest.systems.clerk"),
}
