"""The tier `disruption`: how far a plan is from the published one."""

from meetsched.domain.baseline import Baseline
from meetsched.model.linear import LinearModel, Terms, scaled
from meetsched.model.published import Published, new_meetings, published_meetings
from meetsched.model.variables import Variables


def add_disruption(model: LinearModel, variables: Variables, baseline: Baseline) -> Terms:
    """Return the points of disruption; a column that is always 1 carries what counts in any plan.

    Every published meeting counts as cancelled and all its duties as lost, until the columns of the
    meeting at a start in a venue, and of a duty in its role, take that back: no column or row is needed
    besides, and the relaxation is as tight as that of the rules.
    """
    weights = variables.candidates.instance.disruption
    terms: Terms = [(meeting.held, weights.add) for meeting in new_meetings(variables, baseline)]
    sure = 0
    for published in published_meetings(variables, baseline):
        sure += weights.cancel
        terms += _taken_back(published)
    if sure:
        terms.append((model.add_column(lower=1), sure))
    return [(column, points) for column, points in terms if points]


def _taken_back(published: Published) -> Terms:
    meeting, distance = published.meeting, published.distance
    if meeting is None:
        return []
    weights = distance.weights
    terms: Terms = [(meeting.held, weights.person * len(distance.duties) - weights.cancel)]
    terms += [(column, int(distance.of_start[start])) for start, column in meeting.at.items()]
    terms += [(pair.column, distance.of_venue(pair.place.venue)) for pair in meeting.pairs]
    for kept in published.duties:
        terms += scaled(kept, -weights.person)
    return terms
