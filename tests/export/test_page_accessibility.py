"""The page in a real browser: axe finds nothing, nothing is fetched, nothing overflows a phone."""

import re

import pytest

from meetsched.export import curve_page, plan_page, shares_page
from tests.browsing import DESKTOP, PHONE, browser, faults, needs_browser
from tests.export.examples import example, hostile
from tests.export.test_curve import a_curve
from tests.export.test_repaired import a_frontier, changed
from tests.export.test_shares import weighed

__all__ = ["browser"]
pytestmark = needs_browser


@pytest.fixture
def show(browser, tmp_path):
    contexts = []

    def show(name, width=DESKTOP, scheme="light", content=None):
        """Open an example's page; return it and the list of what it has requested."""
        file = tmp_path / "plan.html"
        file.write_bytes(content or plan_page(*example(name)))
        contexts.append(browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme))
        page, requests = contexts[-1].new_page(), []
        page.on("request", lambda request: requests.append(request.url))
        page.goto(file.as_uri(), wait_until="networkidle")
        return page, requests

    yield show
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["town", "region"])
def test_axe_finds_no_violation(show, name, scheme, width):
    page, _ = show(name, width, scheme)
    assert faults(page) == []


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_in_shares(show, scheme, width):
    page, requests = show("region", width, scheme, shares_page(*example("region"), weighed()))
    assert faults(page) == []
    assert len(requests) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_in_what_changed(show, scheme, width):
    content = plan_page(*example("region"), changed("region"), a_frontier("region"))
    page, requests = show("region", width, scheme, content)
    assert faults(page) == []
    assert len(requests) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_in_what_more_money_buys(show, scheme, width):
    curve = a_curve("town", own=(51, 9500), beyond=(70, 90_000))
    page, requests = show("town", width, scheme, curve_page(example("town")[0], curve))
    assert faults(page) == []
    assert len(requests) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_would_find_faint_text_and_a_region_that_no_key_reaches(show):
    content = plan_page(*example("region")).decode()
    spoilt = content.replace("--soft: #56626a", "--soft: #b0b8bd").replace(' tabindex="0"', "")
    page, _ = show("region", PHONE, content=spoilt.encode())
    assert {"color-contrast", "scrollable-region-focusable"} <= {fault for fault, _ in faults(page)}


@pytest.mark.parametrize("name", ["town", "region"])
def test_nothing_is_requested_but_the_page_itself(show, name):
    page, requests = show(name)
    assert [url for url in requests if not url.startswith("data:")] == [page.url]


@pytest.mark.parametrize("name", ["town", "region"])
def test_phone_scrolls_no_page_sideways(show, name):
    page, _ = show(name, PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert page.evaluate("document.body.scrollWidth") <= PHONE


@pytest.mark.parametrize("text", ["W" * 120, "A very long name of several words " * 6, "Ł🎻" * 60])
def test_long_names_widen_no_page(show, text):
    page, _ = show("region", PHONE, content=plan_page(*hostile("region", text)))
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    curve = a_curve("town", text=text)
    page, _ = show("town", PHONE, content=curve_page(hostile("town", text)[0], curve))
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_dark_scheme_is_dark(show):
    page, _ = show("town", scheme="dark")
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(map(int, re.findall(r"\d+", colour))) < 64


def test_print_is_light_and_keeps_each_card_on_one_page(show):
    page, _ = show("town", scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert set(
        page.evaluate(
            "[...document.querySelectorAll('.card')].map(card => getComputedStyle(card).breakInside)"
        )
    ) == {"avoid"}
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
