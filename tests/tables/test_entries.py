"""Texts and lists in cells: nothing is lost, and what people write is understood."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetsched.tables.entries import (
    UnclosedQuoteError,
    read_list,
    read_text,
    write_list,
    write_text,
)

ODD = st.text(alphabet='" ;a\n\t\u00a0', max_size=6) | st.text(max_size=8)


@given(ODD)
def test_texts_come_back(text):
    assert read_text(write_text(text)) == text


@given(st.lists(ODD, max_size=4))
def test_lists_come_back(entries):
    assert read_list(write_list(entries)) == entries


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("", None),
        ("  ", None),
        (" Anna ", "Anna"),
        ('"Pod Lipą"', '"Pod Lipą"'),
        ('"Pod Lipą" pub', '"Pod Lipą" pub'),
        ('" Anna "', " Anna "),
        ('""', ""),
        ('"', '"'),
    ],
)
def test_a_text_as_people_write_it(cell, text):
    assert read_text(cell) == text


@pytest.mark.parametrize(
    ("cell", "entries"),
    [
        ("a", ["a"]),
        ("a;b", ["a", "b"]),
        (" a ; b;", ["a", "b"]),
        ("a;;b", ["a", "b"]),
        (";", []),
        ("all;", ["all"]),
        ('"a;b"; c', ["a;b", "c"]),
        ('"a ""b"""', ['a "b"']),
        ('19" screen; wifi', ['19" screen', "wifi"]),
        ("a\nb; c", ["a\nb", "c"]),
    ],
)
def test_a_list_as_people_write_it(cell, entries):
    assert read_list(cell) == entries


def test_a_list_of_the_word_all_is_no_list_of_all():
    assert write_list(["all"]) == "all;"
    assert write_list(["all", "b"]) == "all; b"


@pytest.mark.parametrize("cell", ['"a', '"a" b', '"a" "b"', 'x; "a"b'])
def test_a_quote_that_is_not_closed_is_told(cell):
    with pytest.raises(UnclosedQuoteError):
        read_list(cell)


@pytest.mark.parametrize("cell", ['"' * 100_001, '"a" ' * 50_000, ";" * 100_000, '";"' * 50_000])
def test_long_cells_are_read_in_no_time(cell):
    read_text(cell)
    with suppress(UnclosedQuoteError):
        read_list(cell)
