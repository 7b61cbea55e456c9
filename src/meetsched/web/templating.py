"""Templates to pages."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from meetsched import __version__
from meetsched.service.viewing import templates
from meetsched.web.addresses import at, project_at

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def environment() -> Environment:
    """Return the templates, with the macros that pages share with the files that are exported."""
    from jinja2 import PackageLoader

    made = templates(PackageLoader("meetsched.web"))
    made.globals |= {"at": at, "project_at": project_at, "version_of_program": __version__}
    return made


def fill(template: str, **values: object) -> str:
    """Return a template with its values filled in."""
    return environment().get_template(template).render(values)
