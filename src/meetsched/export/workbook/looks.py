"""How cells look: parts that are put together into a format, the same in every sheet.

Number formats are in the notation of the file format, which every spreadsheet shows in the manner of
the place where it runs: ``1,234.50 EUR`` here is ``1 234,50 EUR`` in Poland.
"""

from collections.abc import Mapping
from types import MappingProxyType

Look = Mapping[str, str | int | bool]

_INK, _SOFT, _LINE, _WASH, _ACCENT, _GOOD, _GOOD_WASH = (
    "#172025", "#56626A", "#D5DCD8", "#E9EEEB", "#1A5A86", "#1D6040", "#E3F0E8",
)  # fmt: skip
TAB = _ACCENT


def _look(**properties: str | int | bool) -> Look:
    return MappingProxyType(properties)


BASE = _look(font_name="Calibri", font_size=11, font_color=_INK, valign="vcenter")
LINED = _look(bottom=1, bottom_color=_LINE, indent=1)

TEXT = _look(text_wrap=True, align="left")
QUOTED = _look(quote_prefix=True)
"""For a text that would become a formula if somebody opened its cell and closed it again."""
DATE = _look(num_format="ddd d mmm yyyy", align="left")
TIME = _look(num_format="hh:mm", align="left")
END_OF_DAY = _look(num_format="[hh]:mm", align="left")
"""For the one time that no clock shows, 24:00."""
WHOLE = _look(num_format="0", align="right")
NUMBER = _look(num_format="0", align="center")
EACH = _look(num_format='"each of "0', align="left")
SHARE = _look(num_format="0.0%", align="right")
AT_LEAST = _look(num_format='"at least "0', align="left")

TITLE = _look(font_size=20, bold=True, font_color=_ACCENT)
HEADING = _look(font_size=14, bold=True, font_color=_ACCENT)
HEADER = _look(bold=True, font_color="#FFFFFF", bg_color=_ACCENT, text_wrap=True, indent=1)
SOFT = _look(font_color=_SOFT)
SUM = _look(bold=True, bg_color=_WASH)
TOTAL = _look(bold=True, bg_color=_WASH, top=2, top_color=_ACCENT)
CANCELLED = _look(font_color=_SOFT, font_strikeout=True)
PRESENT = _look(bg_color=_GOOD_WASH, font_color=_GOOD)


def money(currency: str) -> Look:
    """Return the look of an amount; nothing is a dash, so that the eye finds what costs."""
    amount = f"#,##0.00 [${currency}]"
    return _look(num_format=f'{amount};-{amount};"–"', align="right")


def share_of(whole: int) -> Look:
    """Return the look of a number out of a whole: ``4 of 6``."""
    return _look(num_format=f'0" of {whole}"', align="left")
