"""Words that only one side of an instance uses: often the same thing written in two ways."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from meetsched.loading.raw import Document, Located, Path
from meetsched.loading.references import walk


class _Sides(NamedTuple):
    """Two places whose words should meet, and what to say of a word that the other place lacks."""

    left: str
    right: str
    not_right: str
    not_left: str


_SIDES = (
    _Sides(
        "topics[].expertise[]",
        "people[].expertise[]",
        "nobody has this expertise, so the topic cannot be held",
        "no topic asks for this expertise",
    ),
    _Sides(
        "topics[].equipment[]",
        "venues[].equipment[]",
        "no venue has this equipment, so the topic cannot be held",
        "no topic needs this equipment",
    ),
)

_NEAR = 0.8


def one_sided_words(document: Document) -> Iterator[Located]:
    """Yield a warning for each tag and equipment word that only one side uses, at its first place.

    What firms offer and need is private and need not meet: there, only words that are nearly the same
    are told.
    """
    for left, right, not_right, not_left in _SIDES:
        ours, theirs = _words(document, left), _words(document, right)
        for word in ours.keys() - theirs.keys():
            yield document.tell(ours[word], not_right, document.did_you_mean(word, theirs))
        for word in theirs.keys() - ours.keys():
            yield document.tell(theirs[word], not_left, document.did_you_mean(word, ours))
    needs, offers = _words(document, "companies[].needs[]"), _words(document, "companies[].offers[]")
    for word in needs.keys() - offers.keys():
        if near := document.suggester.nearest(word, offers, _NEAR):
            yield document.tell(needs[word], "no company offers this", f"did you mean {near}?")


def _words(document: Document, where: str) -> dict[str, Path]:
    """Return each word with the first path where it stands."""
    words: dict[str, Path] = {}
    for path, word in walk(document.tree, where):
        if isinstance(word, str):
            words.setdefault(word, path)
    return words
