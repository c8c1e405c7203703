"""Incoming documents: read, corrected, doubled, secret."""

from datetime import date, timedelta

import pytest

from khue.accounts.veils import hidden
from khue.core.clock import today
from khue.core.refusals import Refused
from khue.documents.actions import register_incoming
from khue.documents.actions.incoming import correct, take_content_out
from khue.documents.models import Document, Reading, Secrecy
from khue.documents.rules.visibility import visible_to
from khue.documents.tests.city import PLAN, Office, person, unit, word
from khue.files.actions import remove
from khue.files.models import File, Version
from khue.files.reading import read_version
from khue.flow.desk import i_wait_for, waiting_for
from khue.matching.rules import sees
from khue.notices.calendar import feed


@pytest.fixture
def here(here: Office, settings: object, tmp_path: object) -> Office:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    return here


def read(document: Document) -> Document:
    """What the job does."""
    assert document.main_file is not None
    read_version(Version.objects.select_related("file").get(file=document.main_file))
    return Document.objects.get(pk=document.pk)


def test_the_reader_fills_the_register_from_the_file(here: Office) -> None:
    document = register_incoming(unit=here.sokhcn, by=here.clerk, upload=word(*PLAN))
    assert (document.arrival_number, document.reading) == (1, Reading.WAITING)
    found = read(document)
    assert (found.sign, found.number, found.type, found.family) == ("345/KH-UBND", "345", "KH", "state")
    assert found.issued_on == date(2022, 12, 20)
    assert "nhân dân thành phố Hà Nội" in found.issuer_name
    assert found.signer == "Trần Sỹ Thanh"
    assert found.subject.startswith("Triển khai chiến lược khoa học")
    assert "Các sở, ban, ngành" in found.addressees
    assert {"sign", "issued_on", "subject"} <= set(found.read_fields)
    assert found.case is not None
    assert found.case.step == "registered"
    assert "345/KH-UBND" in found.case.title


def test_what_a_person_typed_is_never_overwritten(here: Office) -> None:
    typed = {"subject": "Trích yếu do văn thư gõ", "sign": "346/KH-UBND"}
    found = read(register_incoming(unit=here.sokhcn, by=here.clerk, upload=word(*PLAN), typed=typed))
    assert (found.subject, found.sign) == ("Trích yếu do văn thư gõ", "346/KH-UBND")
    assert found.signer == "Trần Sỹ Thanh"
    assert not {"subject", "sign"} & set(found.read_fields)


def test_a_field_corrected_between_is_left_alone_and_a_confirmed_one_loses_its_mark(here: Office) -> None:
    document = register_incoming(unit=here.sokhcn, by=here.clerk, upload=word(*PLAN))
    correct(document, by=here.clerk, changed={"signer": "Nguyễn Văn Khác"})
    found = read(document)
    assert found.signer == "Nguyễn Văn Khác"
    confirmed = correct(found, by=here.clerk, changed={"sign": found.sign})
    assert "sign" not in confirmed.read_fields


def test_citations_of_the_file_are_written_with_their_kind(here: Office) -> None:
    found = read(register_incoming(unit=here.sokhcn, by=here.clerk, upload=word(*PLAN)))
    citation = found.citations.get(sign="07-CTr/TU")
    assert (citation.kind, citation.cited) == ("basis", None)


def test_a_file_that_cannot_be_read_says_why_and_the_register_stays(here: Office) -> None:
    document = register_incoming(unit=here.sokhcn, by=here.clerk, upload=word("x"))
    version = Version.objects.select_related("file").get(file=document.main_file)
    version.sha256 = "0" * 64
    read_version(version)
    found = Document.objects.get(pk=document.pk)
    assert found.reading == Reading.FAILED
    assert found.reading_problem


def test_the_same_file_twice_is_a_duplicate_unless_somebody_says_why(here: Office) -> None:
    read(register_incoming(unit=here.sokhcn, by=here.clerk, upload=word(*PLAN)))
    upload = word(*PLAN)
    first = File.objects.get().current.sha256
    upload.seek(0)
    with pytest.raises(Refused) as refused:
        register_incoming(
            unit=here.sokhcn, by=here.clerk, typed={"sign": "345/KH-UBND", "issued_on": date(2022, 12, 20)}
        )
    assert refused.value.refusal.code == "document-duplicate"
    assert "345/KH-UBND" in str(refused.value)
    again = register_incoming(
        unit=here.sokhcn, by=here.clerk, typed={"sign": "345/KH-UBND"}, duplicate_reason="Bản có dấu đỏ"
    )
    assert (again.arrival_number, again.duplicate_reason) == (2, "Bản có dấu đỏ")
    assert first


def test_the_very_same_bytes_are_known_again(here: Office) -> None:
    upload = word("Một văn bản không có số")
    register_incoming(unit=here.sokhcn, by=here.clerk, upload=upload)
    with pytest.raises(Refused) as refused:
        register_incoming(unit=here.sokhcn, by=here.clerk, upload=upload)
    assert refused.value.refusal.code == "document-duplicate"


def test_the_same_sign_of_another_body_or_day_is_no_duplicate(here: Office) -> None:
    facts = {"sign": "12/KH-UBND", "issuer_name": "UBND phường Láng", "issued_on": date(2026, 1, 5)}
    register_incoming(unit=here.sokhcn, by=here.clerk, typed=facts)
    register_incoming(unit=here.sokhcn, by=here.clerk, typed=facts | {"issuer_name": "UBND xã Sóc Sơn"})
    register_incoming(unit=here.sokhcn, by=here.clerk, typed=facts | {"issued_on": date(2025, 1, 5)})
    assert Document.objects.count() == 3


def test_a_file_of_a_document_typed_as_secret_is_refused(here: Office) -> None:
    with pytest.raises(Refused) as refused:
        register_incoming(unit=here.sokhcn, by=here.clerk, upload=word("x"), typed={"secrecy": Secrecy.SECRET})
    assert refused.value.refusal.code == "secret-file"
    assert not Document.objects.exists()
    kept = register_incoming(unit=here.sokhcn, by=here.clerk, typed={"secrecy": Secrecy.SECRET, "sign": "01/CV-CA"})
    assert kept.series is not None
    assert kept.series.secret


def test_a_mark_of_secrecy_found_by_the_reader_takes_the_file_out(here: Office) -> None:
    document = register_incoming(unit=here.sokhcn, by=here.clerk, upload=word(*PLAN[:3], "TỐI MẬT", *PLAN[3:]))
    found = read(document)
    assert (found.secrecy, found.digest, found.main_file) == (Secrecy.TOP_SECRET, "", None)
    assert found.sign == "345/KH-UBND"
    assert not File.objects.filter(removed_at=None).exists()
    assert Version.objects.get().text == ""
    assert not visible_to(here.officer).filter(pk=found.pk).exists()


def test_marking_a_document_secret_later_takes_its_file_out(here: Office) -> None:
    document = register_incoming(unit=here.sokhcn, by=here.clerk, upload=word(*PLAN))
    changed = correct(document, by=here.clerk, changed={"secrecy": Secrecy.SECRET})
    assert changed.main_file is None
    assert not File.objects.filter(removed_at=None).exists()
    take_content_out(changed)
    assert changed.digest == ""


def test_of_a_secret_document_no_copy_that_was_taken_off_stays_either(here: Office) -> None:
    document = register_incoming(unit=here.sokhcn, by=here.clerk, upload=word(*PLAN))
    remove(File.objects.get(), by=here.clerk, reason="Bản quét mờ")
    correct(document, by=here.clerk, changed={"secrecy": Secrecy.SECRET})
    assert File.objects.get().disposed_at is not None


def test_only_people_of_the_unit_register_and_not_for_tomorrow(here: Office) -> None:
    with pytest.raises(Refused) as refused:
        register_incoming(unit=here.sokhcn, by=here.ward_clerk)
    assert refused.value.refusal.code == "register-not-yours"
    with pytest.raises(Refused) as refused:
        register_incoming(unit=here.sokhcn, by=here.clerk, arrived_on=today() + timedelta(days=1))
    assert refused.value.refusal.code == "arrival-in-the-future"


def test_nothing_at_all_takes_no_number(here: Office) -> None:
    with pytest.raises(Refused) as refused:
        register_incoming(unit=here.sokhcn, by=here.clerk, typed={"family": "state", "subject": ""})
    assert refused.value.refusal.code == "nothing-to-register"
    assert register_incoming(unit=here.sokhcn, by=here.clerk, typed={"text": "Tin họp"}).arrival_number == 1


def test_who_sees_an_incoming_document(here: Office) -> None:
    document = register_incoming(unit=here.sokhcn, by=here.clerk, typed={"subject": "Việc thường"})
    for who in (here.clerk, here.head, here.leader, here.auditor):
        assert visible_to(who).filter(pk=document.pk).exists()
        assert sees(who, "document", document.pk)
    stranger = person("Người Lạ", "officer", unit("Sở Tài chính"))
    for who in (here.officer, here.ward_clerk, stranger, person("Không Vai")):
        assert not visible_to(who).filter(pk=document.pk).exists()
        assert not sees(who, "document", document.pk)


def test_a_restricted_document_is_left_to_heads_clerks_and_leaders(here: Office) -> None:
    document = register_incoming(unit=here.sokhcn, by=here.clerk, typed={"subject": "Nhân sự", "restricted": True})
    colleague = person("Đồng Nghiệp", "officer", here.sokhcn)
    for who in (here.clerk, here.head, here.leader):
        assert visible_to(who).filter(pk=document.pk).exists()
        assert sees(who, "document", document.pk)
    for who in (colleague, here.auditor):
        assert not visible_to(who).filter(pk=document.pk).exists()
        assert not sees(who, "document", document.pk)
        assert not i_wait_for(who).filter(case=document.case).exists()
        assert not waiting_for(who).filter(case=document.case).exists()
        assert str(document) not in feed(who).decode()
    assert waiting_for(here.clerk).filter(case=document.case).exists()
    plain = register_incoming(unit=here.sokhcn, by=here.clerk, typed={"subject": "Ai cũng xem được"})
    assert i_wait_for(colleague).filter(case=plain.case).exists()
    told = {document.dossier: [colleague, here.clerk], plain.dossier: [colleague]}
    assert hidden(told) == {(document.dossier, colleague.pk)}
