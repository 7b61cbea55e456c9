"""The layout has a place for every key, and words for each."""

from __future__ import annotations

import pytest

from meetsched.domain.references import INSTANCE_REFERENCES
from meetsched.tables import Column, Kind, Shape, Sheet, layout
from meetsched.tables.comments import comment
from meetsched.tables.explanations import EXPLANATIONS, explanation
from meetsched.tables.kinds import kind_of
from tests.instances.keys import all_keys


def columns() -> list[Column]:
    return [*layout().settings, *(column for sheet in layout().sheets for column in sheet.columns)]


def test_every_key_of_an_instance_has_a_column():
    """All but the keys that hold tables: these are sheets, or beginnings of headings."""
    steps = {step for column in columns() for step in (*column.steps, *column.pair)}
    sheets = {sheet.key for sheet in layout().sheets}
    assert {key for _, key in all_keys()} <= steps | sheets


def test_no_explanation_is_left_over():
    told = {column.explanation for column in columns()}
    assert {text for texts in EXPLANATIONS.values() for text in texts.values()} <= told


def test_a_key_without_an_explanation_is_noticed():
    from meetsched.domain.entities import City

    with pytest.raises(KeyError, match=r"City\.colour"):
        explanation(City, "colour")


def test_a_type_that_tables_do_not_know_is_noticed():
    with pytest.raises(TypeError):
        kind_of(complex)


@pytest.mark.parametrize("sheet", layout().sheets, ids=lambda sheet: sheet.name)
def test_headings_are_unique_and_explained(sheet: Sheet):
    headings = [column.heading for column in sheet.columns]
    assert len(set(headings)) == len(headings)
    assert all(column.explanation for column in sheet.columns)
    assert all(len(comment(column)) < 400 for column in sheet.columns)
    assert len(sheet.name) <= 31


def test_every_reference_is_offered():
    offered = {column.names for sheet in layout().sheets for column in sheet.columns}
    assert {reference.names for reference in INSTANCE_REFERENCES} <= offered


def column(sheet: str, heading: str) -> Column:
    found = next(each for each in layout().sheets if each.name == sheet)
    return next(each for each in found.columns if each.heading == heading)


def test_what_nests_has_the_homes_that_clerks_look_for():
    sheets = {sheet.name: sheet for sheet in layout().sheets}
    assert [each.heading for each in sheets["people_busy"].columns] == ["who", "from", "to", "why"]
    assert [each.heading for each in sheets["exclude_dates"].columns] == ["from", "to", "why"]
    assert [each.heading for each in sheets["companies_interests"].columns] == [
        "company",
        "topic",
        "interests",
    ]
    assert column("people", "available.sun").kind is Kind.WINDOW
    assert column("pins", "people").shape is Shape.PAIRS
    assert column("topics", "cities").shape is Shape.MANY_OR_ALL
    assert column("venues_quota", "city").names == "cities"
    assert column("companies_interests", "interests").choices == ("1", "2", "3")
    assert column("pins", "start").heading == "start", "only the ends of intervals have other names"


def test_what_is_needed():
    needed = {heading.heading for sheet in layout().sheets for heading in sheet.columns if heading.required}
    assert {"id", "name", "title", "capacity", "roles", "who", "from", "to"} <= needed
    assert not {"fee", "why", "open", "available.mon", "coverage.each_meeting"} & needed
    assert [each.heading for each in layout().settings if each.required] == [
        *("schema", "id", "horizon.start", "horizon.end", "timezone"),
    ]
