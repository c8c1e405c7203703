"""Forwarding, the disposition slip, acknowledging, case files."""

import io
from datetime import timedelta
from unicodedata import normalize

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document as WordFile

from khue.core.clock import today
from khue.core.refusals import Refused
from khue.directory.models import Unit
from khue.documents.actions import register_incoming
from khue.documents.actions.casefiles import change_case_file, file_documents, freeze, open_case_file, unfile
from khue.documents.actions.handling import acknowledge, dispose, forward
from khue.documents.actions.way import advance
from khue.documents.forms.handling import people_below
from khue.documents.models import CaseFile, Disposition, Document
from khue.documents.rules.visibility import visible_to
from khue.documents.tests.city import Office, taken_over, unit
from khue.flow.desk import waiting_for
from khue.flow.models import Holding

Level = Disposition.Level


@pytest.fixture
def letter(here: Office) -> Document:
    return register_incoming(
        unit=here.sokhcn, by=here.clerk, typed={"sign": "12/BKHCN-KHTC", "subject": "Đề nghị báo cáo"}
    )


def test_the_head_disposes_and_the_unit_sees_it_on_its_desk(here: Office, letter: Document) -> None:
    due = today() + timedelta(days=10)
    dispose(letter, by=here.head, level=Level.BODY, comment="Phòng QLKH xử lý", lead=here.division, due_on=due)
    found = Document.objects.get(pk=letter.pk)
    assert found.due_on == due
    assert found.case is not None
    assert (found.case.step, found.case.due_on) == ("assigned", due)
    assert found.case.holding is not None
    assert found.case.holding.unit == here.division
    assert visible_to(here.officer).filter(pk=letter.pk).exists()


def test_units_of_the_slip_are_written_by_any_of_their_names(here: Office, letter: Document) -> None:
    elsewhere = unit("Phòng Tài chính", Unit.Kind.DIVISION, parent=here.ward)
    section = unit("Văn phòng", Unit.Kind.DIVISION, parent=here.sokhcn)
    client = Client()
    client.force_login(here.head)
    page = client.get(letter.get_absolute_url()).content.decode()
    assert f"below={here.sokhcn.pk}" in page
    offers = f"{reverse('directory:suggest')}?below={here.sokhcn.pk}&q=phong"
    offered = {one["name"] for one in client.get(offers).json()["units"]}
    assert offered == {here.division.name, section.name}, "only units that this body may give it to"
    typed = {"level": "body", "comment": "Phối hợp", "written_on": f"{today():%Y-%m-%d}"}
    address = reverse("documents:dispose", args=[letter.pk])
    wrong = client.post(address, {**typed, "supports": [elsewhere.name]}, follow=True)
    assert "Phòng Tài chính" in wrong.content.decode()
    assert not letter.dispositions.exists()
    given = ["QLKH", normalize("NFD", "phòng quản lý KHOA HỌC"), " "]
    client.post(address, {**typed, "lead": "van phong", "supports": given})
    line = letter.dispositions.get()
    assert (line.lead, list(line.supports.all())) == (section, [here.division])


def test_after_a_merger_what_came_in_goes_on_at_the_successor_and_the_register_stays(
    here: Office, letter: Document
) -> None:  # fmt: skip
    handled, filed = (register_incoming(unit=here.sokhcn, by=here.clerk, typed={"subject": f"Việc {n}"}) for n in "12")
    dispose(handled, by=here.head, level=Level.BODY, comment="Giao phòng", lead=here.division)
    advance(filed, "send-back", by=here.clerk, comment="Gửi nhầm")
    _heir, section, clerk, head, officer = taken_over(here)
    assert not Holding.objects.current().filter(unit__in=[here.sokhcn, here.division]).exists()
    assert {one.case.title for one in waiting_for(officer)} == {"Việc 1"}
    letter.refresh_from_db()
    assert (letter.unit, letter.arrival_number) == (here.sokhcn, 1), "history is not rewritten"
    assert set(people_below(letter)) == {clerk, head, officer}
    forward(letter, [section], by=clerk)
    dispose(letter, by=head, level=Level.BODY, comment="Phòng xử lý", lead=section)
    assert letter.case in {one.case for one in waiting_for(officer)}
    advance(handled, "resolve", by=officer, comment="Đã trả lời")
    advance(handled, "file", by=clerk)
    assert filed.case is not None
    assert filed.case.parties.get(party="receiver").unit == here.sokhcn, (
        "what was closed stays with the unit of its day"
    )


def test_each_level_is_written_by_those_whose_word_it_is(here: Office, letter: Document) -> None:
    with pytest.raises(Refused) as refused:
        dispose(letter, by=here.officer, level=Level.OFFICER, comment="Đề xuất")
    assert refused.value.refusal.code == "document-not-yours"
    dispose(letter, by=here.head, level=Level.BODY, comment="Giao phòng", lead=here.division)
    dispose(letter, by=here.division_head, level=Level.UNIT, comment="Đ/c Nam", person=here.officer)
    dispose(letter, by=here.officer, level=Level.OFFICER, comment="Đề xuất trả lời trước ngày 30")
    assert [line.level for line in letter.dispositions.all()] == ["body", "unit", "officer"]
    with pytest.raises(Refused) as refused:
        dispose(letter, by=here.officer, level=Level.BODY, comment="Tôi quyết")
    assert refused.value.refusal.code == "disposition-not-yours"


def test_an_empty_line_and_a_deadline_before_the_comment_are_refused(here: Office, letter: Document) -> None:
    with pytest.raises(Refused) as refused:
        dispose(letter, by=here.head, level=Level.BODY, comment=" ")
    assert refused.value.refusal.code == "disposition-empty"
    with pytest.raises(Refused) as refused:
        dispose(letter, by=here.head, level=Level.BODY, comment="Gấp", due_on=today() - timedelta(days=1))
    assert refused.value.refusal.code == "due-in-the-past"


def test_forwarding_twice_makes_one_recipient_who_acknowledges_once(here: Office, letter: Document) -> None:
    (recipient,) = forward(letter, [here.division], by=here.clerk)
    assert forward(letter, [here.division], by=here.clerk) == []
    assert acknowledge(recipient, by=here.officer) == acknowledge(recipient, by=here.division_head)
    with pytest.raises(Refused) as refused:
        acknowledge(recipient, by=here.ward_clerk)
    assert refused.value.refusal.code == "recipient-not-yours"


def case_file(here: Office, notation: str = "01.QLKH") -> CaseFile:
    return open_case_file(
        unit=here.sokhcn, by=here.clerk, year=2026, notation=notation, title="Báo cáo năm", retention="10 năm",
        started_on=today(),
    )  # fmt: skip


def test_one_document_lies_in_several_files_in_the_order_it_was_put(here: Office, letter: Document) -> None:
    first, second = case_file(here), case_file(here, "02.QLKH")
    other = register_incoming(unit=here.sokhcn, by=here.clerk, typed={"subject": "Khác"})
    assert file_documents(first, [letter, other], by=here.clerk) == 2
    assert file_documents(second, [letter], by=here.clerk) == 1
    assert file_documents(first, [letter], by=here.clerk) == 0
    assert [filing.ordinal for filing in first.filings.all()] == [1, 2]
    assert letter.case_files.count() == 2
    unfile(first.filings.get(document=letter), by=here.clerk)
    assert Document.objects.filter(pk=letter.pk).exists()


def test_a_notation_is_used_once_a_year(here: Office) -> None:
    case_file(here)
    with pytest.raises(Refused) as refused:
        case_file(here)
    assert refused.value.refusal.code == "case-file-code-used"


def test_a_frozen_file_does_not_change(here: Office, letter: Document) -> None:
    kept = freeze(case_file(here), by=here.clerk, reason="Văn bản trong hồ sơ bị thu hồi")
    for act in (
        lambda: file_documents(kept, [letter], by=here.clerk),
        lambda: change_case_file(kept, by=here.clerk, title="Khác"),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.refusal.code == "case-file-frozen"


def test_the_slip_comes_out_as_word_with_what_was_written_on_it(here: Office, letter: Document) -> None:
    due = today() + timedelta(days=10)
    dispose(letter, by=here.head, level=Level.BODY, comment="Phòng QLKH xử lý", lead=here.division, due_on=due)
    client = Client()
    client.force_login(here.head)
    answer = client.get(reverse("documents:slip", args=[letter.pk]))
    text = "\n".join(paragraph.text for paragraph in WordFile(io.BytesIO(answer.content)).paragraphs)
    title = "PHIẾU GIẢI QUYẾT VĂN BẢN ĐẾN"
    for words in (title, "12/BKHCN-KHTC", "Phòng QLKH xử lý", f"{due:%d/%m/%Y}", "lãnh đạo đơn vị"):
        assert words in text
    assert str(letter.arrival_number) in answer["Content-Disposition"]
