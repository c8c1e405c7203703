"""An outgoing document from its first draft to the last acknowledgement, and its recall."""

from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from khue.accounts.models import User
from khue.core.clock import today
from khue.core.refusals import Refused
from khue.documents.actions import register_incoming
from khue.documents.actions.comments import comment, resolve
from khue.documents.actions.drafts import compose, save_draft
from khue.documents.actions.handling import acknowledge
from khue.documents.actions.outgoing import Target, issue, number_document, recall, register_outgoing, send
from khue.documents.actions.receiving import take_in
from khue.documents.actions.series import open_series
from khue.documents.actions.signing import attach_signed, take_signed_away
from khue.documents.actions.way import advance
from khue.documents.models import Document, Signature
from khue.documents.rules.paper import official_paper
from khue.documents.rules.visibility import visible_to
from khue.documents.tests.city import Office, office, taken_over
from khue.documents.tests.signed import certificate, plain_pdf, signed_pdf, upload
from khue.files.models import File
from khue.flow.desk import waiting_for
from khue.flow.models import Holding
from khue.journal.models import Entry
from khue.notices.models import Notice
from khue.office.word import official

FULL = {
    "place": "Hà Nội",
    "addressees": "UBND phường Láng",
    "body": "Đề nghị báo cáo trước ngày 30.",
    "post": "Giám đốc",
    "signer": "Bùi Văn Khánh",
    "copies_to": "Như trên\nBan Giám đốc",
    "drafting_code": "QLKH",
}


@pytest.fixture(scope="module")
def settled(kept: None) -> Office:
    made = office()
    open_series(unit=made.sokhcn, by=made.clerk, family="state", issuer_code="SKHCN", begins_on=today())
    return made


@pytest.fixture
def here(settled: Office, put_back: None, settings: object, tmp_path: Path) -> Office:
    settings.MEDIA_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    return deepcopy(settled)


def again(document: Document) -> Document:
    return Document.objects.select_related("case").get(pk=document.pk)


def drafted(here: Office, paper: str = "letter") -> Document:
    document = compose(unit=here.sokhcn, by=here.head, paper=paper, subject="đề nghị báo cáo")
    save_draft(document, by=here.head, seen=1, subject="đề nghị báo cáo", content=FULL)
    return again(document)


def submitted(here: Office) -> Document:
    return advance(drafted(here), "submit", by=here.head)


def signed(here: Office) -> Document:
    document = submitted(here)
    attach_signed(document, upload(plain_pdf()), by=here.clerk)
    return again(document)


def step_of(document: Document) -> str:
    found = again(document)
    assert found.case is not None
    return found.case.step


def refused(error: pytest.ExceptionInfo[Refused]) -> str:
    return error.value.refusal.code


def test_the_whole_way(here: Office) -> None:
    document = signed(here)
    assert step_of(document) == "signed"
    numbered = number_document(document, by=here.clerk)
    assert (numbered.sign, step_of(document)) == ("01/SKHCN-QLKH", "numbered")
    issue(numbered, by=here.clerk, targets=[Target("UBND phường Láng", here.ward), Target("Báo Hà Nội mới")])
    assert step_of(document) == "issued"
    assert visible_to(here.ward_clerk).filter(pk=document.pk).exists()
    assert Notice.objects.filter(user=here.ward_clerk, subject__contains="01/SKHCN-QLKH").exists()
    acknowledge(document.recipients.get(unit=here.ward), by=here.ward_clerk)
    assert step_of(document) == "acknowledged"


def test_a_draft_is_not_seen_by_its_addressees_before_it_is_sent(here: Office) -> None:
    document = signed(here)
    document.recipients.create(unit=here.ward, name=here.ward.name)
    assert not visible_to(here.ward_clerk).filter(pk=document.pk).exists()


def test_an_unfinished_draft_is_not_submitted_and_the_refusal_names_the_parts(here: Office) -> None:
    document = compose(unit=here.sokhcn, by=here.head, paper="decision")
    with pytest.raises(Refused) as error:
        advance(document, "submit", by=here.head)
    assert refused(error) == "draft-unready"
    assert step_of(document) == "draft"


def test_open_comments_hold_a_draft_up_until_they_are_resolved(here: Office) -> None:
    document = drafted(here)
    thread = comment(document, by=here.clerk, body="Sửa hạn", quote="trước ngày 30")
    answer = comment(document, by=here.head, body="Đã sửa", parent=thread)
    assert comment(document, by=here.clerk, body="Cảm ơn", parent=answer).parent == thread
    with pytest.raises(Refused) as error:
        advance(document, "submit", by=here.head)
    assert refused(error) == "comments-open"
    resolve(thread, by=here.head)
    advance(document, "submit", by=here.head)
    assert step_of(document) == "for-signature"


def test_an_answer_opens_a_resolved_thread_again(here: Office) -> None:
    document = drafted(here)
    thread = resolve(comment(document, by=here.clerk, body="Sửa hạn"), by=here.head)
    comment(document, by=here.clerk, body="Chưa được", parent=thread)
    thread.refresh_from_db()
    assert thread.resolved_at is None


def test_two_writers_never_overwrite_each_other(here: Office) -> None:
    document = drafted(here)
    save_draft(document, by=here.clerk, seen=2, subject="một", content={"body": "Bản của văn thư"})
    with pytest.raises(Refused) as error:
        save_draft(document, by=here.head, seen=2, subject="hai", content={"body": "Bản của lãnh đạo"})
    assert refused(error) == "draft-changed"
    assert again(document).draft.body == "Bản của văn thư"
    kept = document.draft.versions.get()
    assert kept.content["body"] == FULL["body"]


def test_a_signed_draft_does_not_change_until_the_copy_is_taken_away(here: Office) -> None:
    document = signed(here)
    with pytest.raises(Refused) as error:
        save_draft(document, by=here.head, seen=2, subject="khác", content={})
    assert refused(error) == "draft-signed"
    take_signed_away(document, by=here.clerk, reason="Ký nhầm bản")
    assert step_of(document) == "draft"
    save_draft(again(document), by=here.head, seen=2, subject="khác", content={})
    assert File.objects.filter(removed_at__isnull=False).count() == 1


def test_no_number_before_the_signature_and_no_second_number(here: Office) -> None:
    document = submitted(here)
    with pytest.raises(Refused) as error:
        number_document(document, by=here.clerk)
    assert refused(error) == "not-signed"
    attach_signed(document, upload(plain_pdf()), by=here.clerk)
    number_document(document, by=here.clerk)
    with pytest.raises(Refused) as error:
        number_document(document, by=here.clerk)
    assert refused(error) == "numbered-already"


def test_only_the_clerk_numbers_and_not_for_tomorrow(here: Office) -> None:
    document = signed(here)
    with pytest.raises(Refused) as error:
        number_document(document, by=here.head)
    assert refused(error) == "issuing-not-yours"
    with pytest.raises(Refused) as error:
        number_document(document, by=here.clerk, on=today() + timedelta(days=1))
    assert refused(error) == "date-in-the-future"
    with pytest.raises(Refused) as error:
        issue(document, by=here.clerk)
    assert refused(error) == "not-numbered"


def test_a_digital_signature_is_checked_and_shown(here: Office, tmp_path: Path) -> None:
    document = submitted(here)
    copy = attach_signed(document, upload(signed_pdf(tmp_path)), by=here.clerk)
    assert copy.kind == "digital"
    signature = copy.signatures.get()
    assert signature.signer == "Bùi Văn Khánh"
    assert (signature.intact, signature.covers_whole) == (True, True)
    assert signature.trust == Signature.Trust.UNKNOWN
    assert signature.signed_at is not None


def test_a_signature_of_a_trusted_issuer_is_called_so(here: Office, tmp_path: Path, settings: object) -> None:
    (tmp_path / "trust").mkdir()
    (tmp_path / "trust" / "root.pem").write_bytes(certificate(365)[1])
    document = submitted(here)
    settings.PROCESSES = tmp_path  # type: ignore[attr-defined]
    copy = attach_signed(document, upload(signed_pdf(tmp_path)), by=here.clerk)
    assert copy.signatures.get().trust == Signature.Trust.TRUSTED


def test_an_expired_certificate_is_called_so(here: Office, tmp_path: Path) -> None:
    document = submitted(here)
    copy = attach_signed(document, upload(signed_pdf(tmp_path, days=10)), by=here.clerk)
    assert copy.signatures.get().trust == Signature.Trust.EXPIRED


def test_a_pdf_changed_after_it_was_signed_is_refused(here: Office, tmp_path: Path) -> None:
    document = submitted(here)
    broken = signed_pdf(tmp_path).replace(b"[0 0 595 842]", b"[0 0 595 999]")
    with pytest.raises(Refused) as error:
        attach_signed(document, upload(broken), by=here.clerk)
    assert refused(error) == "signature-broken"
    assert ".)" not in str(error.value), "one sentence, though it holds another"
    assert not File.objects.exists()


def test_words_added_behind_a_signature_do_not_count_as_signed(here: Office, tmp_path: Path) -> None:
    document = submitted(here)
    more = signed_pdf(tmp_path) + b"\n% added later\n"
    copy = attach_signed(document, upload(more), by=here.clerk)
    assert copy.signatures.get().covers_whole is False


def test_a_recalled_document_asks_for_destruction_and_says_why(here: Office) -> None:
    document = number_document(signed(here), by=here.clerk)
    issue(document, by=here.clerk, targets=[Target(here.ward.name, here.ward)])
    recipient = document.recipients.get()
    with pytest.raises(Refused) as error:
        acknowledge(recipient, by=here.ward_clerk, of="recall")
    assert refused(error) == "not-recalled"
    recall(document, by=here.clerk, reason="Sai số liệu")
    assert step_of(document) == "recalled"
    notice = Notice.objects.get(user=here.ward_clerk, key__startswith="document-recalled")
    assert notice.body == "Sai số liệu"
    acknowledge(recipient, by=here.ward_clerk, of="recall")
    with pytest.raises(Refused) as error:
        send(again(document), by=here.clerk, targets=[Target("Ai đó")])
    assert refused(error) == "recalled"


def test_the_receiver_takes_it_into_its_own_register_without_typing(here: Office) -> None:
    document = number_document(signed(here), by=here.clerk)
    issue(document, by=here.clerk, targets=[Target(here.ward.name, here.ward)])
    taken = take_in(document.recipients.get(), by=here.ward_clerk)
    assert (taken.unit, taken.arrival_number, taken.sign) == (here.ward, 1, document.sign)
    assert taken.main_file is not None
    assert step_of(document) == "acknowledged"
    with pytest.raises(Refused) as error:
        take_in(document.recipients.get(), by=here.ward_clerk)
    assert refused(error) == "document-duplicate"
    with pytest.raises(Refused) as error:
        take_in(document.recipients.get(), by=here.clerk)
    assert refused(error) == "recipient-not-yours"


def test_an_officer_of_a_division_drafts_and_the_divisions_head_submits(here: Office) -> None:
    document = compose(unit=here.sokhcn, by=here.officer, paper="letter", subject="đề nghị báo cáo")
    save_draft(document, by=here.officer, seen=1, subject="đề nghị báo cáo", content=FULL)
    assert again(document).draft.drafting_code == "QLKH"
    assert visible_to(here.division_head).filter(pk=document.pk).exists()
    advance(document, "submit", by=here.division_head)
    assert step_of(document) == "for-signature"
    assert not visible_to(here.ward_clerk).filter(pk=document.pk).exists()


def test_recipients_elsewhere_see_the_document_and_not_how_it_came_about(here: Office) -> None:
    document = signed(here)
    comment(document, by=here.head, body="Ý kiến nội bộ")
    number_document(document, by=here.clerk)
    issue(document, by=here.clerk, targets=[Target(here.ward.name, here.ward)])
    client = Client()
    client.force_login(here.ward_clerk)
    page = client.get(reverse("documents:document", args=[document.pk])).content.decode()
    assert "đề nghị báo cáo" in page
    assert "Ý kiến nội bộ" not in page
    assert client.get(reverse("documents:word", args=[document.pk])).status_code == 302


def test_nobody_is_sent_the_same_document_twice(here: Office) -> None:
    document = number_document(signed(here), by=here.clerk)
    target = [Target(here.ward.name, here.ward), Target("Báo Hà Nội mới")]
    issue(document, by=here.clerk, targets=target)
    assert send(again(document), by=here.clerk, targets=target) == []
    assert Notice.objects.filter(user=here.ward_clerk).count() == 1


def test_a_paper_signed_elsewhere_is_registered_with_the_number_it_bears(here: Office) -> None:
    document = register_outgoing(unit=here.sokhcn, by=here.clerk, typed={"type": "KH", "subject": "Kế hoạch"}, number=1)
    assert document.sign == "01/KH-SKHCN"
    with pytest.raises(Refused) as error:
        register_outgoing(unit=here.sokhcn, by=here.clerk, typed={"type": "KH", "subject": "Khác"}, number=1)
    assert refused(error) == "number-used"
    assert "01/KH-SKHCN" in str(error.value)


def test_an_answer_is_linked_to_the_letter_it_answers(here: Office) -> None:
    letter = register_incoming(unit=here.sokhcn, by=here.clerk, typed={"sign": "12/BKHCN-KHTC", "subject": "Hỏi"})
    answer = compose(unit=here.sokhcn, by=here.clerk, paper="letter", answers=letter)
    citation = answer.citations.get()
    assert (citation.cited, citation.kind) == (letter, "reply")


def test_every_paper_comes_out_as_word(here: Office) -> None:
    for paper in ("letter", "decision", "plan", "party-notice", "party-letter", "invitation"):
        data = official(official_paper(drafted(here, paper).draft))
        assert data.startswith(b"PK"), paper


def test_the_writer_needs_a_part_in_the_organisation(here: Office) -> None:
    def by(user: User) -> None:
        compose(unit=here.sokhcn, by=user, paper="letter")

    for user in (here.ward_clerk, here.auditor):
        with pytest.raises(Refused) as error:
            by(user)
        assert refused(error) == "drafts-not-yours"


def test_years_of_numbers_are_those_of_the_day_of_the_document(here: Office) -> None:
    open_series(
        unit=here.sokhcn, by=here.clerk, family="state", issuer_code="SKHCN", begins_on=date(2025, 1, 1), last=7
    )
    old = register_outgoing(
        unit=here.sokhcn, by=here.clerk, typed={"type": "BC", "subject": "Cũ"}, on=date(2025, 12, 30)
    )
    assert old.sign == "08/BC-SKHCN"


def test_after_a_merger_drafts_go_on_at_the_successor_and_given_numbers_stay(here: Office) -> None:
    written = compose(unit=here.sokhcn, by=here.officer, paper="letter", subject="xin ý kiến")
    old_signed, numbered, sent = signed(here), signed(here), signed(here)
    for document in (numbered, sent):
        number_document(document, by=here.clerk)
    issue(sent, by=here.clerk, targets=[Target("UBND phường Láng", here.ward)])
    heir, section, clerk, head, officer = taken_over(here)
    assert not Holding.objects.current().filter(unit__in=[here.sokhcn, here.division]).exists()
    draft = again(written)
    assert (draft.unit, draft.issuer_name, draft.draft.drafting_code) == (heir, heir.name, "KH")
    assert written.case in {one.case for one in waiting_for(officer)}
    save_draft(draft, by=officer, seen=draft.draft.version, subject="xin ý kiến", content=FULL)
    with pytest.raises(Refused) as refused:
        number_document(old_signed, by=clerk)
    assert refused.value.refusal.code == "not-signed", "it was signed in the name of the old one"
    advance(again(old_signed), "hand-back", by=clerk, comment="Ký lại")
    advance(again(old_signed), "submit", by=head)
    assert (again(numbered).unit, again(numbered).sign) == (here.sokhcn, "01/SKHCN-QLKH")
    issue(again(numbered), by=clerk, targets=[Target("UBND phường Láng", here.ward)])
    recall(again(sent), by=clerk, reason="Nhầm số liệu")
    assert Notice.objects.filter(user=clerk, subject__startswith="Được bàn giao").count() == 4
    told = Entry.objects.filter(verb="document.handed-over", dossier=written.dossier)
    assert {one.facts["new"] for one in told} == {heir.name, section.name}
