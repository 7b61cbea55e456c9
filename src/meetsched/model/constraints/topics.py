"""Which topics a city holds, and in which order."""

from datetime import timedelta

from meetsched.domain.entities import City
from meetsched.model.linear import LinearModel, Terms, plus, scaled
from meetsched.model.variables import MeetingColumns, Variables
from meetsched.rules import Rule

RULES = (Rule.TOPIC_ONCE, Rule.TOPIC_ORDER, Rule.TOPIC_REQUIRED, Rule.TOPIC_FORMAT)
"""`topic.once` holds by construction: whether a meeting is held is one binary column."""


def add(model: LinearModel, variables: Variables) -> None:
    """Add order, required topics and formats of every city."""
    topics = variables.candidates.instance.topic_by_id
    for city in variables.candidates.cities:
        meetings = {m.candidates.topic.id: m for m in variables.of_city[city.id]}
        for topic_id, meeting in meetings.items():
            for earlier in meeting.candidates.topic.after:
                if earlier not in city.held_before:
                    _add_order(model, variables, city, meetings.get(earlier), meeting)
            if meeting.candidates.topic.required:
                model.at_least(Rule.TOPIC_REQUIRED, f"{city.id}/{topic_id}", [(meeting.held, 1)], 1)
        for kind, least in city.formats.items():
            # The format of a topic that the instance no longer has is not known.
            known = [m for m in meetings.values() if m.candidates.topic.id in topics]
            of_kind = plus(m.held for m in known if m.candidates.topic.format == kind)
            model.at_least(Rule.TOPIC_FORMAT, f"{city.id} {kind}", of_kind, least)


def _add_order(
    model: LinearModel,
    variables: Variables,
    city: City,
    earlier: MeetingColumns | None,
    later: MeetingColumns,
) -> None:
    """Whatever date the later meeting is on, the earlier one is at least the city's spacing before it.

    Spacing is a rule of its own; to use it here makes the relaxation tighter.
    """
    if earlier is None:
        model.at_most(Rule.TOPIC_ORDER, later.id, [(later.held, 1)], 0)
        return
    gap = timedelta(days=variables.candidates.sure_gap(city))
    previous: Terms | None = None
    for day in sorted({variables.candidates.starts[start].day for start in later.at}, reverse=True):
        before = variables.days(earlier, last=day - gap)
        if before == previous:
            continue
        previous = before
        until = variables.days(later, last=day)
        model.at_most(Rule.TOPIC_ORDER, later.id, [*until, *scaled(before, -1)], 0)
