"""Registers, documents and drafts in a real browser: empty, full, wide and narrow, for the roles that use them."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from khue.accounts.models import User
from khue.core.clock import today
from khue.documents.actions import register_incoming
from khue.documents.actions.casefiles import file_documents, open_case_file
from khue.documents.actions.citations import Cited, cite
from khue.documents.actions.comments import comment
from khue.documents.actions.drafts import compose, save_draft
from khue.documents.actions.handling import dispose
from khue.documents.actions.numbering import reserve_number
from khue.documents.actions.outgoing import Target, issue, number_document
from khue.documents.actions.series import open_series
from khue.documents.actions.signing import attach_signed
from khue.documents.actions.way import advance
from khue.documents.models import Document
from khue.documents.tests.city import PLAN, Office, office, word
from khue.documents.tests.signed import signed_pdf, upload
from khue.files.models import Version
from khue.files.reading import read_version
from tests.browser.conftest import faults, sign_in

SHOTS = os.environ.get("KHUE_SHOTS")
"""A folder to keep pictures in, for people who want to look."""
EMPTY = ["documents", "register-incoming", "register-outgoing", "compose", "case-files", "series"]


def in_a_thread(act: Callable[[], object]) -> None:
    """The browser's driver keeps an event loop in this thread, beside which the checks of signatures cannot run."""

    def done() -> None:
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(done).result()


@pytest.fixture
def here(transactional_db: None, settings: object, tmp_path: Path) -> Office:
    settings.MEDIA_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    return office()


@pytest.fixture
def full(here: Office, tmp_path: Path) -> dict[str, Document]:
    """One of everything."""
    plan = register_incoming(unit=here.sokhcn, by=here.clerk, upload=word(*PLAN))
    assert plan.main_file is not None
    read_version(Version.objects.select_related("file").get(file=plan.main_file))
    plan = Document.objects.get(pk=plan.pk)
    due = today() + timedelta(days=7)
    dispose(plan, by=here.head, level="body", comment="Phòng QLKH tham mưu", lead=here.division, due_on=due)
    register_incoming(
        unit=here.sokhcn, by=here.clerk, typed={"secrecy": 1, "sign": "07/CV-CAHN", "subject": "Về bảo vệ bí mật"}
    )
    press = {"subject": "Họp giao ban công tác chuyển đổi số tháng 3", "urgency": 3, "issuer_name": "Báo Hà Nội mới"}
    register_incoming(unit=here.sokhcn, by=here.clerk, typed=press)
    series = open_series(
        unit=here.sokhcn, by=here.clerk, family="state", issuer_code="SKHCN", begins_on=today(), last=40
    )
    reserve_number(series, by=here.clerk, reason="Báo cáo quý đang trình ký")
    kept = open_case_file(
        unit=here.sokhcn, by=here.clerk, year=2026, notation="05.QLKH", retention="10 năm", started_on=date(2026, 1, 5),
        title="Thực hiện Kế hoạch 345/KH-UBND về chiến lược khoa học, công nghệ và đổi mới sáng tạo",
    )  # fmt: skip
    answer = compose(
        unit=here.sokhcn, by=here.head, paper="report", subject="kết quả thực hiện Kế hoạch 345", answers=plan
    )
    content = {
        "addressees": "Ủy ban nhân dân phường Láng", "place": "Hà Nội", "post": "Giám đốc", "signer": "Bùi Văn Khánh",
        "body": "# I. KẾT QUẢ\n\nĐã giao 12 nhiệm vụ.\n\n| TT | Nhiệm vụ | Hạn |\n| 1 | Xây dựng đề án | 30/6 |",
        "copies_to": "Như trên\nBáo Hà Nội mới", "drafting_code": "QLKH",
    }  # fmt: skip
    save_draft(answer, by=here.head, seen=1, subject="kết quả thực hiện Kế hoạch 345", content=content)
    advance(answer, "submit", by=here.head)
    in_a_thread(lambda: attach_signed(answer, upload(signed_pdf(tmp_path)), by=here.clerk))
    number_document(answer, by=here.clerk)
    issue(answer, by=here.clerk, targets=[Target(here.ward.name, here.ward), Target("Báo Hà Nội mới")])
    cite(answer, [Cited("57-NQ/TW", kind="basis"), Cited("03/2021/QĐ-UBND")])
    file_documents(kept, [plan, answer], by=here.clerk)
    draft = compose(unit=here.sokhcn, by=here.clerk, paper="letter", subject="mời họp triển khai Kế hoạch 345")
    comment(draft, by=here.head, body="Bổ sung thời gian họp.", quote="… đề nghị …")
    return {"plan": plan, "answer": answer, "draft": draft}


@pytest.fixture
def window(open_browser: Callable[..., BrowserContext], live_server: LiveServer) -> Callable[[User, str], Page]:
    """A page of somebody's, at a size."""

    def _window(user: User, size: str = "desk") -> Page:
        context = open_browser(size)
        sign_in(context, user, live_server.url)
        return context.new_page()

    return _window


@pytest.fixture(autouse=True)
def _close() -> Iterator[None]:
    yield
    connection.close()


def look(page: Page, name: str) -> None:
    """No fault, nothing wider than the window, and a picture for those who asked."""
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1")


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_empty_pages(here: Office, window: Callable[..., Page], size: str) -> None:
    page = window(here.clerk, size)
    for name in EMPTY:
        page.goto(reverse(f"documents:{name}"))
        look(page, f"empty-{name}-{size}")


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_full_pages(full: dict[str, Document], here: Office, window: Callable[..., Page], size: str) -> None:
    page = window(here.clerk, size)
    for name in ("tat-ca", "den", "di", "theo-doi", "du-thao"):
        page.goto(reverse("documents:register", args=[name]))
        look(page, f"register-{name}-{size}")
    for name in ("case-files", "series"):
        page.goto(reverse(f"documents:{name}"))
        look(page, f"{name}-{size}")
    for name, document in full.items():
        page.goto(reverse("documents:document", args=[document.pk]))
        look(page, f"document-{name}-{size}")
    page.goto(reverse("documents:graph", args=[full["plan"].pk]))
    look(page, f"graph-{size}")
    page.goto(reverse("documents:correct", args=[full["plan"].pk]))
    look(page, f"correct-{size}")
    page.goto(reverse("documents:draft", args=[full["draft"].pk]))
    look(page, f"draft-{size}")
    page.goto(reverse("documents:case-file", args=[full["plan"].case_files.get().pk]))
    look(page, f"case-file-{size}")


def test_other_roles(full: dict[str, Document], here: Office, window: Callable[..., Page]) -> None:
    page = window(here.ward_clerk)
    page.goto(reverse("documents:document", args=[full["answer"].pk]))
    look(page, "ward-document")
    page.get_by_role("button", name="Xác nhận đã nhận").click()
    expect(page.get_by_text("Đã xác nhận.")).to_be_visible()
    for who in ("leader", "auditor", "officer"):
        page = window(getattr(here, who))
        page.goto(reverse("documents:register", args=["den"]))
        look(page, f"register-{who}")


def test_a_refused_opinion_comes_back_with_its_slip(here: Office, window: Callable[..., Page]) -> None:
    letter = register_incoming(unit=here.sokhcn, by=here.clerk, typed={"sign": "12/BKHCN-KHTC"})
    page = window(here.head)
    page.goto(letter.get_absolute_url())
    page.locator("summary", has_text="Ghi phiếu giải quyết").click()
    slip = page.locator("form[data-draft^=slip]")
    slip.locator("textarea").fill("Giao phòng chuyên môn xử lý")
    slip.get_by_label("Hạn").first.fill("01/01/2020")
    slip.get_by_role("button", name="Ghi").last.click()
    expect(page.locator(".toast-card")).to_contain_text("sớm hơn ngày ghi ý kiến")
    expect(slip.locator("textarea")).to_be_visible()
    expect(slip.locator("textarea")).to_have_value("Giao phòng chuyên môn xử lý")


def test_dropping_two_files_and_one_of_them_again(here: Office, window: Callable[..., Page], tmp_path: Path) -> None:
    paths = []
    for number in (1, 2):
        path = tmp_path / f"van-ban-{number}.docx"
        path.write_bytes(word(*PLAN, f"Bản {number}").read())
        paths.append(path)
    page = window(here.clerk)
    page.goto(reverse("documents:register-incoming"))
    page.set_input_files("input[type=file]", paths)
    page.get_by_role("button", name="Đăng ký", exact=True).dblclick()  # the second press ends nothing and sends nothing
    expect(page.locator(".drop-rows .done")).to_have_count(2)
    page.set_input_files("input[type=file]", paths)
    page.get_by_role("button", name="Đăng ký", exact=True).click()
    expect(page.locator(".drop-rows .refused")).to_have_count(2)
    row = page.locator(".drop-rows .refused").first
    row.get_by_role("textbox").fill("Bản có dấu đỏ")
    row.get_by_role("button", name="Vẫn đăng ký").click()
    expect(page.locator(".drop-rows .done")).to_have_count(3)
    look(page, "dropped")
    assert Document.objects.filter(duplicate_reason="Bản có dấu đỏ").count() == 1


def test_the_editor_saves_while_one_types_and_shows_the_paper(
    full: dict[str, Document], here: Office, window: Callable[..., Page]
) -> None:
    page = window(here.clerk)
    page.goto(reverse("documents:draft", args=[full["draft"].pk]))
    page.get_by_label("Nội dung").fill("Kính mời dự họp.\n\n- Thời gian: 9 giờ")
    expect(page.locator(".paper")).to_contain_text("Thời gian: 9 giờ")
    expect(page.locator("[data-save-state]")).to_contain_text("Đã lưu")
    assert Document.objects.get(pk=full["draft"].pk).draft.body.startswith("Kính mời dự họp.")
