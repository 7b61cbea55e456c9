"""Names for the ids that a plan uses, and values as lines of a report say them."""

from datetime import datetime

from meetsched.domain.instance import Instance
from meetsched.domain.plan import Duty, Meeting
from meetsched.domain.words import ROLE_NAMES, one_line, span


class Names:
    """Says ids by their names in an instance; as they are where it does not have them, or is not known."""

    def __init__(self, instance: Instance | None) -> None:
        self._instance = instance

    def city(self, city: str) -> str:
        """Say a city."""
        known = self._instance.city_by_id.get(city) if self._instance else None
        return one_line(known.name) if known else city

    def venue(self, venue: str) -> str:
        """Say a venue."""
        known = self._instance.venue_by_id.get(venue) if self._instance else None
        return one_line(known.name) if known else venue

    def person(self, person: str) -> str:
        """Say a person."""
        known = self._instance.person_by_id.get(person) if self._instance else None
        return one_line(known.name) if known else person

    def duty(self, duty: Duty) -> str:
        """Say a person and their role."""
        return f"{self.person(duty.person)} ({ROLE_NAMES[duty.role].lower()})"

    def meeting(self, meeting: Meeting) -> str:
        """Say which meeting it is."""
        return f"{self.city(meeting.city)}: {one_line(meeting.title)}"

    def time(self, meeting: Meeting) -> str:
        """Say from when to when it goes, in the instance's time zone, or as the plan writes it."""
        return span(self.local(meeting.start), self.local(meeting.end))

    def local(self, moment: datetime) -> datetime:
        """Return a moment in the instance's time zone; as it is where that is not known."""
        return moment.astimezone(self._instance.zone) if self._instance else moment
