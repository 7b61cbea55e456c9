"""The addresses of pages, in one place."""

from __future__ import annotations

from urllib.parse import quote


def at(*parts: object) -> str:
    """Return the path of a page: ``at("projects", "kielce", "versions", 3)``."""
    return "/" + "/".join(quote(str(part), safe="") for part in parts)


def project_at(project: str, *parts: object) -> str:
    """Return the path of a project's page."""
    return at("projects", project, *parts)
