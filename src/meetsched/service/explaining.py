"""Tell why an instance has no plan and what would help, or what binds its plan hardest."""

from collections.abc import Callable
from dataclasses import replace
from threading import Event

from meetsched.domain.baseline import Baseline
from meetsched.domain.explanation import Explanation
from meetsched.domain.instance import Pin
from meetsched.explain.news import News, Stage
from meetsched.explain.options import ExplainOptions
from meetsched.loading import Loaded, load_baseline, load_instance
from meetsched.service.repairing import RepairRequest, prepare
from meetsched.service.requests import check_pins
from meetsched.service.reserving import leaving
from meetsched.service.solving import with_pins
from meetsched.solve.options import SolveOptions

__all__ = [
    "ExplainOptions",
    "News",
    "RepairRequest",
    "SolveOptions",
    "Stage",
    "explain",
    "load_baseline",
    "load_instance",
    "prepare",
    "with_pins",
]


def explain(
    loaded: Loaded,
    options: ExplainOptions,
    on_news: Callable[[News], None] | None = None,
    stop: Event | None = None,
    *,
    baseline: Baseline | None = None,
    pins: tuple[Pin, ...] = (),
) -> Explanation:
    """Explain an instance; every plan in the explanation is verified.

    Parameters
    ----------
    loaded : Loaded
    options : ExplainOptions
    on_news : callable, optional
        Hears how far it has come, in the thread that called.
    stop : Event, optional
        Once it is set, the search ends with what was found.
    baseline : Baseline, optional
        The published plan to go on from.
    pins : tuple of Pin, optional
        What has to hold besides the instance's pins; demands and changes count them after these.

    Raises
    ------
    RequestError
        A pin names what the instance does not have.
    RejectedPlanError
        Verification found a broken rule or a wrong figure: a bug.
    """
    from meetsched.explain import explain_instance

    check_pins(loaded.instance, pins)
    solving = leaving(options.solving, seconds=1.0, share=0.05)
    return explain_instance(
        with_pins(loaded.instance, pins),
        loaded.sha256,
        replace(options, solving=solving),
        on_news,
        stop,
        baseline=baseline,
    )
