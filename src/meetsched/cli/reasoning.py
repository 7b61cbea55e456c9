"""Obstacles as JSON: what forbids a meeting somewhere."""

from typing import Any

from meetsched.domain.answer import Obstacle
from meetsched.domain.words import one_line


def obstacle_document(obstacle: Obstacle) -> dict[str, Any]:
    """Return an obstacle as JSON-ready data."""
    return {"rule": obstacle.rule.value, "message": one_line(obstacle.message), "cases": obstacle.cases}
