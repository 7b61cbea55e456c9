"""The rule on money."""

from collections.abc import Iterator

from meetsched.domain.words import money
from meetsched.verify.case import Case
from meetsched.verify.checks.finding import Finding, about


def budget(case: Case) -> Iterator[Finding]:
    """Check that each city's net cost is within its budget."""
    currency = case.instance.currency
    for city, meetings in case.by_city():
        total = sum(case.figures[held].cost.total for held in meetings)
        if city.budget is not None and total > city.budget:
            yield about(
                f"The meetings of {city.name} cost {money(total, currency)}, but its budget is "
                f"{money(city.budget, currency)}.",
                *meetings,
            )
