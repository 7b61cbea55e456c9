"""Take the pictures of the documents: the page of the town's plan, as Chromium shows it.

Usage: python scripts/make_screenshots.py [PAGE]     (out/town/plan.html where none is given)
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "images" / "plan.png"
WIDTH, HEIGHT = 1180, 1500


def take_picture(page_file: Path, picture: Path) -> None:
    """Take a picture of the top of a page, in light colours."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("Chromium is needed; on Debian: apt-get install chromium")
    picture.parent.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page.goto(page_file.resolve().as_uri())
        page.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    take_picture(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "out" / "town" / "plan.html", PICTURE)
