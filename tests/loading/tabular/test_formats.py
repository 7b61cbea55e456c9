"""Number formats tell dates and times of day from numbers."""

import pytest

from meetsched.loading.tabular.formats import NumberFormat, of_code, read_formats

DATE, TIME, BOTH = NumberFormat(has_date=True), NumberFormat(has_time=True), NumberFormat(True, True)


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        ("General", NumberFormat()),
        ("0.00", NumberFormat()),
        ("#,##0.00 [$zł-415]", NumberFormat()),
        ("[Red]-0.00;0.00", NumberFormat()),
        ('0 "days"', NumberFormat()),
        ("0.00E+00", NumberFormat()),
        ("@", NumberFormat()),
        ("00000", NumberFormat(digits=5)),
        ("yyyy-mm-dd", DATE),
        ("[$-415]d mmmm yyyy;@", DATE),
        ("mmm", DATE),
        ("dd/mm/yyyy\\ hh:mm", BOTH),
        ("h:mm AM/PM", TIME),
        ("[h]:mm:ss", TIME),
        ("mm:ss", TIME),
    ],
)
def test_a_format(code: str, meaning: NumberFormat) -> None:
    assert of_code(code) == meaning


def test_formats_that_every_spreadsheet_has() -> None:
    numbers = (0, 1, 14, 20, 22, 45, 49)
    cells = "".join(f'<xf numFmtId="{number}"/>' for number in numbers)
    part = (
        f'<styleSheet><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{cells}</cellXfs></styleSheet>'
    )
    plain = NumberFormat()
    assert read_formats("x.xlsx", part.encode()) == [plain, plain, DATE, TIME, BOTH, TIME, plain]


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 5000, "²"])
def test_odd_numbers_of_formats(number: str) -> None:
    part = f'<styleSheet><cellXfs><xf numFmtId="{number}"/></cellXfs></styleSheet>'
    assert read_formats("x.xlsx", part.encode()) == [NumberFormat()]
