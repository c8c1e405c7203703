"""The directory, accounts and notices in a real browser: nothing for axe to find, and a passkey that signs in."""

from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from khue.accounts.models import User
from khue.core.actors import CALENDAR, IMPORTER
from khue.directory.actions.people import add_person, declare_expertise
from khue.directory.models import Unit
from khue.missions.actions.select.applications import start
from khue.missions.tests.market import market
from khue.notices.actions import notify
from tests.browser.conftest import PASSWORD, faults, make_user, sign_in

Open = Callable[..., BrowserContext]


@pytest.fixture
def keeper(transactional_db: None) -> User:
    """An administrator with something on every page."""
    user = make_user("quan-tri@example.vn", "Ngô Anh Tuấn", "administrator")
    person = add_person(full_name="Trần Thị Lan", title="TS.", by=IMPORTER)
    declare_expertise(person, topic="Công nghệ sinh học", by=IMPORTER)
    notify([user], key="axe:1", subject="Nhiệm vụ mới", body="Hạn 20/5", url="/", urgent=True, by=CALENDAR)
    Unit.objects.create(name="Sở cũ", kind="department", valid_from=date(2003, 1, 1), valid_to=date(2025, 2, 28))
    return user


def test_no_page_hinders_anybody(open_browser: Open, live_server: LiveServer, keeper: User) -> None:
    context = open_browser()
    sign_in(context, keeper, live_server.url)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    science, old = Unit.objects.get(abbreviation="SKHCN"), Unit.objects.get(name="Sở cũ")
    addresses = [
        reverse("directory:units"), science.get_absolute_url(), old.get_absolute_url(), reverse("directory:people"),
        reverse("directory:add-unit"), reverse("directory:places"), reverse("accounts:users"),
        reverse("accounts:user", args=[keeper.pk]), reverse("accounts:invite"), reverse("accounts:profile"),
        reverse("mfa_index"), reverse("usersessions_list"), reverse("account_change_password"),
        reverse("notices:list"), reverse("notices:preferences"),
    ]  # fmt: skip
    found = {}
    for address in addresses:
        page.goto(live_server.url + address)
        found[address] = faults(page)
    assert {address: wrong for address, wrong in found.items() if wrong} == {}
    assert said == []


def test_a_unit_is_offered_while_one_writes(open_browser: Open, live_server: LiveServer, keeper: User) -> None:
    context = open_browser()
    sign_in(context, keeper, live_server.url)
    page = context.new_page()
    page.goto(live_server.url + reverse("directory:add-unit"))
    page.locator("[name=parent]").press_sequentially("so khoa hoc")
    offered = page.locator("[name=parent] + datalist option")
    expect(offered).to_have_count(1)
    assert offered.get_attribute("value") == "Sở Khoa học và Công nghệ"


def test_a_passkey_is_added_and_signs_in(open_browser: Open, live_server: LiveServer, keeper: User) -> None:
    page = open_browser().new_page()
    _with_authenticator(page)
    site = live_server.url.replace("127.0.0.1", "localhost")
    page.goto(f"{site}{reverse('account_login')}")
    page.fill("[name=login]", keeper.email)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.goto(f"{site}{reverse('mfa_add_webauthn')}")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Xác nhận", exact=True).click()
    page.fill("[name=name]", "Máy của tôi")
    expect(page.locator("[name=passwordless]")).to_be_checked()
    page.locator("#mfa_webauthn_add").click()
    expect(page.get_by_text("mã khôi phục").first).to_be_visible()
    page.context.clear_cookies()
    page.goto(f"{site}{reverse('account_login')}")
    page.get_by_role("button", name="khóa truy cập").click()
    expect(page.locator(".person-button .avatar")).to_be_visible()


def _with_authenticator(page: Page) -> None:
    """A security key made of software, which always agrees."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_person_is_offered_while_one_writes_and_chosen_by_keyboard(
    open_browser: Open, live_server: LiveServer, keeper: User
) -> None:
    for title in ("TS.", "PGS.TS."):
        other = add_person(full_name="Lê Thị Hoa", title=title, by=IMPORTER)
    keeper.person = add_person(full_name=keeper.full_name, by=IMPORTER)
    keeper.save()
    context = open_browser("phone")
    sign_in(context, keeper, live_server.url)
    page = context.new_page()
    page.goto(reverse("councils:expert", args=[keeper.person.pk]))
    field, offered = page.locator("[name=relative]"), page.locator("#people-offered [role=option]")
    field.press_sequentially("tran thi la")
    expect(offered).to_have_count(1)
    assert faults(page) == []
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("Trần Thị Lan")
    expect(page.locator("#people-offered")).to_be_hidden()
    field.fill("")
    field.press_sequentially("le thi hoa")
    expect(offered).to_have_text([r"Lê Thị HoaTS.", "Lê Thị HoaPGS.TS."])
    field.press("ArrowUp")
    field.press("Enter")
    expect(field).to_have_value(f"Lê Thị Hoa #{other.pk}")
    field.press_sequentially("x")
    field.press("Escape")
    expect(page.locator("#people-offered")).to_be_hidden()


def test_who_is_chosen_fills_title_and_unit_of_the_row(
    open_browser: Open, live_server: LiveServer, transactional_db: None
) -> None:
    fair = market()
    fair.called()
    draft = start(fair.selection(), fair.mill.host, by=fair.first_head)
    context = open_browser()
    sign_in(context, fair.first_head, live_server.url)
    page = context.new_page()
    page.goto(reverse("missions:application-section", args=[draft.pk, "people"]))
    page.locator("[name=rows-0-name]").press_sequentially("le van a")
    expect(page.locator("#people-offered [role=option]")).to_have_count(1)
    page.locator("#people-offered [role=option]").click()
    expect(page.locator("[name=rows-0-name]")).to_have_value("Lê Văn An")
    expect(page.locator("[name=rows-0-title]")).to_have_value("TS.")
    expect(page.locator("[name=rows-0-unit]")).to_have_value("Viện thứ 1")
    page.locator("[name=rows-0-role]").select_option("investigator")
    page.locator("[data-add-row]").click()
    page.locator("[name=rows-1-name]").fill("Người Mới Hoàn Toàn")
    page.locator("[name=rows-1-role]").select_option("member")
    expect(page.locator("[data-save-state]")).to_contain_text("Đã lưu lúc")
    assert draft.plan.people.count() == 2, "whoever is not in the directory is simply written"
