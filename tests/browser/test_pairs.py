"""The bench of pairs in a real browser: judged by keyboard, and nothing for axe to find, on a desk and on a phone."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, expect
from pytest_django.live_server_helper import LiveServer

from khue.accounts.models import User
from khue.matching.models import Entry, Likeness
from tests.browser.conftest import faults, make_user, sign_in

Open = Callable[..., BrowserContext]
TITLES = (
    "Xây dựng mô hình trồng măng tây xanh trong nhà màng tại xã Đông Hội", "Trồng măng tây tím tại xã Đông Hội",
    "Chế tạo máy bóc vỏ hạt sen quy mô hộ gia đình",
)  # fmt: skip


@pytest.fixture
def officer(transactional_db: None) -> User:
    """An officer of the department with two pairs to judge."""
    made = [
        Entry.objects.create(kind="person", record=pk, title=title, url="/", year=2020 + pk, words=["mang"])
        for pk, title in enumerate(TITLES, 1)
    ]
    for one, other, score in ((made[0], made[1], 0.9), (made[0], made[2], 0.4)):
        Likeness.objects.create(one=one, other=other, score=score, band="same", why=["cùng đối tượng: măng tây"])
    return make_user("chuyen-vien@example.vn", "Cao Văn Nam", "officer")


def test_pairs_are_judged_by_keyboard(open_browser: Open, live_server: LiveServer, officer: User) -> None:
    context = open_browser()
    sign_in(context, officer, live_server.url)
    page = context.new_page()
    page.goto(live_server.url + reverse("matching:pairs"))
    assert faults(page) == []
    expect(page.locator(".pair-row")).to_have_count(2)
    page.keyboard.press("j")
    page.keyboard.press("d")
    expect(page.locator(".pair-row")).to_have_count(1)
    expect(page.locator(".row-here")).to_have_count(1)
    assert Likeness.objects.get(score=0.9).state == "dismissed"
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.locator(".pair-row")).to_have_count(2)


def test_side_by_side_fits_a_phone(open_browser: Open, live_server: LiveServer, officer: User) -> None:
    context = open_browser(size="phone")
    sign_in(context, officer, live_server.url)
    page = context.new_page()
    for address in (reverse("matching:pairs"), reverse("matching:beside") + "?one=person:1&other=person:2"):
        page.goto(live_server.url + address)
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
