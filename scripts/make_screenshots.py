"""Take the pictures of the documents, as Chromium shows them: a plan's page, and the pages of `serve`.

Usage: python scripts/make_screenshots.py [PAGE]     (out/town/plan.html where none is given)
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "images"
TOWN = ROOT / "instances" / "town.yaml"
WIDTH, HEIGHT, SHORT = 1180, 1500, 1150
PATIENCE = 120_000
"""Milliseconds that a plan may take."""


def take_pictures(page_file: Path) -> None:
    """Take a picture of the top of a plan's page, and of the main pages of the server."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("Chromium is needed; on Debian: apt-get install chromium")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        _open(browser, page_file.resolve().as_uri(), HEIGHT).screenshot(path=PICTURES / "plan.png")
        with TemporaryDirectory() as data, serving(Path(data)) as address:
            show_pages(_open(browser, address, SHORT))
        browser.close()


def _open(browser: Browser, address: str, height: int) -> Page:
    """Open an address in light colours."""
    page = browser.new_page(viewport={"width": WIDTH, "height": height}, color_scheme="light")
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    return page


@contextmanager
def serving(data: Path) -> Iterator[str]:
    """Serve the town; yield the address of its quarter."""
    options = ["--data", data, "--port", "0", "--no-open", "--json", "--quiet"]
    command = [sys.executable, "-m", "meetsched", "serve", str(TOWN), *map(str, options)]
    somebody = {**os.environ, "LOGNAME": "anna"}
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=somebody)
    try:
        assert running.stdout is not None
        text = ""
        while "}" not in text:
            text += running.stdout.readline()
        yield json.loads(text)["address"]
    finally:
        running.terminate()
        running.wait()


def show_pages(page: Page) -> None:
    """Plan the town, and take pictures of the quarter, of a meeting's card and of a move."""
    page.get_by_role("button", name="Plan", exact=True).click()
    page.get_by_role("link", name="Look at version").click()
    page.wait_for_url("**?version=*")
    _picture(page, "quarter", HEIGHT)
    page.locator("a[href*='/meetings/']:visible").nth(1).click()
    page.get_by_role("link", name="Move it").click()
    page.locator("td[data-room=perhaps] a").first.click()
    page.get_by_role("heading", name="There", exact=True).wait_for()
    _picture(page, "move", SHORT)


def _picture(page: Page, name: str, height: int) -> None:
    """Take a picture of the top of a page."""
    page.screenshot(
        path=PICTURES / f"{name}.png",
        full_page=True,
        clip={"x": 0, "y": 0, "width": WIDTH, "height": height},
    )


if __name__ == "__main__":
    take_pictures(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "out" / "town" / "plan.html")
