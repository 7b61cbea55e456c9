"""Time and the wish to stop."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from threading import Event
from time import monotonic

from meetsched.rules import Tier
from meetsched.solve.options import Progress, SolveOptions


class OutOfTime(Exception):  # noqa: N818 (no error, but the end of the work)
    """The search must end before it has begun."""


@dataclass(frozen=True, slots=True)
class Control:
    """Knows when a search must end, and whom to tell how it goes.

    Attributes
    ----------
    started, deadline : float
        On the clock of `time.monotonic`.
    patience : float
        From then on, a plan at hand is good enough: others wait for the time that is left.
    stop : Event
        Set by whoever wants the search to end now.
    tell : callable
        Receives `Progress`.
    """

    started: float
    deadline: float
    patience: float
    stop: Event
    tell: Callable[[Progress], None]

    @classmethod
    def of(
        cls, options: SolveOptions, tell: Callable[[Progress], None] | None, stop: Event | None
    ) -> "Control":
        """Return the control of a whole run."""
        deadline = options.deadline()
        started = deadline - options.time_limit
        return cls(started, deadline, deadline, stop or Event(), tell or (lambda _: None))

    def patient(self, fraction: float) -> "Control":
        """Return a control that, once there is a plan, ends after a part of the time that is left."""
        return replace(self, patience=self._after(fraction))

    def hasty(self, fraction: float) -> "Control":
        """Return a control that, once there is a plan, ends after a part of the patience that is left."""
        now = monotonic()
        return replace(self, patience=now + fraction * max(0.0, self.patience - now))

    def limited(self, fraction: float) -> "Control":
        """Return a control that ends after a part of the time that is left."""
        end = self._after(fraction)
        return replace(self, deadline=end, patience=end)

    def shares(self, parts: int) -> Iterator["Control"]:
        """Yield for each of so many parts in turn its even share of the time that is left, while any is.

        A part that has no plan when its share is over goes on: the others are nothing without it.
        """
        for left in range(parts, 0, -1):
            if self.over(with_plan=True):
                return
            yield self.patient(1 / left)

    def with_plan(self) -> "Control":
        """Return the control of what begins with a plan at hand: it ends where patience does."""
        return replace(self, deadline=self.patience)

    def over(self, *, with_plan: bool) -> bool:
        """Whether the search must end, with a plan at hand or without."""
        return self.stop.is_set() or monotonic() >= (self.patience if with_plan else self.deadline)

    def _after(self, fraction: float) -> float:
        now = monotonic()
        return now + fraction * max(0.0, self.deadline - now)

    def check(self) -> None:
        """Raise `OutOfTime` if the search must end."""
        if self.over(with_plan=False):
            raise OutOfTime

    def wait(self, longest: float = 0.1) -> float:
        """Return how long the search may wait for news, in seconds."""
        return max(0.0, min(longest, self.deadline - monotonic()))

    def report(
        self,
        tier: Tier,
        city: str | None,
        value: int | None,
        bound: int | None,
        *,
        finished: bool = False,
        proven: bool = False,
        level: int = 1,
    ) -> None:
        """Tell how the search goes."""
        seconds = monotonic() - self.started
        self.tell(Progress(tier, city, value, bound, seconds, finished, proven, level))
