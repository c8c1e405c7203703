"""A document comes in; its directives are given, carried out, accepted and reported, through the pages."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase
from django.urls import reverse
from django.utils.text import capfirst
from docx import Document as WordFile
from pytest_django import DjangoCaptureOnCommitCallbacks
from python_calamine import CalamineWorkbook

from khue.core.clock import at
from khue.documents.models import Directive, Document, Extraction, Reading
from khue.flow.actions import send_reminders
from khue.notices.calendar import feed
from khue.notices.models import Notice
from tests.journeys.conftest import DAY, hand
from tests.town import WORK, Town, notice, signed_in, worker

Work = Callable[[], int]
TASKS = (
    f"Giao Sở Tài chính chủ trì, phối hợp với Sở Khoa học và Công nghệ {WORK[1]}; hoàn thành trước ngày 30/6/2026.",
    f"Sở Khoa học và Công nghệ {WORK[2]}, báo cáo Ủy ban nhân dân Thành phố trong tháng 5/2026.",
    f"UBND phường Láng {WORK[3]} trước ngày 15/4/2026.",
)


@contextmanager
def told_at_once() -> Iterator[None]:
    """Told is what was committed: each request runs what waits for its commit."""
    original = Client.request

    def request(self: Client, **given: object) -> object:
        with TestCase.captureOnCommitCallbacks(execute=True):
            return original(self, **given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "request", request)
        yield


@pytest.fixture(autouse=True)
def _tell() -> Iterator[None]:
    with told_at_once():
        yield


@pytest.fixture(autouse=True)
def _files_here() -> None:
    """The files of the notice stay where they were put."""


@pytest.fixture(scope="module")
def handed_out(founded: Town) -> dict[str, Directive]:
    """The notice that came in, with what it gives the units; made once, and begun with by most stories."""
    with at(DAY), told_at_once():
        return assigned(deepcopy(founded), hand())


@pytest.fixture
def given(handed_out: dict[str, Directive], town: Town) -> dict[str, Directive]:
    """The directives of the notice, by their lead units' names."""
    return deepcopy(handed_out)


def go(client: Client, name: str, *args: object, **data: object) -> str:
    """Post to a page of documents as its form does and follow where it leads; the text of the page."""
    answer = client.post(reverse(f"documents:{name}", args=args), data, follow=True)
    assert answer.status_code in {200, 204}, (name, answer.status_code, answer.content.decode()[:2000])
    return answer.content.decode()


def look(client: Client, name: str, *args: object, **query: object) -> str:
    answer = client.get(reverse(f"documents:{name}", args=args), query)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def register(town: Town, work: Work) -> Document:
    """Drop the notice in, and let the reader read it."""
    go(signed_in(town.city_clerk), "register-incoming", unit=town.city.pk, arrived_on="2026-03-09", file=notice(*TASKS))
    document = Document.objects.get()
    assert document.reading == Reading.WAITING
    assert work() >= 1
    document.refresh_from_db()
    assert document.reading == Reading.DONE
    return document


def assigned(town: Town, work: Work) -> dict[str, Directive]:
    """The directives of the notice, by their lead units' names."""
    document = register(town, work)
    officer = signed_in(town.city_officer)
    look(officer, "extraction", document.pk)
    extraction = Extraction.objects.get()
    for each in extraction.proposals.order_by("start"):
        version = extraction.proposals.get(pk=each.pk).version
        go(officer, "proposal-act", document.pk, each.pk, "accept", version=version)
    go(officer, "assign", document.pk)
    return {directive.lead.name: directive for directive in Directive.objects.select_related("lead")}


def kept_in_sight_by_those_who_support(town: Town, directive: Directive) -> None:
    """The supporting unit has it on the desk and in the calendar with its deadline, and it counts as nobody's but the
    lead unit's work."""
    desk = signed_in(town.officer).get(reverse("site:desk"))
    shown = desk.content.decode().partition("Đơn vị tôi phối hợp")[2]
    assert directive.title in shown
    assert "đang ở Sở Tài chính" in shown
    assert directive.case_id not in {one.case for one in desk.context["page"]}
    event = f"support-{directive.pk}@khue"
    assert event in feed(town.officer).decode()
    assert event not in feed(town.finance_officer).decode()
    assert "Đơn vị tôi phối hợp" not in signed_in(town.finance_officer).get(reverse("site:desk")).content.decode()


def test_two_officers_assign_the_same_document_and_the_second_is_told_who_was_first(town: Town, work: Work) -> None:
    """Stands before those that begin with what was handed out already."""
    document = register(town, work)
    first, second = signed_in(town.city_officer), signed_in(worker("Hoàng Thị Hai", "officer", town.city))
    look(first, "extraction", document.pk)
    look(second, "extraction", document.pk)
    go(first, "extraction-act", document.pk, "accept-sure")
    summary = look(second, "assign-summary", document.pk)
    assert "Sở Tài chính" in summary
    go(first, "assign", document.pk)
    count = Directive.objects.count()
    assert count >= 1
    page = go(second, "assign", document.pk)
    assert town.city_officer.full_name in page
    assert Directive.objects.count() == count


def test_from_the_file_to_the_report(town: Town, given: dict[str, Directive]) -> None:
    document = Document.objects.get()
    assert (document.sign, document.issued_on) == ("386/TB-UBND", date(2026, 3, 9))
    assert set(given) == {"Sở Tài chính", "Sở Khoa học và Công nghệ", "UBND phường Láng"}
    directive = given["Sở Tài chính"]
    assert directive.due_on in {date(2026, 6, 29), date(2026, 6, 30)}
    assert list(directive.support_rows.values_list("unit__name", flat=True)) == ["Sở Khoa học và Công nghệ"]
    assert Notice.objects.filter(user=town.finance_officer, dossier=directive.dossier).exists()

    unit, issuer = signed_in(town.finance_officer), signed_in(town.leader)
    assert capfirst(WORK[1]) in unit.get(reverse("site:desk")).content.decode()
    kept_in_sight_by_those_who_support(town, directive)
    go(unit, "directive-move", directive.pk, move="acknowledge")
    evidence = SimpleUploadedFile("bang-phan-bo.txt", "Đã bố trí 3 tỷ đồng.".encode(), content_type="text/plain")
    with at(date(2026, 4, 6)):
        page = go(unit, "directive-report", directive.pk, text="Đã trình dự toán", percent=60, evidence=evidence)
        assert "bang-phan-bo.txt" in page
    with at(date(2026, 4, 20)):
        go(unit, "directive-report", directive.pk, text="Đã bố trí đủ", percent=100, done="on")
        assert capfirst(WORK[1]) in issuer.get(reverse("site:desk")).content.decode()
        go(issuer, "directive-move", directive.pk, move="return", comment="Chưa kèm quyết định giao dự toán")
    assert "Chưa kèm quyết định giao dự toán" in look(unit, "directive", directive.pk)
    with at(date(2026, 4, 27)):
        go(unit, "directive-report", directive.pk, text="Đã kèm quyết định", percent=100, done="on")
        go(issuer, "directive-move", directive.pk, move="accept")
    directive.refresh_from_db()
    assert (directive.state, directive.late) == ("accepted", False)
    assert "Đơn vị tôi phối hợp" not in signed_in(town.officer).get(reverse("site:desk")).content.decode()
    assert "Đã bố trí đủ" in look(issuer, "directive", directive.pk)
    assert capfirst(WORK[1]) in look(issuer, "outcome", document.pk)
    _report(issuer)


def _report(issuer: Client) -> None:
    """The report of the month says the same on the page, in Word and in Excel."""
    with at(date(2026, 5, 10)):
        page = look(issuer, "report-directives")
        paper = issuer.get(reverse("documents:report-directives-word"))
        sheet = issuer.get(reverse("documents:report-directives-excel"))
    assert "3 nhiệm vụ" in page
    word = WordFile(io.BytesIO(paper.content))
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert "3 nhiệm vụ" in text
    assert any("Sở Tài chính" in cell.text for table in word.tables for row in table.rows for cell in row.cells)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    assert any("Sở Tài chính" in map(str, row) for row in rows)


def test_more_time_is_asked_for_and_granted(town: Town, given: dict[str, Directive]) -> None:
    directive = given["UBND phường Láng"]
    ward, leader = signed_in(town.ward_officer), signed_in(town.leader)
    go(ward, "directive-move", directive.pk, move="acknowledge")
    before = ward.post(
        reverse("documents:directive-extension", args=[directive.pk]), {"new_due_on": "2026-04-01", "reason": "Sớm hơn"}
    )
    assert before.status_code == 422
    assert "Sớm hơn" in before.content.decode()
    go(ward, "directive-extension", directive.pk, new_due_on="2026-05-15", reason="Chờ số liệu của công an phường")
    assert Notice.objects.filter(user=town.leader, dossier=directive.dossier).exists()
    assert "Chờ số liệu của công an phường" in look(leader, "directive", directive.pk)
    go(leader, "directive-move", directive.pk, move="grant-extension")
    directive.refresh_from_db()
    assert directive.due_on == date(2026, 5, 15)
    assert "15/05/2026" in look(ward, "directive", directive.pk)


def test_what_is_late_is_told_by_the_calendar_and_reminded_of_at_once(
    town: Town, given: dict[str, Directive], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    directive = given["UBND phường Láng"]
    go(signed_in(town.ward_officer), "directive-move", directive.pk, move="acknowledge")
    with at(date(2026, 4, 17)):
        before = Notice.objects.filter(user=town.ward_officer).count()
        with django_capture_on_commit_callbacks(execute=True):
            assert send_reminders() >= 1
        assert send_reminders() == 0
        told = Notice.objects.filter(user=town.ward_officer).order_by("-pk")
        assert told.count() > before
        monitor = signed_in(town.monitor)
        assert "1 nhiệm vụ quá hạn" in look(monitor, "board")
        assert "UBND phường Láng" in look(monitor, "remind-late")
        go(monitor, "remind-late")
        assert directive.reminders.count() == 1
        assert Notice.objects.filter(user=town.ward_officer, key__contains="reminded").count() == 1
        go(monitor, "remind-late")
        assert directive.reminders.count() == 1


def test_what_told_of_a_directive_is_read_once_its_page_was_opened(town: Town, given: dict[str, Directive]) -> None:
    directive, other = given["UBND phường Láng"], given["Sở Tài chính"]
    told = Notice.objects.filter(user=town.ward_officer, read_at=None)
    assert told.filter(dossier=directive.dossier).exists()
    look(signed_in(town.ward_officer), "directive", directive.pk)
    assert not told.filter(dossier=directive.dossier).exists()
    assert Notice.objects.filter(user=town.finance_officer, dossier=other.dossier, read_at=None).exists()


def test_a_form_sent_without_a_session_says_that_its_words_are_kept(town: Town, given: dict[str, Directive]) -> None:
    directive = given["Sở Tài chính"]
    address = reverse("documents:directive-report", args=[directive.pk])
    client = Client(enforce_csrf_checks=True)
    client.force_login(town.finance_officer)
    page = client.get(directive.get_absolute_url()).content.decode()
    assert f'data-draft="directive-report-{directive.pk}"' in page
    back = f"http://testserver{directive.get_absolute_url()}"
    answer = client.post(address, {"text": "Đã gõ rất lâu", "percent": 40}, headers={"Referer": back})
    assert answer.status_code == 403
    shown = answer.content.decode()
    assert "Phiên làm việc đã hết" in shown
    assert directive.get_absolute_url() in shown
    assert not directive.reports.exists()
    answer = Client().post(address, {"text": "Đã gõ rất lâu", "percent": 40}, headers={"Referer": back})
    assert answer.status_code == 403
    assert directive.get_absolute_url() in answer.content.decode()
    assert Client().get(directive.get_absolute_url()).headers["Location"].startswith(reverse("account_login"))
    assert not directive.reports.exists()
