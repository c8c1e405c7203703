"""Takes pictures of pages: `python tests/browser/shots.py /tmp/shots / /thanh-phan/ --email … --password …`.

Every page at both sizes, in light and dark, as `<page>-<size>-<theme>.png`.
"""

import argparse
import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))
from chromium import ARGUMENTS, SIZES, executable


def _sign_in(page: Page, site: str, email: str, password: str) -> None:
    page.goto(f"{site}/tai-khoan/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    page.locator("form:has([name=password]) [type=submit]").first.click()
    page.wait_for_load_state()


def _shoot(browser: Browser, options: argparse.Namespace, size: str, theme: str) -> None:
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN", color_scheme=theme)
    context.add_cookies([{"name": "theme", "value": theme, "url": options.site}])
    page = context.new_page()
    page.on("console", lambda message: print(size, theme, message.type, message.text, file=sys.stderr))
    if options.email:
        _sign_in(page, options.site, options.email, options.password)
    for address in options.pages:
        page.goto(options.site + address)
        page.wait_for_load_state("networkidle")
        for selector in options.click:
            page.locator(selector).first.click()
            page.wait_for_timeout(400)
        name = address.strip("/").replace("/", "-").replace("?", "-").replace("=", "-") or "start"
        page.screenshot(path=str(options.folder / f"{name}-{size}-{theme}.png"), full_page=options.full)
    context.close()


def main() -> None:
    """Take the pictures that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("pages", nargs="+")
    parser.add_argument("--site", default="http://127.0.0.1:8000")
    parser.add_argument("--email")
    parser.add_argument("--password")
    parser.add_argument("--click", action="append", default=[], help="click this selector before the picture")
    parser.add_argument("--full", action="store_true", help="the whole page, not only the window")
    parser.add_argument("--sizes", nargs="+", default=list(SIZES))
    parser.add_argument("--themes", nargs="+", default=["light", "dark"])
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        for size, theme in product(options.sizes, options.themes):
            _shoot(browser, options, size, theme)
        browser.close()


if __name__ == "__main__":
    main()
