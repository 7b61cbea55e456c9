"""The demands of a published plan, as sentences."""

from collections.abc import Mapping
from datetime import date

from meetsched.domain.explanation import EARLIEST, OVER, Demand
from meetsched.domain.wording.base import Sentence, Words
from meetsched.domain.words import count, day
from meetsched.rules import Rule


def _frozen(words: Words, demand: Demand) -> str:
    if demand.bound == EARLIEST:
        return f"What is new or moved starts on {day(date.fromisoformat(demand.subject[0]))} or later."
    name, when, clock, venue = demand.subject
    there = f"on {day(date.fromisoformat(when))} at {clock} in {words.venue(venue)}"
    if demand.bound == OVER:
        return f"{words.meeting(name)} is over: it was {there}."
    return f"{words.meeting(name)} is frozen: it stays {there}."


def _changes(_: Words, demand: Demand) -> str:
    most = int(demand.subject[0])
    who = f"At most {count(most, 'meeting')}" if most else "No meeting"
    return f"{who} may differ from the published plan."


SENTENCES: Mapping[Rule, Sentence] = {Rule.FROZEN: _frozen, Rule.CHANGES: _changes}
