"""What a plan gives its cities, and what they give up, as one self-contained web page."""

from functools import partial

from meetsched.domain.instance import Instance
from meetsched.domain.plan import Plan
from meetsched.domain.shares import Shares
from meetsched.domain.words import one_line
from meetsched.export.agenda import agenda
from meetsched.export.months import month_grids
from meetsched.export.overview import city_overviews, colours
from meetsched.export.page import place_in
from meetsched.export.sharing import given_rows, shared_things
from meetsched.export.templating import template


def shares_page(instance: Instance, plan: Plan, found: Shares) -> bytes:
    """Return the coordinator's view of a plan as a page of HTML: no scripts, no requests, nothing private."""
    items = agenda(instance, plan)
    months = month_grids(instance, items)
    text = template("shares.html").render(
        title=one_line(instance.name) or instance.id,
        instance=instance,
        plan=plan,
        found=found,
        rows=tuple(given_rows(instance, found)),
        things=shared_things(instance, items),
        colour=colours(city_overviews(instance, plan, items), items),
        months=months,
        place_of=partial(place_in, months),
    )
    return text.encode()
