"""Who comes to a meeting, and what it costs, to the cent."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from meetsched.domain.entities import Person
from meetsched.verify.case import Case, Figures
from meetsched.verify.clock import Span
from meetsched.verify.money import overtime_pay
from tests.verify.towns import EXPORT, LOANS, Document, Edit, edited, entry, parsed


def figures(name: str, edit: Edit) -> Figures:
    case = Case(*parsed(*edited(edit)))
    return next(right for held, right in case.figures.items() if held.id == name)


def export(kind: str, name: str, **values: object) -> Figures:
    """Return the figures of Kielce's Export after an edit of the instance."""
    return figures(EXPORT, lambda town, plan: entry(town, kind, name).update(values))


@pytest.mark.parametrize(
    ("kind", "name", "values", "heads", "points"),
    [
        ("topics", "export", {}, 4, 12),
        ("topics", "export", {"walk_in": 1}, 5, 12),
        ("topics", "export", {"walk_in": 10**9}, 7, 12),
        ("topics", "export", {"walk_in": 2, "open": False}, 3, 11),  # neither Coop nor walk-ins
        ("topics", "export", {"max_participants": 2}, 2, 9),  # the two most interested
        ("topics", "export", {"max_participants": 0}, 0, 3),
        ("topics", "export", {"demand": 0}, 4, 9),
        ("venues", "reading-room", {"capacity": 8}, 3, 11),
        ("venues", "reading-room", {"capacity": 5}, 0, 3),
        ("venues", "reading-room", {"capacity": 0}, 0, 3),
        ("cities", "kielce", {"reserved_seats": 11}, 1, 6),
        ("companies", "dom", {"cities": ["radom"]}, 3, 9),
        ("companies", "dom", {"available": {"tue": "17:30-19:30"}}, 4, 12),
        ("companies", "dom", {"available": {"tue": "17:31-19:30"}}, 3, 9),
        ("companies", "dom", {"city": "kielce"}, 4, 12),
        ("companies", "elm", {"busy": []}, 5, 14),
        ("companies", "elm", {"busy": [{"start": "2027-03-02T19:30", "end": "2027-03-02T20:00"}]}, 5, 14),
        ("companies", "acme", {"interests": {"loans": 3}}, 3, 9),
        ("cities", "kielce", {"company_hours": {"tue": "17:30-19:29"}}, 1, 6),  # Dom keeps Radom's hours
        ("cities", "radom", {"company_hours": {"mon": "00:00-24:00"}}, 3, 9),
    ],
)
def test_turnout(kind: str, name: str, values: Document, heads: int, points: int) -> None:
    right = export(kind, name, **values)
    assert (right.heads, right.points) == (heads, points)


@pytest.mark.parametrize(
    ("kind", "name", "values", "part", "cents"),
    [
        ("venues", "reading-room", {"minimum_spend": 30, "spend_per_head": 7}, "venue", 2000 + 200),
        ("venues", "reading-room", {"minimum_spend": 28, "spend_per_head": 7}, "venue", 2000),
        ("venues", "reading-room", {"catering_per_head": "0.01"}, "catering", 4),
        ("topics", "export", {"fee": "0.99"}, "income", 396),
        ("topics", "export", {"fee": 100}, "income", 2600),  # no more than room and catering
        ("people", "cara", {"fee": "1.01"}, "fees", 4101),
        ("people", "cara", {"travel": {"kielce": "2.50", "radom": 9}}, "travel", 250),
        ("people", "anna", {"overtime_per_hour": "30.01"}, "overtime", 6002),
        ("people", "anna", {"overtime_per_hour": None, "max_overtime_minutes": None}, "overtime", 0),
        ("people", "anna", {"fee": 0}, "total", 10600 - 4000),
        ("topics", "export", {"fee": 100}, "total", 10600 - 600),
    ],
)
def test_cost(kind: str, name: str, values: Document, part: str, cents: int) -> None:
    assert getattr(export(kind, name, **values).cost, part) == cents


@pytest.mark.parametrize(
    ("minutes", "rate", "cents"),
    [(30, "0.01", 1), (29, "0.01", 0), (1, "0.30", 1), (1, "0.29", 0), (50, "0.03", 3), (49, "0.03", 2)],
)
def test_overtime_is_rounded_half_up(minutes: int, rate: str, cents: int) -> None:
    anna = Person.model_validate(
        {
            "id": "anna",
            "name": "Anna",
            "institution": "uni",
            "roles": ["expert"],
            "available": {},
            "overtime_per_hour": rate,
        }
    )
    zone = ZoneInfo("Europe/Warsaw")
    start = datetime(2027, 3, 2, 17, tzinfo=ZoneInfo("UTC"))
    assert overtime_pay(anna, Span(start, start + timedelta(minutes=minutes)), zone) == cents


def test_overtime_is_rounded_for_each_person_and_meeting() -> None:
    def edit(town: Document, plan: Document) -> None:
        for name in ("ben", "bea"):
            entry(town, "people", name).update(available={}, overtime_per_hour="0.01")

    assert figures(LOANS, edit).cost.overtime == 2 + 2  # twice a cent and a half


def test_appeal_is_the_slots_bonus_and_that_of_the_events_begun() -> None:
    assert export("topics", "export").appeal == 1 + 2 + 1

    def on_a_holiday(town: Document, plan: Document) -> None:
        town["holidays"]["add"] = ["2027-03-02"]

    assert figures(EXPORT, on_a_holiday).appeal == 2 + 1  # no slot, no bonus
