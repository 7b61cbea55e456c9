"""Write what docs/workbook.md lists: each sheet and column of a workbook, as the layout has them."""

from pathlib import Path

from meetsched.tables import Column, layout
from meetsched.tables.comments import how_to_write
from meetsched.tables.layout import SETTINGS

PAGE = Path(__file__).parents[1] / "docs" / "workbook.md"
MARK = "<!-- From here on made by scripts/make_workbook_page.py. -->\n"
"""What stands before it in the page is written by hand."""

_ABOUT = {
    "slots": "When meetings may start.",
    "exclude_dates": "Dates on which no meeting starts.",
    "prices": "For `explain`; without rows the default prices count.",
    "objectives": "What counts, in this order; without rows the default order counts.",
    "pins": "Meetings that are settled already.",
}


def listing() -> str:
    """Return the lists of all sheets, as Markdown."""
    parts = [f"## `{SETTINGS}`\n\nA row for each key, not a column.\n", _table("key", layout().settings)]
    for sheet in layout().sheets:
        about = f"Belongs to `{sheet.owner}`." if sheet.owner else _ABOUT.get(sheet.name, "")
        needed = "Must be there." if sheet.required and not sheet.owner else "May be missing."
        parts += [f"## `{sheet.name}`\n\n{f'{about} {needed}'.strip()}\n", _table("column", sheet.columns)]
    return "\n".join(parts)


def _table(first: str, columns: tuple[Column, ...]) -> str:
    rows = [f"| {first} | meaning | how to write it |", "| --- | --- | --- |"]
    for heading, column in _merged(columns):
        rows.append(f"| {heading} | {column.explanation} | {how_to_write(column)} |")
    return "\n".join(rows) + "\n"


def _merged(columns: tuple[Column, ...]) -> list[tuple[str, Column]]:
    """Return columns with their headings; those that differ in the last part alone share a row."""
    rows: list[tuple[str, Column]] = []
    for column in columns:
        heading = f"`{column.heading}`"
        if rows and rows[-1][1].explanation == column.explanation and column.steps[:-1]:
            rows[-1] = (f"{rows[-1][0]}, {heading}", column)
        else:
            rows.append((heading, column))
    return rows


def page(text: str) -> str:
    """Return the page with its lists made anew."""
    return text.partition(MARK)[0] + MARK + "\n" + listing()


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
