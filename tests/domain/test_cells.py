import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetsched.domain.cells import CsvDialect, guarded, looks_like_formula, unguarded

FORMULAS = [
    "=1+1",
    "+1",
    "-anna",
    "@SUM(A1)",
    " =1",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "  \t1",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_could_start_a_formula_is_guarded(text):
    assert looks_like_formula(text)
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["anna", "", "'", "'s-Hertogenbosch", "1-2", "a=b", "’=1", "Łódź", "ʼ"])
def test_other_text_stays_as_it_is(text):
    assert not looks_like_formula(text)
    assert guarded(text) == unguarded(text) == text


def test_text_that_looks_guarded_is_guarded_once_more():
    assert guarded("'=1") == "''=1"
    assert unguarded("''=1") == "'=1"


@given(st.text(alphabet="'=+-@＝ \t\r\nax", max_size=8) | st.text(max_size=8))
def test_guarding_loses_nothing_and_leaves_no_formula(text):
    cell = guarded(text)
    assert unguarded(cell) == text
    assert not looks_like_formula(cell)


@pytest.mark.parametrize("dialect", CsvDialect)
def test_what_stands_between_cells_is_never_the_decimal_sign(dialect):
    written = StringIO()
    csv.writer(written, delimiter=dialect.delimiter).writerow([dialect.amount("-1234.50"), "x"])
    assert written.getvalue() in ("-1234.50,x\r\n", "-1234,50;x\r\n")
    assert dialect.delimiter not in dialect.amount("-1234.50")
