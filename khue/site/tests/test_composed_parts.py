"""What people put into a composed report themselves, where its numbers lead, and a report as a paper of the Party."""

import re
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from khue.core.clock import at
from khue.core.refusals import Refused
from khue.core.search import find
from khue.directory.models import Place, Unit
from khue.documents.actions.drafts import save_draft
from khue.documents.actions.outgoing import issue, number_document
from khue.documents.actions.series import open_series
from khue.documents.actions.signing import attach_signed
from khue.documents.actions.way import advance
from khue.documents.models import Document
from khue.documents.tests.signed import plain_pdf
from khue.indicators.actions import composing, reporting
from khue.indicators.actions.adding import add_block
from khue.indicators.composing.links import tokens_of
from khue.indicators.composing.paper import paper_of, parts_of, reporter
from khue.indicators.composing.sources import address_of
from khue.indicators.models import Composed
from khue.indicators.tests.province import Province, account
from khue.journal.timeline import timeline
from khue.needs.actions import writing
from khue.site.tests.test_composed_reports import DAY, begun, block, given, here
from tests.town import signed_in

__all__ = ["here"]


def test_words_tables_and_charts_are_added_and_follow_new_figures(here: Province) -> None:
    with at(DAY):
        report, by = begun(here), here.receiver
        page = signed_in(by)
        address = reverse("indicators:composed-add", args=[report.pk])
        behind = f"{address}?after={block(report, 'general').pk}"
        assert page.get(behind).status_code == 200
        wrong = page.post(behind, {"kind": "table-periods", "text": "Bảng riêng"})
        assert (wrong.status_code, "Chọn chỉ tiêu" in wrong.content.decode()) == (422, True)
        for _twice in range(2):
            said = {"kind": "table-periods", "text": "Bảng riêng", "codes": ["models_applied"]}
            assert page.post(behind, said).status_code == 302
        table = report.blocks.get(added=True)
        assert table.place == block(report, "general").place + 1
        assert table.data["rows"][0][-1]["text"] == "96"
        note = add_block(report, "paragraph", "Ba xã làm tốt.", by=by, after=table)
        chart = add_block(report, "chart-units", "So sánh các xã", by=by, after=note, codes=["models_applied"])
        with pytest.raises(Refused) as nothing:
            add_block(report, "chart-course", "Không có số", by=by, codes=["trained_people"])
        assert nothing.value.refusal.code == "composed.nothing-to-show"
        given(here, "2026-Q2", (14, 24, 60))
        composing.refresh(report, by=by)
        for one in (table, note, chart):
            one.refresh_from_db()
        assert table.data["rows"][0][-1]["text"] == "98", "an added table follows the figures"
        assert [row["value"] for row in chart.data["spec"]["data"]["values"]] == [60, 24, 14]
        assert note.text == "Ba xã làm tốt."
        shown = page.get(report.get_absolute_url()).content.decode()
        assert "Ba xã làm tốt." in shown
        assert "So sánh các xã" in shown
        assert [one.name for one in parts_of(Composed.objects.get(pk=report.pk))][2:5] == [
            table.name, note.name, chart.name
        ]  # fmt: skip
        assert signed_in(here.officer).get(address).status_code == 404
        assert any(one.verb == "composed.added" for one in timeline(report.dossier))


def test_numbers_in_words_that_were_taken_over_lead_to_their_records(here: Province) -> None:
    with at(date(2026, 6, 2)):
        for problem in ("Rơm rạ sau gặt chưa xử lý được", "Nước giếng ở thôn 5 nhiễm phèn"):
            words = writing.Words(problem=problem, affected="Ba trăm hộ dân trong xã")
            writing.send(writing.begin(by=here.officer, words=words), by=here.officer)
    with at(DAY):
        cycle = here.cycle("2026-Q2")
        own = here.report(cycle)
        reporting.save_draft(
            own, [], texts={"difficulties": "Thiếu 3 cán bộ."}, was={"difficulties": ""}, by=here.officer
        )
        own.refresh_from_db()
        own.state = "submitted"
        own.submitted_on, own.submitted_at = DAY, "2026-07-01T03:00:00Z"
        own.save()
        done = composing.compose("department-work", unit=here.department, period=cycle.period, by=here.receiver)
        raised, reported = block(done, "needs-said"), block(done, "difficulties-reported")
        assert raised.text.startswith("Các đơn vị nêu 2 vấn đề"), raised.text
        assert reported.text == "- Xã An Bình: Thiếu 3 cán bộ."
        client = signed_in(here.receiver)
        for one in (raised, reported):
            places = {place for first, last, _source in tokens_of(one) for place in range(first, last)}
            assert {found.start() for found in re.finditer(r"\d", one.text)} <= places, "no number without a link"
            for _first, _last, source in tokens_of(one):
                assert client.get(address_of(source)).status_code == 200, source


def test_a_report_in_the_layout_of_the_party_is_numbered_and_issued(here: Province) -> None:
    clerk = account("Đỗ Văn Thư", "clerk", here.department)
    with at(DAY):
        open_series(
            unit=here.department, by=clerk, family="party", issuer_code="ĐU", period_name="XVIII", type="BC",
            begins_on=date(2025, 10, 15),
        )  # fmt: skip
        report = begun(here)
        client = signed_in(here.receiver)
        asked = {"template": report.template, "unit": here.city.pk, "period": "2026-Q2", "programme": "07-ctr-tu"}
        assert "Văn bản của Đảng" in client.get(reverse("indicators:composed-new")).content.decode()
        client.post(reverse("indicators:composed-new"), asked | {"layout": "party"})
        report.refresh_from_db()
        assert report.layout == "party"
        preview = client.get(reverse("indicators:composed-preview", args=[report.pk])).content.decode()
        assert "ĐẢNG CỘNG SẢN VIỆT NAM" in preview
        sent = composing.hand_over(report, by=here.receiver)
        document = Document.objects.get(pk=sent.dossier.partition(":")[2])
        assert (document.family, document.type) == ("party", "BC")
        report.refresh_from_db()
        with pytest.raises(Refused) as laid:
            composing.lay_out(report, "state", by=here.receiver)
        assert laid.value.refusal.code == "composed.laid-out"
        draft = document.draft
        content = draft.content() | {"signer": "Trần Giám Đốc", "post": "Bí thư", "place": "Hà Nội"}
        save_draft(document, by=here.receiver, seen=draft.version, subject=document.subject, content=content)
        advance(Document.objects.get(pk=document.pk), "submit", by=here.chief)
        attach_signed(Document.objects.get(pk=document.pk), ContentFile(plain_pdf(), name="ky.pdf"), by=here.chief)
        number_document(Document.objects.get(pk=document.pk), by=clerk)
        issue(Document.objects.get(pk=document.pk), by=clerk)
        document.refresh_from_db()
        assert document.sign == "01-BC/ĐU"
        assert composing.correct(Composed.objects.get(pk=report.pk), by=here.receiver).layout == "party"
        assert paper_of(report).layout == "party"


def test_the_party_body_of_a_place_reports_beside_its_peoples_committee(here: Province) -> None:
    began = date(2025, 7, 1)
    place = Place.objects.create(level="commune", kind="Xã", name="An Bình", valid_from=began, code="x")
    Unit.objects.filter(pk=here.communes[0].pk).update(place=place)
    above = Unit.objects.create(name="Thành ủy Thử", kind="party", valid_from=began)
    beside = Unit.objects.create(name="Đảng ủy xã An Bình", kind="party", place=place, parent=above, valid_from=began)
    commune = Unit.objects.select_related("parent", "place").get(pk=here.communes[0].pk)
    assert reporter(commune, None, "party") == beside
    assert reporter(commune, None, "state") == commune
    assert reporter(here.communes[1], None, "party") == here.communes[1], "the directory has no Party body there"


def test_reports_programmes_and_indicators_are_found_by_their_words(here: Province) -> None:
    with at(DAY):
        report = begun(here)
        kinds = {one.source.name: [hit.url for hit in one.hits] for one in find(here.receiver, "07-ctr/tu quy II")}
        assert kinds["composed"] == [report.get_absolute_url()]
        assert "programmes" in {one.source.name for one in find(here.receiver, "07-CTr/TU")}
        found = {one.source.name: one.hits for one in find(here.receiver, "mo hinh ung dung")}
        assert any("models_applied" in hit.url for hit in found["programmes"])
        assert "composed" not in {one.source.name for one in find(here.officer, "07-ctr/tu quy II")}
