"""The demands of a conflict, as sentences."""

from collections.abc import Iterable, Sequence

from meetsched.domain.calendar import DateRange
from meetsched.domain.explanation import Conflict, Demand
from meetsched.domain.instance import Instance
from meetsched.domain.wording import meetings, people, published
from meetsched.domain.wording.base import Words, month_of
from meetsched.rules import Rule

SENTENCES = {**meetings.SENTENCES, **people.SENTENCES, **published.SENTENCES}


def reasons(instance: Instance, conflict: Conflict) -> tuple[str, ...]:
    """Say each demand of a conflict; of people's and venues' time, what matters to its months."""
    words = Words(instance, _dates(instance, conflict.demands))
    return tuple(SENTENCES[demand.rule](words, demand) for demand in conflict.demands)


def how_sure(conflict: Conflict) -> str:
    """Say whether each demand of a conflict is known to be needed."""
    if conflict.minimal:
        return "Each of these is needed: without any one of them, all the others can be held."
    return (
        f"Time ran out: {len(conflict.confirmed)} of these {len(conflict.demands)} are confirmed to be "
        "needed, the others may not be."
    )


def _dates(instance: Instance, demands: Iterable[Demand]) -> Sequence[DateRange]:
    """Return the months in which the demands ask for meetings; the whole horizon where they name none."""
    asking = (Rule.CADENCE, Rule.CADENCE_OPEN)
    months = dict.fromkeys(
        each.subject[1] for each in demands if each.rule in asking and each.bound in ("", "least")
    )
    found = [month_of(name) for name in months]
    ranges = [DateRange.model_construct(start=each.first, end=each.last) for each in found]
    return ranges or [instance.horizon]
