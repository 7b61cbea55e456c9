"""Rules on whom a meeting needs: experts, crew, host, institution types."""

from collections.abc import Iterator

from meetsched.domain.entities import InstitutionType, Role
from meetsched.domain.words import TYPE_NAMES, count
from meetsched.verify.case import Case
from meetsched.verify.checks.finding import Finding, about
from meetsched.verify.held import Held


def expertise(case: Case, held: Held) -> Iterator[str]:
    """Check that the experts together know all of the topic."""
    known = {tag for expert in held.having(Role.EXPERT) for tag in expert.person.expertise}
    for tag in case.instance.tags_needed(held.topic):
        if tag not in known:
            yield f"{held.name} has no expert in {tag}."


def expert_match(case: Case, held: Held) -> Iterator[str]:
    """Check that each expert knows something of the topic."""
    for expert in held.having(Role.EXPERT):
        if not held.topic.expertise:
            yield f"{held.name} asks for no expertise, but has {expert.person.name} as an expert."
        elif set(expert.person.expertise).isdisjoint(held.topic.expertise):
            yield f"{expert.person.name} is an expert at {held.name}, but in nothing that it asks for."


def expert_outside(case: Case) -> Iterator[Finding]:
    """Check how many expert duties of each city are done by people from outside."""
    for city, meetings in case.by_city():
        if city.max_outside_experts is None:
            continue
        outside = {
            held: sum(expert.institution.city is None for expert in held.having(Role.EXPERT))
            for held in meetings
        }
        number = sum(outside.values())
        if number > city.max_outside_experts:
            yield about(
                f"{city.name} has experts from outside {count(number, 'time')}, but may have at most "
                f"{city.max_outside_experts}.",
                *(held for held, experts in outside.items() if experts),
            )


def crew(case: Case, held: Held) -> Iterator[str]:
    """Check that it has exactly the city's numbers of brokers and presenters."""
    wanted = {Role.BROKER: held.city.crew.broker, Role.PRESENTER: held.city.crew.presenter}
    for role, number in wanted.items():
        found = len(held.having(role))
        if found != number:
            yield f"{held.name} has {count(found, role.value)}, but should have exactly {number}."


def host(case: Case, held: Held) -> Iterator[str]:
    """Check that it has one host where the venue requires one, and else none."""
    wanted = 1 if held.venue.host_required else 0
    found = len(held.having(Role.HOST))
    if found != wanted:
        demand = "requires exactly one" if wanted else "requires none"
        yield f"{held.name} has {count(found, 'host')}, but {held.venue.name} {demand}."


def host_institution(case: Case, held: Held) -> Iterator[str]:
    """Check that a host works for the venue's institution."""
    for one in held.having(Role.HOST):
        if one.institution.id != held.venue.institution:
            yield (
                f"{one.person.name} of {one.institution.name} hosts {held.name}, but does not work for "
                f"the institution of {held.venue.name}."
            )


def presenter_institution(case: Case, held: Held) -> Iterator[str]:
    """Check that a presenter works for the local administration."""
    for one in held.having(Role.PRESENTER):
        if one.institution.type is not InstitutionType.LOCAL_ADMINISTRATION:
            yield (
                f"{one.person.name} presents {held.name}, but {one.institution.name} is not of the "
                "local administration."
            )


def coverage_meeting(case: Case, held: Held) -> Iterator[str]:
    """Check that the types that each meeting of the city needs are there."""
    for kind in case.instance.types_needed(held.city, held.topic):
        if kind not in case.figures[held].types:
            yield f"{held.name} has no expert or representative of the type {TYPE_NAMES[kind].lower()}."


def coverage_horizon(case: Case) -> Iterator[Finding]:
    """Check that each type is there at enough of each city's meetings."""
    for city, meetings in case.by_city():
        for kind, least in city.coverage.at_least.items():
            number = sum(kind in case.figures[held].types for held in meetings)
            if number < least:
                yield about(
                    f"{city.name} has {count(number, 'meeting')} with the type "
                    f"{TYPE_NAMES[kind].lower()}, but needs at least {least}."
                )
