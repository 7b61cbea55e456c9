"""What meetings and duties cost, as expressions."""

from collections.abc import Iterable

from meetsched.candidates.people import duty_cost, overtime_cost
from meetsched.model.linear import Terms
from meetsched.model.variables import MeetingColumns


def net_cost(meetings: Iterable[MeetingColumns]) -> Terms:
    """Return the net cost of meetings in cents: rooms, refreshments and people, less the income."""
    terms: Terms = []
    for meeting in meetings:
        terms += [(pair.column, int(pair.place.cost[pair.position])) for pair in meeting.pairs]
        for duty in meeting.duties:
            fixed = duty_cost(duty.person, meeting.candidates.city.id)
            terms += [(one.column, fixed + overtime_cost(duty.person, one.overtime)) for one in duty.classes]
    return [(column, cents) for column, cents in terms if cents]
