"""Explanations in words for people: the demands of conflicts, and changes."""

from meetsched.domain.wording.changes import change_text
from meetsched.domain.wording.reasons import reasons

__all__ = ["change_text", "reasons"]
