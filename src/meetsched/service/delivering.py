"""Bring a plan to the people whom it concerns: feeds to subscribe to, invitations, a calendar server."""

from pathlib import Path

from meetsched.domain.instance import Instance
from meetsched.domain.plan import Plan
from meetsched.service.writing import write_files


def write_feeds(instance: Instance, plan: Plan, folder: Path, by: str) -> tuple[Path, ...]:
    """Write a calendar for each city, venue or person (as `by` says): all of them or none.

    Raises
    ------
    OutputError
        Nothing was changed.
    """
    from meetsched.export.calendar import FeedFor, feed_files

    return write_files(folder, feed_files(instance, plan, FeedFor(by)))
