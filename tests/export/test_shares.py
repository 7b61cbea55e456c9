"""What cities get and give up, as tables and as a page."""

import csv
import io

import pytest

from meetsched.domain.cells import CsvDialect
from meetsched.domain.names import Names
from meetsched.domain.shares import CityShare, Gain, Most, Shares, shares
from meetsched.domain.wording.sharing import gain_number, given_up_text
from meetsched.export import shared_uses_table, shares_page, shares_table
from tests.export.examples import example, forgetful, hostile
from tests.export.markup import read


def sure(points: int) -> Most:
    return Most(points, points)


def weighed() -> Shares:
    """Return the example's shares, with what is given up: Brzeg 3 to 5 to Nysa, Nysa nothing to anybody."""
    instance, plan = example("region")
    told = shares(instance, plan)
    brzeg = CityShare("brzeg", 24, 30, sure(30), sure(25), {"nysa": Most(28, 30)})
    nysa = CityShare("nysa", 16, 16, sure(16), sure(16), {"brzeg": sure(16)})
    return Shares((brzeg, nysa), told.shared)


def records(data: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def test_each_city_has_a_row_and_what_it_would_gain_without_each_other() -> None:
    instance, _ = example("region")
    brzeg, nysa = records(shares_table(instance, weighed()))
    assert brzeg == {
        "city": "brzeg",
        "name": "Brzeg",
        "points": "24",
        "ideal": "30",
        "share": "0.800",
        "alone": "30",
        "beside_others": "25",
        "given_up": "5",
        "left": "1",
        "proven": "no",
        "gain_without_brzeg": "",
        "gain_without_nysa": "3",
    }
    assert (nysa["given_up"], nysa["gain_without_brzeg"], nysa["proven"]) == ("0", "0", "yes")


def test_shares_are_written_as_the_dialect_wants() -> None:
    instance, _ = example("region")
    table = records(shares_table(instance, weighed(), CsvDialect.EXCEL_EU), ";")
    assert [row["share"] for row in table] == ["0,800", "1,000"]


def test_what_was_not_asked_is_left_open() -> None:
    instance, plan = example("region")
    rows = records(shares_table(instance, shares(instance, plan)))
    assert [(row["given_up"], row["left"], row["proven"]) for row in rows] == [("", "", "no")] * 2
    assert [row["share"] for row in rows] == ["0.960", "0.941"]


def test_uses_are_those_of_what_both_may_use() -> None:
    instance, plan = example("region")
    rows = records(shared_uses_table(instance, plan))
    shared = {venue.id for venue in instance.venues if len(instance.cities_of_venue(venue)) > 1}
    held = [(meeting.venue, meeting.id) for meeting in plan.meetings if meeting.venue in shared]
    assert sorted((row["id"], row["meeting"]) for row in rows if row["kind"] == "venue") == sorted(held)
    people = {person.id for person in instance.people if len(instance.cities_of_person(person)) > 1}
    duties = [
        (duty.person, meeting.id)
        for meeting in plan.meetings
        for duty in meeting.people
        if duty.person in people
    ]
    assert sorted((row["id"], row["meeting"]) for row in rows if row["kind"] == "person") == sorted(duties)
    assert all(row["role"] for row in rows if row["kind"] == "person")


def test_the_page_has_both() -> None:
    instance, plan = example("region")
    root = read(shares_page(instance, plan, weighed()))
    (table,) = root.find("table")
    cells = [[cell.text for cell in row.find() if cell.tag in ("th", "td")] for row in table.find("tr")]
    assert cells[0] == [
        "City",
        "Gets",
        "Alone",
        "Share",
        "Gives up",
        "Leaves",
        "Without Brzeg",
        "Without Nysa",
    ]
    assert cells[1] == ["Brzeg", "24", "30", "80%", "5", "1", "–", "3 to 5"]
    assert "the truth lies between them" in root.find("p", class_="lead")[0].text
    assert "Grodków Conference Centre" in root.find("ul", class_="uses")[0].text


@pytest.mark.parametrize("spoilt", [hostile("region", "<i>&\"'"), forgetful("region")])
def test_odd_names_do_no_harm(spoilt) -> None:
    instance, plan = spoilt
    found = shares(instance, plan)
    text = shares_page(instance, plan, found).decode()
    assert "<i>" not in text
    assert records(shares_table(instance, found)) and records(shared_uses_table(instance, plan))


def test_what_is_given_up_in_words() -> None:
    instance, _ = example("region")
    names, found = Names(instance), weighed()
    brzeg, nysa = found.cities
    assert given_up_text(names, brzeg, found.cities) == "3 to 5 to Nysa"
    assert given_up_text(names, nysa, found.cities) == ""
    jointly = CityShare("brzeg", 24, 30, sure(30), sure(25), {"nysa": sure(25)})
    assert given_up_text(names, jointly, (jointly, nysa)) == "to several together"
    unsettled = CityShare("brzeg", 24, 30, sure(30), sure(25))
    assert given_up_text(names, unsettled, (unsettled, nysa)) == "not settled"
    assert (gain_number(Gain(2, 2)), gain_number(Gain(2, 4)), gain_number(None)) == ("2", "2 to 4", "")
