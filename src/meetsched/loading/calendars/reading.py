"""What is read from a calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from meetsched.errors import Fault


class Span(NamedTuple):
    """A stretch of time ``[start, end)``, both aware."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class BusyTime:
    """One time at which somebody is busy.

    Attributes
    ----------
    span : Span
        Within the dates asked for, on the local clock.
    line : int
        Of the file, on which the event or the block begins.
    title : str
        Of the event; private.
    """

    span: Span
    line: int
    title: str


class Reason(StrEnum):
    """Why an event keeps nobody busy."""

    FREE = "shown as free"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    NO_LENGTH = "takes no time"
    OUTSIDE = "not within the dates"
    OLDER = "an older edition of another"


@dataclass(frozen=True, slots=True)
class PassedOver:
    """An event that keeps nobody busy, by its line and title, and why."""

    line: int
    title: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a calendar tells.

    Attributes
    ----------
    busy : tuple of BusyTime
        In order of their start; they may overlap.
    passed_over : tuple of PassedOver
        In the order of the file.
    oddities : tuple of Fault
        What could not be read, and bears on no time; what is read in one way but may be meant in another.
    decliners : frozenset of str
        The addresses of those who declined an event: for everybody else the calendar tells the same.
    """

    busy: tuple[BusyTime, ...]
    passed_over: tuple[PassedOver, ...]
    oddities: tuple[Fault, ...]
    decliners: frozenset[str]

    @property
    def spans(self) -> tuple[Span, ...]:
        """The busy times, merged where they touch or overlap."""
        merged: list[Span] = []
        for busy in self.busy:
            start, end = busy.span
            if merged and start.timestamp() <= merged[-1].end.timestamp():
                merged[-1] = Span(merged[-1].start, max(merged[-1].end, end, key=datetime.timestamp))
            else:
                merged.append(Span(start, end))
        return tuple(merged)
