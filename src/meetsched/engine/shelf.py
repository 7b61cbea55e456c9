"""Where finished jobs are kept while others are under way."""

from typing import Protocol


class Shelf(Protocol):
    """Keeps results by name; what was put there is found again by the next command."""

    def get(self, key: str) -> bytes | None:
        """Return what was put there under a name; None where nothing was."""

    def put(self, key: str, content: bytes) -> None:
        """Keep something, whole or not at all."""
