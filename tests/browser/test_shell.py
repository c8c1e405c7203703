"""The frame in a real browser: nothing for axe to find, and everything by keyboard."""

from collections.abc import Callable
from itertools import product

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from khue.accounts.models import User
from tests.browser.chromium import SIZES
from tests.browser.conftest import faults, sign_in

Open = Callable[..., BrowserContext]
PAGES = ["/", "/tim/?q=khoa", "/huong-dan/", "/huong-dan/01-ban-viec/", "/khong-co-trang-nay/", "/ngoai-tuyen/"]


@pytest.mark.parametrize(("size", "theme"), list(product(SIZES, ["light", "dark"])))
def test_axe_finds_nothing(open_browser: Open, live_server: LiveServer, officer: User, size: str, theme: str) -> None:
    officer.theme = theme
    officer.save()
    context = open_browser(size, theme)
    sign_in(context, officer, live_server.url)
    page = context.new_page()
    found = {}
    for address in PAGES:
        page.goto(address)
        found[address] = faults(page)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), f"{address} is wider than {size}"
    assert found == {address: [] for address in PAGES}


@pytest.fixture
def desk(open_browser: Open, live_server: LiveServer, officer: User) -> Page:
    """The desk of the officer."""
    context = open_browser()
    sign_in(context, officer, live_server.url)
    page = context.new_page()
    page.goto("/")
    return page


def test_ctrl_k_goes_anywhere(desk: Page) -> None:
    desk.keyboard.press("Control+k")
    palette = desk.locator("#palette")
    expect(palette).to_be_visible()
    expect(palette.locator("input")).to_be_focused()
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("Enter")
    expect(desk).not_to_have_url("/")
    expect(desk.locator("h1")).to_be_visible()


def test_g_and_a_letter_goes_to_a_place(desk: Page) -> None:
    desk.keyboard.press("g")
    desk.keyboard.press("h")
    expect(desk.locator("h1")).to_have_text("Hướng dẫn")


def test_groups_of_places_fold_by_keyboard_stay_so_and_are_still_reached(desk: Page) -> None:
    group = desk.locator("[data-nav-group=asked]")
    expect(group).not_to_have_attribute("open", "")
    group.locator("summary").focus()
    desk.keyboard.press("Enter")
    expect(group.get_by_role("link").first).to_be_visible()
    desk.reload()
    expect(group.get_by_role("link").first).to_be_visible()
    desk.keyboard.press("g")
    desk.keyboard.press("r")
    expect(desk.locator("h1")).to_have_text("Kết quả nghiên cứu")
    expect(desk.locator("[data-nav-group=results]").get_by_role("link").first).to_be_visible()
    assert desk.locator(".sidebar").evaluate("one => one.scrollHeight <= one.clientHeight"), "it fits an office screen"


def test_a_dialog_keeps_the_focus_and_gives_it_back(desk: Page) -> None:
    opener = desk.locator("[data-dialog=help-panel]").first
    opener.focus()
    desk.keyboard.press("Enter")
    panel = desk.locator("#help-panel")
    expect(panel).to_be_visible()
    expect(panel).to_contain_text("Bàn việc của tôi")
    for _ in range(12):
        desk.keyboard.press("Tab")
        outside = desk.evaluate("document.activeElement !== document.body && !document.activeElement.closest('dialog')")
        assert not outside
    desk.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(opener).to_be_focused()


def test_question_mark_lists_the_keys(desk: Page) -> None:
    desk.keyboard.press("?")
    expect(desk.locator("#keys-panel")).to_contain_text("Dòng dưới, dòng trên")


def test_the_ground_and_the_text_change_at_once_and_stay(desk: Page, officer: User) -> None:
    desk.locator(".person-button").click()
    with desk.expect_response("**/giao-dien/"):
        desk.get_by_role("button", name="Tối").click()
    expect(desk.locator("html")).to_have_attribute("data-theme", "dark")
    with desk.expect_response("**/giao-dien/"):
        desk.get_by_role("button", name="18", exact=True).click()
    desk.reload()
    expect(desk.locator("html")).to_have_attribute("data-theme", "dark")
    assert desk.evaluate("getComputedStyle(document.body).fontSize") == "18px"
    officer.refresh_from_db()
    assert (officer.theme, officer.text_size) == ("dark", 18)


def test_the_language_can_be_changed(desk: Page) -> None:
    desk.locator(".person-button").click()
    desk.get_by_role("button", name="English").click()
    expect(desk.locator("html")).to_have_attribute("lang", "en")
    expect(desk.locator("h1")).to_have_text("My desk")


def test_the_menu_opens_on_a_phone(open_browser: Open, live_server: LiveServer, officer: User) -> None:
    context = open_browser("phone")
    sign_in(context, officer, live_server.url)
    page = context.new_page()
    page.goto("/")
    expect(page.locator(".sidebar")).to_be_hidden()
    page.locator("[data-toggle-nav]").click()
    expect(page.locator(".sidebar")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".sidebar")).to_be_hidden()
    User.objects.filter(pk=officer.pk).update(text_size=20)
    page.reload()
    assert page.evaluate("document.documentElement.scrollWidth") == 360, "the largest letters fit as well"
