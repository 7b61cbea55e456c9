"""Names of files that are made of ids, safe on every file system."""

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

_LONGEST = 100
"""File systems take 255 bytes, old archives and synchronised drives far fewer."""

_RESERVED = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))
)
"""Names that Windows keeps for devices, whatever ending follows them."""


def file_names(ids: Iterable[str]) -> dict[str, str]:
    """Return a file's name, without its ending, for each id (letters, digits, and ``- _ . +``).

    That is the id itself, wherever it can be. An id that a file system would not take, or would hide,
    or would not tell from another since only capitals differ, stands between signs that no id has.
    """
    distinct = tuple(dict.fromkeys(ids))
    spellings = Counter(one.casefold() for one in distinct)
    return {
        one: one if _is_safe(one) and spellings[one.casefold()] == 1 else _marked(one) for one in distinct
    }


def _is_safe(name: str) -> bool:
    return (
        len(name) <= _LONGEST
        and name[0] not in ".-"
        and name[-1] != "."
        and name.split(".", maxsplit=1)[0].casefold() not in _RESERVED
    )


def _marked(name: str) -> str:
    # The sign before the mark is none of an id's, so no marked name is another id.
    return f"_{name[:_LONGEST]}~{sha256(name.encode()).hexdigest()[:12]}"
