"""Keeping a view of a list with the keyboard, on the office machine and the phone."""

import re
from collections.abc import Callable
from itertools import product

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from khue.accounts.models import User
from tests.browser.chromium import SIZES
from tests.browser.conftest import faults, make_user, sign_in

Open = Callable[..., BrowserContext]
UNITS = "/danh-ba/"


@pytest.fixture
def monitor(transactional_db: None) -> User:
    """Who may share views."""
    return make_user("nam@example.vn", "Lê Hoàng Nam", "monitor")


def _units(open_browser: Open, site: str, user: User, size: str = "desk", theme: str = "light") -> Page:
    context = open_browser(size, theme)
    sign_in(context, user, site)
    page = context.new_page()
    page.goto(f"{UNITS}?q=")
    return page


def test_a_view_is_named_used_and_removed(open_browser: Open, live_server: LiveServer, monitor: User) -> None:
    page = _units(open_browser, live_server.url, monitor)
    page.get_by_role("combobox", name="Loại").select_option(index=1)
    # The bar follows the filters without loading the page anew, and so does the sheet.
    expect(page.get_by_role("link", name="Excel", exact=True)).to_have_attribute("href", re.compile("kind=."))
    opener = page.get_by_role("button", name="Lưu cách xem này")
    opener.focus()
    page.keyboard.press("Enter")
    name = page.get_by_label("Tên cho bộ lọc và thứ tự đang xem")
    name.press("Enter")
    said = name.evaluate("field => field.validationMessage")
    assert said == "Hãy điền mục này.", "in the language of the page, whatever the browser speaks"
    name.fill("Các sở")
    page.get_by_label("Mở danh sách theo cách xem này").check()
    page.keyboard.press("Enter")
    kept = page.get_by_role("link", name="Các sở")
    expect(kept).to_have_attribute("aria-current", "true")
    page.goto(UNITS)
    expect(page).to_have_url(re.compile("kind="))
    page.get_by_role("link", name="Hiện nay").click()
    expect(kept).not_to_have_attribute("aria-current", "true")
    page.get_by_role("button", name="Cách xem của tôi").click()
    page.get_by_label("Tên cách xem").fill("Khối sở")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Khối sở")).to_be_visible()
    page.get_by_role("button", name="Cách xem của tôi").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Cách xem của tôi")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Bỏ: Khối sở").click()
    expect(page.get_by_role("link", name="Khối sở")).to_have_count(0)


@pytest.mark.parametrize(("size", "theme"), list(product(SIZES, ["light", "dark"])))
def test_the_dialog_is_accessible_and_fits(
    open_browser: Open, live_server: LiveServer, monitor: User, size: str, theme: str
) -> None:
    page = _units(open_browser, live_server.url, monitor, size, theme)
    page.goto(f"{UNITS}?state=ended")
    page.get_by_role("button", name="Lưu cách xem này").click()
    page.get_by_label("Tên cho bộ lọc và thứ tự đang xem").fill("Đã kết thúc, " * 4)
    page.get_by_label("Cho mọi người cùng dùng").check()
    page.get_by_role("button", name="Lưu cách xem", exact=True).click()
    page.get_by_role("button", name="Cách xem của tôi").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert faults(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
