"""A composed report from its first line to the issued document, as an officer goes the way."""

import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from docx import Document as Word
from python_calamine import CalamineWorkbook

from khue.core.actors import IMPORTER
from khue.core.clock import at
from khue.core.refusals import Refused
from khue.documents.actions.drafts import save_draft
from khue.documents.actions.outgoing import issue, number_document
from khue.documents.actions.series import open_series
from khue.documents.actions.signing import attach_signed
from khue.documents.actions.way import advance
from khue.documents.models import Document
from khue.documents.tests.signed import plain_pdf
from khue.indicators.actions import composing
from khue.indicators.actions.bringing import Figure, bring, needed
from khue.indicators.actions.periods import named
from khue.indicators.composing.paper import paper_of, word
from khue.indicators.models import Composed, ComposedBlock, Indicator, Programme, Target
from khue.indicators.tests.province import Province, account, province
from tests.town import signed_in

DAY = date(2026, 7, 1)


def given(here: Province, code: str, values: tuple[int, ...]) -> None:
    """Models in use, commune by commune, in a quarter."""
    number, period = Indicator.objects.get(code="models_applied").pk, named(code)
    figures = [
        Figure(period.pk, number, unit.pk, Decimal(value)) for unit, value in zip(here.communes, values, strict=True)
    ]
    needed(figures, bring(figures, by=IMPORTER))


def begun(here: Province) -> Composed:
    programme = Programme.objects.get(code="07-ctr-tu")
    return composing.compose(
        "programme-of-city", unit=here.city, period=named("2026-Q2"), programme=programme, by=here.receiver
    )


def block(report: Composed, name: str) -> ComposedBlock:
    return report.blocks.get(name=name)


@pytest.fixture
def here(db: None) -> Province:
    with at(DAY):
        made = province()
        given(made, "2026-Q1", (10, 20, 60))
        given(made, "2026-Q2", (12, 24, 60))
        indicator = Indicator.objects.get(code="models_applied")
        Target.objects.create(indicator=indicator, year=2026, value=Decimal(80))
    return made


def test_figures_follow_and_words_stay(here: Province) -> None:
    with at(DAY):
        report = begun(here)
        assert begun(here) == report, "the one that is there is opened"
        results = block(report, "results")
        assert "là 96 mô hình" in results.text
        assert "Tăng 6 mô hình so với quý I năm 2026 (90)" in results.text
        edited = results.text.replace("Tăng 6 mô hình so với", "Nhiều hơn hẳn so với") + "\nCần giữ đà này."
        composing.save_text(results, edited, seen=results.revision, by=here.receiver)
        with pytest.raises(Refused) as clash:
            composing.save_text(results, "Chữ khác", seen=0, by=here.chief)
        assert clash.value.refusal.code == "composed.changed-meanwhile"
        given(here, "2026-Q2", (14, 24, 60))
        assert composing.refresh(report, by=here.receiver) == composing.Refreshed(6, 1)
        results.refresh_from_db()
        assert "là 98 mô hình" in results.text, "numbers in untouched words are those of today"
        assert "Nhiều hơn hẳn so với" in results.text
        assert results.text.endswith("Cần giữ đà này.")
        assert "Tăng 8 mô hình so với" in (results.other or "")
        assert composing.refresh(report, by=here.receiver) == composing.Refreshed(0, 1)
        with pytest.raises(Refused, match="chọn"):
            composing.hand_over(report, by=here.receiver)
        composing.choose(results, "new", by=here.receiver)
        results.refresh_from_db()
        assert "Tăng 8 mô hình so với" in results.text
        assert results.text.endswith("Cần giữ đà này.")


def test_the_page_links_numbers_and_keeps_what_is_typed(here: Province) -> None:
    with at(DAY):
        report = begun(here)
        client = signed_in(here.receiver)
        page = client.get(report.get_absolute_url()).content.decode()
        addresses = set(re.findall(r'class="counted" href="([^"]+)"', page))
        assert any("models_applied" in one for one in addresses)
        for address in addresses:
            assert client.get(address.replace("&amp;", "&")).status_code == 200, address
        general = block(report, "general")
        body = {"block": general.pk, "seen": 0, "text": general.text + " Thêm."}
        kept = client.post(f"{report.get_absolute_url()}luu/", body, content_type="application/json")
        assert kept.json()["seen"] == 1
        assert 'class="counted"' in kept.json()["html"]
        mine = body | {"text": "Của tôi"}
        again = client.post(f"{report.get_absolute_url()}luu/", mine, content_type="application/json")
        assert again.status_code == 409
        assert "Phạm Tổng Hợp" in again.json()["refused"]
        for name in ("units", "units-compared"):
            client.post(report.get_absolute_url(), {"do": "drop", "block": block(report, name).pk})
        paper = Word(io.BytesIO(client.get(f"{report.get_absolute_url()}word/").content))
        text = "\n".join(one.text for one in paper.paragraphs)
        assert "Thêm." in text
        assert "SỐ LIỆU THEO ĐƠN VỊ" not in text, "a heading over nothing is left out"
        assert "III. SỐ LIỆU THEO KỲ" in text
        book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{report.get_absolute_url()}excel/").content))
        assert any(96 in row for row in book.get_sheet_by_index(0).to_python())
        other = signed_in(here.officer)
        assert other.get(report.get_absolute_url()).status_code == 404
        assert other.post(report.get_absolute_url(), {"do": "refresh"}).status_code == 404


def test_it_becomes_a_document_and_is_locked_once_issued(here: Province) -> None:
    clerk = account("Đỗ Văn Thư", "clerk", here.department)
    with at(DAY):
        open_series(
            unit=here.department, by=clerk, family="state", issuer_code="SKHCN", begins_on=date(2026, 1, 1), type="BC"
        )
        report = begun(here)
        sent = composing.hand_over(report, by=here.receiver)
        document = Document.objects.get(pk=sent.dossier.partition(":")[2])
        assert "là 96 mô hình" in document.draft.body
        page = signed_in(here.receiver).get(document.get_absolute_url()).content.decode()
        assert report.get_absolute_url() in page
        paper = Word(io.BytesIO(signed_in(here.receiver).get(reverse("documents:word", args=[document.pk])).content))
        assert len(paper.inline_shapes) == 2, "the charts go with it"
        assert any("CHỈ TIÊU ĐƯỢC TÍNH THẾ NÀO" in one.text for one in paper.paragraphs), "and so does the annex"
        general = block(report, "general")
        composing.save_text(general, "Viết lại.", seen=0, by=here.receiver)
        report.refresh_from_db()
        composing.hand_over(report, by=here.receiver)
        document.draft.refresh_from_db()
        assert "Viết lại." in document.draft.body
        draft = document.draft
        content = draft.content() | {
            "body": "Sửa ở văn bản",
            "signer": "Trần Giám Đốc",
            "post": "Giám đốc",
            "place": "Hà Nội",
        }
        save_draft(document, by=here.receiver, seen=draft.version, subject=document.subject, content=content)
        report.refresh_from_db()
        with pytest.raises(Refused) as changed:
            composing.hand_over(report, by=here.receiver)
        assert changed.value.refusal.code == "draft-changed"
        _issue(document, clerk, here)
        with pytest.raises(Refused) as locked:
            composing.refresh(report, by=here.receiver)
        assert locked.value.refusal.code == "composed.issued"
        assert "01/BC-SKHCN" in signed_in(here.receiver).get(report.get_absolute_url()).content.decode()
        correction = composing.correct(report, by=here.receiver)
        assert correction.corrects == report
        assert block(correction, "general").text == "Viết lại."


def _issue(document: Document, clerk: object, here: Province) -> None:
    scan = ContentFile(plain_pdf(), name="ban-ky.pdf")
    advance(Document.objects.get(pk=document.pk), "submit", by=here.chief)
    attach_signed(Document.objects.get(pk=document.pk), scan, by=here.chief)
    number_document(Document.objects.get(pk=document.pk), by=clerk)  # type: ignore[arg-type]
    issue(Document.objects.get(pk=document.pk), by=clerk)  # type: ignore[arg-type]


def test_a_commune_composes_its_own_report_and_every_number_opens(here: Province) -> None:
    with at(DAY):
        programme = Programme.objects.get(code="07-ctr-tu")
        here.cycle("2026-Q2")
        report = composing.compose(
            "programme-of-unit", unit=here.communes[0], period=named("2026-Q2"), programme=programme, by=here.officer
        )
        assert "là 12 mô hình" in block(report, "results").text
        assert block(report, "reported").text.endswith("chưa báo cáo."), "the figures came in without a report"
        client = signed_in(here.officer)
        page = client.get(report.get_absolute_url()).content.decode()
        addresses = {one.replace("&amp;", "&") for one in re.findall(r'class="counted" href="([^"]+)"', page)}
        assert {one for one in addresses if client.get(one).status_code != 200} == set()
        shown = client.get(f"{report.get_absolute_url()}xem/").content.decode()
        assert "là 12 mô hình" in shown
        assert "XÃ AN BÌNH" in shown
        party = Word(io.BytesIO(word(replace(paper_of(report), layout="party"), on=DAY)))
        assert any("ĐẢNG CỘNG SẢN VIỆT NAM" in cell.text for cell in party.tables[0].rows[0].cells)
        with pytest.raises(Refused) as wrong:
            composing.compose(
                "programme-of-unit", unit=here.city, period=named("2026-Q2"), programme=programme, by=here.chief
            )
        assert wrong.value.refusal.code == "report.not-for-this"
        with pytest.raises(Refused) as foreign:
            composing.compose(
                "programme-of-unit",
                unit=here.communes[1],
                period=named("2026-Q2"),
                programme=programme,
                by=here.officer,
            )
        assert foreign.value.refusal.code == "composed.not-yours"


def test_records_that_were_counted_are_listed(here: Province) -> None:
    with at(DAY):
        client = signed_in(here.receiver)
        address = reverse("indicators:measured", args=["directives.assigned"])
        asked = f"{address}?unit={here.city.pk}&period=2026-Q2"
        assert "Hệ thống đếm được 0 hồ sơ" in client.get(asked).content.decode()
        assert client.get(asked.replace("2026-Q2", "2026-Q9")).status_code == 404
        assert client.get(asked.replace("assigned", "unknown")).status_code == 404
        assert signed_in(here.officer).get(asked).status_code == 404


def test_three_clicks_from_the_desk(here: Province) -> None:
    with at(DAY):
        client = Client()
        client.force_login(here.receiver)
        assert "/chi-tieu/soan/" in client.get("/").content.decode()
        assert "/chi-tieu/soan/moi/" in client.get("/chi-tieu/soan/").content.decode()
        new = client.get("/chi-tieu/soan/moi/?programme=07-ctr-tu").content.decode()
        assert "programme-of-city" in new
        city = {"template": "programme-of-city", "unit": here.city.pk, "period": "2026-Q2", "programme": "07-ctr-tu"}
        made = client.post("/chi-tieu/soan/moi/", city, follow=True)
        assert "quý II năm 2026" in made.content.decode()
        client.force_login(here.officer)
        own = client.get("/chi-tieu/soan/moi/").content.decode()
        assert "programme-of-unit" in own
        assert "programme-of-city" not in own
        client.post("/chi-tieu/soan/moi/", city)
        assert Composed.objects.count() == 1
