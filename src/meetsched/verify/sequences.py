"""Whether a plan cancels only what it does not hold, and counts editions on from the published ones."""

from collections.abc import Iterator

from meetsched.domain.plan import Meeting
from meetsched.verify.case import Case, identity, same_instant
from meetsched.verify.checks import Finding


def check_sequences(case: Case) -> Iterator[Finding]:
    """Check what is cancelled; compare it, and sequences, with the baseline that the plan says it has."""
    held = {identity(record) for record in case.plan.meetings}
    for record in case.plan.cancelled:
        if identity(record) in held:
            yield Finding((identity(record),), f"{record.title} is listed as cancelled, but is held.")
    if case.baseline is None or case.plan.repair is None:
        return
    cancelled_before = {identity(record): record for record in case.baseline.cancelled}
    for record in case.plan.meetings:
        expected = _next_sequence(
            record, case.published.get(identity(record)), cancelled_before.get(identity(record))
        )
        if record.sequence != expected:
            yield _wrong_sequence(record, expected)
    yield from _check_cancelled(case, cancelled_before, held)


def _next_sequence(record: Meeting, before: Meeting | None, cancelled: Meeting | None) -> int:
    """Return a held meeting's sequence: it rises with every difference, and goes on from a cancellation."""
    if before is not None:
        return before.sequence + _differs(before, record)
    return 0 if cancelled is None else cancelled.sequence + 1


def _differs(before: Meeting, after: Meeting) -> bool:
    """Whether participants have to be told anew."""
    return not (
        same_instant(before.start, after.start)
        and same_instant(before.end, after.end)
        and (before.venue, before.title) == (after.venue, after.title)
        and set(before.people) == set(after.people)
    )


def _check_cancelled(case: Case, cancelled_before: dict[str, Meeting], held: set[str]) -> Iterator[Finding]:
    """Compare the meetings listed as cancelled with those published and not held."""
    expected = {name: record.sequence for name, record in cancelled_before.items()}
    expected |= {name: record.sequence + 1 for name, record in case.published.items()}
    expected = {name: sequence for name, sequence in expected.items() if name not in held}
    for record in case.plan.cancelled:
        name = identity(record)
        if name in held:
            continue
        sequence = expected.pop(name, None)
        if sequence is None:
            yield Finding((name,), f"{record.title} is listed as cancelled, but was never published.")
        elif record.sequence != sequence:
            yield _wrong_sequence(record, sequence)
    for name in expected:
        yield Finding(
            (name,), f"The meeting {name} was published and is not held, but not listed as cancelled."
        )


def _wrong_sequence(record: Meeting, expected: int) -> Finding:
    name = identity(record)
    return Finding((name,), f"{name}: its sequence is {record.sequence}, but should be {expected}.")
