"""Every page that a link leads to: axe finds nothing, and nothing is wider than a phone."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.browsing import PHONE, faults, needs_browser, overflow
from tests.cli.conftest import REGION
from tests.web.browser.conftest import upload
from tests.web.browser.test_stories import plan, publish

pytestmark = needs_browser

QUESTIONS = {
    "explain": "choices",
    "alternatives": "choices",
    "curve": "choices",
    "resilience": "choices",
    "sharing": "together",
}
"""What is asked in the background, each with the page where it is asked."""
KINDS = (
    (r"/(people|venues|topics|cities)/[^/?]+", r"/\1/*"),
    (r"/meetings/[^/?]+/[^/?]+", "/meetings/*/*"),
    (r"/jobs/[0-9a-z-]+", "/jobs/*"),
    (r"/\d+(?=/|$)", "/*"),
)
"""What tells two pages of one kind apart."""


def kind_of(address: str) -> str:
    """Return a page's address without what only says which one of its kind it is."""
    path = urlsplit(address).path
    for one, any_one in KINDS:
        path = re.sub(one, any_one, path)
    return path


def every_page(page: Any) -> Iterator[str]:
    """Follow all links from where a browser is; yield the address of one page of each kind, opened."""
    seen, waiting = {kind_of(page.url)}, [page.url]
    while waiting:
        address = waiting.pop(0)
        answer = page.goto(address)
        if "text/html" not in answer.headers["content-type"]:
            continue
        yield address
        for link in page.evaluate("() => [...document.links].filter(a => !a.download).map(a => a.href)"):
            if link.startswith(address[: address.index("/", 8)]) and kind_of(link) not in seen:
                if re.search(r"/files/|\.(ics|csv|xlsx|json)$", urlsplit(link).path):
                    continue
                seen.add(kind_of(link))
                waiting.append(link)


@pytest.fixture
def worked_on(visit: Any) -> Any:
    """A region that is planned, published and asked about."""
    page = visit()
    upload(page, REGION)
    plan(page)
    publish(page)
    project = re.sub(r"(/projects/[^/?]+).*", r"\1", page.url)
    for question, where in QUESTIONS.items():
        page.goto(f"{project}/{where}")
        page.locator(f"form[action$='/choices/{question}'] button").first.click()
        page.get_by_role("link", name="Look at what came of it").or_(
            page.locator(".state.failed")
        ).first.wait_for()
        page.get_by_role("link", name="Look at what came of it").click()
    page.goto(project)
    return page


def test_every_page_is_open_to_all_and_fits_a_phone(worked_on: Any) -> None:
    page, found, kinds = worked_on, {}, []
    for address in every_page(page):
        kinds.append(kind_of(address))
        broken = faults(page)
        size = page.viewport_size
        page.set_viewport_size({"width": PHONE, "height": 800})
        wide = overflow(page)
        page.set_viewport_size(size)
        if broken or wide:
            found[address] = (broken, wide)
    assert found == {}
    assert len(kinds) > 20, kinds
