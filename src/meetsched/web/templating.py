"""Templates to pages."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from meetsched import __version__
from meetsched.domain import words
from meetsched.domain.proof import TIER_NAMES
from meetsched.domain.words import ROLE_NAMES
from meetsched.web.addresses import at, project_at

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def environment() -> Environment:
    """Return the templates; they escape what they fill in, and nothing may be left out."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("meetsched.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "at": at,
        "project_at": project_at,
        "words": words,
        "role_names": ROLE_NAMES,
        "tier_names": TIER_NAMES,
        "version_of_program": __version__,
    }
    return made


def fill(template: str, **values: object) -> str:
    """Return a template with its values filled in."""
    return environment().get_template(template).render(values)
