"""Rules on what was decided before: pins, and what is published."""

from collections.abc import Iterator

from meetsched.domain.instance import Pin, PinnedPerson
from meetsched.domain.plan import Meeting
from meetsched.domain.scalars import format_clock
from meetsched.domain.words import count, listing
from meetsched.verify.case import Case, same_instant
from meetsched.verify.checks.finding import Finding, about
from meetsched.verify.held import Held
from meetsched.verify.slots import minute_of
from meetsched.verify.wording import day_text, time_text


def pin(case: Case) -> Iterator[Finding]:
    """Check that each pin holds, those of the instance and those that the plan was made with."""
    for each in case.pins:
        pinned = [held for held in case.meetings if (held.city.id, held.topic.id) == (each.city, each.topic)]
        if not each.held:
            yield from (about(f"{held.name} is held, but a pin forbids it.", held) for held in pinned)
        elif not pinned:
            topic, city = case.instance.topic_by_id[each.topic], case.instance.city_by_id[each.city]
            yield about(f"{topic.title} ({city.name}) is not held, but a pin demands it.")
        for held in pinned if each.held else ():
            unmet = list(_unmet(case, each, held))
            if unmet:
                yield about(f"{held.name} is pinned {listing(unmet)}, which the plan does not hold.", held)


def _unmet(case: Case, pin: Pin, held: Held) -> Iterator[str]:
    """Yield what a meeting lacks of what its pin demands."""
    if pin.date not in (None, held.day):
        yield f"to {day_text(pin.date)}"
    if pin.start not in (None, minute_of(held.local)):
        yield f"to {format_clock(pin.start)}"
    if pin.venue not in (None, held.venue.id):
        yield f"to {case.instance.venue_by_id[pin.venue].name}"
    for pinned in pin.people:
        if not _has(held, pinned):
            duty = f" as {pinned.role.value}" if pinned.role else ""
            yield f"with {case.instance.person_by_id[pinned.person].name}{duty}"


def _has(held: Held, pinned: PinnedPerson) -> bool:
    return any(one.person.id == pinned.person and pinned.role in (None, one.role) for one in held.assignments)


def frozen(case: Case) -> Iterator[Finding]:
    """Check that the past is as it was, that what is frozen stays, and that no change comes too soon."""
    held_by_id = {held.id: held for held in case.meetings}
    for identifier, record in case.published.items():
        if case.is_history(record):
            yield from _check_kept(case, identifier, record, held_by_id.get(identifier), with_people=True)
        elif _is_frozen(case, record):
            yield from _check_kept(case, identifier, record, held_by_id.get(identifier), with_people=False)
    for held in case.meetings:
        yield from _check_not_too_soon(case, held)


def _is_frozen(case: Case, record: Meeting) -> bool:
    """Whether a published meeting must stay; one on a topic that is no more is cancelled anyway."""
    if case.thaw_date is None or case.is_thawed(f"{record.city}/{record.topic}"):
        return False
    return record.topic in case.instance.topic_by_id and case.local_day(record.start) < case.thaw_date


def _check_kept(
    case: Case, identifier: str, record: Meeting, held: Held | None, *, with_people: bool
) -> Iterator[Finding]:
    """Compare a meeting with what was published of it, as far as the instance still has it."""
    if record.city not in case.instance.city_by_id:
        return
    then = time_text(record.start.astimezone(case.zone))
    if held is None:
        yield Finding(
            (identifier,), f"{record.title} was published for {then} and must stay, but is not held."
        )
        return
    venue = case.instance.venue_by_id.get(record.venue)
    lost = []
    if not same_instant(record.start, held.record.start):
        lost.append(f"its start ({then})")
    if record.venue != held.record.venue and (venue is not None or with_people):
        lost.append(f"its venue ({venue.name if venue else record.venue})")
    if with_people and set(record.people) != set(held.record.people):
        lost.append("its people")
    if lost:
        yield about(f"{held.name} must stay as published, but does not keep {listing(lost)}.", held)


def _check_not_too_soon(case: Case, held: Held) -> Iterator[Finding]:
    """Check that a new or moved meeting starts once the frozen days are over."""
    if case.thaw_date is None or case.baseline is None or case.is_thawed(held.id):
        return
    before = case.published.get(held.id)
    moved = before is None or not same_instant(before.start, held.record.start)
    if moved and held.day < case.thaw_date:
        change = "new" if before is None else "moved"
        yield about(
            f"{held.name} is {change} and starts on {held.when}, but new and moved meetings may start "
            f"from {day_text(case.thaw_date)} on.",
            held,
        )


def changes(case: Case) -> Iterator[Finding]:
    """Check that no more meetings differ from the baseline than may."""
    limit = case.plan.repair.max_changes if case.plan.repair else None
    if limit is None or case.difference is None:
        return
    found = case.difference
    if found.changes > limit:
        yield Finding(
            tuple(sorted(_changed_ids(case))),
            f"The plan differs from the published one in {count(found.changes, 'meeting')}, but may in at "
            f"most {limit}.",
        )


def _changed_ids(case: Case) -> Iterator[str]:
    found = case.difference
    if found is not None:
        records = [*found.added, *found.dropped, *(pair.new for pair in found.changed)]
        yield from (f"{record.city}/{record.topic}" for record in records)
