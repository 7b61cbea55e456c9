"""The templates of pages."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Template


@cache
def template(name: str) -> Template:
    """Return a page's template; it escapes what it fills in."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("meetsched.export"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)


@cache
def style_sheet() -> str:
    """Return the style sheet of plans, for pages that are to look the same."""
    return files("meetsched.export").joinpath("templates/plan.css").read_text(encoding="utf-8")
