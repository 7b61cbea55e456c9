"""What people do on the page, from the first file to a published change, in a real browser."""

import re
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from tests.browsing import needs_browser
from tests.cli.conftest import TOWN, Program, meetsched
from tests.web.browser.conftest import upload

pytestmark = needs_browser
__all__ = ["meetsched"]


def named(tmp_path: Path, name: str, **replaced: str) -> Path:
    """Write the town of the tests as a project of its own, with some words replaced."""
    text = TOWN.read_text(encoding="utf-8").replace("id: olszyna-2027-q1", f"id: {name}")
    for old, new in replaced.items():
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def plan(page: Any) -> None:
    """Order a plan, wait for it, and look at it."""
    page.get_by_role("button", name="Plan", exact=True).click()
    take(page)


def take(page: Any) -> None:
    """Wait for a job's plan, and look at it."""
    page.get_by_text("The plan is there.").wait_for()
    page.get_by_role("link", name=re.compile(r"^Look at version \d+$")).click()
    page.wait_for_url("**?version=*")


def publish(page: Any) -> None:
    """Publish the newest plan."""
    page.get_by_role("link", name="Publish", exact=True).click()
    page.get_by_role("button", name=re.compile(r"^Publish version \d+$")).click()
    page.get_by_text("is published. Calendars").wait_for()


def calendar(address: str) -> tuple[str, list[int]]:
    """Read an address as a calendar program does; return the text and the sequence of each entry."""
    with urlopen(address) as answer:
        assert answer.headers["Content-Type"].startswith("text/calendar")
        text = answer.read().decode()
    return text, [int(each) for each in re.findall(r"^SEQUENCE:(\d+)", text, re.MULTILINE)]


def test_a_first_plan_from_a_workbook(visit: Any, tmp_path: Path, meetsched: Program) -> None:
    workbook = tmp_path / "first.xlsx"
    assert meetsched("convert", named(tmp_path, "first"), workbook).code == 0
    page = visit()
    upload(page, workbook)
    plan(page)
    assert page.get_by_role("row").filter(has_text="Grants for small firms").count() > 0
    page.get_by_role("link", name="Grants for small firms").first.click()
    page.get_by_role("heading", name="The meeting", exact=True).wait_for()


def test_a_workbook_with_a_fault_is_told_where(visit: Any, tmp_path: Path, meetsched: Program) -> None:
    workbook = tmp_path / "faulty.xlsx"
    assert meetsched("convert", TOWN, workbook).code == 0
    import openpyxl

    book = openpyxl.load_workbook(workbook)
    sheet = book["venues"]
    column = next(cell.column for cell in sheet[1] if cell.value == "capacity")
    sheet.cell(2, column).value = "many"
    book.save(workbook)
    page = visit()
    page.set_input_files("input[name=files]", workbook)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name="Check and take over").click()
    told = page.get_by_role("main").inner_text()
    assert "venues" in told
    assert "many" in told


def test_somebody_falls_ill_and_the_plan_is_repaired(visit: Any, tmp_path: Path) -> None:
    page = visit()
    upload(page, named(tmp_path, "ill", **{"objectives: [": "objectives: [disruption, "}))
    plan(page)
    page.get_by_role("link", name="Grants for small firms").first.click()
    page.get_by_role("link", name=re.compile("^Mark as absent")).first.click()
    page.get_by_role("button", name="Mark as absent, and repair the plan").click()
    page.get_by_role("button", name="Repair the plan").click()
    page.get_by_text(re.compile("The plan is there|no plan")).first.wait_for()
    page.get_by_role("link", name=re.compile("^Look at ")).first.wait_for()


def test_a_move_that_breaks_a_rule_is_refused_with_its_reason(visit: Any, tmp_path: Path) -> None:
    page = visit()
    upload(page, named(tmp_path, "move"))
    plan(page)
    page.get_by_role("link", name="Grants for small firms").first.click()
    page.get_by_role("link", name="Move it").click()
    page.get_by_label("Date").fill("2027-02-03")  # the secret winter holidays
    page.get_by_role("button", name="What would that mean?").click()
    page.get_by_text("It cannot just be moved there").wait_for()
    assert page.get_by_role("button", name="Move it there, and nothing else").count() == 0


def test_a_conflict_is_told_and_a_fix_applied(visit: Any, tmp_path: Path) -> None:
    page = visit()
    upload(page, named(tmp_path, "poor", **{"budget: 900": "budget: 0"}))
    page.get_by_role("button", name="Plan", exact=True).click()
    page.get_by_role("button", name="Find out why, and what would help").click()
    page.get_by_role("link", name="Look at what came of it").click()
    page.get_by_role("heading", name="What cannot be held together").wait_for()
    assert "budget" in page.get_by_role("main").inner_text()
    page.get_by_role("button", name="Apply this, and plan").first.click()
    take(page)


def test_a_calendar_program_sees_a_change_of_what_is_published(visit: Any, tmp_path: Path) -> None:
    page = visit()
    upload(page, named(tmp_path, "told"))
    plan(page)
    publish(page)
    page.get_by_role("link", name="Calendars to subscribe to").click()
    page.get_by_role("button", name=re.compile("Make all .*cit", re.IGNORECASE)).or_(
        page.locator("form:has(input[name=kind][value=city]) button").first
    ).first.click()
    address = page.locator("#city-1").input_value()
    before, sequences = calendar(address)
    assert set(sequences) == {0}
    assert "secret" not in before

    page.get_by_role("link", name="Quarter", exact=True).click()
    page.get_by_role("link", name="Grants for small firms").first.click()
    page.get_by_role("link", name="Move it").click()
    page.locator("td[data-room=free] a, td[data-room=perhaps] a").first.click()
    page.get_by_role("button", name="Find the best plan with it there").click()
    page.get_by_text(re.compile("^It is done|The plan is there")).first.wait_for()
    page.get_by_role("link", name=re.compile("^Look at ")).first.click()
    page.get_by_role("button", name=re.compile("Take", re.IGNORECASE)).first.click()
    publish(page)
    after, sequences = calendar(address)
    assert max(sequences) == 1
    assert after != before


def test_everything_works_without_scripts(visit: Any, tmp_path: Path) -> None:
    page = visit(scripts=False)
    upload(page, named(tmp_path, "plain"))
    plan(page)
    publish(page)


def test_a_plan_is_made_and_published_by_keyboard_alone(visit: Any, tmp_path: Path) -> None:
    page = visit()
    with page.expect_file_chooser() as chooser:
        press(page, "files")
    chooser.value.set_files(named(tmp_path, "keys"))
    press(page, "Check and take over")
    page.wait_for_url("**/projects/*")
    press(page, "Plan")
    page.wait_for_url("**/jobs/*")
    page.get_by_text("The plan is there.").wait_for()
    press(page, "Look at version")
    page.wait_for_url("**?version=*")
    press(page, "Publish")
    page.wait_for_url("**/publish")
    press(page, "Publish version")
    page.get_by_text("is published. Calendars").wait_for()


def press(page: Any, name: str) -> None:
    """Go with the Tab key to what begins with a name, see that the focus shows, and press Enter."""
    for _ in range(200):
        page.keyboard.press("Tab")
        label = page.evaluate(
            "() => (document.activeElement.id === 'files' ? 'files' : document.activeElement.innerText) || ''"
        )
        tag = page.evaluate("() => document.activeElement.tagName")
        if tag in ("A", "BUTTON", "INPUT") and label.strip().startswith(name):
            outline = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"the focus on {name} cannot be seen"
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"the Tab key does not reach {name}")
