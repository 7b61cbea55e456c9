"""What the sheets tell, checked against the plan."""

import os
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from meetsched.domain.plan import CostBreakdown
from meetsched.domain.proof import statements
from meetsched.export import plan_workbook
from tests.export.examples import example, forgetful, hostile
from tests.export.workbook.readers import opened, parts, records, sheets

NAMES = ["overview", "meetings", "duties", "budget", "coverage"]
SHARED = {"town": [], "region": ["shared"]}
"""Sheets that only cities that share something have."""
PARTS = ("Venue", "Catering", "Fees", "Travel", "Overtime", "Paid by participants")


@pytest.fixture(params=["town", "region"])
def case(request):
    return example(request.param)


def names_for(case):
    instance, _ = case
    return NAMES + SHARED["region" if len(instance.cities) > 1 else "town"]


def amount(value):
    """Return an amount as it is written in the file, which no rounding may change."""
    return Decimal(repr(value))


def cents(value):
    return Decimal(value) / 100


def test_both_readers_see_the_same(case):
    content = plan_workbook(*case)
    book, read = opened(content), sheets(content)
    assert book.sheetnames == list(read) == names_for(case)
    for name, rows in read.items():
        for row, other in zip(rows, book[name].iter_rows(values_only=True), strict=True):
            padded = [*row, *[""] * (len(other) - len(row))]  # One of them leaves blank columns out.
            assert padded == [plain(value) for value in other], name


def plain(value):
    """Return what openpyxl read as calamine reads it."""
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return "" if value is None else value


class TestOverview:
    def test_says_what_was_proven_of_each_aim(self, case):
        instance, plan = case
        texts = {cell for row in sheets(plan_workbook(*case))["overview"] for cell in row}
        for statement in statements(plan.tiers, instance.currency):
            assert statement.sentence in texts
        assert any("does better." in str(text) or "was not settled" in str(text) for text in texts)

    def test_says_what_each_city_gets(self, case):
        instance, plan = case
        rows = {row[0]: row for row in sheets(plan_workbook(*case))["overview"]}
        for city in instance.cities:
            own = [meeting for meeting in plan.meetings if meeting.city == city.id]
            cost = sum(meeting.cost.total for meeting in own)
            assert rows[city.name][1:4] == [
                len(own),
                sum(meeting.heads for meeting in own),
                sum(meeting.points for meeting in own),
            ]
            assert [amount(value) for value in rows[city.name][4:7]] == [
                cents(cost),
                cents(city.budget),
                cents(city.budget - cost),
            ]

    def test_with_several_cities_their_shares(self):
        rows = {row[0]: row for row in sheets(plan_workbook(*example("region")))["overview"]}
        assert rows["City"][7] == "Share of its ideal"
        assert (rows["Brzeg"][7], rows["Nysa"][7]) == (0.96, 0.941)
        assert "Share of its ideal" not in sheets(plan_workbook(*example("town")))["overview"]


class TestMeetings:
    def test_have_real_dates_times_and_amounts(self):
        first = records(plan_workbook(*example("town")), "meetings")[0]
        assert first == {
            "No.": 1,
            "Date": date(2027, 1, 19),
            "Start": time(17, 30),
            "End": time(19, 30),
            "City": "Olszyna",
            "Topic": "What changes in taxes in 2027",
            "Format": "Talk",
            "Venue": "Library, reading room",
            "Whose house": "Maria Dąbrowska Public Library",
            "Experts": "Ewa Zielińska",
            "Also on duty": "Piotr Wrona (presenter), Jan Kowalski (cooperation broker), Zofia Kłos (host)",
            "Visitors expected": 9,
            "Seats": 30,
            "Points": 10,
            "Net cost": 91.5,
            "Status": "planned",
            "Meeting": "olszyna/tax",
        }

    def test_cancelled_ones_come_last_struck_out_and_without_figures(self):
        content = plan_workbook(*example("town"))
        table = records(content, "meetings")
        assert [row["Status"] for row in table] == ["planned"] * 4 + ["cancelled"]
        assert table[-1]["Topic"] == "Owners' evening"
        assert table[-1]["Net cost"] == table[-1]["Visitors expected"] == table[-1]["No."] == ""
        rows = list(opened(content)["meetings"].iter_rows(min_row=2))
        assert [bool(row[5].font.strike) for row in rows] == [False] * 4 + [True]

    def test_times_after_the_change_of_clocks_are_local(self):
        last = records(plan_workbook(*example("region")), "meetings")[-1]
        assert (last["Date"], last["Start"], last["End"]) == (date(2027, 3, 31), time(10), time(11, 30))

    def test_the_end_of_the_day_is_24_hours(self):
        instance, plan = example("town")
        first = plan.meetings[0]
        midnight = datetime.fromisoformat("2027-01-20T00:00:00+01:00")
        late = first.model_copy(update={"end": midnight, "start": midnight - timedelta(hours=2)})
        content = plan_workbook(instance, plan.model_copy(update={"meetings": (late,)}))
        row = records(content, "meetings")[0]
        assert (row["Date"], row["Start"], row["End"]) == (date(2027, 1, 19), time(22), timedelta(days=1))
        assert opened(content)["meetings"]["D2"].number_format == "[hh]:mm"


class TestDuties:
    def test_have_person_role_time_place_and_cost(self):
        assert records(plan_workbook(*example("town")), "duties")[1] == {
            "Date": date(2027, 1, 19),
            "Start": time(17, 30),
            "End": time(19, 30),
            "Person": "Piotr Wrona",
            "Role": "Presenter",
            "Institution": "Olszyna Town Hall",
            "Topic": "What changes in taxes in 2027",
            "City": "Olszyna",
            "Venue": "Library, reading room",
            "Overtime (minutes)": 90,
            "Overtime": 21,
            "Fee": 0,
            "Travel": 0,
            "Person's id": "piotr",
            "Meeting": "olszyna/tax",
        }

    def test_are_all_there_and_add_up(self, case):
        _, plan = case
        table = records(plan_workbook(*case), "duties")
        assert len(table) == sum(len(meeting.people) for meeting in plan.meetings)
        for column, part in (("Overtime", "overtime"), ("Fee", "fees"), ("Travel", "travel")):
            total = sum(getattr(meeting.cost, part) for meeting in plan.meetings)
            assert sum(amount(row[column]) for row in table) == cents(total)


class TestBudget:
    def test_parts_add_up_to_the_net_cost_in_every_row(self, case):
        for row in records(plan_workbook(*case), "budget"):
            assert sum(amount(row[part]) for part in PARTS) == amount(row["Net cost"])

    def test_tells_what_each_city_and_each_meeting_costs(self, case):
        instance, plan = case
        table = records(plan_workbook(*case), "budget")
        for city in instance.cities:
            first, *meetings = (row for row in table if row["City"] == city.name)
            own = [meeting for meeting in plan.meetings if meeting.city == city.id]
            total = sum(meeting.cost.total for meeting in own)
            assert first["Topic"] == f"All {len(own)} meetings"
            assert amount(first["Net cost"]) == cents(total)
            assert amount(first["Budget"]) == cents(city.budget)
            assert amount(first["Left"]) == cents(city.budget - total)
            assert sorted(row["Topic"] for row in meetings) == sorted(meeting.title for meeting in own)
            assert sum(amount(row["Net cost"]) for row in meetings) == cents(total)

    def test_several_cities_are_summed_up_and_one_is_not(self):
        last = records(plan_workbook(*example("region")), "budget")[-1]
        assert (last["City"], last["Net cost"], last["Budget"], last["Left"]) == (
            "All cities",
            3077,
            4300,
            1223,
        )
        assert all(row["City"] == "Olszyna" for row in records(plan_workbook(*example("town")), "budget"))

    def test_what_participants_pay_is_below_zero(self):
        instance, plan = example("town")
        cost = CostBreakdown.of_cents(venue=5000, catering=0, fees=0, travel=0, overtime=0, income=1999)
        paid = plan.meetings[0].model_copy(update={"cost": cost})
        row = records(plan_workbook(instance, plan.model_copy(update={"meetings": (paid,)})), "budget")[1]
        assert (row["Paid by participants"], row["Net cost"]) == (-19.99, 30.01)

    def test_no_budget_is_no_limit(self):
        instance, plan = example("region")
        first, second = instance.cities
        free = (first.model_copy(update={"budget": None}), second)
        table = records(plan_workbook(instance.model_copy(update={"cities": free}), plan), "budget")
        limits = {row["City"]: (row["Budget"], row["Left"]) for row in reversed(table)}
        assert limits["Brzeg"] == limits["All cities"] == ("no limit", "")
        assert limits["Nysa"] == (1800, 557)


class TestCoverage:
    def test_targets_stand_above_each_citys_meetings(self):
        content = plan_workbook(*example("town"))
        needed, present, first, *_ = records(content, "coverage")
        assert list(needed) == [
            "City", "Date", "Topic", "University", "Business support", "Vocational school",
            "Private institution", "EU funds",
        ]  # fmt: skip
        assert [needed[name] for name in list(needed)[3:]] == [4, 1, 1, 1, ""]
        assert [present[name] for name in list(present)[3:]] == [4, 1, 1, 1, 1]
        assert first["University"] == "University of Applied Sciences"
        sheet = opened(content)["coverage"]
        formats = [sheet[cell].number_format for cell in ("D2", "E2", "D3")]
        assert formats == ['"each of "0', '"at least "0', '0" of 4"']

    def test_counts_are_those_of_the_rows_below(self, case):
        instance, _ = case
        table = records(plan_workbook(*case), "coverage")
        for city in instance.cities:
            _, present, *meetings = (row for row in table if row["City"] == city.name)
            for kind in list(present)[3:]:
                assert present[kind] == sum(bool(row[kind]) for row in meetings)


class TestShared:
    def test_each_use_of_what_cities_share_has_a_row(self):
        instance, plan = example("region")
        table = records(plan_workbook(instance, plan), "shared")
        rooms = {
            venue.name: venue.id for venue in instance.venues if len(instance.cities_of_venue(venue)) > 1
        }
        uses = [(rooms[row["Name"]], row["Meeting"]) for row in table if row["What"] == "Room"]
        held = [(meeting.venue, meeting.id) for meeting in plan.meetings]
        assert sorted(uses) == sorted(use for use in held if use[0] in rooms.values())
        people = {(row["Name"], row["Role"], row["Topic"]) for row in table if row["What"] == "Person"}
        assert ("Nina Zięba", "Expert", "Credit and guarantees") in people
        assert {row["May be used"] for row in table} == {"for Brzeg and Nysa"}

    def test_the_overview_names_it_where_it_is(self, case):
        texts = {cell for row in sheets(plan_workbook(*case))["overview"] for cell in row}
        assert ("shared" in texts) is ("shared" in names_for(case))


class TestSafety:
    FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x.example")', "＝1", "{=1}")

    @pytest.mark.parametrize(
        "text", [*FORMULAS, "http://x.example", "mailto:a@b.example", "internal:A1", "12"]
    )
    def test_text_stays_text(self, text):
        content = plan_workbook(*hostile("town", text))
        assert {row["Topic"] for row in records(content, "meetings")} == {text}
        for name, part in parts(content).items():
            assert "<f>" not in part and "<f " not in part, name
            assert "hyperlink" not in part and "TargetMode" not in part, name
        for sheet in opened(content):
            assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}

    @pytest.mark.parametrize("text", FORMULAS[:4])
    def test_text_stays_text_when_somebody_opens_its_cell(self, text):
        sheet = opened(plan_workbook(*hostile("town", text)))["meetings"]
        assert sheet["F2"].quotePrefix
        assert not sheet["A2"].quotePrefix

    @pytest.mark.parametrize(
        "text",
        [
            "a & b <c> \"d\" 'e'",
            "x\x00y\x07",
            "two\r\nlines",
            "_x000D_",
            "🎻 zażółć",
            "\ufffe\uffff",
            "&L&P&A",
        ],
    )
    def test_any_text_is_read_back(self, text):
        clean = " ".join("".join(" " if char < " " else char for char in text).split())
        content = plan_workbook(*hostile("town", text))
        assert {row["Venue"] for row in records(content, "meetings")} - {clean} <= {"_xFFFE__xFFFF_"}

    def test_text_longer_than_a_cell_may_hold_is_cut(self):
        content = plan_workbook(*hostile("town", "🎻" * 40_000))
        assert {len(str(row["Topic"])) for row in records(content, "meetings")} == {16_000}
        for sheet in opened(content):
            assert all(row.height is None or row.height < 409.5 for row in sheet.row_dimensions.values())

    def test_nothing_private_is_told(self, case):
        text = "".join(parts(plan_workbook(*case)).values())
        for private in ("@olszyna.example", "secret", "Saldo"):
            assert private not in text

    def test_what_the_instance_no_longer_knows_stands_with_its_id(self):
        content = plan_workbook(*forgetful("town"))
        assert records(content, "duties")[0]["Person"] == "gone-ewa"
        assert records(content, "meetings")[0]["City"] == "gone"
        assert [row["City"] for row in records(content, "budget")].count("gone") == 1

    def test_plan_without_meetings_still_has_its_sheets(self, case):
        instance, plan = case
        content = plan_workbook(instance, plan.model_copy(update={"meetings": (), "cancelled": ()}))
        assert opened(content).sheetnames == NAMES
        assert records(content, "meetings") == records(content, "duties") == []


class TestLook:
    def test_every_table_can_be_filtered_scrolled_and_printed(self, case):
        book = opened(plan_workbook(*case))
        for name in names_for(case)[1:]:
            sheet = book[name]
            assert sheet.auto_filter.ref == sheet.dimensions
            assert sheet.freeze_panes.endswith("2")
            assert sheet.print_title_rows == "$1:$1"
        for sheet in book:
            assert sheet.page_setup.orientation == "landscape"
            assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert all(letter in sheet.column_dimensions for letter in "ABC")

    def test_ids_are_for_the_screen_only(self, case):
        book = opened(plan_workbook(*case))
        for name, last in (("meetings", "P"), ("duties", "M"), ("budget", "L")):
            assert book[name].print_area.split("$")[3] == last

    def test_dates_and_amounts_are_shown_in_the_manner_of_the_place(self):
        sheet = opened(plan_workbook(*example("region")))["meetings"]
        assert [sheet[cell].number_format for cell in ("B2", "C2")] == ["ddd d mmm yyyy", "hh:mm"]
        assert sheet["O2"].number_format == '#,##0.00 [$PLN];-#,##0.00 [$PLN];"–"'

    def test_meetings_fold_away_under_their_city(self):
        sheet = opened(plan_workbook(*example("region")))["budget"]
        levels = [sheet.row_dimensions[row].outlineLevel for row in range(2, 11)]
        assert levels == [0, 1, 1, 1, 0, 1, 1, 1, 0]
        assert not sheet.sheet_properties.outlinePr.summaryBelow

    @pytest.mark.parametrize("text", ["A & B", "x" * 400, "&" * 400])
    def test_title_heads_each_printed_page(self, text):
        sheet = opened(plan_workbook(*hostile("town", text)))["meetings"]
        assert sheet.oddHeader.left.text is not None
        assert sheet.oddHeader.left.text.replace("&&", "&").endswith(text[:80])


@pytest.mark.parametrize("name", ["town", "region"])
def test_same_plan_gives_the_same_bytes_whenever_and_wherever_it_is_written(name):
    code = (
        "import sys; from tests.export.examples import example; from meetsched.export import plan_workbook;"
        f"sys.stdout.buffer.write(plan_workbook(*example({name!r})))"
    )
    elsewhere = {
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Tokyo",
        "LC_ALL": "C",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    ran = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, env=os.environ | elsewhere
    )
    content = plan_workbook(*example(name))
    assert content == plan_workbook(*example(name)) == ran.stdout
    assert "1980-01-01T00:00:00Z" in parts(content)["docProps/core.xml"]
