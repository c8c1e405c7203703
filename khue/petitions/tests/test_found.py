"""What a document says is taken into the register, on the page on which its directives are chosen."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from khue.core.periods import period
from khue.core.refusals import Refused
from khue.documents.actions import register_incoming
from khue.documents.actions.extraction import open_extraction
from khue.documents.models import Document, Extraction
from khue.indicators import measures
from khue.journal.timeline import timeline
from khue.language.petition import Petition as Read
from khue.petitions.actions import reading, taking
from khue.petitions.models import Petition, Reading, Voiced
from khue.petitions.rules.found import passages
from khue.petitions.rules.petitions import visible_to
from khue.petitions.tests.ward import REPORT, Ward
from tests.town import signed_in


@pytest.fixture
def document(ward: Ward) -> Document:
    """A ward's report, read."""
    typed = {
        "sign": "120/BC-UBND", "subject": "Chuyển đổi số quý I", "issuer_name": ward.office.ward.name,
        "issued_on": date(2026, 3, 2), "text": REPORT,
    }  # fmt: skip
    found = register_incoming(unit=ward.office.sokhcn, by=ward.office.clerk, typed=typed)
    open_extraction(found, by=ward.office.clerk)
    return found


def test_a_report_is_read_and_taken_over_in_one_go(ward: Ward, document: Document) -> None:
    rows = passages(document)
    assert [(row.voiced.kind, row.voices[0].unit) for row in rows] == [
        ("difficulty", ward.office.ward), ("request", ward.office.ward)
    ]  # fmt: skip
    client, numbers = signed_in(ward.office.clerk), [row.voiced.pk for row in rows]
    page = client.get(reverse("documents:extraction", args=[document.pk])).content.decode()
    assert "Khó khăn, kiến nghị: 2" in page
    assert reverse("petitions:found", args=[document.pk]) in page
    part = client.get(reverse("petitions:found", args=[document.pk])).content.decode()
    assert "Đưa 2 mục vào sổ" in part
    assert "chưa có cán bộ chuyên trách" in part
    act = reverse("petitions:found-act", args=[document.pk, "take-all"])
    wrong = client.post(act, {"passage": numbers, "recipient": "Sở Vũ trụ"}).content.decode()
    assert "Sở Vũ trụ" in wrong
    assert "Đưa 2 mục vào sổ" in wrong, "it can be tried again"
    said = client.post(act, {"passage": numbers, "recipient": ward.office.sokhcn.name}).content.decode()
    assert "Đã đưa 2 mục vào sổ" in said
    assert "KN-2026-0002" in said
    assert "đã vào sổ cả rồi" in client.post(act, {"passage": numbers}).content.decode()
    first = Petition.objects.get(number=1)
    assert (first.unit, first.recipient, first.raised_on) == (ward.office.ward, ward.office.sokhcn, date(2026, 3, 2))
    assert first in visible_to(ward.officer), "the unit that voiced it follows it too"
    assert "120/BC-UBND" in client.get(first.get_absolute_url()).content.decode()
    outcome = client.get(reverse("documents:outcome", args=[document.pk])).content.decode()
    listed = f"{reverse('petitions:petitions')}?state=all&amp;document={document.pk}"
    assert listed in outcome
    assert "KN-2026-0002" in client.get(listed.replace("&amp;", "&")).content.decode()
    assert any(entry.verb == "document.petitions-taken" for entry in timeline(document.dossier))


def test_voices_are_units_of_their_day_or_words(ward: Ward, document: Document) -> None:
    told = [
        Read(400, 430, "Chưa có hướng dẫn về kinh phí đặt hàng.", "difficulty", (ward.health.name, ward.far.name)),
        Read(440, 470, "Đề nghị sớm có dịch vụ trực tuyến về đất.", "request", ("Cử tri", "Hợp tác xã Vân Nội")),
        Read(
            475,
            479,
            "Đề nghị lắp trạm đo mặn ở kênh chính.",
            "request",
            ("cử tri xã Ba Vì", "Hội Nông dân phường Láng"),
        ),
        Read(480, 510, "Kiến nghị sửa quy định về thuê chuyên gia.", "request", (ward.office.sokhcn.name,)),
    ]
    reading.keep(document, told)
    new = [row.voiced.pk for row in passages(document) if row.voiced.start >= 400]
    made = taking.take(document, new, by=ward.office.clerk)
    assert [(one.voice, one.unit, one.recipient) for one in made] == [
        (ward.health.name, ward.health, ward.office.sokhcn), (ward.far.name, ward.far, ward.office.sokhcn),
        ("Cử tri, Hợp tác xã Vân Nội", None, ward.office.sokhcn), ("cử tri xã Ba Vì", None, ward.office.sokhcn),
        ("Hội Nông dân phường Láng", None, ward.office.sokhcn),
        (ward.office.sokhcn.name, ward.office.sokhcn, ward.office.sokhcn.parent),
    ]  # fmt: skip
    office = ward.office
    under = [one.through for one in made]
    assert under == [ward.health, ward.far, office.ward, ward.far, office.ward, office.sokhcn], "none counts nowhere"
    quarter, counts = period("2026-Q1"), measures.named("petitions.raised")
    assert counts
    assert counts.count(quarter, [ward.far.pk, office.ward.pk]) == {ward.far.pk: 2, office.ward.pk: 2}
    assert {row.voice for row in counts.records(quarter, ward.far.pk).rows} == {ward.far.name, "cử tri xã Ba Vì"}
    others = measures.named("petitions.of_others")
    assert others
    assert others.count(quarter, [office.ward.pk]) == {office.ward.pk: 2}
    assert made[3] in visible_to(ward.neighbour), "what is counted for a unit, its people see"
    listed = signed_in(office.clerk).get(reverse("petitions:petitions"), {"state": "all", "unit": ward.far.name})
    assert "cử tri xã Ba Vì" in listed.content.decode()
    page = signed_in(office.clerk).get(made[3].get_absolute_url()).content.decode()
    assert "Tính cho" in page
    assert ward.far.name in page
    assert taking.take(document, new, by=ward.office.clerk) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        Petition.objects.filter(pk=made[1].pk).update(voice=made[0].voice)


def test_what_is_none_is_left_out_and_may_come_back(ward: Ward, document: Document) -> None:
    first, second = (row.voiced.pk for row in passages(document))
    client = signed_in(ward.office.clerk)
    shown = client.post(reverse("petitions:found-act", args=[document.pk, "leave-out"]), {"passage": first})
    assert "Đã bỏ" in shown.content.decode()
    assert taking.take(document, [first], by=ward.office.clerk) == []
    taking.bring_back(document, first, by=ward.office.clerk)
    taking.take(document, [first], by=ward.office.clerk)
    with pytest.raises(Refused, match="đã vào sổ"):
        taking.leave_out(document, first, by=ward.office.clerk)
    assert Voiced.objects.get(pk=second).left_out_by is None


def test_only_those_who_choose_its_directives_take_over(ward: Ward, document: Document) -> None:
    numbers = [row.voiced.pk for row in passages(document)]
    with pytest.raises(Refused):
        taking.take(document, numbers, by=ward.officer)
    assert signed_in(ward.officer).get(reverse("petitions:found", args=[document.pk])).status_code == 404
    Document.objects.filter(pk=document.pk).update(restricted=True)
    document.refresh_from_db()
    with pytest.raises(Refused, match="hạn chế người xem"):
        taking.take(document, numbers, by=ward.office.clerk)
    Document.objects.filter(pk=document.pk).update(restricted=False)
    leader = signed_in(ward.office.leader).get(reverse("petitions:found", args=[document.pk])).content.decode()
    assert "Đưa vào sổ" not in leader


def test_a_document_read_before_is_read_when_somebody_looks(ward: Ward, document: Document) -> None:
    Reading.objects.all().delete()
    part = signed_in(ward.office.clerk).get(reverse("petitions:found", args=[document.pk])).content.decode()
    assert "Đưa 2 mục vào sổ" in part
    Extraction.objects.filter(document=document).update(text="Không có gì.", lines=[])
    Reading.objects.all().delete()
    part = signed_in(ward.office.clerk).get(reverse("petitions:found", args=[document.pk])).content.decode()
    assert "Không thấy khó khăn" in part
    page = signed_in(ward.office.clerk).get(reverse("documents:extraction", args=[document.pk])).content.decode()
    assert reverse("petitions:found", args=[document.pk]) not in page
