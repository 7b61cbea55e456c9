"""Stand-ins for what a meeting of the past names and the instance no longer has.

They are as neutral as can be: such a meeting counts as far as it is known.
"""

from datetime import UTC, timedelta

from meetsched.domain.entities import Topic, Venue, VenueKind
from meetsched.domain.plan import Meeting

_ROOM_FOR_ALL = 10**9


def unknown_topic(meeting: Meeting) -> Topic:
    """Return a topic that asks for nothing and that nobody asked for."""
    minutes = stated_length(meeting) // timedelta(minutes=1)
    title = meeting.title.strip() or meeting.topic
    return Topic(id=meeting.topic, title=title, minutes=max(minutes, 1), open=False, min_participants=0)


def unknown_venue(meeting: Meeting) -> Venue:
    """Return a venue of the meeting's own city that costs nothing and limits nothing."""
    return Venue(
        id=meeting.venue,
        name=meeting.venue,
        kind=VenueKind.PRIVATE,
        city=meeting.city,
        capacity=_ROOM_FOR_ALL,
    )


def stated_length(meeting: Meeting) -> timedelta:
    """Return how long a meeting lasts by its own words; a day at most, as no meeting lasts longer."""
    return min(meeting.end.astimezone(UTC) - meeting.start.astimezone(UTC), timedelta(days=1))
