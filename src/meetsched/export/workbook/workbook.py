"""The workbook as a whole."""

from meetsched.domain.instance import Instance
from meetsched.domain.plan import Plan
from meetsched.domain.words import one_line
from meetsched.export.agenda import agenda, cancellations
from meetsched.export.overview import city_overviews
from meetsched.export.sharing import shared_things
from meetsched.export.workbook.book import Book
from meetsched.export.workbook.budget import add_budget
from meetsched.export.workbook.coverage import add_coverage
from meetsched.export.workbook.front import add_overview
from meetsched.export.workbook.meetings import add_duties, add_meetings
from meetsched.export.workbook.sharing import add_shared


def plan_workbook(instance: Instance, plan: Plan) -> bytes:
    """Return the plan as an Excel workbook: nothing private, no formulas, no macros.

    Sheets `overview`, `meetings`, `duties`, `budget`, `coverage`, and `shared` where several cities use
    what they share. The same plan gives the same bytes.
    """
    items = agenda(instance, plan)
    cities = city_overviews(instance, plan, items)
    book = Book(one_line(instance.name) or instance.id)
    things = shared_things(instance, items)
    add_overview(book, instance, plan, items, cities)
    add_meetings(book, items, cancellations(instance, plan), instance.currency)
    add_duties(book, items, instance.currency)
    add_budget(book, cities, items, instance.currency)
    add_coverage(book, cities)
    if things:
        add_shared(book, things)
    return book.close()
