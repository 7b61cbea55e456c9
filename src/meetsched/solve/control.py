"""Time and the wish to stop."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Event
from time import monotonic

from meetsched.rules import Tier
from meetsched.solve.options import Progress, SolveOptions


@dataclass(frozen=True, slots=True)
class Control:
    """Knows when a search must end, and whom to tell how it goes.

    Attributes
    ----------
    started, deadline : float
        On the clock of `time.monotonic`.
    stop : Event
        Set by whoever wants the search to end now.
    tell : callable
        Receives `Progress`.
    """

    started: float
    deadline: float
    stop: Event
    tell: Callable[[Progress], None]

    @classmethod
    def of(
        cls, options: SolveOptions, tell: Callable[[Progress], None] | None, stop: Event | None
    ) -> "Control":
        """Return the control of a whole run."""
        deadline = options.deadline()
        return cls(deadline - options.time_limit, deadline, stop or Event(), tell or (lambda _: None))

    def share(self, fraction: float) -> "Control":
        """Return a control that ends after a part of the time that is left."""
        now = monotonic()
        return replace(self, deadline=now + fraction * max(0.0, self.deadline - now))

    def over(self) -> bool:
        """Whether the search must end."""
        return self.stop.is_set() or monotonic() >= self.deadline

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
    ) -> None:
        """Tell how the search goes."""
        seconds = monotonic() - self.started
        self.tell(Progress(tier, city, value, bound, seconds, finished, proven))
