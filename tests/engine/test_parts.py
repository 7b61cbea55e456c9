"""What joins cities, and what does not; and whether a part holds all that its cities can draw on."""

from collections.abc import Callable
from copy import deepcopy

import pytest

from meetsched.candidates import Candidates, find_candidates
from meetsched.domain.entities import Role
from meetsched.domain.instance import Instance
from meetsched.engine.parts import Parts
from tests.engine.countries import country
from tests.small import DOCUMENT, Document, one

Edit = Callable[[Document], object]


def two_towns(*edits: Edit) -> Instance:
    """Return the small city and a copy of it, which share nothing but firms and topics."""
    document = deepcopy(DOCUMENT)
    document["institutions"][2]["city"] = "kielce"
    copy = deepcopy(document)
    copy["cities"][0] |= {"id": "radom", "name": "Radom"}
    for key in ("institutions", "venues", "people", "companies"):
        for entry in copy[key]:
            entry["id"] += "-r"
            if "city" in entry:
                entry["city"] = "radom"
            if "institution" in entry:
                entry["institution"] += "-r"
    for key in ("cities", "institutions", "venues", "people", "companies"):
        document[key] += copy[key]
    for edit in edits:
        edit(document)
    return Instance.model_validate(document)


def setting(group: str, name: str, **values: object) -> Edit:
    return lambda document: one(document, group, name).update(values)


def groups(instance: Instance) -> list[list[str]]:
    return [[city.id for city in part.cities] for part in Parts(instance).all]


def test_nothing_in_common_is_two_parts() -> None:
    assert groups(two_towns()) == [["kielce"], ["radom"]]


BOTH = ["kielce", "radom"]
JOINING: dict[str, tuple[Edit, ...]] = {
    "a venue open to both": (setting("venues", "hall", open_to=BOTH),),
    "a venue open to all": (setting("venues", "oak", open_to="all"),),
    "an expert for both": (setting("people", "anna", cities=BOTH),),
    "a broker for all": (setting("people", "bea", cities="all"),),
    "an expert from outside": (lambda document: document["institutions"][2].pop("city"),),
    "a presenter for both": (setting("people", "paul", cities=BOTH),),
}
APART: dict[str, tuple[Edit, ...]] = {
    "a firm at the meetings of both": (setting("companies", "firm-0", cities=BOTH),),
    "a venue without the equipment": (
        setting("venues", "hall", open_to=BOTH),
        setting("topics", "export", equipment=["projector"]),
        setting("topics", "loans", equipment=["projector"]),
        setting("venues", "oak", equipment=["projector"]),
        setting("venues", "oak-r", equipment=["projector"]),
    ),
    "a venue with too few seats": (
        setting("venues", "oak", open_to=BOTH),
        setting("topics", "export", min_participants=9),
        setting("topics", "loans", min_participants=9),
    ),
    "a venue without uses": (setting("venues", "hall", open_to=BOTH, max_uses=0),),
    "a quota of none": (setting("venues", "hall", open_to=BOTH, quota={"radom": 0}),),
    "no meetings in other cities": (
        setting("venues", "hall", open_to=BOTH),
        setting("cities", "radom", max_away_meetings=0),
    ),
    "no pubs": (
        setting("venues", "oak", open_to=BOTH),
        setting("cities", "radom", pub_meetings={"min": 0, "max": 0}),
    ),
    "an expert in what nobody asks for": (setting("people", "anna", cities=BOTH, expertise=["tax"]),),
    "a representative of a type that nobody needs": (
        setting("people", "anna", cities=BOTH, roles=["representative"]),
    ),
    "a broker where none is needed": (
        setting("people", "bea", cities=BOTH),
        setting("cities", "radom", crew={"broker": 0, "presenter": 1}),
    ),
    "somebody with no duty left": (setting("people", "anna", cities=BOTH, max_meetings=0),),
    "a topic of one city alone": (
        setting("people", "anna", cities=BOTH),
        setting("topics", "export", cities=["kielce"]),
    ),
}


@pytest.mark.parametrize("edits", JOINING.values(), ids=JOINING)
def test_joins(edits: tuple[Edit, ...]) -> None:
    assert groups(two_towns(*edits)) == [["kielce", "radom"]]


@pytest.mark.parametrize("edits", APART.values(), ids=APART)
def test_does_not_join(edits: tuple[Edit, ...]) -> None:
    assert groups(two_towns(*edits)) == [["kielce"], ["radom"]]


def test_whom_a_pin_names_joins() -> None:
    edits = (
        setting("people", "anna", cities=BOTH, roles=["representative"]),
        setting("cities", "kielce", coverage={"at_least": {"university": 1}}),
    )
    pin = {"city": "radom", "topic": "loans", "people": [{"person": "anna"}]}
    assert groups(two_towns(*edits)) == [["kielce"], ["radom"]]
    assert groups(two_towns(*edits, lambda document: document.update(pins=[pin]))) == [BOTH]


def test_cities_hang_together_by_way_of_others() -> None:
    def third(document: Document) -> None:
        document["cities"].append(document["cities"][0] | {"id": "opole", "name": "Opole"})
        one(document, "venues", "hall")["open_to"] = ["kielce", "opole"]
        one(document, "people", "bea-r")["cities"] = ["radom", "opole"]

    assert groups(two_towns(third)) == [["kielce", "radom", "opole"]]


def test_a_firm_at_home_elsewhere_keeps_the_hours_that_it_has_there() -> None:
    hours = {"tue": ["09:00-12:00"]}
    instance = two_towns(
        setting("companies", "firm-0", cities=BOTH),
        setting("companies", "firm-1", cities=BOTH),
        setting("companies", "firm-1", available={"thu": ["08:00-20:00"]}),
        setting("cities", "kielce", company_hours=hours),
    )
    parts = Parts(instance)
    radom = parts.instance(parts.all[1])
    own = {company.id: company for company in instance.companies}
    there = {company.id: company for company in radom.companies}
    assert there["firm-0"].available == instance.city_by_id["kielce"].company_hours
    assert there["firm-1"].available == own["firm-1"].available
    assert {company.city for company in radom.companies} == {"radom"}


@pytest.mark.parametrize("seed", range(60))
def test_a_part_has_the_possibilities_of_the_whole(seed: int) -> None:
    instance = country(seed, regions=2)
    parts = Parts(instance)
    whole = find_candidates(instance)
    found = [meeting for part in parts.all for meeting in possible(find_candidates(parts.instance(part)))]
    assert sorted(found) == sorted(possible(whole))


def possible(candidates: Candidates) -> list[tuple[str, list[object], list[object]]]:
    """Return each meeting's pairs of a start and a venue, with their figures, and its duties.

    Hosts apart: a part leaves out those of venues that its cities may use but never can.
    """
    return [
        (
            meeting.id,
            [
                (
                    place.venue.id,
                    *(part.tolist() for part in (place.starts, place.heads, place.points, place.cost)),
                )
                for place in meeting.places
                if place.venue.kind != "pub" or meeting.city.pub_meetings.max != 0
            ],
            [
                (duty.person.id, roles, duty.presence.possible.tolist(), duty.presence.overtime.tolist())
                for duty in meeting.duties
                if (roles := [role for role in duty.roles if role is not Role.HOST])
            ],
        )
        for meeting in candidates.meetings
    ]
