"""What the organiser has fixed."""

from meetsched.domain.plan import meeting_id
from meetsched.model.linear import LinearModel
from meetsched.model.variables import Variables
from meetsched.rules import Rule

RULES = (Rule.PIN,)


def add(model: LinearModel, variables: Variables) -> None:
    """Add every pin on a city that is planned.

    A pin's date, time and venue have dropped all other pairs already, one that forbids a meeting
    all of them; what is left is that the meeting is held, with the pinned people. Subjects name the
    meeting and the place of the pin in the instance's list.
    """
    planned = {city.id for city in variables.candidates.cities}
    for number, pin in enumerate(variables.candidates.instance.pins):
        if pin.city not in planned or not pin.held:
            continue
        meeting = variables.by_id.get(meeting_id(pin.city, pin.topic))
        subject = f"{meeting_id(pin.city, pin.topic)} {number}"
        model.at_least(Rule.PIN, subject, [(meeting.held, 1)] if meeting else [], 1)
        if meeting:
            for person in pin.people:
                there = meeting.there(person.person, person.role)
                model.at_least(Rule.PIN, f"{subject} {person.person}", there, 1)
