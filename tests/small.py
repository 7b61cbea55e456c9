"""A small city whose every meeting is possible, to be changed for one test at a time."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from meetsched.domain.instance import Instance

Document = dict[str, Any]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")

DOCUMENT: Document = {
    "schema": "meetsched/1",
    "id": "small",
    "horizon": {"start": "2027-03-01", "end": "2027-03-31"},
    "timezone": "Europe/Warsaw",
    "slots": [{"weekdays": ["tue", "thu"], "starts": ["09:00", "17:30"]}],
    "cities": [{"id": "kielce", "name": "Kielce", "coverage": {}, "min_days_between": 7}],
    "institutions": [
        {"id": "office", "name": "Town Hall", "type": "local_administration", "city": "kielce"},
        {"id": "uni", "name": "University", "type": "university", "city": "kielce"},
        {"id": "far", "name": "Far Institute", "type": "private"},
    ],
    "topics": [
        {"id": "export", "title": "Export", "minutes": 120, "expertise": ["export"]},
        {"id": "loans", "title": "Loans", "minutes": 90},
    ],
    "venues": [
        {
            "id": "hall",
            "name": "Hall",
            "kind": "public",
            "institution": "office",
            "city": "kielce",
            "capacity": 15,
            "fee": "10.00",
        },
        {"id": "oak", "name": "The Oak", "kind": "pub", "city": "kielce", "capacity": 8},
    ],
    "people": [
        {"id": "bea", "name": "Bea", "institution": "office", "roles": ["broker"]},
        {"id": "paul", "name": "Paul", "institution": "office", "roles": ["presenter"]},
        {"id": "anna", "name": "Anna", "institution": "uni", "roles": ["expert"], "expertise": ["export"]},
        {"id": "olga", "name": "Olga", "institution": "far", "roles": ["expert"], "expertise": ["export"]},
    ],
    "companies": [
        {"id": f"firm-{number}", "name": f"Firm {number}", "city": "kielce", "interests": interests}
        for number, interests in enumerate(
            [{"export": 3}, {"export": 2, "loans": 1}, {"export": 2}, {"export": 1}, {"loans": 3}]
        )
    ],
}


def small(*edits: Callable[[Document], object]) -> Instance:
    """Return the small city, changed by some edits of its document."""
    document = deepcopy(DOCUMENT)
    for edit in edits:
        edit(document)
    return Instance.model_validate(document)


def one(document: Document, group: str, name: str) -> Document:
    """Return the entry of a list that has an id."""
    found: Document = next(entry for entry in document[group] if entry["id"] == name)
    return found


def setting(group: str, name: str, **values: Any) -> Callable[[Document], None]:
    """Return the edit that sets values of one entry of a list."""
    return lambda document: one(document, group, name).update(values)


def top(**values: Any) -> Callable[[Document], None]:
    """Return the edit that sets values of the instance itself."""
    return lambda document: document.update(values)
