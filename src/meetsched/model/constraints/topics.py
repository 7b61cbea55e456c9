"""Which topics a city holds, and in which order."""

from bisect import bisect_right
from datetime import date, timedelta

from meetsched.domain.entities import City
from meetsched.model.linear import LinearModel, Terms, plus, scaled
from meetsched.model.variables import MeetingColumns, Variables
from meetsched.rules import Rule

RULES = (Rule.TOPIC_ONCE, Rule.TOPIC_ORDER, Rule.TOPIC_REQUIRED, Rule.TOPIC_FORMAT)
"""`topic.once` holds by construction: whether a meeting is held is one binary column."""


def add(model: LinearModel, variables: Variables) -> None:
    """Add order, required topics and formats of every city."""
    topics = variables.candidates.instance.topic_by_id
    elapsed = _Elapsed(model, variables)
    for city in variables.candidates.cities:
        meetings = {m.candidates.topic.id: m for m in variables.of_city[city.id]}
        for topic_id, meeting in meetings.items():
            for earlier in meeting.candidates.topic.after:
                if earlier not in city.held_before:
                    _add_order(elapsed, city, meetings.get(earlier), meeting)
            if meeting.candidates.topic.required:
                model.at_least(Rule.TOPIC_REQUIRED, f"{city.id}/{topic_id}", [(meeting.held, 1)], 1)
        for kind, least in city.formats.items():
            # The format of a topic that the instance no longer has is not known.
            known = [m for m in meetings.values() if m.candidates.topic.id in topics]
            of_kind = plus(m.held for m in known if m.candidates.topic.format == kind)
            model.at_least(Rule.TOPIC_FORMAT, f"{city.id} {kind}", of_kind, least)


def _add_order(
    elapsed: "_Elapsed", city: City, earlier: MeetingColumns | None, later: MeetingColumns
) -> None:
    """Whatever date the later meeting is on, the earlier one is at least the city's spacing before it.

    Spacing is a rule of its own; to use it here makes the relaxation tighter.
    """
    model, variables = elapsed.model, elapsed.variables
    if earlier is None:
        model.at_most(Rule.TOPIC_ORDER, later.id, [(later.held, 1)], 0)
        return
    gap = timedelta(days=variables.candidates.sure_gap(city))
    previous: Terms | None = None
    for day in reversed(variables.dates(later)):
        before = elapsed.until(earlier, day - gap)
        if before == previous:
            continue
        previous = before
        model.at_most(Rule.TOPIC_ORDER, later.id, [*elapsed.until(later, day), *scaled(before, -1)], 0)


class _Elapsed:
    """Columns that are 1 where a meeting has been by a date, each the one before and that date's starts."""

    def __init__(self, model: LinearModel, variables: Variables) -> None:
        self.model = model
        self.variables = variables
        self._known: dict[str, tuple[list[date], list[int]]] = {}

    def until(self, meeting: MeetingColumns, last: date) -> Terms:
        """Return the expression that is 1 where the meeting is on a date or before it."""
        if meeting.id not in self._known:
            self._known[meeting.id] = (self.variables.dates(meeting), self._chain(meeting))
        days, columns = self._known[meeting.id]
        passed = bisect_right(days, last)
        return [(columns[passed - 1], 1)] if passed else []

    def _chain(self, meeting: MeetingColumns) -> list[int]:
        columns: list[int] = []
        for day in self.variables.dates(meeting):
            now = self.variables.days(meeting, first=day, last=day)
            column = self.model.add_column()
            self.model.equal(None, meeting.id, [*plus(columns[-1:]), *now, (column, -1)])
            columns.append(column)
        return columns
