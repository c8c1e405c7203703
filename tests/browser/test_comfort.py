"""What keeps work from being lost: drafts, uploads, undo, rows by keyboard, charts; on the style page."""

import re
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from khue.accounts.models import User
from khue.core.refusals import Refusal, Refused
from tests.browser.chromium import SIZES
from tests.browser.conftest import faults, sign_in

Open = Callable[..., BrowserContext]
STYLE = "/thanh-phan/"


@pytest.fixture(autouse=True)
def _demo(settings: Settings) -> None:
    settings.DEMO = True


@pytest.fixture
def style(open_browser: Open, live_server: LiveServer, officer: User) -> Page:
    """The style page, as the officer sees it."""
    context = open_browser()
    sign_in(context, officer, live_server.url)
    page = context.new_page()
    page.goto(STYLE)
    return page


@pytest.mark.parametrize(("size", "theme"), list(product(SIZES, ["light", "dark"])))
def test_every_component_is_accessible(open_browser: Open, live_server: LiveServer, size: str, theme: str) -> None:
    page = open_browser(size, theme).new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    for address in (STYLE, f"{STYLE}?toast=1", f"{STYLE}?wrong=1"):
        page.goto(address)
        expect(page.locator(".chart svg")).to_be_visible()
        assert faults(page) == []
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert [text for text in said if "favicon" not in text] == []


def test_a_draft_comes_back_and_can_be_thrown_away(style: Page) -> None:
    style.fill("[name=subject]", "Rà soát nhiệm vụ")
    style.check("[name=manner][value=many]")
    style.wait_for_timeout(600)
    style.goto("/")
    expect(style.locator("[data-unsent] a")).to_have_text("Biểu mẫu thử")
    style.locator("[data-unsent] a").click()
    expect(style.locator("[name=subject]")).to_have_value("Rà soát nhiệm vụ")
    expect(style.locator("[name=manner][value=many]")).to_be_checked()
    expect(style.locator(".draft-note")).to_contain_text("Đã đưa lại nội dung bạn gõ lúc")
    style.get_by_role("button", name="Bỏ bản nháp").click()
    expect(style.locator("[name=subject]")).to_have_value("")
    style.reload()
    expect(style.locator(".draft-note")).to_have_count(0)


def test_a_draft_ends_when_the_form_is_accepted(style: Page) -> None:
    style.fill("[name=subject]", "Rà soát nhiệm vụ")
    style.check("[name=manner][value=many]")
    style.get_by_role("button", name="Lưu").click()
    expect(style.locator(".toast-card")).to_contain_text("Đã nhận biểu mẫu mẫu.")
    expect(style.locator(".draft-note")).to_have_count(0)
    assert style.evaluate("Object.keys(localStorage).filter(key => key.includes('draft'))") == []


def test_a_lost_session_keeps_what_was_typed(style: Page) -> None:
    style.fill("[name=subject]", "Đã gõ rất lâu")
    style.check("[name=manner][value=one]")
    style.context.clear_cookies(name="csrftoken")
    style.get_by_role("button", name="Lưu").click()
    expect(style.locator("h1")).to_have_text("Phiên làm việc đã hết")
    style.get_by_role("link", name="Trở lại biểu mẫu").click()
    expect(style.locator("[name=subject]")).to_have_value("Đã gõ rất lâu")


def test_signing_out_forgets_the_drafts(style: Page) -> None:
    style.fill("[name=subject]", "Riêng tư")
    style.wait_for_timeout(600)
    style.locator(".person-button").click()
    style.get_by_role("button", name="Đăng xuất").click()
    style.wait_for_load_state()
    assert style.evaluate("Object.keys(localStorage).filter(key => key.includes('draft'))") == []


def test_a_chosen_file_is_named_and_sent(style: Page, tmp_path: Path) -> None:
    paper = tmp_path / "Công văn 12.pdf"
    paper.write_bytes(b"%PDF-1.4 " + b"0" * 2_500_000)
    style.set_input_files("#upload-file", paper)
    expect(style.locator(".upload-files")).to_contain_text("Công văn 12.pdf")
    expect(style.locator(".upload-files")).to_contain_text("2,5 MB")
    style.fill("[name=subject]", "Có tệp")
    style.check("[name=manner][value=one]")
    style.get_by_role("button", name="Lưu").click()
    expect(style.locator(".toast-card")).to_contain_text("Đã nhận biểu mẫu mẫu.")


def test_a_form_with_errors_comes_back_with_the_summary_focused(style: Page, tmp_path: Path) -> None:
    paper = tmp_path / "a.pdf"
    paper.write_bytes(b"%PDF-1.4")
    style.set_input_files("#upload-file", paper)
    style.evaluate("document.querySelector('form[data-draft]').noValidate = true")
    style.get_by_role("button", name="Lưu").click()
    expect(style.locator(".error-summary")).to_be_focused()
    style.get_by_role("link", name="Trích yếu: Xin điền ô này.").click()
    expect(style.locator("[name=subject]")).to_be_focused()


def test_rows_are_walked_selected_and_opened_by_keyboard(style: Page) -> None:
    bar = style.locator(".bulk-bar")
    expect(bar).to_be_hidden()
    for key in ("j", "x", "j", "x"):
        style.keyboard.press(key)
    expect(bar).to_contain_text("2 dòng đã chọn")
    expect(style.locator("tr.row-here")).to_have_count(1)
    style.keyboard.press("k")
    style.keyboard.press("Enter")
    expect(style).to_have_url(f"{style.url.split('?')[0]}?row=1")


def test_letters_typed_into_a_field_are_no_shortcuts(style: Page) -> None:
    style.locator("[name=subject]").press_sequentially("gh?jx")
    expect(style.locator("[name=subject]")).to_have_value("gh?jx")
    expect(style.locator("#keys-panel")).to_be_hidden()


def test_what_was_done_can_be_undone_from_the_toast(style: Page) -> None:
    style.goto(f"{STYLE}?toast=1")
    toast = style.locator(".toast-card", has_text="Đã giao 10 nhiệm vụ")
    with style.expect_request(lambda request: request.method == "POST"):
        toast.get_by_role("button", name="Hoàn tác").click()


def test_days_are_typed_and_shown_as_the_paper_writes_them(style: Page) -> None:
    typed = style.locator(".day-field input[type=text]").first
    sent = style.locator(".day-field input[type=date]").first
    expect(typed).to_have_attribute("placeholder", "dd/mm/yyyy")
    typed.press_sequentially("30062026")
    expect(typed).to_have_value("30/06/2026")
    expect(sent).to_have_value("2026-06-30")
    typed.fill("31/06/2026")
    expect(sent).to_have_value("")
    assert typed.evaluate("field => field.validationMessage") == "Hãy ghi ngày theo dạng dd/mm/yyyy, ví dụ 30/06/2026."
    typed.fill("1.7.2026")
    typed.blur()
    expect(typed).to_have_value("01/07/2026")
    sent.fill("2026-12-05")
    expect(typed).to_have_value("05/12/2026")


def test_search_answers_while_one_types(style: Page) -> None:
    style.keyboard.press("Control+k")
    style.keyboard.type("ban viec", delay=20)
    hit = style.locator("#palette .palette-hit", has_text="Bàn việc của tôi")
    expect(hit).to_be_visible()
    expect(style.locator("#palette .palette-hit").first).to_have_attribute("aria-selected", "true")
    style.keyboard.press("Enter")
    expect(style).to_have_url(re.compile("/huong-dan/01-ban-viec/"))


def test_a_refusal_inside_a_page_is_told_in_its_own_words(style: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> None:
        raise Refused(Refusal("x", "Việc này đã giao cho Sở Tài chính."))

    monkeypatch.setattr("khue.core.search.find", refuse)
    style.keyboard.press("Control+k")
    style.keyboard.type("ban viec")
    expect(style.locator(".toast-card")).to_have_text("Việc này đã giao cho Sở Tài chính.")
