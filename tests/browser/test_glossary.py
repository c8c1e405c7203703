"""Terms explained where they stand: by pointer, keyboard and finger; and the page of all of them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from khue.accounts.models import User
from tests.browser.conftest import faults, sign_in

Open = Callable[..., BrowserContext]


@pytest.fixture(autouse=True)
def _demo(settings: Settings) -> None:
    """The page of components is there for developers and in the demo."""
    settings.DEMO = True


@pytest.fixture
def samples(open_browser: Open, live_server: LiveServer, officer: User) -> Page:
    """The page of components, where three terms are explained."""
    context = open_browser()
    sign_in(context, officer, live_server.url)
    page = context.new_page()
    page.goto("/thanh-phan/")
    return page


def note_of(word: Locator) -> Locator:
    """The explanation that the word names as its description."""
    return word.page.locator(f"#{word.get_attribute('aria-describedby')}")


def test_pointing_shows_the_explanation_and_looking_away_hides_it(samples: Page) -> None:
    word = samples.get_by_role("button", name="Số, ký hiệu")
    note = note_of(word)
    expect(note).to_be_hidden()
    word.hover()
    expect(note).to_be_visible()
    expect(note).to_contain_text("345/KH-UBND")
    note.hover()
    expect(note).to_be_visible()
    samples.locator("h1").hover()
    expect(note).to_be_hidden()


def test_the_keyboard_reaches_it_and_escape_closes_it_alone(samples: Page) -> None:
    word = samples.get_by_role("button", name="Số, ký hiệu")
    word.scroll_into_view_if_needed()
    word.focus()
    samples.keyboard.press("Shift+Tab")
    samples.keyboard.press("Tab")
    expect(note_of(word)).to_be_visible()
    box = note_of(word).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= samples.evaluate("innerWidth")
    samples.keyboard.press("Escape")
    expect(note_of(word)).to_be_hidden()
    expect(word).to_be_focused()
    samples.keyboard.press("Enter")
    expect(note_of(word)).to_be_visible()
    samples.keyboard.press("Tab")
    expect(note_of(word)).to_be_hidden()
    assert faults(samples) == []


def test_a_tap_shows_it_and_a_second_hides_it(live_server: LiveServer, browser, officer: User) -> None:
    context = browser.new_context(base_url=live_server.url, viewport={"width": 360, "height": 700}, has_touch=True)
    sign_in(context, officer, live_server.url)
    page = context.new_page()
    page.goto("/thanh-phan/")
    word = page.get_by_role("button", name="Trích yếu")
    word.tap()
    expect(note_of(word)).to_be_visible()
    word.tap()
    expect(note_of(word)).to_be_hidden()
    word.tap()
    page.locator("h1").tap()
    expect(note_of(word)).to_be_hidden()
    context.close()


def test_the_glossary_finds_without_accents(samples: Page) -> None:
    samples.goto("/huong-dan/thuat-ngu/")
    assert faults(samples) == []
    expect(samples.locator("dt")).not_to_have_count(1)
    samples.get_by_role("searchbox").first.fill("trich yeu")
    expect(samples.locator("#list dt").first).to_contain_text("trích yếu")
    samples.goto("/huong-dan/thuat-ngu/?q=khong-co-tu-nay")
    expect(samples.locator("#list")).to_contain_text("Không có thuật ngữ nào khớp")
