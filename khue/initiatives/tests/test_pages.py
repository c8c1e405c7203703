"""The pages of initiatives, as people use them."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document
from python_calamine import CalamineWorkbook

from khue.accounts.models import User
from khue.core.clock import at
from khue.initiatives.actions.handling import act
from khue.initiatives.models import Initiative
from khue.initiatives.tests.test_initiatives import APRIL, recognised
from khue.initiatives.tests.town import DECISION, TITLE, Commune
from tests.town import signed_in


def page(by: User, name: str, *args: object, status: int = 200, **query: Any) -> str:
    answer = signed_in(by).get(reverse(f"initiatives:{name}", args=args), query)
    assert answer.status_code == status, (name, answer.status_code)
    return answer.content.decode()


def post(client: Client, name: str, *args: object, **data: Any) -> tuple[int, str]:
    answer = client.post(reverse(f"initiatives:{name}", args=args), data, follow=True)
    return answer.status_code, answer.content.decode()


def typed(here: Commune, **changed: Any) -> dict[str, Any]:
    """The form as the browser sends it."""
    return {
        "title": TITLE, "field": "digital", "unit": here.unit.name, "ground": "invested",
        "first_applied_on": "2026-01-12", "before": "Cũ.", "content": "Mới.", "ability": "Có.", "benefit": "Nhiều.",
        "authors-0-name": "Nguyễn Thị Hạnh", "authors-0-share": "60", "authors-0-born": "1988-05-12",
        "authors-0-workplace": "Xã", "authors-1-name": "Trần Văn Bình", "authors-1-share": "30",
        "authors-1-born": "1990-01-01", "authors-1-workplace": "Xã", **changed,
    }  # fmt: skip


def test_written_kept_and_filed_on_one_page(here: Commune) -> None:
    client = signed_in(here.hanh)
    shown = client.get(reverse("initiatives:new"), follow=True).content.decode()
    draft = Initiative.objects.get()
    for told in ("Nguyễn Thị Hạnh", here.unit.name, 'data-saves="', "similar-box"):
        assert told in shown
    kept = client.post(reverse("initiatives:keep", args=[draft.pk]), {**typed(here), "version": draft.revision})
    assert (kept.status_code, kept.json()["version"], kept.json()["problem"]) == (200, draft.revision + 1, "")
    stale = client.post(reverse("initiatives:keep", args=[draft.pk]), {**typed(here), "version": draft.revision})
    assert stale.status_code == 409
    paper = SimpleUploadedFile("bi-quyet.txt", "Khóa".encode())
    assert post(client, "files", draft.pk, files=paper, confidential="1")[0] == 200
    status, shown = post(client, "write", draft.pk, **typed(here, file="1"))
    assert status == 422
    assert "cộng lại là 90 %; phải đúng 100 %" in shown
    assert "Trần Văn Bình" in shown, "nothing typed is lost"
    assert post(client, "write", draft.pk, **typed(here, file="1", **{"authors-1-born": ""}))[0] == 422
    assert len(Initiative.objects.get().answers["authors"]) == 2, "what is not whole is kept too"
    status, shown = post(client, "write", draft.pk, **typed(here, file="1", **{"authors-1-share": "40"}))
    assert (status, Initiative.objects.get().state) == (200, "submitted")
    assert "bi-quyet.txt" in shown
    assert "bi-quyet.txt" not in page(here.officer, "initiative", draft.pk)
    assert "1988" not in page(here.officer, "initiative", draft.pk)
    page(here.elsewhere, "initiative", draft.pk, status=404)
    page(here.minh, "write", draft.pk, status=404)


def test_the_unit_receives_asks_and_decides(here: Commune) -> None:
    made, unit, author = here.filed(), signed_in(here.minh), signed_in(here.hanh)
    status, shown = post(unit, "move", made.pk, move="receive")
    assert (status, "01/2026" in shown) == (200, True)
    assert post(unit, "move", made.pk, move="ask-correction", comment=" ")[0] == 422
    post(unit, "move", made.pk, move="ask-correction", comment="Thiếu số liệu.")
    assert "Thiếu số liệu." in author.get(reverse("initiatives:write", args=[made.pk])).content.decode()
    post(author, "write", made.pk, **typed(here, file="1", **{"authors-1-share": "40"}))
    assert Initiative.objects.get().authors.count() == 2
    post(unit, "move", made.pk, move="accept")
    shown = page(here.head, "initiative", made.pk)
    assert "chưa kiểm chứng" in shown
    assert "Mới." in shown, "the content is read by those who judge it"
    with at(APRIL):
        head = signed_in(here.head)
        wrong = {"recognise-decision_sign": "", "recognise-decided_on": "2026-04-20"}
        assert post(head, "move", made.pk, move="recognise", **wrong)[0] == 422
        future = {"recognise-decision_sign": "1/QĐ", "recognise-decided_on": "2026-04-21"}
        status, shown = post(head, "move", made.pk, move="recognise", **future)
        assert (status, "Ngày quyết định phải từ" in shown) == (422, True)
        right = {**future, "recognise-decided_on": "2026-04-20"}
        status, shown = post(head, "move", made.pk, move="recognise", **right)
        assert (status, "Giấy chứng nhận" in shown) == (200, True)
        reach = {"level": "unit", "decision_sign": "5/QĐ", "decided_on": "2026-04-20", "decided_by": "UBND xã"}
        assert "5/QĐ" in post(head, "reach", made.pk, **reach)[1]
        assert post(head, "reach", made.pk, **{**reach, "level": "city"})[0] == 422


def test_papers_come_as_word(here: Commune) -> None:
    made = recognised(here, content_secret=True)
    asked = {
        name: reverse("initiatives:paper", args=[made.pk, name]) for name in ("application", "receipt", "certificate")
    }
    words = {name: text_of(signed_in(here.hanh).get(url).content) for name, url in asked.items()}
    assert "Khóa ký của mã." in words["application"]
    assert "01/2026" in words["receipt"]
    assert "Không có tài liệu kèm theo." in words["receipt"]
    assert "ngày 09 tháng 3 năm 2026" in words["receipt"], "the day of receipt, whenever it is printed"
    assert "234/QĐ-UBND ngày 20/04/2026" in words["certificate"]
    assert "mã QR để" not in words["certificate"]
    assert "ngày 20 tháng 4 năm 2026" in words["certificate"]
    assert "……" not in words["certificate"].replace("……, ngày", ""), "only the place of a unit without one is open"
    elsewhere = signed_in(here.elsewhere)
    shown = elsewhere.get(reverse("initiatives:initiative", args=[made.pk])).content.decode()
    assert ("mã QR để" in shown, "Khóa ký" in shown, "cần bảo mật" in shown) == (False, False, True)
    assert [elsewhere.get(url).status_code for url in asked.values()] == [404, 404, 200]
    other = here.judged(title="Đã cũ")
    with at(APRIL):
        act(other, "refuse", by=here.head, comment="Đã áp dụng từ 2024.", data=DECISION)
    paper = signed_in(here.hanh).get(reverse("initiatives:paper", args=[other.pk, "refusal"]))
    assert "Đã áp dụng từ 2024." in text_of(paper.content)


def text_of(data: bytes) -> str:
    file = Document(io.BytesIO(data))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in file.paragraphs), *cells])


FOUND_BY: tuple[dict[str, Any], ...] = (
    {"q": "hen gio tra ket qua"}, {"q": "hạnh 01/2026"}, {"state": "recognised", "year": "2026", "field": "digital"},
    {"unit": "xã Vân Nội"},
)  # fmt: skip
NOT_FOUND_BY: tuple[dict[str, Any], ...] = (
    {"q": "khong co"}, {"state": "overdue"}, {"field": "social"}, {"unit": "xã Phúc Thịnh"}, {"year": "2025"},
    {"reach": "city"}, {"whose": "mine"},
)  # fmt: skip


def test_the_register_is_narrowed(here: Commune) -> None:
    recognised(here)
    for query in (*FOUND_BY, *NOT_FOUND_BY):
        assert (TITLE in page(here.officer, "initiatives", **query)) is (query in FOUND_BY), query


def test_the_register_comes_as_a_sheet_and_says_what_it_is_for(here: Commune) -> None:
    assert "Nộp đơn công nhận" in page(here.hanh, "initiatives")
    recognised(here)
    sheet = signed_in(here.officer).get(reverse("initiatives:initiatives-excel"), {"q": "QR"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    assert any(TITLE in row and "Nguyễn Thị Hạnh (100 %)" in row for row in rows)


def test_a_unit_sets_its_own_sheet(here: Commune) -> None:
    head, own = signed_in(here.head), here.unit.pk
    said = {
        "criteria": "Tính mới: 40\nHiệu quả: 50",
        "points_pass": "65",
        "decision_sign": "9/QĐ",
        "decided_on": "2026-03-01",
    }
    status, shown = post(head, "sheet", own, **said)
    assert (status, "cộng lại 90 điểm" in shown) == (422, True)
    assert post(head, "sheet", own, **{**said, "criteria": "Tính mới"})[0] == 422
    assert "65 điểm" in post(head, "sheet", own, **{**said, "criteria": "Tính mới: 40\nHiệu quả: 60"})[1]
    assert "Thủ trưởng đơn vị đặt" in post(signed_in(here.minh), "sheet", own)[1]
