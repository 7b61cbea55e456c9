"""What differs between two plans, in lines."""

from collections.abc import Iterator
from types import MappingProxyType

from meetsched.domain.changes import ChangeKind, changes
from meetsched.domain.difference import Difference
from meetsched.domain.instance import Instance
from meetsched.domain.names import Names
from meetsched.domain.proof import tier_amount
from meetsched.domain.words import count
from meetsched.rules import Tier

_HEADS = MappingProxyType(
    {
        ChangeKind.ADDED: "Added",
        ChangeKind.DROPPED: "Dropped",
        ChangeKind.CHANGED: "Changed",
        ChangeKind.RESTATED: "Announced anew",
    }
)


def change_lines(difference: Difference, instance: Instance | None) -> Iterator[str]:
    """Yield the lines of a report; ids stand for names where the instance is not known."""
    for text in change_texts(difference, instance):
        yield from text.split("\n")


def change_texts(difference: Difference, instance: Instance | None) -> Iterator[str]:
    """Yield a text for each change, with who has to be told on a line of its own, then one for all."""
    names = Names(instance)
    for change in changes(difference):
        text = f"{_HEADS[change.kind]}: {names.meeting(change.meeting)}: {change.words(names)}"
        told = ", ".join(map(names.person, change.told))
        yield f"{text}\n  to be told: {told}" if told else text
    if not difference.changes:
        yield "The two plans hold the same meetings, at the same times and places, with the same people."
        return
    amount = tier_amount(Tier.DISRUPTION, difference.disruption, "")
    yield f"In all {count(difference.changes, 'meeting')} changed: {amount}."
