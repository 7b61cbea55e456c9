"""Calendars of people, as files: when they are busy."""

from meetsched.loading.calendars.reader import read_calendar
from meetsched.loading.calendars.reading import BusyTime, PassedOver, Reading, Reason, Span

__all__ = ["BusyTime", "PassedOver", "Reading", "Reason", "Span", "read_calendar"]
