"""Writing a need, answering needs and running a round in a real browser, within the budget of clicks."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from khue.accounts.models import User
from khue.core.clock import today
from khue.files.models import File
from khue.needs.actions import rounds
from khue.needs.actions.rounds import Call
from khue.needs.models import Need, Round
from khue.needs.tests.city import PHONES, SALT, City, build, sent
from khue.needs.tests.test_needs import PIXEL
from khue.site.context import NAV_COOKIE
from tests.browser.chromium import LOOKS
from tests.browser.conftest import faults, sign_in
from tests.browser.test_directives import Clicks

Opener = Callable[..., BrowserContext]
FIELDS = "textarea, #need-form input[type=text]"


@pytest.fixture
def city(transactional_db: None) -> City:
    return build()


@pytest.fixture
def opened(city: City) -> Round:
    call = Call("Nhu cầu 2027", 2027, today(), today() + timedelta(days=20), "Nêu việc bức xúc nhất.")
    found = rounds.open_round(call, [city.lang, city.dong], host=city.science, by=city.officer)
    return rounds.publish(found, by=city.officer)


def window(open_browser: Opener, live_server: LiveServer, user: User, **how: str) -> Page:
    context = open_browser(**how)
    sign_in(context, user, live_server.url)
    return context.new_page()


def test_a_need_with_place_and_photo_in_eight_clicks_and_six_fields(
    open_browser: Opener, live_server: LiveServer, city: City, tmp_path: Path
) -> None:
    page = window(open_browser, live_server, city.ward)
    photo = tmp_path / "ruong.png"
    photo.write_bytes(PIXEL)
    page.goto("/")
    click = Clicks(page)
    click("[data-nav-group=asked] summary")
    click("nav a[href='/nhu-cau/']")
    click("a[href='/nhu-cau/moi/']")
    assert page.locator(FIELDS).count() + page.locator("#need-form fieldset").count() <= 6
    click("#id_problem")
    page.keyboard.type(SALT)
    page.keyboard.press("Tab")
    click(f"path[data-place='{city.dong.place_id}']")
    click("#id_affected")
    page.keyboard.type("Khoảng 600 hộ")
    with page.expect_file_chooser() as chooser:
        click(".upload-zone")
    chooser.value.set_files(photo)
    expect(page.locator("#photos img")).to_be_visible()
    click("button:has-text('Gửi nhu cầu')")
    expect(page.locator("h1")).to_contain_text("Nước tưới vùng rau")
    need = Need.objects.get()
    assert {place.name for place in need.places.all()} == {"Láng", "Đống Đa"}
    assert File.objects.filter(dossier_kind="need", dossier_id=need.pk).count() == 1
    assert click.count <= 8, click.count


def test_nothing_is_lost_when_the_page_or_the_session_goes(
    open_browser: Opener, live_server: LiveServer, city: City
) -> None:
    page = window(open_browser, live_server, city.ward)
    page.goto(reverse("needs:new"))
    page.locator("#id_problem").fill(SALT)
    expect(page.locator("[data-save-state]")).to_contain_text("Đã lưu lúc")
    page.reload()
    expect(page.locator("#id_problem")).to_have_value(SALT)
    page.context.clear_cookies()
    page.locator("#id_hoped").fill("Có giống chịu mặn")
    expect(page.locator("[data-save-state]")).to_contain_text("Phiên làm việc đã hết")
    sign_in(page.context, city.ward, live_server.url)
    page.reload()
    expect(page.locator("#id_hoped")).to_have_value("Có giống chịu mặn")


def test_late_units_are_reminded_in_three_clicks(
    open_browser: Opener, live_server: LiveServer, city: City, opened: Round
) -> None:
    page = window(open_browser, live_server, city.officer)
    # Whoever collects needs has opened this group of places once; the browser remembers it.
    page.context.add_cookies([{"name": NAV_COOKIE, "value": "asked-1", "url": live_server.url}])
    page.goto("/")
    click = Clicks(page)
    click("nav a[href='/nhu-cau/dot/']")
    click(f"a[href='{opened.get_absolute_url()}']")
    click("button:has-text('Đôn đốc 2 đơn vị')")
    expect(page.locator("main")).to_be_visible()
    page.wait_for_load_state()
    assert opened.addressees.filter(reminded_on=today()).count() == 2
    assert click.count <= 3


@pytest.mark.parametrize(("size", "theme"), LOOKS)
def test_axe_finds_nothing_and_nothing_runs_over(
    open_browser: Opener, live_server: LiveServer, city: City, opened: Round, size: str, theme: str
) -> None:
    need = sent(city.ward)
    sent(city.other, SALT + " Ở đây cũng vậy.")
    sent(city.other, PHONES)
    row = opened.addressees.get(unit=city.dong)
    of_ward = ["/nhu-cau/?state=all", "/nhu-cau/moi/", "/nhu-cau/goi-y/", need.get_absolute_url()]
    of_office = ["/nhu-cau/tiep-nhan/", need.get_absolute_url(), "/nhu-cau/dot/", opened.get_absolute_url(),
                 "/nhu-cau/dot/moi/"]  # fmt: skip
    for user, addresses in (
        (city.ward, of_ward), (city.officer, of_office), (city.other, [row.get_absolute_url()])
    ):  # fmt: skip
        page = window(open_browser, live_server, user, size=size, theme=theme)
        for address in addresses:
            page.goto(address)
            page.wait_for_load_state("networkidle")
            assert faults(page) == [], address
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, address
