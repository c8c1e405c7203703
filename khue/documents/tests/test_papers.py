"""From a draft to its paper: what the markup means, and who decides."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document as Word

from khue.core.clock import at, today
from khue.directory.models import Place
from khue.documents.actions.drafts import compose, save_draft
from khue.documents.actions.series import open_series
from khue.documents.rules.paper import official_paper
from khue.documents.tests.city import Office, office
from khue.office.word import Item, Paragraph
from khue.office.word.markup import blocks

GROUNDS = "Căn cứ Nghị định số 30/2020/NĐ-CP\nTheo đề nghị của Chánh Văn phòng"
DECISION = "**QUYẾT ĐỊNH:**\n\n**Điều 1.** Phê duyệt **đề án**.\n\n- Một\n\nTừ **giữa** câu\n\n**Một** và **hai**"


def test_a_decision_is_centred_and_its_articles_begin_bold() -> None:
    decided, first, item, middle, two = blocks(DECISION)
    assert decided == Paragraph("QUYẾT ĐỊNH:", bold=True, centred=True)
    assert first == Paragraph("Điều 1. Phê duyệt đề án.", lead="Điều 1.")
    assert item == Item("-", "Một")
    assert middle == Paragraph("Từ giữa câu")
    assert two == Paragraph("Một và hai", lead="Một")
    assert blocks("**Lưu ý**") == [Paragraph("Lưu ý", bold=True)]


@pytest.fixture(scope="module")
def built(kept: None) -> Office:
    made = office()
    open_series(unit=made.sokhcn, by=made.clerk, family="state", issuer_code="SKHCN", begins_on=today())
    return made


@pytest.fixture
def here(here: Office, settings: Any, tmp_path: Path) -> Office:
    settings.MEDIA_ROOT = tmp_path / "files"
    return here


def opening(here: Office, paper: str, **content: str) -> str:
    """The first line of the paper's body."""
    document = compose(unit=here.sokhcn, by=here.head, paper=paper, subject="phê duyệt đề án")
    full = {"basis": GROUNDS, "body": DECISION, "signer": "Bùi Văn Khánh", "place": "Hà Nội", **content}
    save_draft(document, by=here.head, seen=1, subject="phê duyệt đề án", content=full)
    document.refresh_from_db()
    return str(official_paper(document.draft).blocks[0].text)


def test_a_letter_says_what_it_is_about_once_and_knows_its_place(here: Office, settings: Any) -> None:
    Place.objects.create(code=settings.CITY, level="province", kind="Thành phố", name="Hà Nội", valid_from=today())
    letter = compose(unit=here.sokhcn, by=here.head, paper="letter", subject="Về việc nộp báo cáo")
    notice = compose(unit=here.sokhcn, by=here.head, paper="notice", subject="Về việc nộp báo cáo")
    assert official_paper(letter.draft).subject == "nộp báo cáo", "the layout prints V/v"
    assert official_paper(notice.draft).subject == "Về việc nộp báo cáo"
    assert letter.draft.place == "Hà Nội"


@pytest.mark.parametrize(
    ("content", "who"),
    [
        ({"post": "Giám đốc"}, "GIÁM ĐỐC {body}"),
        ({"post": "Giám đốc Sở"}, "GIÁM ĐỐC {body}"),
        ({"post": "Phó Giám đốc", "authority": "Giám đốc", "on_behalf": "deputy"}, "GIÁM ĐỐC {body}"),
        ({"post": "Giám đốc", "authority": "Hội đồng", "on_behalf": "collective"}, "{body}"),
        ({"post": ""}, "{body}"),
        ({"post": "Giám đốc", "basis": ""}, "QUYẾT ĐỊNH:"),
    ],
)
def test_a_decision_says_above_its_grounds_who_decides(here: Office, content: dict[str, str], who: str) -> None:
    assert opening(here, "decision", **content) == who.format(body=here.sokhcn.name.upper())


def test_other_papers_begin_with_their_grounds_or_text(here: Office) -> None:
    assert opening(here, "plan", post="Giám đốc").startswith("Căn cứ")


def test_the_preview_shows_what_word_will_show(here: Office) -> None:
    opening(here, "decision", post="Giám đốc")
    document = here.sokhcn.documents.order_by("-pk").first()
    assert document is not None
    document.issued_on = today().replace(month=2, day=3)
    document.save(update_fields=["issued_on"])
    client = Client()
    client.force_login(here.head)
    with at(today()):
        shown = client.get(reverse("documents:draft", args=[document.pk])).content.decode()
        data = client.get(reverse("documents:word", args=[document.pk])).content
    dated = f"Hà Nội, ngày 03 tháng 02 năm {today().year}"
    assert dated in shown
    assert "<strong>Điều 1.</strong> Phê duyệt đề án." in shown
    word = Word(io.BytesIO(data))
    assert dated in [cell.text for table in word.tables for row in table.rows for cell in row.cells]
