"""What more money buys, as a table and as a page."""

import csv
import re

import pytest

from meetsched.domain.cells import CsvDialect
from meetsched.domain.curve import Between, Curve, CurvePlan
from meetsched.export import curve_page, curve_table
from meetsched.export.charts import Axis
from meetsched.rules import Tier
from tests.export.examples import example, hostile

NASTY = "=cmd|' /C calc'!A0 <script>alert(1)</script>\r\n\u202e"
STANDS = ((40, 5000), (52, 9000), (55, 30000), (60, 61050))
BETWEEN = (Between.NONE, Between.NOT_ASKED_FOR, Between.NOT_SETTLED)


def a_curve(
    name: str,
    stands: tuple[tuple[int, int], ...] = STANDS,
    between: tuple[Between, ...] = BETWEEN,
    own: tuple[int, int] = (52, 9000),
    *,
    ends: bool = True,
    beyond: tuple[int, int] | None = None,
    text: str | None = None,
) -> Curve:
    """Return a curve whose plans have these points and costs, and are otherwise the example's."""
    _, plan = example(name) if text is None else hostile(name, text)
    others = plan.model_copy(update={"meetings": plan.meetings[1:]})

    def values(points: int, cost: int) -> dict[Tier, int]:
        return {Tier.POINTS: points, Tier.COST: cost, Tier.APPEAL: 3, Tier.EFFORT: 17}

    plans = tuple(
        CurvePlan(others if place % 2 else plan, values(*each), best_of_these=True)
        for place, each in enumerate(stands)
    )
    last = None if beyond is None else values(*beyond)
    return Curve(plans, between, ends, ends, (), values(*own), last)


def rows(table: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(table.decode("utf-8-sig").splitlines(), delimiter=delimiter))


def page(curve: Curve, name: str = "town") -> str:
    return curve_page(example(name)[0], curve).decode()


def test_the_table_has_a_row_for_each_plan() -> None:
    instance, plan = example("town")
    table = rows(curve_table(instance, a_curve("town")))
    assert [(row["plan"], row["points"], row["cost"]) for row in table] == [
        ("1", "40", "50.00"), ("2", "52", "90.00"), ("3", "55", "300.00"), ("4", "60", "610.50"),
    ]  # fmt: skip
    assert [(row["more_points"], row["more_cost"]) for row in table] == [
        ("12", "40.00"), ("3", "210.00"), ("5", "310.50"), ("", ""),
    ]  # fmt: skip
    assert [row["others_before_next"] for row in table] == [
        "none", "not asked for", "not settled", "",
    ]  # fmt: skip
    assert table[0]["meetings"] == "; ".join(meeting.id for meeting in plan.meetings)
    european = rows(curve_table(instance, a_curve("town"), CsvDialect.EXCEL_EU), ";")
    assert european[3]["cost"] == "610,50"
    assert european[2]["more_cost"] == "310,50"


def test_the_page_draws_at_most_and_at_least() -> None:
    text = page(a_curve("town"))
    assert text.count("<circle ") == 4 + 1  # and a ring
    assert text.count('<polyline class="unsure"') == 2
    assert text.count("<polyline points") == 1 + 1  # the tail: more money than the last buys nothing
    unsettled = page(a_curve("town", ends=False))
    assert unsettled.count('<polyline class="unsure"') == 2 + 1
    assert "from 40 points for 50.00" in re.search('aria-label="(Points against.*?)"', text)[1]  # type: ignore[index]
    for number in (1, 2, 3, 4):
        assert f'href="plan-{number}/plan.html"' in text


def test_the_plan_by_the_own_aims_has_a_ring_on_the_curve_or_off_it() -> None:
    on, off = page(a_curve("town")), page(a_curve("town", own=(51, 9500)))
    for text in (on, off):
        assert text.count('class="own"') == 1
    assert "Plan 2: 52 points for 90.00 EUR; the plan by your own aims" in on
    assert "by your own aims</span>" in on and "comes to the same as plan 2" in on
    assert "by your own aims</span>" not in off
    assert "The plan by your own aims has 51 points for 95.00 EUR; it is none of these." in off


def test_what_is_not_settled_is_said() -> None:
    text = page(a_curve("town", ends=False))
    for told in ("no more were asked for", "between some of them", "cheaper ones", "that serve more"):
        assert told in text
    whole = page(a_curve("town", between=(Between.NONE,) * 3))
    assert "There are no others; that is proven." in whole
    assert "There may be" not in whole


def test_more_money_buys_what_is_proven_or_at_least_what_is_known() -> None:
    curve = a_curve("town")
    assert curve.amount == 10_000
    assert [curve.bought(place) for place in range(4)] == [(12, False), (0, False), (0, False), (0, True)]
    text = page(curve)
    assert "100 EUR more buy" in text
    assert re.findall(
        r"<td class=\"text\">(\d+ points? at least|not settled|nothing|\d+ points?)</td>", text
    ) == [
        "12 points at least",
        "not settled",
        "not settled",
        "nothing",
    ]
    sure = a_curve("town", between=(Between.NONE,) * 3)
    assert [sure.bought(place) for place in range(4)] == [(12, True), (0, True), (0, True), (0, True)]


def test_a_single_plan_is_told_as_such() -> None:
    curve = a_curve("town", stands=((52, 9000),), between=())
    text = page(curve)
    assert "the cheapest plan serves the most" in text
    assert len(rows(curve_table(example("town")[0], curve))) == 1


def test_what_the_budget_keeps_out_is_told() -> None:
    assert "without it, a plan would serve 70 points for 900.00 EUR" in page(
        a_curve("town", beyond=(70, 90_000))
    )


def test_names_stay_text_and_cells_no_formula() -> None:
    instance, _ = hostile("town", NASTY)
    curve = a_curve("town", text=NASTY)
    assert "<script>" not in curve_page(instance, curve).decode()
    for row in rows(curve_table(instance, curve)):
        for cell in row.values():
            assert not cell.startswith(("=", "+", "@"))
            assert "\r" not in cell


@pytest.mark.parametrize("most", [3, 5])
@pytest.mark.parametrize(("low", "high"), [(0, 0), (7, 7), (3, 4), (46, 122), (52600, 137500), (1, 999_999)])
def test_an_axis_has_few_round_ticks_around_all_values(low: int, high: int, most: int) -> None:
    axis = Axis.over([high, low], 10.0, 110.0, most=most)
    assert axis.values[0] <= low and high <= axis.values[-1]
    assert 2 <= len(axis.values) <= most + 2
    step = axis.values[1] - axis.values[0]
    assert str(step).rstrip("0") in ("1", "2", "5")
    assert all(value % step == 0 for value in axis.values)
    assert (axis.at(axis.values[0]), axis.at(axis.values[-1])) == (10.0, 110.0)
