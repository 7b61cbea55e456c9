"""What somebody may have meant."""

from collections.abc import Collection
from difflib import get_close_matches

_MAX_COMPARISONS = 50_000
"""Of two words, for one file: about a second; then no more is suggested."""

_MAX_LENGTH = 80
_LIKENESS = 0.6


class Suggester:
    """Finds known words near to others, for one file, within a bound on the work."""

    def __init__(self) -> None:
        self._left = _MAX_COMPARISONS

    def nearest(self, word: str, known: Collection[str], likeness: float = _LIKENESS) -> str | None:
        """Return the known word nearest to one, if any is near: case and punctuation count little."""
        if len(word) > _MAX_LENGTH or len(known) > self._left:
            return None
        self._left -= len(known)
        letters = letters_of(word)
        if letters and (same := next((name for name in known if letters_of(name) == letters), None)):
            return same
        by_case = {name.casefold(): name for name in reversed(tuple(known)) if len(name) <= _MAX_LENGTH}
        near = get_close_matches(word.casefold(), by_case, n=1, cutoff=likeness)
        return by_case[near[0]] if near else None


def letters_of(word: str) -> str:
    """Return a word without case, spaces and punctuation: ``EU funds`` and ``eu-funds`` are one."""
    return "".join(filter(str.isalnum, word.casefold()))
