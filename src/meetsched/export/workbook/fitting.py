"""How much room a text needs, by the widths of letters in the font that the workbook uses."""

from math import ceil
from unicodedata import east_asian_width

_THIN = frozenset(" !',.:;Ijil|")
_NARROW = frozenset("()-[]frt")
_WIDE = frozenset("%@MWmw")


def text_width(text: str) -> float:
    """Return about how wide a text is, in the widths of a digit that columns are measured in."""
    return sum(map(_letter_width, text))


def line_count(text: str, width: float) -> int:
    """Return in about how many lines a text stands in a column so wide."""
    lines, room = 1, width
    for word in text.split(" "):
        needed = text_width(word)
        if needed > room and room < width:
            lines, room = lines + 1, width
        if needed > room:
            more = ceil((needed - room) / width)
            lines, room = lines + more, room + more * width
        room -= needed + _letter_width(" ")
    return lines


def _letter_width(letter: str) -> float:
    if letter in _THIN:
        return 0.5
    if letter in _NARROW:
        return 0.7
    if letter in _WIDE:
        return 1.6
    if letter.isupper():
        return 1.2
    return 2.0 if east_asian_width(letter) in "WF" else 1.0
