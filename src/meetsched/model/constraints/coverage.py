"""Which types of institutions are in the room."""

from meetsched.domain.entities import InstitutionType, Role
from meetsched.model.linear import LinearModel, Terms, plus
from meetsched.model.variables import MeetingColumns, Variables
from meetsched.rules import Rule

RULES = (Rule.COVERAGE_MEETING, Rule.COVERAGE_HORIZON)


def add(model: LinearModel, variables: Variables) -> None:
    """Add the coverage of each meeting and of each city's horizon."""
    for city in variables.candidates.cities:
        meetings = variables.of_city[city.id]
        for meeting in meetings:
            if meeting.candidates.past is not None:
                continue
            for kind in variables.candidates.instance.types_needed(city, meeting.candidates.topic):
                standing = _standing_for(variables, meeting, kind)
                subject = f"{meeting.id} {kind}"
                model.at_least(Rule.COVERAGE_MEETING, subject, [*standing, (meeting.held, -1)], 0)
        for kind, least in city.coverage.at_least.items():
            if least:
                covered = plus(_covered(model, variables, meeting, kind) for meeting in meetings)
                model.at_least(Rule.COVERAGE_HORIZON, f"{city.id} {kind}", covered, least)


def _standing_for(variables: Variables, meeting: MeetingColumns, kind: InstitutionType) -> Terms:
    institutions = variables.candidates.instance.institution_by_id
    return [
        term
        for role in (Role.EXPERT, Role.REPRESENTATIVE)
        for person, terms in meeting.with_role(role)
        if institutions[person.institution].type is kind
        for term in terms
    ]


def _covered(model: LinearModel, variables: Variables, meeting: MeetingColumns, kind: InstitutionType) -> int:
    """Return a column that is 1 only where someone at the meeting stands for the type."""
    needed = variables.candidates.instance.types_needed(meeting.candidates.city, meeting.candidates.topic)
    sure = not variables.candidates.forgiving
    if sure and kind in needed and meeting.candidates.past is None:
        return meeting.held
    column = model.add_column()
    standing = _standing_for(variables, meeting, kind)
    model.at_most(None, meeting.id, [(column, 1), *((one, -1) for one, _ in standing)], 0)
    model.at_most(None, meeting.id, [(column, 1), (meeting.held, -1)], 0)
    return column
