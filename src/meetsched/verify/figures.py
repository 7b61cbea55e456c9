"""Whether the figures that a plan states are those that follow from the instance."""

from collections.abc import Iterator, Mapping

from meetsched.domain.entities import InstitutionType
from meetsched.domain.plan import CostBreakdown
from meetsched.domain.scalars import format_cents
from meetsched.domain.words import TYPE_NAMES, listing
from meetsched.rules import Tier
from meetsched.verify.case import Case, identity, same_instant
from meetsched.verify.checks import Finding, about
from meetsched.verify.held import Held
from meetsched.verify.proofs import check_proofs
from meetsched.verify.sequences import check_sequences
from meetsched.verify.wording import time_text


def check_figures(case: Case, values: Mapping[Tier, int]) -> Iterator[Finding]:
    """Compare everything that the plan states with what follows from the instance.

    A plan that repeats a city and topic has no figures of its own to compare but those of its meetings.
    """
    yield from _check_known(case)
    for held in case.meetings:
        for message in (*_check_identity(case, held), *_check_turnout(case, held), *_check_cost(case, held)):
            yield about(f"{held.name}: {message}.", held)
    if len({held.id for held in case.meetings}) == len(case.meetings):
        yield from check_sequences(case)
        yield from check_proofs(case, values)


def _check_known(case: Case) -> Iterator[Finding]:
    """Find ids unknown to the instance, which only meetings of the past may have."""
    instance = case.instance
    for record in case.plan.meetings:
        named = [
            ("city", record.city, instance.city_by_id),
            ("topic", record.topic, instance.topic_by_id),
            ("venue", record.venue, instance.venue_by_id),
            *(("person", duty.person, instance.person_by_id) for duty in record.people),
        ]
        for kind, identifier, known in [] if case.is_history(record) else named:
            if identifier not in known:
                yield Finding(
                    (identity(record),), f"{record.title}: the instance has no {kind} {identifier!r}."
                )


def _check_identity(case: Case, held: Held) -> Iterator[str]:
    """Compare id, title and end; a meeting of the past keeps the title and the end that it had."""
    record = held.record
    if record.id != held.id:
        yield f"its id is {record.id!r}, but should be {held.id!r}"
    if record.title != held.topic.title and not case.is_history(record):
        yield f"its title is {record.title!r}, but should be {held.topic.title!r}"
    if not same_instant(record.end, held.span.end):
        stated, right = (time_text(end.astimezone(case.zone)) for end in (record.end, held.span.end))
        yield f"it ends on {stated} by the plan, but on {right} by its length"


def _check_turnout(case: Case, held: Held) -> Iterator[str]:
    record, right = held.record, case.figures[held]
    if record.heads != right.heads:
        yield f"heads are {record.heads}, but should be {right.heads}"
    if record.points != right.points:
        yield f"points are {record.points}, but should be {right.points}"
    if len(record.types) != len(right.types) or set(record.types) != right.types:
        yield f"types are {_type_names(record.types)}, but should be {_type_names(right.types)}"


def _check_cost(case: Case, held: Held) -> Iterator[str]:
    stated, right = held.record.cost, case.figures[held].cost
    for part in CostBreakdown.model_fields:
        if getattr(stated, part) != getattr(right, part):
            yield (
                f"the cost part {part} is {format_cents(getattr(stated, part))}, but should be "
                f"{format_cents(getattr(right, part))}"
            )


def _type_names(types: tuple[InstitutionType, ...] | frozenset[InstitutionType]) -> str:
    return listing([TYPE_NAMES[kind].lower() for kind in sorted(types)]) or "none"
