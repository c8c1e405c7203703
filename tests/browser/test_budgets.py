"""What people do most, counted in a real browser on the demo city: clicks, words typed, time; and how it looks."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, TransactionTestCase
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from khue.core.clock import today
from khue.councils.models import Ballot
from khue.directory.models import Unit
from khue.documents.actions.casefiles import open_case_file
from khue.documents.actions.directive_create import Order, Share, create
from khue.documents.models import Directive, Document, Reminder
from khue.documents.rules.lateness import soon_until, standing_filter
from khue.indicators.models import Composed, UnitReport
from khue.indicators.rules.checking import told
from khue.indicators.rules.sheet import sheet_of
from khue.needs.models import Need
from khue.needs.tests.test_needs import PIXEL
from khue.site.demo.load import load, sample_document
from tests.browser.chromium import LOOKS
from tests.browser.city import Hand, do_jobs, kind_of, main_pages, person, river_pages
from tests.browser.conftest import faults, sign_in
from tests.browser.reach import NOT_IN_THE_CITY, NOT_PAGES, OFFICE, RIVER, names_within, pages

Window = Callable[..., Page]


@pytest.fixture(scope="module", autouse=True)
def _city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo city, founded once for all tests here; each of them leaves it a little older."""
    renew = TransactionTestCase._fixture_teardown
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: connection.close())
        cache.clear()
        load(months=2)
        connection.close()
        yield
        renew(None)  # type: ignore[arg-type]
        cache.clear()


@pytest.fixture
def window(transactional_db: None, open_browser: Callable[..., BrowserContext], live_server: LiveServer) -> Window:
    """`window("theodoi", size="phone")` is a page of that person of the demo."""

    def _window(login: str, **how: str) -> Page:
        context = open_browser(**how)
        sign_in(context, person(login), live_server.url)
        return context.new_page()

    return _window


def test_a_notice_is_dropped_in_and_its_ten_directives_assigned(window: Window, tmp_path: Path) -> None:
    paper = sample_document()
    file = tmp_path / paper.name
    file.write_bytes(paper.data)
    before = Directive.objects.count()
    page = window("theodoi")
    page.goto("/")
    hand, started = Hand(page), time.monotonic()
    hand.click(".sidebar a:has-text('Văn bản')")
    hand.click("main a:has-text('Đăng ký văn bản đến')")
    page.set_input_files("input[type=file]", file)
    hand.clicks += 2  # opening the dialog of files and choosing one; dropping it is less
    hand.click(page.get_by_role("button", name="Đăng ký", exact=True))
    hand.click("main a:has-text('Tìm nhiệm vụ')")
    document = Document.objects.order_by("-pk")[0]
    do_jobs()  # the page asks until the text is there
    expect(page.locator("mark.passage[data-number]")).to_have_count(10)
    if page.locator("[data-key=A]").count():
        hand.click("[data-key=A]")
        expect(page.locator("[data-key=A]")).to_have_count(0)
    while left := page.locator(".proposal-proposed").count():
        hand.click(".proposal-proposed [data-key=a]")
        expect(page.locator(".proposal-proposed")).to_have_count(left - 1)
    hand.click("[data-assign]")
    hand.click("[data-assign-now]")
    page.wait_for_url(f"**{reverse('documents:outcome', args=[document.pk])}")
    assert Directive.objects.count() == before + 10
    assert (hand.clicks <= 20, hand.typed) == (True, 0), hand.clicks
    assert time.monotonic() - started < 60


def test_a_need_is_filed_with_place_and_photo(window: Window, tmp_path: Path) -> None:
    photo = tmp_path / "cong.png"
    photo.write_bytes(PIXEL)
    before = Need.objects.exclude(state="draft").count()
    page = window("phuong")
    page.goto("/")
    hand = Hand(page)
    hand.click("[data-nav-group=asked] summary")
    hand.click(".sidebar a[href='/nhu-cau/']")
    hand.click("main a[href='/nhu-cau/moi/']")
    hand.type("#id_problem", "Cống ở ngõ chợ tắc mỗi khi mưa lớn, nước ngập vào nhà dân đến nửa ngày.")
    hand.type("#id_affected", "Khoảng 400 hộ")
    hand.click("path[data-place] >> nth=40")
    page.set_input_files("main input[type=file]", photo)
    hand.clicks += 2  # opening the dialog of files and choosing one; dropping it is less
    expect(page.locator("#photos img")).to_be_visible()
    hand.click("button:has-text('Gửi nhu cầu')")
    expect(page.locator("h1")).to_contain_text("Cống ở ngõ chợ tắc")
    assert Need.objects.exclude(state="draft").count() == before + 1
    assert (hand.clicks <= 8, hand.typed <= 6) == (True, True), hand.clicks


def test_an_application_is_scored(window: Window) -> None:
    """By the chair of the council that is in session: every score, one opinion, and the ballot is cast."""
    page = window("chuyengia1")
    page.goto("/")
    hand = Hand(page)
    hand.click("main a[href*='/ghe/']:has-text('Hội đồng tuyển chọn')")
    hand.click("main a[href*='/phieu/']")
    boxes = page.locator(".sheet input[type=number]")
    for number in range(boxes.count()):
        boxes.nth(number).fill("8.5")
    hand.type("#opinion", "Phương pháp phù hợp, cần làm rõ nguồn dữ liệu.")
    hand.click(".ballot-form .btn-primary")
    expect(page.locator("main")).to_contain_text("Đã bỏ phiếu")
    assert (hand.clicks <= 12, hand.typed) == (True, 1), hand.clicks
    judge = person("chuyengia1").person
    assert Ballot.objects.filter(seat__person=judge, seat__council__state="meeting", cast_at__isnull=False).count() == 1


def given_today(lead: Unit) -> Directive:
    """A directive that the unit has not acknowledged yet."""
    notice = Document.objects.filter(direction="in").exclude(main_file=None).latest("pk")
    order = Order("Rà soát các tuyến cống thoát nước ở khu chợ", due_on=today() + timedelta(days=1))
    return create(notice, order, Share(lead, ()), issuer=notice.unit, by=person("theodoi"))


def test_work_is_acknowledged_and_reported_on(window: Window) -> None:
    directive = given_today(Unit.objects.get(code="ubnd-cau-giay"))
    page = window("phuong")
    page.goto("/")
    hand = Hand(page)
    hand.click(f"main a[href='{directive.get_absolute_url()}']")
    hand.click("summary:has-text('Báo cáo')")
    hand.type("[name=text]", "Đã họp, đang dự thảo")
    hand.click("text=Gửi báo cáo")
    expect(page.locator(".report-list", has_text="Đã họp, đang dự thảo")).to_be_visible()
    assert (hand.clicks <= 5, hand.typed) == (True, 1)
    directive.refresh_from_db()
    assert directive.state == "in-progress"


def test_a_quarterly_report_is_sent_with_nothing_typed_that_is_known(window: Window) -> None:
    report = UnitReport.objects.get(unit__code="ubnd-cau-giay", state="draft")
    page = window("phuong")
    page.goto("/")
    hand, started = Hand(page), time.monotonic()
    hand.click(f"main a[href='{report.get_absolute_url()}']")
    sheet = {str(line.indicator.pk): line for line in sheet_of(report).lines if line.is_total}
    counted = [one for one in sheet.values() if one.version.kind == "measured"]
    asked = page.locator("tr[data-figure]:not(.figure-part):has([data-part=value])")
    known = [line for line in sheet.values() if line.value is not None]
    assert counted, "some figures are counted from what is on file"
    assert asked.count() == len(sheet) - len(counted), "what is counted is not asked"
    assert all(line.value is not None for line in counted)
    for number in range(asked.count()):
        row = asked.nth(number)
        line = sheet[(row.get_attribute("data-figure") or "").partition("-")[0]]
        value = row.locator("[data-part=value]")
        if line in known:
            assert value.input_value(), "what was given is there"
            continue
        value.fill(told(line.last or Decimal(5)))  # what nobody but the officer knows
        if line.version.proof_needed:
            row.locator("[data-part=proof]").fill("Xác nhận của Phòng Tài chính")
    expect(page.locator("[data-save-state]")).to_contain_text("Đã lưu")
    hand.click(".report-bar .btn-primary")
    expect(page.locator(".toasts")).to_contain_text("Báo cáo đã gửi")
    report.refresh_from_db()
    assert (report.state, hand.clicks <= 4, hand.typed) == ("submitted", True, 0), hand.clicks
    assert time.monotonic() - started < 60


def test_two_write_a_composed_report_and_nothing_is_written_over(window: Window) -> None:
    report = Composed.objects.earliest("pk")
    part = report.blocks.get(name="general")
    mine, theirs = window("chuyenvien"), window("truongphong", size="phone")
    for page in (mine, theirs):
        page.goto(report.get_absolute_url())
        page.locator(f"#block-{part.pk} .composed-edit > summary").click()
    for page, words in ((mine, " Câu của tôi."), (theirs, " Câu của chị.")):
        page.locator(f"#text-{part.pk}").press("Control+End")
        page.keyboard.type(words)
        said = page.locator(f"#block-{part.pk} [data-state]")
        expect(said).to_contain_text("Đã lưu" if page is mine else "vừa sửa phần này")
    expect(theirs.locator(f"#text-{part.pk}")).to_have_value(re.compile("Câu của chị"))
    part.refresh_from_db()
    assert part.text.endswith("Câu của tôi.")
    assert mine.locator(f"#block-{part.pk} a.counted").count() > 0, "numbers keep their links"
    waiting = mine.locator(".composed-choose")
    assert waiting.locator("mark").count() == 2
    mine.get_by_role("button", name="Lấy lời mới").click()
    expect(waiting).to_have_count(0)
    assert faults(theirs) == []


def test_all_late_units_are_reminded(window: Window) -> None:
    yesterday = today() - timedelta(days=1)
    begun = Directive.objects.filter(state="in-progress", assigned_on__lt=yesterday)
    assert begun.update(due_on=yesterday, first_due_on=yesterday) >= 2
    late = Directive.objects.filter(standing_filter("overdue", today(), soon_until(today())))
    page = window("theodoi")
    page.goto("/")
    hand = Hand(page)
    hand.click("main a:has-text('Toàn cảnh')")
    hand.click("text=Đôn đốc đơn vị quá hạn")
    hand.click("#remind-late button.btn-primary")
    expect(page.locator(".toasts")).to_contain_text("Đã đôn đốc")
    assert (hand.clicks <= 3, hand.typed) == (True, 0)
    assert set(late.values_list("pk", flat=True)) <= set(Reminder.objects.values_list("directive", flat=True))


def test_what_comes_back_shows_its_rounds(window: Window) -> None:
    """The city orders a report every month and one every quarter; those of past rounds are in, one of them late."""
    monthly, quarterly = (Directive.objects.get(every=every) for every in ("month", "quarter"))
    rounds = monthly.children.order_by("period_from")
    assert [one.state == "accepted" for one in rounds[:2]] == [True, True]
    assert [one.late for one in rounds].count(True) >= 1
    page = window("chuyenvien")
    page.goto(quarterly.get_absolute_url())
    expect(page.locator("main .state-recurring")).to_be_visible()
    expect(page.locator(".report-list li:has(a[href*='/nhiem-vu/'])")).to_have_count(quarterly.children.count())
    page = window("theodoi", size="phone")
    page.goto(f"{reverse('documents:directives')}?standing=recurring")
    expect(page.locator("tbody tr")).to_have_count(2)
    expect(page.locator("main .state-overdue")).to_have_count(0)


@pytest.mark.parametrize("words", ["giao ban khoa hoc", "so y te chu tri", "phuong dong da"])
def test_a_record_is_found_by_words_half_remembered(window: Window, words: str) -> None:
    page = window("theodoi")
    page.goto("/")
    hand = Hand(page)
    hand.click("[data-open-palette]")
    hand.type("#palette input", words)
    hit = page.locator("#palette-results a:not([id^=place])")
    expect(hit.first).to_be_visible()
    target = hit.first.get_attribute("href")
    hand.click(hit)
    page.wait_for_url(f"**{target}")
    assert (hand.clicks <= 2, hand.typed) == (True, 1)


WHO_REACHES = [
    *((login, OFFICE) for login in ("theodoi", "quantri", "truongphong")),
    *((login, RIVER) for login in ("chuyenvien", "phuong", "hocvien", "truong", "chuyengia4")),
]
"""The fewest people who together have every page, and the part of the site in which each looks around."""


def test_every_page_is_within_three_clicks_of_the_desk(transactional_db: None) -> None:
    clerk = person("theodoi")
    open_case_file(
        unit=Unit.objects.get(code="ubnd-tp"), by=clerk, year=today().year, notation="01.KGVX", retention="10 năm",
        title="Họp giao ban tuần", started_on=today(),
    )  # fmt: skip
    reached: set[str] = set()
    for login, apps in WHO_REACHES:
        client = Client()
        client.force_login(person(login))
        sought = ["hop giao ban tuan", "do thi hanh"] if apps == OFFICE else ["nguon gen giong sen"]
        reached |= names_within(client, 3, apps=apps, sought=sought)
    assert pages(client) - reached == {*NOT_PAGES, *NOT_IN_THE_CITY}


def test_a_document_is_worked_through_by_keyboard_alone(window: Window) -> None:
    notices = Document.objects.filter(direction="in", directives=None, sign__contains="/TB-").exclude(main_file=None)
    document = notices.order_by("-pk")[0]
    page = window("theodoi")
    page.goto(reverse("documents:extraction", args=[document.pk]))
    cards = page.locator("[data-proposal].proposal")
    many = cards.count()
    assert many >= 5

    def here() -> int:
        return int(
            page.evaluate("[...document.querySelectorAll('.proposal')].findIndex(c => c.matches('.proposal-here'))")
        )

    assert here() == 0
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert here() == 2
    page.keyboard.press("k")
    assert here() == 1
    page.keyboard.press("m")
    expect(page.locator(".proposal")).to_have_count(many - 1)
    page.keyboard.press("z")
    expect(page.locator(".proposal")).to_have_count(many)
    page.keyboard.press("a")
    expect(page.locator(".proposal-accepted")).to_have_count(1)
    page.keyboard.press("r")
    expect(page.locator(".proposal-rejected")).to_have_count(1)
    expect(page.locator(".proposal-here.proposal-proposed")).to_have_count(1)
    _split(page)
    expect(page.locator(".proposal")).to_have_count(many + 1)
    page.keyboard.press("e")
    page.locator("[data-content]").fill("Rà soát lại toàn bộ quy trình")
    page.keyboard.press("Tab")
    expect(page.locator("[data-saved]")).to_have_text("Đã lưu")
    page.keyboard.press("Escape")
    expect(page.locator("text=Rà soát lại toàn bộ quy trình")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-assign-now]")).to_be_visible()
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**{reverse('documents:outcome', args=[document.pk])}")
    assert document.directives.count() == 1


def _split(page: Page) -> None:
    """With s the cursor goes into the passage of the card one is at, arrows take it to the place, s splits there."""
    page.keyboard.press("s")
    expect(page.locator("#source-text")).to_be_focused()
    page.keyboard.press("Control+ArrowRight")
    page.keyboard.type("x")
    page.wait_for_timeout(50)
    page.keyboard.press("s")


@pytest.mark.parametrize(("size", "theme"), LOOKS)
def test_axe_finds_nothing_on_the_main_pages(window: Window, size: str, theme: str) -> None:
    user = person("theodoi")
    user.theme = theme
    user.save(update_fields=["theme"])
    page = window("theodoi", size=size, theme=theme)
    found: dict[str, list[str]] = {}
    for address in main_pages():
        page.goto(address)
        name = kind_of(address)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wrong := [*faults(page), *([f"{wide} px too wide"] if wide > 1 else [])]:
            found[name] = wrong
    assert found == {}


ROLES = ["vanthu", "chuyenvien", "truongphong", "lanhdao", "phuong", "kiemtoan", "quantri"]
"""One of each role; the pages of the one who follows up are gone through above, in both grounds and sizes."""


def test_axe_finds_nothing_at_the_places_of_each_role(window: Window) -> None:
    """The desk of each, and each kind of page that it leads to once."""
    found: dict[tuple[str, str], list[str]] = {}
    seen = {kind_of(address) for address in main_pages()}
    for login in ROLES:
        page = window(login, theme="dark")
        page.goto("/")
        links = page.eval_on_selector_all(".sidebar a, main a.btn", "all => all.map(a => a.getAttribute('href'))")
        new = {kind_of(link): link for link in links if link.startswith("/") and kind_of(link) not in seen}
        seen |= set(new)
        for address in ["/", *new.values()]:
            page.goto(address)
            if wrong := faults(page):
                found[login, address] = wrong
            named = page.title().partition(" · ")[0].strip()
            assert named, f"{address} has no title"
            assert page.locator("main .btn-primary:visible").count() <= 1, f"{address} has two primary buttons"
    assert found == {}


def test_axe_finds_nothing_along_the_river_on_a_phone(window: Window) -> None:
    found: dict[tuple[str, str], list[str]] = {}
    for login, addresses in river_pages():
        page = window(login, size="phone")
        for address in addresses:
            answer = page.goto(address)
            assert answer is not None
            assert answer.status == 200, (login, address)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wrong := [*faults(page), *([f"{wide} px too wide"] if wide > 1 else [])]:
                found[login, address] = wrong
    assert found == {}
