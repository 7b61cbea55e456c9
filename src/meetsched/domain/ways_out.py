"""Ways out: the changes of one value each that an explanation may propose, with their prices.

A `Lever` is a value that can be eased, a `Change` eases it by so many steps; `changed` applies
changes to an instance. A change of one value counts once, however many steps it takes, and costs its
price for each step: 30.00 more budget is one change of three steps.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from meetsched.domain.instance import Instance
from meetsched.rules import PRICE_KEYS, Rule

CENTS_PER_STEP = 10_00
"""What a step of a budget comes to."""
MINUTES_PER_STEP = 60
"""What a step of a person's overtime comes to."""
DAYS_PER_STEP = 7
"""What a step of a topic's window comes to."""
MOST_CHANGES = 3
"""A fix has no more changes."""


class Lever(NamedTuple):
    """A value that can be eased.

    Attributes
    ----------
    key : str
        One of `PRICE_KEYS`.
    subject : tuple of str
        What it is about, as ids, dates, months and words; `LEVER_SUBJECTS` tells which.
    """

    key: str
    subject: tuple[str, ...]

    @property
    def rule(self) -> Rule:
        """The rule that it eases."""
        return Rule.CADENCE if self.key in (MORE, FEWER) else Rule(self.key)

    def price(self, instance: Instance) -> int:
        """Return the points of pain of one step."""
        return instance.prices.get(self.key, PRICE_KEYS[self.key])


MORE, FEWER = "cadence.more", "cadence.fewer"
ALL_TOLD, PER_MONTH = "in all", "per month"
RAISE, LOWER = "more", "fewer"
EARLIER, LATER = "earlier", "later"

LEVER_SUBJECTS = {
    Rule.BUDGET: ("city",),
    Rule.PERSON_AVAILABLE: ("person", "date"),
    Rule.PERSON_OVERTIME: ("person",),
    Rule.PERSON_LOAD: ("person", f"{ALL_TOLD}|{PER_MONTH}"),
    Rule.VENUE_HOURS: ("venue", "date"),
    Rule.VENUE_ACCESS: ("venue", "city"),
    Rule.VENUE_USES: ("venue",),
    Rule.VENUE_QUOTA: ("city", "venue"),
    Rule.VENUE_ROTATION: ("city",),
    Rule.VENUE_AWAY: ("city",),
    Rule.VENUE_HOSTS: ("city",),
    Rule.VENUE_PUBS: ("city", f"{RAISE}|{LOWER}"),
    Rule.TOPIC_FORMAT: ("city", "format"),
    Rule.VENUE_EQUIPMENT: ("topic", "item"),
    Rule.TOPIC_TURNOUT: ("topic",),
    Rule.TOPIC_WINDOW: ("topic", f"{EARLIER}|{LATER}"),
    Rule.TOPIC_ORDER: ("topic",),
    Rule.TOPIC_REQUIRED: ("topic",),
    Rule.SPACING: ("city",),
    MORE: ("city", "month"),
    FEWER: ("city", "month"),
    Rule.CADENCE_OPEN: ("city", "month"),
    Rule.EXPERTISE: ("topic", "tag"),
    Rule.EXPERT_OUTSIDE: ("city",),
    Rule.COVERAGE_HORIZON: ("city", "type"),
    Rule.COVERAGE_MEETING: ("city", "topic", "type"),
    Rule.CREW: ("city", "role"),
    Rule.HOST: ("venue",),
    Rule.PIN: ("meeting", "number of the pin"),
    Rule.FROZEN: ("meeting",),
}
"""The parts of a lever's subject, by its key."""


@dataclass(frozen=True, slots=True)
class Change:
    """A lever eased by so many steps, 1 or more."""

    lever: Lever
    steps: int = 1

    def price(self, instance: Instance) -> int:
        """Return its points of pain."""
        return self.steps * self.lever.price(instance)


def total_price(instance: Instance, changes: Iterable[Change]) -> int:
    """Return the points of pain of changes together."""
    return sum(change.price(instance) for change in changes)


def rules_relaxed(changes: Sequence[Change]) -> tuple[Rule, ...]:
    """Return the rules that changes relax, each once."""
    return tuple(dict.fromkeys(change.lever.rule for change in changes))
