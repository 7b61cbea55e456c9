"""What a published plan holds fast."""

from meetsched.model.linear import LinearModel
from meetsched.model.variables import Variables
from meetsched.rules import Rule

RULES = (Rule.FROZEN,)


def add(model: LinearModel, variables: Variables) -> None:
    """Demand that what is frozen is held, wherever the instance still has its topic.

    All its other starts and venues are dropped already, and what is over is fixed.
    """
    baseline = variables.candidates.baseline
    if baseline is None:
        return
    planned = {city.id for city in variables.candidates.cities}
    for name, record in baseline.frozen.items():
        if record.city in planned and record.topic in variables.candidates.instance.topic_by_id:
            meeting = variables.by_id.get(name)
            model.at_least(Rule.FROZEN, name, [(meeting.held, 1)] if meeting else [], 1)
