"""A published plan that another one is made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from meetsched.domain.plan import Meeting, Plan, Repair, meeting_id


@dataclass(frozen=True)
class Baseline:
    """A published plan, with how the next one is to be made from it.

    The verifier reads the same section of the specification by itself, so that no mistake made here
    passes it.

    Attributes
    ----------
    plan : Plan
        What was published; no meeting stands in it twice. It may name what the instance no longer has.
    repair : Repair
        As of when, what is frozen, and how much may change.
    zone : ZoneInfo
        The instance's time zone.
    """

    plan: Plan
    repair: Repair
    zone: ZoneInfo

    @cached_property
    def published(self) -> Mapping[str, Meeting]:
        """The meetings that were to be held, by city and topic."""
        return {meeting_id(meeting.city, meeting.topic): meeting for meeting in self.plan.meetings}

    @cached_property
    def cancelled(self) -> Mapping[str, Meeting]:
        """The meetings that were cancelled before, by city and topic."""
        listed = {meeting_id(meeting.city, meeting.topic): meeting for meeting in self.plan.cancelled}
        return {name: meeting for name, meeting in listed.items() if name not in self.published}

    @cached_property
    def history(self) -> Mapping[str, Meeting]:
        """The meetings that are over: they stay as they were, and cannot be thawed."""
        as_of = self.repair.as_of
        if as_of is None:
            return {}
        return {name: each for name, each in self.published.items() if self.day(each.start) < as_of}

    @cached_property
    def frozen(self) -> Mapping[str, Meeting]:
        """The meetings that are near and not thawed: they stay when and where they are."""
        free = self.first_free_day
        if free is None:
            return {}
        return {
            name: each
            for name, each in self.published.items()
            if self.day(each.start) < free and name not in self.history and name not in self.repair.thawed
        }

    @cached_property
    def coming(self) -> Mapping[str, Meeting]:
        """The meetings that are not over."""
        return {name: each for name, each in self.published.items() if name not in self.history}

    @cached_property
    def first_free_day(self) -> date | None:
        """The first date on which new and moved meetings may start; None where any may."""
        as_of = self.repair.as_of
        if as_of is None:
            return None
        return as_of + timedelta(days=min(self.repair.freeze_days, (date.max - as_of).days))

    def earliest(self, meeting: str) -> date | None:
        """Return the first date on which a meeting may start where it is new or moved, by its id."""
        return None if meeting in self.repair.thawed else self.first_free_day

    def day(self, moment: datetime) -> date:
        """Return the local date of a moment."""
        return moment.astimezone(self.zone).date()
