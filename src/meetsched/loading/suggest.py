"""What somebody may have meant."""

from collections.abc import Collection
from difflib import get_close_matches
from functools import lru_cache

_MAX_CANDIDATES = 2_000
_LIKENESS = 0.6


def did_you_mean(word: str, known: Collection[str]) -> str:
    """Return a hint that names the known word nearest to one, or nothing where none is near."""
    near = nearest(word, known)
    return f"did you mean {near}?" if near else ""


def nearest(word: str, known: Collection[str], likeness: float = _LIKENESS) -> str | None:
    """Return the known word nearest to one, if any is near: case and punctuation count little."""
    if len(known) > _MAX_CANDIDATES or len(word) > 80:
        return None
    return _nearest(word, tuple(known), likeness)


@lru_cache(maxsize=1024)
def _nearest(word: str, known: tuple[str, ...], likeness: float) -> str | None:
    letters = letters_of(word)
    if letters and (same := next((name for name in known if letters_of(name) == letters), None)):
        return same
    by_case = {candidate.casefold(): candidate for candidate in reversed(known)}
    near = get_close_matches(word.casefold(), by_case, n=1, cutoff=likeness)
    return by_case[near[0]] if near else None


def letters_of(word: str) -> str:
    """Return a word without case, spaces and punctuation: ``EU funds`` and ``eu-funds`` are one."""
    return "".join(filter(str.isalnum, word.casefold()))
