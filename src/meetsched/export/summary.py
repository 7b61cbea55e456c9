"""A plan in a few sentences."""

from collections.abc import Sequence

from meetsched.domain.instance import Instance
from meetsched.domain.plan import Plan, PlanStatus
from meetsched.domain.words import count, day, listing, money, period
from meetsched.export.agenda import AgendaItem
from meetsched.export.overview import CityOverview


def summary(
    instance: Instance, plan: Plan, items: Sequence[AgendaItem], cities: Sequence[CityOverview]
) -> str:
    """Say in plain words what the plan is: a few sentences, for the head of an output."""
    heads = sum(item.meeting.heads for item in items)
    where = listing([city.name for city in cities])
    when = period(instance.horizon.start, instance.horizon.end)
    total = sum(item.meeting.cost.total for item in items)
    sentences = [
        f"{count(len(items), 'meeting')} in {where}, {when}.",
        f"{count(heads, 'visit')} from people interested in their topics can be expected.",
        f"All of it costs {money(total, instance.currency)}{_budget(instance, total)}.",
    ]
    if plan.status is PlanStatus.OPTIMAL:
        sentences.append("It is proven that no plan within the rules does better.")
    elif plan.judged:
        sentences.append("Whether a better plan exists was not settled in the time given.")
    if plan.repair and plan.repair.as_of:
        sentences.append(f"It changes the plan that was published before, as of {day(plan.repair.as_of)}.")
    return " ".join(sentences)


def _budget(instance: Instance, total: int) -> str:
    budgets = [city.budget for city in instance.cities]
    if not budgets or None in budgets:
        return ""
    left = sum(budget for budget in budgets if budget is not None) - total
    return f", which leaves {money(left, instance.currency)} of the budget"
