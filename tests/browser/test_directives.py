"""From a document to assigned, reported and reminded directives in a real browser, within the budgets of clicks."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from khue.accounts.models import User
from khue.core.clock import at, today
from khue.documents.actions import proposals
from khue.documents.actions.directive_assign import assign
from khue.documents.models import Directive, Document
from khue.documents.tests.directive_city import City
from khue.documents.tests.reading import document, proposal, read
from tests.browser.conftest import faults, sign_in

Opener = Callable[..., BrowserContext]
TASKS = [
    "rà soát các dự án", "bố trí kinh phí", "xây dựng đề án", "lập danh mục dữ liệu", "kiểm tra phần mềm",
    "tổ chức tập huấn", "báo cáo kết quả", "hoàn thiện quy chế", "đánh giá hiệu quả", "đề xuất giải pháp",
]  # fmt: skip


class Clicks:
    """Clicks as a person makes them, counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def __call__(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.count += 1


@pytest.fixture
def city(transactional_db: None) -> City:
    return City()


@pytest.fixture
def notice(city: City) -> Document:
    """A notice with ten instructions, read, nothing chosen yet."""
    return ten(city)


def ten(city: City) -> Document:
    """The notice."""
    made = document(city.office, city.clerk)
    extraction = read(made, "\n".join(f"{n}. Sở Tài chính {words}." for n, words in enumerate(TASKS, 1)))
    for n, words in enumerate(TASKS):
        sure = 0.95 if n < 7 else 0.5
        proposal(extraction, words, city.finance, confidence=sure, due_on=today() + timedelta(days=30))
    return made


def given(city: City, notice: Document, due_on: date) -> list[Directive]:
    extraction = notice.extraction
    extraction.proposals.update(due_on=due_on)
    proposals.accept_sure(extraction, by=city.officer)
    return assign(extraction, by=city.head)


def window(open_browser: Opener, live_server: LiveServer, user: User, **how: str) -> Page:
    context = open_browser(**how)
    sign_in(context, user, live_server.url)
    return context.new_page()


def test_ten_directives_are_assigned_in_twenty_clicks(
    city: City, notice: Document, open_browser: Opener, live_server: LiveServer
) -> None:
    page = window(open_browser, live_server, city.head)
    page.goto(reverse("documents:extraction", args=[notice.pk]))
    expect(page.locator("mark.passage")).to_have_count(10)
    click = Clicks(page)
    click("text=Chọn 7 mục chắc chắn")
    expect(page.locator(".proposal-accepted")).to_have_count(7)
    for left in (2, 1, 0):
        click(".proposal-proposed [data-key=a]")
        expect(page.locator(".proposal-proposed")).to_have_count(left)
    click("[data-assign]")
    click("[data-assign-now]")
    page.wait_for_url(f"**{reverse('documents:outcome', args=[notice.pk])}")
    assert click.count <= 20
    assert Directive.objects.count() == 10


def test_the_same_by_keyboard_with_undo(
    city: City, notice: Document, open_browser: Opener, live_server: LiveServer
) -> None:
    page = window(open_browser, live_server, city.head)
    page.goto(reverse("documents:extraction", args=[notice.pk]))
    page.keyboard.press("a")
    expect(page.locator(".proposal-accepted")).to_have_count(1)
    expect(page.locator(".proposal-here.proposal-proposed")).to_have_count(1)
    page.keyboard.press("r")
    expect(page.locator(".proposal-rejected")).to_have_count(1)
    expect(page.locator(".proposal-here.proposal-proposed")).to_have_count(1)
    page.keyboard.press("z")
    expect(page.locator(".proposal-rejected")).to_have_count(0)
    expect(page.locator(".proposal-here.proposal-proposed")).to_have_count(1)
    page.keyboard.press("e")
    page.locator("[data-content]").fill("Rà soát lại toàn bộ")
    page.keyboard.press("Tab")
    expect(page.locator("[data-saved]")).to_have_text("Đã lưu")
    page.keyboard.press("Escape")
    expect(page.locator("text=Rà soát lại toàn bộ")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-assign-now]")).to_be_visible()
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**{reverse('documents:outcome', args=[notice.pk])}")
    assert Directive.objects.count() == 1


def test_acknowledge_and_report_in_five_clicks_and_one_text(
    city: City, notice: Document, open_browser: Opener, live_server: LiveServer
) -> None:
    directive = given(city, notice, today() + timedelta(days=30))[0]
    page = window(open_browser, live_server, city.worker)
    page.goto(reverse("site:desk"))
    click = Clicks(page)
    click(f"a[href='{directive.get_absolute_url()}']")
    click("summary:has-text('Báo cáo')")
    page.locator("[name=text]").first.fill("Đã rà soát một nửa")
    click("text=Gửi báo cáo")
    expect(page.locator(".report-list")).to_contain_text("Đã rà soát một nửa")
    assert click.count <= 5
    directive.refresh_from_db()
    assert directive.state == "in-progress"


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_late_units_are_reminded_in_three_clicks_from_the_desk(
    city: City, open_browser: Opener, live_server: LiveServer, size: str
) -> None:
    with at(today() - timedelta(days=40)):
        given(city, ten(city), today())
    page = window(open_browser, live_server, city.head, size=size)
    page.goto("/")
    click = Clicks(page)
    click("main a:has-text('Toàn cảnh')")
    click("text=Đôn đốc đơn vị quá hạn")
    expect(page.locator("#remind-late")).to_contain_text("Sở Tài chính")
    click("#remind-late button.btn-primary")
    expect(page.locator(".toasts")).to_contain_text("Đã đôn đốc 1 đơn vị")
    assert click.count <= 3


def test_picked_directives_are_counted_and_acknowledged_together(
    city: City, open_browser: Opener, live_server: LiveServer
) -> None:
    assigned = given(city, ten(city), today() + timedelta(days=30))
    page = window(open_browser, live_server, city.worker)
    page.goto(reverse("documents:directives"))
    bar = page.locator(".bulk-bar")
    expect(bar).to_be_hidden()
    for key in "jx":
        page.keyboard.press(key)
    expect(bar).to_contain_text("1 dòng đã chọn")
    page.get_by_label("Chọn mọi dòng ở trang này").check()
    rows = page.locator("tbody tr").count()
    expect(bar).to_contain_text(f"{rows} dòng đã chọn")
    bar.get_by_role("button", name="Bỏ chọn").click()
    expect(bar).to_be_hidden()
    for key in "jx":
        page.keyboard.press(key)
    bar.get_by_role("button", name="Xác nhận đã nhận").click()
    page.wait_for_load_state()
    assert Directive.objects.filter(pk__in=[one.pk for one in assigned], state="acknowledged").count() == 1


@pytest.fixture
def everywhere(city: City, notice: Document) -> list[str]:
    """The pages of directives with something on them."""
    directive = given(city, notice, today() + timedelta(days=2))[0]
    return [
        reverse("documents:extraction", args=[notice.pk]),
        reverse("documents:outcome", args=[notice.pk]),
        reverse("documents:directives"),
        directive.get_absolute_url(),
        reverse("documents:board"),
        reverse("documents:report-directives"),
    ]


@pytest.mark.parametrize(("size", "theme"), [("desk", "light"), ("phone", "dark")])
def test_axe_finds_nothing_and_nothing_runs_over(
    city: City, everywhere: list[str], open_browser: Opener, live_server: LiveServer, size: str, theme: str
) -> None:
    page = window(open_browser, live_server, city.head, size=size, theme=theme)
    for address in everywhere:
        page.goto(address)
        assert faults(page) == [], address
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide, address
