"""Why there is no plan, and what would help; or what binds a plan hardest.

Only what waits for a search is imported at once; the search itself is imported where it is asked for.
"""

from typing import TYPE_CHECKING, Any

from meetsched.explain.news import News, Stage
from meetsched.explain.options import ExplainOptions

if TYPE_CHECKING:
    from meetsched.explain.run import explain_instance

__all__ = ["ExplainOptions", "News", "Stage", "explain_instance"]


def __getattr__(name: str) -> Any:
    if name == "explain_instance":
        from meetsched.explain.run import explain_instance

        return explain_instance
    raise AttributeError(name)
