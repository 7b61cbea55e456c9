"""Tell why an instance has no plan and what would help, or what binds its plan hardest."""

from collections.abc import Callable
from dataclasses import replace
from threading import Event

from meetsched.domain.explanation import Explanation
from meetsched.explain.news import News, Stage
from meetsched.explain.options import ExplainOptions
from meetsched.loading import Loaded, load_instance
from meetsched.solve.options import SolveOptions

__all__ = ["ExplainOptions", "News", "SolveOptions", "Stage", "explain", "load_instance"]

_MOST_RESERVED = 1.0
_SHARE_RESERVED = 0.05
"""Of the time limit, what telling may need: seconds at most, and share of the whole."""


def explain(
    loaded: Loaded,
    options: ExplainOptions,
    on_news: Callable[[News], None] | None = None,
    stop: Event | None = None,
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

    Raises
    ------
    RejectedPlanError
        Verification found a broken rule or a wrong figure: a bug.
    """
    from meetsched.explain import explain_instance

    limit = options.solving.time_limit
    reserve = min(_MOST_RESERVED, _SHARE_RESERVED * limit)
    solving = replace(options.solving, time_limit=limit - reserve)
    return explain_instance(loaded.instance, loaded.sha256, replace(options, solving=solving), on_news, stop)
