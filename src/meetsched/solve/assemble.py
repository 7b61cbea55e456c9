"""From decisions to a plan with all its figures."""

from collections.abc import Iterable
from datetime import UTC, timedelta

import numpy as np

from meetsched.candidates import Candidates, MeetingCandidates, Places
from meetsched.candidates.people import duty_cost, overtime_cost
from meetsched.candidates.turnout import room_cost
from meetsched.domain.entities import InstitutionType, Role
from meetsched.domain.outcome import PlannedMeeting
from meetsched.domain.plan import CostBreakdown, Duty, Meeting, meeting_id
from meetsched.model import PlanningModel, Values
from meetsched.solve.editions import with_sequences

_ROLE_ORDER = tuple(Role)
_TYPE_ORDER = tuple(InstitutionType)


def assemble_meetings(model: PlanningModel, values: Values) -> tuple[Meeting, ...]:
    """Return the meetings of a solution with turnout, types and cost, in order of time.

    Those that are over are as they were, but for the figures; in a city that the instance no longer has,
    with these too.
    """
    candidates = model.variables.candidates
    meetings = [assemble_meeting(candidates, planned) for planned in model.decode(values)]
    if candidates.baseline is None:
        return tuple(meetings)
    cities = candidates.instance.city_by_id
    meetings += [each for each in candidates.baseline.history.values() if each.city not in cities]
    ordered = sorted(meetings, key=lambda meeting: (meeting.start, meeting.city, meeting.topic))
    return with_sequences(ordered, candidates.baseline)


def assemble_meeting(candidates: Candidates, planned: PlannedMeeting) -> Meeting:
    """Return a meeting that is possible by itself with turnout, types and cost; its sequence is 0."""
    instance = candidates.instance
    id_ = meeting_id(planned.city, planned.topic)
    own = next(meeting for meeting in candidates.meetings if meeting.id == id_)
    place = next(place for place in own.places if place.venue.id == planned.venue)
    instant = int(planned.start.timestamp())
    index = next(i for i, start in enumerate(candidates.starts) if start.instant == instant)
    position = int(np.searchsorted(place.starts, index))
    people = tuple(sorted(planned.people, key=lambda duty: (_ROLE_ORDER.index(duty.role), duty.person)))
    end = (planned.start.astimezone(UTC) + timedelta(seconds=own.seconds)).astimezone(instance.zone)
    return Meeting(
        id=id_,
        city=planned.city,
        topic=planned.topic,
        title=own.topic.title if own.past is None else own.past.title,
        venue=planned.venue,
        start=planned.start,
        end=end,
        people=people if own.past is None else own.past.people,
        heads=int(place.heads[position]),
        points=int(place.points[position]),
        types=_types(
            instance.institution_by_id[instance.person_by_id[duty.person].institution].type
            for duty in people
            if duty.role in (Role.EXPERT, Role.REPRESENTATIVE)
        ),
        cost=_cost(own, place, position, people),
    )


def _cost(own: MeetingCandidates, place: Places, position: int, people: Iterable[Duty]) -> CostBreakdown:
    """Return what a meeting costs in a place at one of its starts, with the people given."""
    index = int(place.starts[position])
    room = room_cost(place.venue, own.topic, place.heads[position : position + 1])
    known = {duty.person.id: duty for duty in own.duties}
    there = [known[duty.person] for duty in people]
    return CostBreakdown.of_cents(
        venue=int(room.venue[0]),
        catering=int(room.catering[0]),
        fees=sum(duty.person.fee for duty in there),
        travel=sum(duty_cost(duty.person, own.city.id) - duty.person.fee for duty in there),
        overtime=sum(overtime_cost(duty.person, int(duty.presence.overtime[index])) for duty in there),
        income=int(room.income[0]),
    )


def _types(found: Iterable[InstitutionType]) -> tuple[InstitutionType, ...]:
    return tuple(sorted(set(found), key=_TYPE_ORDER.index))
