"""Publish versions, and keep the calendars of those who have subscribed to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from meetsched.domain.baseline import Baseline
from meetsched.domain.plan import Plan, Repair
from meetsched.domain.report import Report
from meetsched.errors import RequestError, UnknownError
from meetsched.export.calendar import FeedFor, feed_file
from meetsched.service.documents import plan_text
from meetsched.service.projects import Edition, Version, VersionKind, edition, keep_plan, made_by
from meetsched.service.reviewing import judge
from meetsched.solve.editions import cancellations, with_sequences
from meetsched.store import Feed, FeedKind

if TYPE_CHECKING:
    from meetsched.store.store import Store

__all__ = [
    "Feed",
    "FeedKind",
    "Released",
    "Subject",
    "feed_calendar",
    "gone_on",
    "judged",
    "make_feeds",
    "published",
    "release",
    "subjects",
]

_RELEASING = Lock()
"""Each published plan goes on from the one before, so that only one is published at a time."""


@dataclass(frozen=True, slots=True)
class Released:
    """What came of publishing: a version, or the rules that its plan breaks."""

    version: Version | None
    report: Report


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody or something that has meetings."""

    kind: FeedKind
    id: str
    name: str


def published(store: Store, project: str) -> Edition | None:
    """Return what was published last; None where nothing was."""
    version = store.versions.latest(project, VersionKind.PUBLISHED)
    return None if version is None else edition(store, version)


def release(store: Store, project: str, number: int, author: str, note: str = "") -> Released:
    """Publish a version: its plan is verified, and kept as a version that is never changed.

    Its meetings' sequences go on from those of the plan published before, however it was made, and what
    is held no more is listed as cancelled: calendars heed a change by nothing else.

    Raises
    ------
    RequestError
        It has no plan, or is what was published last.
    UnknownError
        There is no such version.
    """
    with _RELEASING:
        asked = edition(store, store.versions.get(project, number))
        last = published(store, project)
        if asked.plan is None:
            raise RequestError(f"version {number} has no plan to be published")
        if last is not None and last.version.number == number:
            raise RequestError(f"version {number} is published already")
        report = judged(asked, last)
        if not report.holds:
            return Released(None, report)
        made = made_by(author, note)
        plan = gone_on(asked, last)
        if plan == asked.plan:
            return Released(store.versions.repeat(project, number, VersionKind.PUBLISHED, made), report)
        version = keep_plan(store, asked.version, VersionKind.PUBLISHED, plan_text(plan), made)
        return Released(version, report)


def judged(asked: Edition, last: Edition | None) -> Report:
    """Verify a version's plan, and what binds it to the one published last where it was made from that."""
    assert asked.plan is not None
    repair = asked.plan.repair
    made_from_it = (
        last is not None and repair is not None and repair.baseline_sha256 == last.version.plan_sha256
    )
    return judge(asked.loaded, asked.plan, last.plan if last and made_from_it else None)


def gone_on(asked: Edition, last: Edition | None) -> Plan:
    """Return a version's plan with sequences and cancellations that go on from what was published last."""
    assert asked.plan is not None
    if last is None or last.plan is None or last.version.plan_sha256 is None:
        return asked.plan
    baseline = Baseline(last.plan, Repair(baseline_sha256=last.version.plan_sha256), asked.instance.zone)
    return asked.plan.model_copy(
        update={
            "meetings": with_sequences(asked.plan.meetings, baseline),
            "cancelled": cancellations(asked.plan.meetings, baseline),
        }
    )


def subjects(shown: Edition) -> Iterator[Subject]:
    """Yield all that may have a calendar of its own: cities, venues and people, each by their names."""
    for kind in (FeedKind.CITY, FeedKind.VENUE, FeedKind.PERSON):
        by = FeedFor(kind.value)
        named = [(by.name_of(shown.instance, one), one) for one in by.ids_of(shown.instance)]
        yield from (Subject(kind, one, name) for name, one in sorted(named))


def make_feeds(store: Store, project: str, kind: FeedKind, subject: str = "") -> None:
    """Make a calendar at a secret address for one, or for all of a kind that have none.

    Raises
    ------
    RequestError
        Nothing is published yet.
    UnknownError
        What was published last has no such city, venue or person.
    """
    shown = published(store, project)
    if shown is None:
        raise RequestError("nothing is published yet, so that no calendar would say anything")
    known = [each.id for each in subjects(shown) if each.kind is kind]
    if subject and subject not in known:
        raise UnknownError(f"there is no {kind.value} {subject}")
    have = {feed.subject for feed in store.feeds.of(project) if feed.kind is kind and feed.revoked is None}
    for one in [subject] if subject else [each for each in known if each not in have]:
        store.feeds.add(project, kind, one)


def feed_calendar(store: Store, token: str) -> tuple[Feed, bytes]:
    """Return the calendar at a secret address, as of what was published last.

    Raises
    ------
    UnknownError
        There is none, or it has been taken away.
    """
    feed = store.feeds.get(token)
    shown = published(store, feed.project)
    if shown is None or shown.plan is None:
        raise UnknownError("there is no such calendar")
    return feed, feed_file(shown.instance, shown.plan, FeedFor(feed.kind.value), feed.subject)
