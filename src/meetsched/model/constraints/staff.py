"""Who must be at a meeting: experts, the crew, the host."""

from meetsched.domain.entities import Role
from meetsched.model.linear import LinearModel, Terms
from meetsched.model.variables import MeetingColumns, Pair, Variables
from meetsched.rules import Rule

RULES = (Rule.EXPERTISE, Rule.EXPERT_OUTSIDE, Rule.CREW, Rule.HOST, Rule.HOST_INSTITUTION)


def add(model: LinearModel, variables: Variables) -> None:
    """Add what every meeting needs, and each city's limit on outside experts."""
    for meeting in variables.coming:
        _add_expertise(model, variables, meeting)
        _add_crew(model, meeting)
        _add_host(model, meeting)
    _add_outside(model, variables)


def _add_expertise(model: LinearModel, variables: Variables, meeting: MeetingColumns) -> None:
    for tag in variables.candidates.instance.tags_needed(meeting.candidates.topic):
        knowing = [
            term
            for person, terms in meeting.with_role(Role.EXPERT)
            if tag in person.expertise
            for term in terms
        ]
        model.at_least(Rule.EXPERTISE, f"{meeting.id} {tag}", [*knowing, (meeting.held, -1)], 0)


def _add_crew(model: LinearModel, meeting: MeetingColumns) -> None:
    crew = meeting.candidates.city.crew
    for role, needed in ((Role.BROKER, crew.broker), (Role.PRESENTER, crew.presenter)):
        if needed:
            there = [term for _, terms in meeting.with_role(role) for term in terms]
            model.equal(Rule.CREW, f"{meeting.id} {role}", [*there, (meeting.held, -needed)])


def _add_host(model: LinearModel, meeting: MeetingColumns) -> None:
    """As many hosts from an institution as meetings in its venues that require one: one or none."""
    pairs: dict[str, list[Pair]] = {}
    for pair in meeting.pairs:
        venue = pair.place.venue
        if venue.host_required and venue.institution is not None:
            pairs.setdefault(venue.institution, []).append(pair)
    hosts: dict[str, Terms] = {}
    for duty in meeting.duties:
        if Role.HOST not in duty.roles:
            continue
        host = duty.roles[Role.HOST]
        institution = duty.person.institution
        hosts.setdefault(institution, []).extend(host)
        possible = duty.candidate.presence.possible
        then = [(pair.column, -1) for pair in pairs.get(institution, ()) if possible[[*pair.starts]].any()]
        model.at_most(Rule.HOST_INSTITUTION, f"{meeting.id} {duty.person.id}", [*host, *then], 0)
    for institution in dict.fromkeys([*hosts, *pairs]):
        terms: Terms = [(pair.column, -1) for pair in pairs.get(institution, ())]
        model.equal(Rule.HOST, f"{meeting.id} {institution}", [*hosts.get(institution, []), *terms])


def _add_outside(model: LinearModel, variables: Variables) -> None:
    instance = variables.candidates.instance
    for city in variables.candidates.cities:
        if city.max_outside_experts is None:
            continue
        duties = [
            term
            for meeting in variables.of_city[city.id]
            for person, terms in meeting.with_role(Role.EXPERT)
            if instance.institution_by_id[person.institution].city is None
            for term in terms
        ]
        if duties:
            model.at_most(Rule.EXPERT_OUTSIDE, city.id, duties, city.max_outside_experts)
