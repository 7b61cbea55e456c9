"""How many meetings may differ from the published ones."""

from meetsched.domain.baseline import Baseline
from meetsched.model.linear import LinearModel, Terms, plus
from meetsched.model.published import Published, new_meetings, published_meetings
from meetsched.model.variables import Variables
from meetsched.rules import Rule

RULES = (Rule.CHANGES,)


def add(model: LinearModel, variables: Variables) -> None:
    """Let no more meetings differ than may, where there is a limit."""
    baseline = variables.candidates.baseline
    if baseline is not None and baseline.repair.max_changes is not None:
        differing, sure = _count(model, variables, baseline)
        model.at_most(Rule.CHANGES, "", differing, baseline.repair.max_changes - sure)


def _count(model: LinearModel, variables: Variables, baseline: Baseline) -> tuple[Terms, int]:
    """Return the number of meetings that differ: an expression, and what to add to it in any plan."""
    differing = plus(meeting.held for meeting in new_meetings(variables, baseline))
    sure = 0
    for published in published_meetings(variables, baseline):
        column = _differs(model, published)
        if column is None:
            sure += 1
        else:
            differing.append((column, 1))
    return differing, sure


def _differs(model: LinearModel, published: Published) -> int | None:
    """Return a column that is 0 only where the meeting is as published; None where it cannot be."""
    meeting, distance = published.meeting, published.distance
    if meeting is None:
        return None
    then = plus(column for start, column in meeting.at.items() if distance.at_start[start])
    venue = distance.published.venue
    there = plus(pair.column for pair in meeting.pairs if pair.place.venue.id == venue)
    if not then or not there or not all(published.duties):
        return None
    column = model.add_column()
    for terms in (then, there, *published.duties):
        model.at_least(None, published.id, [*terms, (column, 1)], 1)
    people = {duty.person for duty in distance.duties}
    for duty in meeting.duties:
        if duty.person.id not in people:
            gained = [(one, -1) for one, _ in duty.presence]
            model.at_least(None, published.id, [(column, 1), *gained], 0)
    return column
