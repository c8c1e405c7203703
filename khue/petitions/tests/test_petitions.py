"""Bringing a petition forward, and what becomes of it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from khue.core.clock import at
from khue.core.refusals import Refused
from khue.directory.actions.units import end_unit
from khue.flow.desk import waiting_for
from khue.indicators import measures, texts
from khue.indicators.models import Period
from khue.journal.timeline import timeline
from khue.matching.search import find
from khue.notices.models import Notice
from khue.petitions.actions import answering
from khue.petitions.actions.writing import Voicing, send
from khue.petitions.models import Petition
from khue.petitions.rules.petitions import found_by, visible_to
from khue.petitions.tests.ward import MONEY, Ward, sent
from tests.town import FOUNDER

DUE = date(2026, 3, 30)
QUARTER = Period(
    first=date(2025, 12, 15), last=date(2026, 3, 14), code="2026-Q1", label="Quý I năm 2026", kind="quarter"
)


def refused(code: str) -> "pytest.RaisesExc[Refused]":
    return pytest.raises(Refused, check=lambda error: error.refusal.code == code)


def test_who_may_write_what_to_whom(ward: Ward) -> None:
    office = ward.office
    made = sent(ward)
    assert (made.code, made.title, made.due_on) == ("KN-2026-0001", "Phần mềm một cửa chưa có kinh phí duy trì", DUE)
    assert made.field == "digital"
    assert Notice.objects.filter(dossier=made.dossier, user=office.head).exists(), "who answers hears of it"
    assert made.dossier in [row.case.dossier for row in waiting_for(office.officer)], "a division does the work"
    assert sent(ward, by=office.ward_clerk).number == 2
    with refused("petition.not-for-this-unit"):
        sent(ward, by=ward.neighbour)
    with refused("petition.not-for-this-unit"):
        sent(ward, by=office.auditor)
    with refused("petition.too-short"):
        sent(ward, "Thiếu tiền.")
    with refused("petition.to-oneself"):
        send(Voicing("request", MONEY, office.ward, office.ward), by=ward.officer)


def test_who_sees_it(ward: Ward) -> None:
    office, made = ward.office, sent(ward)
    for sees in (ward.officer, office.ward_clerk, office.officer, office.head, office.leader, office.auditor):
        assert made in visible_to(sees), sees
    for blind in (ward.neighbour, ward.health_head):
        assert made not in visible_to(blind), blind
    assert found_by(office.leader) is None
    assert [match.pk for match in find(ward.officer, "duy tri phan mem", kinds=["petition"], limit=5)] == [made.pk]
    assert not find(ward.neighbour, "duy tri phan mem", kinds=["petition"], limit=5)


def test_asked_back_passed_on_and_answered(ward: Ward) -> None:
    office, made = ward.office, sent(ward)
    made = answering.take_up(made, by=office.officer)
    made = answering.ask_back(made, "Đã được phân bổ bao nhiêu?", by=office.officer)
    assert made.state == "asked-back"
    assert made.dossier in [row.case.dossier for row in waiting_for(office.ward_clerk)]
    with refused("flow.not-yours"):
        answering.reply(made, "Không biết", by=ward.neighbour)
    with at(date(2026, 3, 12)):
        made = answering.reply(made, "Chưa được đồng nào.", by=office.ward_clerk)
    assert made.due_on == date(2026, 4, 2), "the days of the question are not those of who answers"
    with refused("petition.passed-to-itself"):
        answering.pass_on(made, office.sokhcn, "Thử", by=office.officer)
    with refused("petition.passed-back"):
        answering.pass_on(made, office.ward, "Thử", by=office.officer)
    with at(date(2026, 3, 16)):
        made = answering.pass_on(made, ward.health, "Thuộc ngành y tế.", by=office.officer)
    assert (made.state, made.recipient, made.due_on) == ("sent", ward.health, date(2026, 4, 6))
    assert made in visible_to(ward.health_head)
    assert made in visible_to(office.officer)
    with refused("flow.not-yours"):
        answering.answer(made, "Trả lời thay", by=office.head)
    with at(date(2026, 4, 8)):
        made = answering.answer(made, "Đã bố trí trong đợt tháng 4.", by=ward.health_head)
    assert (made.state, made.late, made.answered_by) == ("answered", True, ward.health_head)
    assert Notice.objects.filter(dossier=made.dossier, user=ward.officer, body__startswith="Đã bố trí").exists()
    told = " ".join(entry.note for entry in timeline(made.dossier))
    for said in ("bao nhiêu?", "đồng nào", "ngành y tế", "đợt tháng 4"):
        assert said in told
    with refused("flow.closed"):
        answering.decline(made, "Thôi", by=ward.health_head)


def test_declined_or_withdrawn_with_a_reason(ward: Ward) -> None:
    first, second = sent(ward), sent(ward)
    with refused("flow.comment-missing"):
        answering.decline(first, " ", by=ward.office.head)
    first = answering.decline(first, "Chưa cân đối được ngân sách.", by=ward.office.head)
    assert (first.state, first.answer, first.late) == ("declined", "Chưa cân đối được ngân sách.", False)
    assert answering.withdraw(second, "Đã tự lo được.", by=ward.officer).state == "withdrawn"


def test_the_database_keeps_the_promises(ward: Ward) -> None:
    made = sent(ward)
    for wrong in (
        {"state": "answered", "closed_on": DUE}, {"answer": "Rồi"}, {"closed_on": DUE}, {"text": ""},
        {"due_on": date(2025, 1, 1)}, {"state": "declined", "answer": "Không"},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Petition.objects.filter(pk=made.pk).update(**wrong)


def test_what_a_unit_that_ends_has_to_answer_goes_to_its_heir(ward: Ward) -> None:
    made = answering.pass_on(sent(ward), ward.health, "Thuộc ngành y tế.", by=ward.office.head)
    end_unit(ward.health, on=date(2026, 3, 10), successors=[ward.office.sokhcn], basis="Thử", by=FOUNDER)
    made.refresh_from_db()
    assert made.recipient == ward.office.sokhcn
    with at(date(2026, 3, 11)):
        assert answering.answer(made, "Đã nhận bàn giao và bố trí.", by=ward.office.head).state == "answered"


def test_figures_and_words_of_reports(ward: Ward) -> None:
    answering.answer(sent(ward), "Đã bố trí kinh phí.", by=ward.office.head)
    sent(ward, "Thiếu cán bộ chuyên trách công nghệ thông tin.")
    answering.withdraw(sent(ward, "Mong được cấp máy quét tài liệu."), "Đã có.", by=ward.officer)
    unit = ward.office.ward.pk
    for name, expected in {"raised": 2, "answered": 1, "open": 1}.items():
        measure = measures.named(f"petitions.{name}")
        assert measure is not None
        assert measure.count(QUARTER, [unit, ward.far.pk]) == {unit: expected}, name
        assert len(list(measure.records(QUARTER, unit).rows)) == expected, name
    received = measures.named("petitions.received")
    assert received is not None
    assert received.count(QUARTER, [ward.office.sokhcn.pk]) == {ward.office.sokhcn.pk: 2}
    told = texts.begin("petitions", QUARTER, ward.office.ward)
    assert told.startswith("Đơn vị nêu 2 khó khăn, kiến nghị: ")
    assert "Thiếu cán bộ chuyên trách" in told
    assert "trả lời 1" in told
    assert texts.begin("petitions", QUARTER, ward.far) == ""
