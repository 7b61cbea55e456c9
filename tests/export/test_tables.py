import csv
from decimal import Decimal
from io import StringIO

import pytest

from meetsched.domain.cells import CsvDialect
from meetsched.export import duties_table, meetings_table
from tests.export.examples import example, forgetful, hostile


def rows(content, dialect=CsvDialect.RFC4180):
    text = StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, delimiter=dialect.delimiter))


def test_meeting_has_time_place_turnout_and_cost():
    first = rows(meetings_table(*example("town")))[0]
    assert first == {
        "meeting": "olszyna/tax",
        "status": "planned",
        "city": "Olszyna",
        "title": "What changes in taxes in 2027",
        "format": "Talk",
        "date": "2027-01-19",
        "start": "17:30",
        "end": "19:30",
        "venue": "Library, reading room",
        "venue_city": "Olszyna",
        "venue_owner": "Maria Dąbrowska Public Library",
        "experts": "Ewa Zielińska",
        "institution_types": "University",
        "expected_heads": "9",
        "seats": "30",
        "points": "10",
        "cost_venue": "0.00",
        "cost_catering": "40.50",
        "cost_fees": "0.00",
        "cost_travel": "0.00",
        "cost_overtime": "51.00",
        "cost_income": "0.00",
        "cost_total": "91.50",
        "currency": "EUR",
    }


def test_meetings_are_in_order_of_time_and_cancelled_ones_come_last_without_figures():
    table = rows(meetings_table(*example("town")))
    assert [row["meeting"] for row in table] == [
        "olszyna/tax",
        "olszyna/online-shop",
        "olszyna/grants",
        "olszyna/export",
        "olszyna/owners",
    ]
    assert [row["status"] for row in table] == ["planned"] * 4 + ["cancelled"]
    assert table[-1]["cost_total"] == table[-1]["expected_heads"] == ""


def test_duty_has_person_role_time_place_and_overtime():
    table = rows(duties_table(*example("town")))
    assert table[1] == {
        "person": "piotr",
        "name": "Piotr Wrona",
        "institution": "Olszyna Town Hall",
        "role": "presenter",
        "date": "2027-01-19",
        "start": "17:30",
        "end": "19:30",
        "city": "Olszyna",
        "venue": "Library, reading room",
        "venue_city": "Olszyna",
        "title": "What changes in taxes in 2027",
        "meeting": "olszyna/tax",
        "overtime_minutes": "90",
        "overtime_cost": "21.00",
        "fee": "0.00",
        "travel": "0.00",
        "currency": "EUR",
    }


@pytest.mark.parametrize("name", ["town", "region"])
def test_duties_add_up_to_the_costs_of_their_meetings(name):
    instance, plan = example(name)
    duties = rows(duties_table(instance, plan))
    assert len(duties) == sum(len(meeting.people) for meeting in plan.meetings)
    for meeting in rows(meetings_table(instance, plan)):
        if meeting["status"] != "planned":
            continue
        own = [duty for duty in duties if duty["meeting"] == meeting["meeting"]]
        for column, cost in (
            ("overtime_cost", "cost_overtime"),
            ("fee", "cost_fees"),
            ("travel", "cost_travel"),
        ):
            assert sum(Decimal(duty[column]) for duty in own) == Decimal(meeting[cost])


def test_times_after_the_change_of_clocks_are_local():
    last = rows(meetings_table(*example("region")))[-1]
    assert (last["date"], last["start"], last["end"]) == ("2027-03-31", "10:00", "11:30")


@pytest.mark.parametrize("dialect", CsvDialect)
@pytest.mark.parametrize("table", [meetings_table, duties_table])
def test_excel_sees_the_mark_and_every_line_ends_in_crlf(table, dialect):
    content = table(*example("town"), dialect)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", '=HYPERLINK("x")'])
@pytest.mark.parametrize("dialect", CsvDialect)
@pytest.mark.parametrize("table", [meetings_table, duties_table])
def test_no_text_is_taken_for_a_formula(table, text, dialect):
    for row in rows(table(*hostile("town", text), dialect), dialect):
        for cell in row.values():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
        assert row["title"] == f"'{text.strip()}"


@pytest.mark.parametrize("dialect", CsvDialect)
def test_id_that_begins_with_a_minus_is_guarded_too(dialect):
    instance, plan = example("town")
    first = plan.meetings[0].model_copy(update={"id": "-tax\r\n=1"})
    plan = plan.model_copy(update={"meetings": (first,)})
    assert rows(meetings_table(instance, plan, dialect), dialect)[0]["meeting"] == "'-tax =1"


@pytest.mark.parametrize("table", [meetings_table, duties_table])
@pytest.mark.parametrize("name", ["town", "region"])
def test_dialects_say_the_same_and_differ_in_delimiter_and_decimal_sign_alone(table, name):
    instance, plan = example(name)
    plain, european = (rows(table(instance, plan, dialect), dialect) for dialect in CsvDialect)
    assert len(plain) == len(european) > 0
    for row, other in zip(plain, european, strict=True):
        for column, cell in row.items():
            is_amount = column.startswith("cost_") or column in ("overtime_cost", "fee", "travel")
            assert other[column] == (cell.replace(".", ",") if is_amount else cell)
            assert not (is_amount and "." in other[column])


def test_comma_and_decimal_point_are_what_is_written_unless_said_otherwise():
    for table in (meetings_table, duties_table):
        assert table(*example("town")) == table(*example("town"), CsvDialect.RFC4180)


def test_amounts_below_zero_have_their_decimal_comma_and_no_guard():
    instance, plan = example("town")
    first = plan.meetings[0]
    cost = first.cost.model_copy(update={"travel": -5, "total": -123456})
    plan = plan.model_copy(update={"meetings": (first.model_copy(update={"cost": cost}),)})
    row = rows(meetings_table(instance, plan, CsvDialect.EXCEL_EU), CsvDialect.EXCEL_EU)[0]
    assert (row["cost_travel"], row["cost_total"]) == ("-0,05", "-1234,56")


@pytest.mark.parametrize(
    "text", ["a, b; c", "1,5;2", 'say "hi"', "🎻 zażółć", "two\r\nlines", "x\x00y", "<script>"]
)
@pytest.mark.parametrize("dialect", CsvDialect)
def test_any_text_stays_in_its_cell(text, dialect):
    content = meetings_table(*hostile("town", text), dialect)
    clean = " ".join(text.replace("\x00", " ").split())
    table = rows(content, dialect)
    assert len(table) == 5
    assert {row["title"] for row in table} == {row["venue"] for row in table} == {clean}
    assert content.count(b"\r\n") == 6


@pytest.mark.parametrize("table", [meetings_table, duties_table])
def test_nothing_private_is_told(table):
    content = table(*example("town"))
    for private in (b"@olszyna.example", b"secret", b"Saldo"):
        assert private not in content


@pytest.mark.parametrize("table", [meetings_table, duties_table])
def test_same_plan_gives_the_same_bytes(table):
    assert table(*example("region")) == table(*example("region"))


def test_plan_without_meetings_still_has_its_columns():
    instance, plan = example("region")
    empty = plan.model_copy(update={"meetings": ()})
    assert rows(duties_table(instance, empty)) == []
    assert duties_table(instance, empty).startswith(b"\xef\xbb\xbfperson,name,")


def test_what_the_instance_no_longer_knows_stands_with_its_id():
    row = rows(duties_table(*forgetful("town")))[0]
    assert (row["name"], row["institution"], row["venue"]) == ("gone-ewa", "", "gone-venue")
