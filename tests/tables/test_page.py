"""The page that lists sheets and columns is what the layout says."""

from make_workbook_page import PAGE, page


def test_the_page_is_up_to_date() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text == page(text), "run scripts/make_workbook_page.py"
