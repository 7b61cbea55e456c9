"""The templates of pages."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from meetsched.domain import words
from meetsched.domain.proof import TIER_NAMES
from meetsched.domain.words import ROLE_NAMES
from meetsched.export.overview import COLOURS

if TYPE_CHECKING:
    from jinja2 import BaseLoader, Environment, Template


def environment(*own: BaseLoader) -> Environment:
    """Return templates; they escape what they fill in, and nothing may be left out.

    Parameters
    ----------
    own : BaseLoader
        Where those of pages elsewhere are looked for first; they may use the macros of ``shared/``.
    """
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=ChoiceLoader([*own, PackageLoader("meetsched.export")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "words": words,
        "role_names": ROLE_NAMES,
        "tier_names": TIER_NAMES,
        "colours_of_cities": COLOURS,
    }
    return made


@cache
def _environment() -> Environment:
    return environment()


def template(name: str) -> Template:
    """Return the template of a page that is exported."""
    return _environment().get_template(name)


@cache
def style_sheet() -> str:
    """Return the style sheet of plans, for pages that are to look the same."""
    return files("meetsched.export").joinpath("templates/plan.css").read_text(encoding="utf-8")
