"""What is made of a plan beside the one published before: table, page, frontier."""

import csv

import pytest

from meetsched.domain.cells import CsvDialect
from meetsched.domain.difference import Difference, difference
from meetsched.domain.frontier import Frontier, FrontierPoint
from meetsched.domain.outcome import Verdict
from meetsched.domain.plan import Plan
from meetsched.export import changes_table, frontier_table, plan_page
from tests.export.examples import example, forgetful, hostile

NASTY = "=cmd|' /C calc'!A0 <script>alert(1)</script>\r\n\u202e"


def before(plan: Plan) -> Plan:
    """Return the plan as it was published: one meeting elsewhere, one more, one less, one person else."""
    first, second, *rest = plan.meetings
    people = (first.people[0].model_copy(update={"person": "anna"}), *first.people[1:])
    moved = first.model_copy(update={"venue": "linden", "people": people})
    gone = second.model_copy(update={"id": f"{second.city}/gone", "topic": "gone", "title": "Gone"})
    return plan.model_copy(update={"meetings": (moved, gone, *rest)})


def changed(name: str) -> Difference:
    instance, plan = example(name)
    return difference(before(plan), plan, instance.disruption)


def rows(table: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(table.decode("utf-8-sig").splitlines(), delimiter=delimiter))


def test_a_row_tells_what_was_what_is_and_whom_to_tell() -> None:
    instance, _ = example("town")
    table = {row["change"]: row for row in rows(changes_table(instance, changed("town")))}
    assert set(table) == {"changed", "added", "dropped"}
    row = table["changed"]
    assert (row["old_venue"], row["venue"]) == ("The Linden Tree", "Library, reading room")
    assert row["old_date"] == row["date"]
    assert "Anna Lis" in row["taken_off"]
    assert row["put_on"]
    assert "Anna Lis" in row["to_be_told"]
    assert row["in_words"].endswith(")")
    assert (table["added"]["old_date"], table["dropped"]["date"]) == ("", "")
    assert sum(int(each["disruption"]) for each in table.values()) == changed("town").disruption


@pytest.mark.parametrize("name", ["town", "region"])
def test_the_page_shows_both_sides_of_what_changed(name: str) -> None:
    instance, plan = example(name)
    page = plan_page(instance, plan, changed(name)).decode()
    assert page.count('<tr class="changed">') == 3
    assert "<del>" in page
    assert "<ins>" in page
    for mark in ("other venue", "other people", "cancelled", "new"):
        assert f'<span class="tag">{mark}</span>' in page
    assert page.count("as published</td>") == len(plan.meetings) - 2


def test_without_a_change_the_page_says_so() -> None:
    instance, plan = example("town")
    page = plan_page(instance, plan, difference(plan, plan, instance.disruption)).decode()
    assert "Every meeting is when and where it was published" in page
    assert "<del>" not in page


def test_names_stay_text_and_cells_no_formula() -> None:
    instance, plan = hostile("town", NASTY)
    found = difference(before(plan), plan, instance.disruption)
    assert "<script>" not in plan_page(instance, plan, found).decode()
    for row in rows(changes_table(instance, found)):
        for cell in row.values():
            assert not cell.startswith(("=", "+", "@"))
            assert "\r" not in cell


def test_what_the_instance_no_longer_knows_stands_with_its_id() -> None:
    instance, plan = forgetful("town")
    _, published = example("town")
    found = difference(published, plan, instance.disruption)
    assert "gone-venue" in plan_page(instance, plan, found).decode()
    assert any("gone-venue" in row["venue"] for row in rows(changes_table(instance, found)))


def a_frontier(name: str, *, complete: bool = True) -> Frontier:
    """Return a frontier: no plan without a change, and two whose cost differs."""
    _, plan = example(name)
    first, *others = plan.tiers
    dearer = first.model_copy(update={"value": first.value - 1, "best": first.best - 1})
    worse = plan.model_copy(update={"tiers": (dearer, *others)})
    return Frontier(
        (
            FrontierPoint(0, Verdict.INFEASIBLE, None, None),
            FrontierPoint(1, Verdict.FEASIBLE, worse, changed(name)),
            FrontierPoint(2, Verdict.OPTIMAL, plan, changed(name)),
        ),
        complete,
    )


def test_the_frontier_is_a_table() -> None:
    instance, plan = example("town")
    table = rows(frontier_table(instance, a_frontier("town")))
    assert [row["max_changes"] for row in table] == ["0", "1", "2"]
    assert [row["result"] for row in table] == ["no plan", "best found", "proven best"]
    assert table[0]["cost"] == ""
    assert table[2]["points"] == str(plan.tiers[0].value)
    european = rows(frontier_table(instance, a_frontier("town"), CsvDialect.EXCEL_EU), ";")
    assert european[2]["cost"] == table[2]["cost"].replace(".", ",")


def test_the_page_draws_what_more_changes_buy() -> None:
    instance, plan = example("town")
    page = plan_page(instance, plan, changed("town"), a_frontier("town")).decode()
    assert page.count("<svg ") == 1
    assert page.count("<circle ") == 2
    value = plan.tiers[0].value
    described = f"{value - 1} points with at most 1 change and {value} points with at most 2 changes."
    assert described in page
    assert "More changes than the last row has buy nothing." in page
    unsettled = plan_page(instance, plan, changed("town"), a_frontier("town", complete=False)).decode()
    assert "more changes may buy more" in unsettled
