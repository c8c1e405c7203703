"""The end of a case file's retention: who decides, what goes and what stays."""

import io
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from python_calamine import CalamineWorkbook

from khue.accounts.models import User
from khue.core.clock import at
from khue.core.refusals import Refused
from khue.documents.actions.casefiles import change_case_file, file_documents, freeze, open_case_file
from khue.documents.actions.drafts import compose, save_draft
from khue.documents.actions.incoming import register_incoming
from khue.documents.actions.retention import destroy, keep_longer
from khue.documents.actions.versions import keep_version
from khue.documents.forms.handling import FilingForm
from khue.documents.models import CaseFile, Document, Draft
from khue.documents.rules.extraction import may_extract
from khue.documents.rules.retention import retention_over
from khue.documents.tests.city import Office, word
from khue.files import store
from khue.files.actions import remove
from khue.files.models import File
from khue.journal.timeline import timeline

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
BY: dict[str, Any] = {"decision": "12/QĐ-SKHCN", "decided_on": date(2026, 11, 20)}


@pytest.fixture(autouse=True)
def _today(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with at(TODAY):
        yield


def kept(here: Office, notation: str, retention: str = "5 năm", ended_on: date | None = date(2020, 6, 30)) -> CaseFile:
    return open_case_file(
        unit=here.sokhcn, by=here.clerk, year=2020, notation=notation, title=f"Hồ sơ {notation}", retention=retention,
        started_on=date(2020, 1, 6), ended_on=ended_on,
    )  # fmt: skip


def letter(here: Office, subject: str) -> Document:
    return register_incoming(unit=here.sokhcn, by=here.clerk, upload=word(subject), typed={"subject": subject})


def content(document: Document) -> File:
    return File.objects.get(dossier_kind="document", dossier_id=document.pk)


def page(user: User, name: str, *args: int, query: str = "") -> str:
    client = Client()
    client.force_login(user)
    return client.get(reverse(name, args=args) + query).content.decode()


@pytest.mark.parametrize(
    ("retention", "ended_on", "until"),
    [
        ("5 năm", date(2020, 6, 30), "30/06/2025"), ("5 năm", None, ""), ("Vĩnh viễn", None, "Vĩnh viễn"),
        ("Đến khi hết hiệu lực", date(2020, 6, 30), "Do người có thẩm quyền xét"),
    ],
)  # fmt: skip
def test_a_file_says_until_when_it_is_kept(here: Office, retention: str, ended_on: date | None, until: str) -> None:
    assert kept(here, "01", retention, ended_on).until == until


def test_only_what_ended_longer_ago_than_its_years_is_over(here: Office) -> None:
    over = kept(here, "01")
    kept(here, "02", ended_on=date(2021, 11, 23))  # its last day is today
    kept(here, "03", "Vĩnh viễn")
    kept(here, "04", "Đến khi hết hiệu lực")
    kept(here, "05", ended_on=None)
    assert list(CaseFile.objects.filter(retention_over())) == [over]


def test_the_migration_reads_the_words_as_saving_does(here: Office) -> None:
    words = [
        "5 năm",
        " 20 NĂM.",
        "10 years",
        "05 năm",
        "0 năm",
        "Vĩnh viễn",
        "5 năm sau khi hủy",
        "Đến năm 2030",
    ]
    leap = date(2020, 2, 29)
    for number, retention in enumerate(words):
        kept(here, f"{number:02d}", retention, leap)
    kept(here, "90", ended_on=None)
    read = dict(CaseFile.objects.values_list("notation", "keep_until"))
    CaseFile.objects.update(keep_until=None)
    with connection.cursor() as cursor:
        cursor.execute(import_module("khue.documents.migrations.0002_retention").FILL)
    assert dict(CaseFile.objects.values_list("notation", "keep_until")) == read
    assert read["00"] == date(2025, 2, 28)


def test_destroying_takes_the_content_and_keeps_the_facts(here: Office) -> None:
    over, other = kept(here, "01"), kept(here, "02", "Vĩnh viễn")
    alone, shared = letter(here, "Báo cáo năm 2020"), letter(here, "Kế hoạch năm 2020")
    file_documents(over, [alone, shared], by=here.clerk)
    file_documents(other, [shared], by=here.clerk)
    sha256 = content(alone).current.sha256
    destroy(over, by=here.clerk, **BY)
    for job in ProcrastinateJob.objects.filter(task_name="files.clear"):
        app.tasks["files.clear"](**job.args)
    over.refresh_from_db()
    gone = content(alone)
    assert (over.destroyed_at is not None, over.decision, over.decided_on) == (True, "12/QĐ-SKHCN", BY["decided_on"])
    assert gone.disposed_at is not None
    assert gone.current.sha256 == sha256
    assert gone.current.text == ""
    with pytest.raises(store.Damaged):
        store.load(sha256)
    assert store.load(content(shared).current.sha256)
    assert [filing.document for filing in over.filings.all()] == [alone, shared]
    assert str(timeline(over.dossier)[0].sentence) == (
        "Nguyễn Thị Hoa tiêu hủy hồ sơ theo quyết định 12/QĐ-SKHCN ngày 20/11/2026; văn bản bị hủy nội dung: 1, "
        "văn bản còn giữ ở hồ sơ khác: 1"
    )
    told = [entry.note for entry in timeline(alone.dossier)]
    assert "Hồ sơ 01 năm 2020 tiêu hủy theo quyết định 12/QĐ-SKHCN ngày 20/11/2026" in " ".join(map(str, told))


def test_what_was_taken_off_a_document_earlier_is_destroyed_with_it(here: Office) -> None:
    over, paper = kept(here, "01"), letter(here, "Báo cáo năm 2020")
    file_documents(over, [paper], by=here.clerk)
    remove(content(paper), by=here.clerk, reason="Bản quét mờ")
    destroy(over, by=here.clerk, **BY)
    assert content(paper).disposed_at is not None


def test_the_last_of_two_files_takes_what_they_share(here: Office) -> None:
    first, second, shared = kept(here, "01"), kept(here, "02"), letter(here, "Kế hoạch")
    for each in (first, second):
        file_documents(each, [shared], by=here.clerk)
    destroy(first, by=here.clerk, **BY)
    assert content(shared).disposed_at is None
    destroy(second, by=here.clerk, **BY)
    assert content(shared).disposed_at is not None


def test_what_was_written_here_goes_too(here: Office) -> None:
    over, draft = kept(here, "01"), compose(unit=here.sokhcn, by=here.head, paper="report", subject="Báo cáo")
    save_draft(draft, by=here.head, seen=1, subject="Báo cáo", content={"body": "Đã làm xong."})
    kept_version = keep_version(Draft.objects.get(document=draft))
    assert kept_version.content["body"] == "Đã làm xong."
    file_documents(over, [draft], by=here.clerk)
    destroy(over, by=here.clerk, **BY)
    kept_version.refresh_from_db()
    assert kept_version.content["body"] == ""
    assert Draft.objects.get(document=draft).body == ""


def test_a_destroyed_file_is_closed_to_change(here: Office) -> None:
    over, paper = kept(here, "01"), letter(here, "Báo cáo")
    file_documents(over, [paper], by=here.clerk)
    destroy(over, by=here.clerk, **BY)
    for act in (
        lambda: change_case_file(over, by=here.clerk, title="Khác"),
        lambda: file_documents(over, [letter(here, "Nữa")], by=here.clerk),
        lambda: destroy(over, by=here.clerk, **BY),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.refusal.code == "case-file-destroyed"
    assert over not in FilingForm(user=here.clerk).fields["case_file"].queryset  # type: ignore[attr-defined]
    refusal = may_extract(here.clerk, Document.objects.get(pk=paper.pk))
    assert refusal is not None
    assert refusal.code == "document-destroyed"


def test_keeping_longer_needs_a_longer_retention_and_a_reason(here: Office) -> None:
    over = kept(here, "01")
    for retention, reason, code in (
        ("6 năm", "Còn dùng", "retention-too-short"), ("", "Còn dùng", "retention-too-short"),
        ("20 năm", " ", "reason-missing"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            keep_longer(over, by=here.clerk, **BY, retention=retention, reason=reason)
        assert refused.value.refusal.code == code
    longer = keep_longer(over, by=here.clerk, **BY, retention="20 năm", reason="Còn tra cứu")
    assert longer.keep_until == date(2040, 6, 30)
    assert str(timeline(over.dossier)[0].sentence) == (
        "Nguyễn Thị Hoa giữ thêm hồ sơ theo quyết định 12/QĐ-SKHCN ngày 20/11/2026, 5 năm → 20 năm: Còn tra cứu"
    )


@pytest.mark.parametrize(
    ("retention", "ended_on", "changed", "code"),
    [
        ("10 năm", date(2020, 6, 30), {}, "retention-not-over"),
        ("5 năm", None, {}, "retention-not-over"),
        ("Vĩnh viễn", date(2020, 6, 30), {}, "retention-for-good"),
        ("5 năm", date(2020, 6, 30), {"decision": " "}, "decision-missing"),
        ("5 năm", date(2020, 6, 30), {"decided_on": date(2026, 11, 24)}, "decision-in-the-future"),
        ("5 năm", date(2020, 6, 30), {"decided_on": date(2025, 6, 30)}, "decision-before-the-end"),
        ("Đến khi hết hiệu lực", None, {}, "retention-not-over"),
        ("Đến khi hết hiệu lực", date(2020, 6, 30), {"decided_on": date(2020, 6, 1)}, "decision-before-the-end"),
    ],
)
def test_what_is_refused(here: Office, retention: str, ended_on: date | None, changed: dict, code: str) -> None:
    file = kept(here, "01", retention, ended_on)
    with pytest.raises(Refused) as refused:
        destroy(file, by=here.clerk, **{**BY, **changed})
    assert refused.value.refusal.code == code


def test_frozen_files_and_those_of_others_are_refused(here: Office) -> None:
    over = kept(here, "01")
    with pytest.raises(Refused) as refused:
        destroy(over, by=here.ward_clerk, **BY)
    assert refused.value.refusal.code == "files-not-yours"
    freeze(over, by=here.clerk, reason="Đang thanh tra")
    with pytest.raises(Refused) as refused:
        destroy(over, by=here.clerk, **BY)
    assert refused.value.refusal.code == "case-file-frozen"


def test_words_without_a_period_are_judged_by_a_person(here: Office) -> None:
    judged = kept(here, "01", "Đến khi hết hiệu lực")
    shown = page(here.clerk, "documents:case-file", judged.pk)
    assert "Do người có thẩm quyền xét" in shown
    assert "người có thẩm quyền xét đã hết hay chưa" in shown
    assert destroy(judged, by=here.clerk, **BY).destroyed_at is not None


def test_the_list_counts_filters_and_tells_until_when(here: Office) -> None:
    over = kept(here, "01")
    kept(here, "02", "Vĩnh viễn")
    whole = page(here.clerk, "documents:case-files")
    for words in ("1 hồ sơ hết thời hạn bảo quản", "30/06/2025", "Vĩnh viễn"):
        assert words in whole
    narrowed = page(here.clerk, "documents:case-files", query="?state=over")
    assert "Hồ sơ 01" in narrowed
    assert "Hồ sơ 02" not in narrowed
    destroy(over, by=here.clerk, **BY)
    assert "hồ sơ hết thời hạn bảo quản" not in page(here.clerk, "documents:case-files")
    assert "Hồ sơ 01" in page(here.clerk, "documents:case-files", query="?state=destroyed")


def test_the_sheet_says_until_when(here: Office) -> None:
    kept(here, "01")
    kept(here, "02", "Vĩnh viễn")
    client = Client()
    client.force_login(here.clerk)
    answer = client.get(reverse("documents:case-files-excel"))
    cells = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    head = next(row for row in cells if "Bảo quản đến" in row)
    column = head.index("Bảo quản đến")
    assert {"30/06/2025", "Vĩnh viễn"} <= {row[column] for row in cells}


def test_the_page_asks_to_confirm_then_tells_what_became_of_it(here: Office) -> None:
    over, paper = kept(here, "01"), letter(here, "Báo cáo")
    file_documents(over, [paper], by=here.clerk)
    client = Client()
    client.force_login(here.clerk)
    address, shown = reverse("documents:case-file-decide", args=[over.pk]), over.pk
    assert "Thời hạn bảo quản đã hết ngày 30/06/2025" in page(here.clerk, "documents:case-file", shown)
    asked = {"decision": "12/QĐ-SKHCN", "decided_on": "2026-11-20", "outcome": "destroy"}
    answer = client.post(address, asked).content.decode()
    assert "nội dung đã tiêu hủy không lấy lại được" in answer
    assert "12/QĐ-SKHCN" in answer, "what was typed stays"
    assert content(paper).disposed_at is None
    late = client.post(address, {**asked, "sure": "on", "decided_on": "2026-12-01"}).content.decode()
    assert "Ngày quyết định chưa tới" in late
    assert client.post(address, {**asked, "sure": "on"}).status_code == 302
    after = page(here.clerk, "documents:case-file", shown)
    assert "Đã tiêu hủy ngày 23/11/2026 theo quyết định 12/QĐ-SKHCN ngày 20/11/2026" in after
    assert address not in after
    told = page(here.clerk, "documents:document", paper.pk)
    assert "Nội dung đã tiêu hủy ngày 23/11/2026" in told
    assert content(paper).current.sha256 in told


def test_who_may_not_change_the_file_is_offered_nothing(here: Office) -> None:
    over = kept(here, "01")
    address = reverse("documents:case-file-decide", args=[over.pk])
    assert address in page(here.clerk, "documents:case-file", over.pk)
    assert address not in page(here.auditor, "documents:case-file", over.pk)
    client = Client()
    client.force_login(here.ward_clerk)
    assert client.post(address, {"outcome": "destroy"}).status_code == 404
