"""The page as its users have it: the program serving, and a browser."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browsing import DESKTOP, browser
from tests.cli.conftest import TOWN
from tests.web.serving import serving

PATIENCE = 60_000
"""Milliseconds: the search is quick, but the machine of the tests may be busy."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that holds no project yet."""
    with serving("--data", tmp_path_factory.mktemp("data")) as (_, address):
        yield address


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Callable[..., Any]]:
    """Open the server's first page in a browser of its own, and watch for what goes wrong there."""
    contexts, troubles = [], []

    def visit(width: int = DESKTOP, path: str = "", *, scripts: bool = True) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=scripts, accept_downloads=True
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda said: troubles.append(said.text) if _is_trouble(said) else None)
        page.goto(address + path)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert troubles == []


def _is_trouble(said: Any) -> bool:
    """Tell whether a browser complains of more than an answer with which the server refuses something."""
    return said.type == "error" and "responded with a status of 4" not in said.text


def upload(page: Any, path: Path = TOWN) -> None:
    """Make a project of a file on the first page, and come to its quarter."""
    page.set_input_files("input[name=files]", path)
    page.get_by_role("button", name="Check and take over").click()
    page.wait_for_url("**/projects/*")


__all__ = ["browser", "upload"]
