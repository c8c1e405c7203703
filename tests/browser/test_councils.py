"""A member of a council scores applications: clicks counted in a real browser; the pages on a phone and in the dark."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from khue.accounts.models import User
from khue.councils.actions import open_session
from khue.councils.models import Council
from khue.missions.models import OrderList
from khue.missions.tests.market import order_in
from tests.browser.chromium import LOOKS
from tests.browser.conftest import faults, sign_in
from tests.journeys.meetings import member
from tests.journeys.river import River, river

MOST_CLICKS = 12
OFFICERS = ("", "thanh-vien/", "kiem-phieu/")


@pytest.fixture
def meeting(transactional_db: None) -> tuple[River, Council]:
    """Two applications before a council that is in session."""
    story = river(date(2024, 3, 4))
    listed = OrderList.objects.create(
        title="Danh mục", year=2024, host=story.market.mill.department, state="approved", decision_sign="1120/QĐ-UBND",
        decided_on=story.day,
    )  # fmt: skip
    selection = story.called(order_in(listed, 1))
    story.two_applications(selection)
    council = story.before_council(story.opened(selection))
    with story.now():
        council = story.market.seated(council)
        open_session(council, by=story.officer)
    return story, council


def entered(open_browser: Callable[..., BrowserContext], user: User, live_server: LiveServer, **how: str) -> Page:
    context = open_browser(**how)
    sign_in(context, user, live_server.url)
    return context.new_page()


def test_one_application_is_scored_within_the_budget_and_every_page_is_sound(
    meeting: tuple[River, Council], open_browser: Callable[..., BrowserContext], live_server: LiveServer
) -> None:
    story, council = meeting
    seat = council.seats.select_related("person").latest("pk")
    judge = member(seat.person)
    page, clicks = entered(open_browser, judge, live_server), 0
    page.goto("/")
    for place in (f"main a[href='{seat.get_absolute_url()}']", "main a[href*='/phieu/']"):
        page.locator(place).first.click()
        clicks += 1
    for box in page.locator(".sheet input[type=number]").all():
        box.fill("4")
    page.locator(".ballot-form .btn-primary").click()
    clicks += 1
    expect(page.locator("main")).to_contain_text("Đã bỏ phiếu")
    assert clicks <= MOST_CLICKS
    assert seat.ballots.filter(cast_at__isnull=False).count() == 1
    ballot = f"{seat.get_absolute_url()}phieu/{council.subjects.latest('pk').pk}/"
    found: dict[tuple[str, str, str], list[str]] = {}
    for size, theme in LOOKS:
        for user, places in (
            (judge, [seat.get_absolute_url(), ballot]),
            (story.officer, ["/hoi-dong/", *(f"{council.get_absolute_url()}{end}" for end in OFFICERS)]),
        ):
            user.theme = theme
            user.save(update_fields=["theme"])
            window = entered(open_browser, user, live_server, size=size, theme=theme)
            for address in places:
                window.goto(address)
                wide = window.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                if wrong := [*faults(window), *([f"{wide} px too wide"] if wide > 1 else [])]:
                    found[address, size, theme] = wrong
    assert found == {}
