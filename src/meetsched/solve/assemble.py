"""From decisions to a plan with all its figures."""

from collections.abc import Iterable
from datetime import UTC, timedelta

import numpy as np

from meetsched.candidates import Candidates
from meetsched.candidates.people import duty_cost, overtime_cost
from meetsched.candidates.turnout import room_cost
from meetsched.domain.entities import InstitutionType, Role
from meetsched.domain.outcome import PlannedMeeting
from meetsched.domain.plan import CostBreakdown, Meeting, meeting_id
from meetsched.model import PlanningModel, Values

_ROLE_ORDER = tuple(Role)
_TYPE_ORDER = tuple(InstitutionType)


def assemble_meetings(model: PlanningModel, values: Values) -> tuple[Meeting, ...]:
    """Return the meetings of a solution with turnout, types and cost, in order of time."""
    return tuple(_assemble(model.variables.candidates, planned) for planned in model.decode(values))


def _assemble(candidates: Candidates, planned: PlannedMeeting) -> Meeting:
    instance = candidates.instance
    topic = instance.topic_by_id[planned.topic]
    id_ = meeting_id(planned.city, planned.topic)
    own = next(meeting for meeting in candidates.meetings if meeting.id == id_)
    place = next(place for place in own.places if place.venue.id == planned.venue)
    instant = int(planned.start.timestamp())
    index = next(i for i, start in enumerate(candidates.starts) if start.instant == instant)
    position = int(np.searchsorted(place.starts, index))
    heads = place.heads[position : position + 1]
    room = room_cost(place.venue, topic, heads)
    people = tuple(sorted(planned.people, key=lambda duty: (_ROLE_ORDER.index(duty.role), duty.person)))
    minutes = {duty.person.id: int(duty.presence.overtime[index]) for duty in own.duties}
    persons = [instance.person_by_id[duty.person] for duty in people]
    fees = sum(person.fee for person in persons)
    travel = sum(duty_cost(person, planned.city) - person.fee for person in persons)
    overtime = sum(overtime_cost(person, minutes[person.id]) for person in persons)
    end = (planned.start.astimezone(UTC) + timedelta(minutes=topic.minutes)).astimezone(instance.zone)
    return Meeting(
        id=id_,
        city=planned.city,
        topic=planned.topic,
        title=topic.title,
        venue=planned.venue,
        start=planned.start,
        end=end,
        people=people,
        heads=int(heads[0]),
        points=int(place.points[position]),
        types=_types(
            instance.institution_by_id[instance.person_by_id[duty.person].institution].type
            for duty in people
            if duty.role in (Role.EXPERT, Role.REPRESENTATIVE)
        ),
        cost=CostBreakdown.of_cents(
            venue=int(room.venue[0]),
            catering=int(room.catering[0]),
            fees=fees,
            travel=travel,
            overtime=overtime,
            income=int(room.income[0]),
        ),
    )


def _types(found: Iterable[InstitutionType]) -> tuple[InstitutionType, ...]:
    return tuple(sorted(set(found), key=_TYPE_ORDER.index))
