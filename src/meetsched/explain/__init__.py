"""Why there is no plan, and what would help; or what binds a plan hardest."""

from meetsched.explain.news import News, Stage
from meetsched.explain.run import ExplainOptions, explain_instance

__all__ = ["ExplainOptions", "News", "Stage", "explain_instance"]
