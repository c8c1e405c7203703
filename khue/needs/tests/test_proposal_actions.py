"""Proposals from the first word to the order proposal of a unit."""

from datetime import date

import pytest

from khue.core import clock
from khue.core.refusals import Refused
from khue.councils.models import Conflict
from khue.journal.timeline import timeline
from khue.matching.rules import sees
from khue.needs.actions.order_proposals import choose, save_order, send_order, start_order, withdraw_order
from khue.needs.actions.proposals import act, discard, draft_from_needs, save_draft, send, start, withdraw
from khue.needs.models import Need, OrderProposal, Proposal
from khue.needs.rules import order_proposals
from khue.needs.rules.proposal_forms import missing_in
from khue.needs.rules.proposals import found_by, visible_to
from khue.needs.tests.office import ANSWERS, B1, Office, again


def code_of(error: "pytest.ExceptionInfo[Refused]") -> str:
    return error.value.refusal.code


def test_a_need_becomes_a_draft_that_says_what_the_need_says(here: Office) -> None:
    need = Need.objects.create(
        title="Đất rau nhiễm mặn", problem="Rau chết từng đám", affected="300 hộ", tried="Rửa mặn",
        hoped="Có giống mới", field="agriculture", author=here.writer, unit=here.commune,
    )  # fmt: skip
    made = draft_from_needs([need], by=again(here.officer))
    assert (made.unit, made.title, made.field) == (here.department, "Đất rau nhiễm mặn", "agriculture")
    assert made.answers["urgency"] == "Rau chết từng đám\n300 hộ"
    assert made.answers["known"] == "Rửa mặn"
    assert list(made.needs.all()) == [need]
    with pytest.raises(Refused) as error:
        draft_from_needs([], by=here.officer)
    assert code_of(error) == "proposal.no-need"


def test_a_need_says_only_what_the_form_of_the_type_asks(here: Office) -> None:
    need = Need.objects.create(
        title="Thiếu cơ chế thu gom", problem="Rơm bị đốt", tried="Đã tuyên truyền", hoped="Có cơ chế",
        author=here.writer, unit=here.commune,
    )  # fmt: skip
    made = draft_from_needs([need], by=here.officer, type="scheme")
    assert "known" not in made.answers
    save_draft(made, by=here.officer, answers=made.answers)
    made.answers = {**made.answers, "gone": "của mẫu cũ"}
    made.save()
    with pytest.raises(Refused) as error:
        send(made, by=here.officer)
    assert code_of(error) == "proposal.incomplete"


def test_only_the_unit_writes_and_two_who_write_at_once_are_told(here: Office) -> None:
    made = here.draft(whole=False)
    with pytest.raises(Refused) as error:
        save_draft(made, by=here.stranger, answers={})
    assert code_of(error) == "proposal.not-yours"
    seen = made.revision
    save_draft(made, by=here.colleague, answers={"months": "12"}, revision=seen)
    with pytest.raises(Refused) as error:
        save_draft(made, by=here.writer, answers={"months": "36"}, revision=seen)
    assert code_of(error) == "proposal.kept-meanwhile"
    assert "Đỗ Văn Đồng" in str(error.value)
    made.refresh_from_db()
    assert made.answers["months"] == 12


def test_a_draft_is_seen_by_its_unit_alone(here: Office) -> None:
    made = here.draft()
    seers = {user.full_name for user in (here.writer, here.colleague, here.stranger, here.officer, here.leader)
             if visible_to(again(user)).filter(pk=made.pk).exists()}  # fmt: skip
    assert seers == {"Nguyễn Thị Hạnh", "Đỗ Văn Đồng"}
    send(made, by=here.writer)
    assert visible_to(again(here.officer)).filter(pk=made.pk).exists()
    assert visible_to(again(here.auditor)).filter(pk=made.pk).exists()
    assert not visible_to(again(here.stranger)).filter(pk=made.pk).exists()
    assert found_by(again(here.auditor)) is None, "search makes no list of all proposals for who sees them all"
    found = [sees(again(user), "proposal", made.pk) for user in (here.writer, here.officer, here.stranger)]
    assert found == [True, True, False]


def test_sending_asks_for_what_is_missing_then_gives_a_number_and_a_case(here: Office) -> None:
    made = here.draft(whole=False)
    assert "Mục tiêu" in missing_in(made)
    with pytest.raises(Refused) as error:
        send(made, by=here.writer)
    assert code_of(error) == "proposal.incomplete"
    assert "Tính cấp thiết" in str(error.value)
    save_draft(made, by=here.writer, answers=ANSWERS)
    send(made, by=here.writer)
    assert made.code == "ĐX-2027-0001"
    assert made.case is not None
    assert made.case.step == "submitted"
    assert here.sent("Một đề xuất khác").code == "ĐX-2027-0002"
    with pytest.raises(Refused) as error:
        save_draft(made, by=here.writer, answers={})
    assert code_of(error) == "proposal.sent"


def test_withdrawing_needs_a_reason_and_a_draft_can_be_thrown_away(here: Office) -> None:
    made = here.sent()
    with pytest.raises(Refused):
        withdraw(made, by=here.writer, reason=" ")
    with pytest.raises(Refused) as error:
        withdraw(made, by=here.officer, reason="Không cần nữa")
    assert code_of(error) == "flow.not-yours"
    withdraw(made, by=here.colleague, reason="Đã có nơi làm")
    assert made.state == Proposal.State.WITHDRAWN
    draft = here.draft("Bản nháp")
    discard(draft, by=here.writer)
    assert not Proposal.objects.filter(title="Bản nháp").exists()


def test_refusing_tells_the_proposer_why(here: Office) -> None:
    made = here.sent()
    with pytest.raises(Refused) as error:
        act(made, "refuse", by=here.officer, comment="Không thuộc phạm vi")
    assert code_of(error) == "flow.not-yours"
    act(made, "refuse", by=here.head, comment="Việc này thuộc chương trình nông thôn mới")
    assert made.state == Proposal.State.REFUSED
    assert here.writer.notices.filter(body__contains="nông thôn mới").exists()


def test_a_case_stays_under_the_rules_it_was_opened_under(here: Office) -> None:
    with clock.at(date(2025, 9, 29)):
        old = here.sent("Mở trước 01/10/2025")
        waiting = here.draft("Viết trước, gửi sau")
    with clock.at(date(2025, 10, 2)):
        send(waiting, by=here.writer)
        act(old, "start-search", by=here.officer)
    assert old.case is not None
    assert waiting.case is not None
    assert old.case.process_version.version == date(2025, 2, 10)
    assert waiting.case.process_version.version == date(2025, 10, 1)


def test_who_has_a_part_in_it_neither_sees_nor_handles_it(here: Office) -> None:
    made = here.sent()
    assert here.officer.person is not None
    Conflict.objects.create(person=here.officer.person, dossier=made.dossier, ground="family", source="told")
    officer = again(here.officer)
    assert not visible_to(officer).filter(pk=made.pk).exists()
    assert not sees(officer, "proposal", made.pk)
    with pytest.raises(Refused) as error:
        act(made, "start-search", by=officer)
    assert code_of(error) == "proposal.conflict"


def test_an_order_proposal_sends_its_drafts_with_it_all_or_nothing(here: Office) -> None:
    order = start_order(unit=here.commune, by=here.writer)
    assert order.form == "b1"
    assert start_order(unit=here.department, by=here.officer).form == "b2"
    first, second = here.draft("Việc thứ nhất"), here.draft("Việc thứ hai", whole=False)
    save_order(order, by=here.writer, answers=B1)
    choose(order, [second, first], by=here.writer)
    with pytest.raises(Refused) as error:
        send_order(order, by=here.writer)
    assert code_of(error) == "order-proposal.incomplete"
    assert "Việc thứ hai" in str(error.value)
    first.refresh_from_db()
    assert first.state == Proposal.State.DRAFT
    save_draft(second, by=here.writer, answers=ANSWERS)
    send_order(order, by=here.writer)
    assert order.code == "ĐH-2027-0001"
    assert [(one.title, one.rank) for one in order.proposals.order_by("rank")] == [
        ("Việc thứ hai", 1),
        ("Việc thứ nhất", 2),
    ]
    assert here.officer.notices.filter(subject__contains="ĐH-2027-0001").exists()
    assert order_proposals.visible_to(again(here.officer)).filter(pk=order.pk).exists()
    assert not order_proposals.visible_to(again(here.stranger)).filter(pk=order.pk).exists()


def test_a_proposal_stands_in_one_order_proposal_and_a_withdrawn_one_lets_it_go(here: Office) -> None:
    one = here.draft()
    order, other = start_order(unit=here.commune, by=here.writer), start_order(unit=here.commune, by=here.writer)
    for each in (order, other):
        save_order(each, by=here.writer, answers=B1)
    choose(order, [one], by=here.writer)
    with pytest.raises(Refused) as error:
        choose(other, [one], by=here.writer)
    assert code_of(error) == "order-proposal.not-choosable"
    send_order(order, by=here.writer)
    withdraw_order(order, by=here.writer, reason="Gửi nhầm")
    assert order.state == OrderProposal.State.WITHDRAWN
    choose(other, [one], by=here.writer)
    assert other.proposals.get() == one


def test_the_journal_tells_it_in_sentences(here: Office) -> None:
    made = here.sent()
    told = [entry.sentence for entry in timeline(made.dossier)]
    assert any("ĐX-2027-0001" in sentence for sentence in told)
    assert all("%(" not in sentence for sentence in told)


@pytest.mark.parametrize(
    ("type_", "title", "code"), [("x", "Có", "proposal.no-type"), ("scheme", " ", "proposal.no-title")]
)
def test_types_and_titles_are_asked_for(here: Office, type_: str, title: str, code: str) -> None:
    with pytest.raises(Refused) as error:
        start(unit=here.commune, by=here.writer, type=type_, title=title)
    assert code_of(error) == code
