"""Whole instances: the values they come to, the reference ones, and back to files and in again."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from meetsched.domain.entities import Role
from meetsched.domain.instance import Instance
from meetsched.domain.scalars import Weekday, Window
from meetsched.loading import load_instance
from meetsched.rules import Tier

REFERENCE = sorted((Path(__file__).parents[1] / "data" / "reference").glob("*.yaml"))
TOWN = Path(__file__).parent / "town.yaml"


def test_values() -> None:
    loaded = load_instance(TOWN)
    instance = loaded.instance
    assert loaded.sha256 == sha256(TOWN.read_bytes()).hexdigest()
    assert loaded.warnings == ()
    assert instance.horizon.start == date(2027, 1, 1)
    assert instance.city_by_id["kielce"].budget == 120050
    assert instance.city_by_id["0101"].meetings_per_month.max == 1
    assert instance.city_by_id["kielce"].company_hours == {
        Weekday.MON: (Window(900, 1320),),
        Weekday.TUE: (Window(420, 630), Window(960, 1440)),
    }
    assert instance.slots[0].starts == (540, 840, 1050)
    assert instance.objectives[2].tier is Tier.POINTS
    assert instance.objectives[2].give == Decimal("0.02")
    assert instance.pins[0].people[0].role is Role.EXPERT
    assert instance.venue_by_id["library"].open_to == "all"
    assert instance.venue_by_id["library"].closed[0].start == datetime(2027, 2, 10, 8)
    assert instance.venue_by_id["library"].closed[0].end == datetime.fromisoformat("2027-02-10T12:00+01:00")
    assert instance.person_by_id["anna-k"].travel == {"kielce": 1250}


def test_defaults(tmp_path: Path) -> None:
    path = tmp_path / "least.yaml"
    path.write_text(
        "{schema: meetsched/1, id: least, horizon: {start: 2027-01-01, end: 2027-01-31}, timezone: UTC,\n"
        "slots: [], cities: [{id: c, name: C}], topics: [], venues: [], people: []}\n"
    )
    instance = load_instance(path).instance
    assert instance.currency == "EUR"
    assert instance.person_gap_minutes == 60
    assert instance.companies == ()
    assert [objective.tier for objective in instance.objectives] == list(Tier)
    assert {kind.value: count for kind, count in instance.cities[0].coverage.at_least.items()} == {
        "university": 1,
        "business_support": 1,
        "vocational_school": 1,
        "private": 1,
    }


@pytest.mark.parametrize("path", [*REFERENCE, TOWN], ids=lambda path: path.stem)
def test_there_and_back(path: Path, tmp_path: Path) -> None:
    instance = load_instance(path).instance
    copy = tmp_path / "copy.json"
    copy.write_text(json.dumps(instance.model_dump(mode="json", by_alias=True, exclude_none=True)))
    assert load_instance(copy).instance == instance


def test_there_are_reference_instances() -> None:
    assert len(REFERENCE) == 7


def test_an_instance_is_not_its_neighbour() -> None:
    first, second = (load_instance(path).instance for path in REFERENCE[1:3])
    assert isinstance(first, Instance)
    assert first != second
