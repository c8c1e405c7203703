"""What the browser tests share: Chromium, a live server, signing in, axe."""

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from khue.accounts.models import Membership, User
from khue.directory.models import Unit
from tests.browser.chromium import ARGUMENTS, SIZES, executable

# Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

AXE = Path(settings.NODE_MODULES) / "axe-core/axe.min.js"
PASSWORD = "mat-khau-thu-nghiem"
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # of all that passes it need not say where
}
ALIKE = [["tbody tr:nth-child(n+9)"], ["main li:nth-child(n+13)"]]
"""Rows of long lists: what is wrong with them is wrong with the first ones too."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here is a browser test."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")  # its event loop must be gone when tests elsewhere start loops of their own
def browser() -> Iterator[Browser]:
    """Chromium; where there is none the tests are skipped, except where `KHUE_NEED_CHROMIUM` says there must be one."""
    path = executable()
    if path is None:
        if os.environ.get("KHUE_NEED_CHROMIUM"):
            pytest.fail("Không thấy Chromium, mà ở đây phải có.")
        pytest.skip("Không thấy Chromium: bỏ qua kiểm thử trong trình duyệt (cài: apt-get install chromium).")
    # While the loop runs Django keeps other connections; what was open before would be cut unseen, and used afterwards.
    connections.close_all()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_browser(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., BrowserContext]]:
    """`open_browser(size="desk", theme="light")` gives a fresh window that knows the address of the live server."""
    opened: list[BrowserContext] = []

    def _open(size: str = "desk", theme: str = "light") -> BrowserContext:
        width, height = SIZES[size]
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
            service_workers="block",
        )
        context.set_default_timeout(10_000)
        context.add_cookies([{"name": "theme", "value": theme, "url": live_server.url}])
        opened.append(context)
        return context

    yield _open
    for context in opened:
        context.close()


@pytest.fixture
def page(open_browser: Callable[..., BrowserContext]) -> Page:
    """A window of the size of an office machine."""
    return open_browser().new_page()


@pytest.fixture
def officer(transactional_db: None) -> User:
    """An officer of a department."""
    return make_user("hanh@example.vn", "Nguyễn Thị Hạnh", "officer")


def make_user(email: str, name: str, role: str) -> User:
    """An account with one part in the department of science and technology."""
    unit = Unit.objects.filter(abbreviation="SKHCN").first() or Unit.objects.create(
        name="Sở Khoa học và Công nghệ", abbreviation="SKHCN", kind=Unit.Kind.DEPARTMENT, valid_from=date(2003, 1, 1)
    )
    user = User.objects.create_user(email, name, PASSWORD)
    Membership.objects.create(user=user, unit=unit, role=role, valid_from=date(2020, 1, 1))
    return user


def sign_in(context: BrowserContext, user: User, site: str) -> None:
    """Put a session of `user` into the browser; signing in by the form has its own test."""
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])


def faults(page: Page) -> list[str]:
    """What axe-core finds wrong with the page as it stands, one line each."""
    # Through the debugger, because the page's own policy lets no foreign script in.
    page.evaluate(AXE.read_text())
    found: dict[str, Any] = page.evaluate("([alike, rules]) => axe.run({exclude: alike}, rules)", [ALIKE, RULES])
    return [
        f"{violation['id']}: {node['html'][:160]} — {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
