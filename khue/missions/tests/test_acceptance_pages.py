"""Pages of acceptance, results and reports on use, as the lead organisation, the department and strangers see them."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from khue.accounts.models import User
from khue.core.clock import at
from khue.councils.models import Council
from khue.councils.rules.numbers import numbers
from khue.councils.rules.words import ballot_words
from khue.councils.tests.hall import MONDAY, account, hall
from khue.flow.shelf.words import words
from khue.missions.actions.accept.accepting import open_acceptance
from khue.missions.actions.accept.using import describe_result
from khue.missions.models import Acceptance, Mission, Result, UseReport
from khue.missions.rules.accept.dossier import dossier_rows
from khue.missions.tests.scene import Scene, confirmed, scene, sit
from khue.missions.tests.test_select_pages import said
from khue.notices.models import Notice


@pytest.fixture(scope="module")
def world(kept: None) -> Scene:
    """A mission whose contract has ended."""
    with at(MONDAY):
        return scene(hall())


@pytest.fixture
def here(world: Scene, put_back: None) -> Iterator[Scene]:
    with at(MONDAY):
        yield deepcopy(world)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def whole(acceptance: Acceptance, **more: str) -> dict[str, str]:
    """What the lead organisation types on its page."""
    sent = {"version": str(acceptance.edits), "rating": "passed", "text": "Đạt yêu cầu.", "spent": "880.000.000"}
    for check in acceptance.products.select_related("product"):
        sent[f"quantity-{check.product_id}"] = "10.000" if check.product.number == 2 else "1"
        sent[f"rating-{check.product_id}"] = "passed"
        sent[f"proof-{check.product_id}"] = "Quyết định ban hành"
    return sent | more


PAPERS = ("self-evaluation", "request", "file-check", "conclusion-letter", "completion", "registration", "recognition")


def test_the_whole_way_by_the_pages(here: Scene) -> None:
    officer, writer = signed_in(here.hall.officer), account("Lý Thị Viện", "officer", here.hall.applicant)
    acceptance, host = open_acceptance(here.mission, by=here.hall.officer), signed_in(writer)
    assert officer.get(_address("acceptance-file", acceptance)).status_code == 302, "the department does not write it"
    page, to_sign = _address("acceptance", acceptance), "Tải bản Word điền sẵn, ký, rồi đính kèm"
    assert to_sign in host.get(page).content.decode()
    assert to_sign not in officer.get(page).content.decode(), "the department signs and attaches nothing"
    _saved_while_typing(host, acceptance)
    for address in (_address("acceptance-file", acceptance), page):
        for one in acceptance.products.all():
            named = host.get(address).content.decode()
            assert words("products")[one.product.kind].label.vi in named, "one name of a class, that of the shelf"
    _handed_in(host, acceptance)
    assert "kiem-dinh.txt" in officer.get(page).content.decode()
    _judged(officer, host, here, acceptance)
    with at(date(2024, 6, 10)):
        head = signed_in(here.hall.head)
        _completed(host, here, acceptance)
        _recognised(head, acceptance)
        _papers_can_be_had(officer, acceptance)
        use = UseReport.objects.earliest("due_on")
        assert host.post(use.get_absolute_url(), {"used": "yes", "effect": "Ba xã nuôi"}).status_code == 302
        with at(date(2026, 6, 10)):
            for told in (
                reverse("missions:use-paper", args=[use.pk]),
                _address("acceptance-paper", acceptance, "use-report"),
            ):
                assert "ngày 10 tháng 6 năm 2024" in said(officer, told), "the day on which it was reported"
        for role in (officer, host, head):
            answer = role.get(page)
            assert answer.status_code == 200
            assert "Bổ sung số liệu" in answer.content.decode()
    assert Mission.objects.get().state == "accepted"
    assert Result.objects.get().registration_number == "HN-01"
    assert UseReport.objects.count() == 5


def _address(name: str, acceptance: Acceptance, *more: str) -> str:
    return reverse(f"missions:{name}", args=[acceptance.pk, *more])


def _saved_while_typing(host: Client, acceptance: Acceptance) -> None:
    """Each save has its number, so that who writes in two windows writes nothing over."""
    assert "Quy trình nuôi" in host.get(_address("acceptance-file", acceptance)).content.decode()
    save = _address("acceptance-save", acceptance)
    saved = host.post(save, whole(acceptance, text="Nháp"))
    assert (saved.json()["version"], saved.json()["problem"]) == (1, "")
    assert host.post(save, whole(acceptance, text="Khác")).status_code == 409
    acceptance.refresh_from_db()
    assert acceptance.self_evaluation == "Nháp"


def _handed_in(host: Client, acceptance: Acceptance) -> None:
    form, attach = _address("acceptance-file", acceptance), _address("acceptance-attach", acceptance)
    wrong = host.post(form, whole(acceptance, spent="nhiều"))
    assert wrong.status_code == 422
    assert "nhiều" in wrong.content.decode()
    proof = SimpleUploadedFile("kiem-dinh.txt", "Kết quả kiểm định độc lập".encode(), "text/plain")
    assert host.post(attach, {"part": "proof-iii", "files": proof}).status_code == 302
    lacking = host.post(form, whole(acceptance))
    assert lacking.status_code == 422
    assert f"{_address('acceptance', acceptance)}?part=request#attach" in lacking.content.decode(), "where to attach it"
    assert "Công văn đề nghị nghiệm thu" in lacking.content.decode()
    papers = {row.name: row.label for row in dossier_rows(acceptance) if row.missing and row.name != "authors"}
    for part, label in papers.items():
        assert host.post(attach, {"part": part, "files": ContentFile(label.encode(), "giay.txt")}).status_code == 302
    refused = host.post(attach, {"excuse": "request", "reason": "Không có"})
    assert refused.status_code == 422
    assert host.post(attach, {"excuse": "authors", "reason": "Chỉ có một tác giả."}).status_code == 302
    acceptance.refresh_from_db()
    assert host.post(form, whole(acceptance)).status_code == 302
    acceptance.refresh_from_db()
    assert (acceptance.spent, acceptance.submitted_on, acceptance.case.step) == (880_000_000, MONDAY, "checking")
    assert host.post(attach, {"part": "proof-iii", "files": proof}).status_code == 422, "handed in"


def _judged(officer: Client, host: Client, here: Scene, acceptance: Acceptance) -> None:
    move = _address("acceptance-move", acceptance)
    assert host.post(move, {"move": "accept-file"}).status_code == 422
    blank = officer.post(move, {"move": "ask-supplement", "comment": " "})
    assert 'id="comment-ask-supplement_error"' in blank.content.decode(), "said beside the form, which stands open"
    assert officer.post(move, {"move": "accept-file"}).status_code == 302
    formed = officer.post(_address("acceptance-council", acceptance))
    council = Council.objects.get()
    assert formed["Location"] == council.get_absolute_url()
    products = {f"p{one.pk}": dict.fromkeys(("quality", "kind", "quantity"), "passed") for one in here.products}
    sit(council, here.hall, {"products": products, "report": "passed"})
    ballot = council.subjects.get().ballots.select_related("subject__council__process_version").first()
    assert ballot is not None
    sheet = numbers(council).sheet("")
    assert sheet is not None
    assert ballot_words(sheet, ballot)["outcome"] == "Đạt", "the rating that follows stands on the ballot"
    judged = Acceptance.objects.select_related("mission").get()
    assert (judged.rating, judged.mission.state) == ("passed", "accepting")


def _completed(host: Client, here: Scene, acceptance: Acceptance) -> None:
    """What the council asked for is done, and the result described and registered."""
    move = _address("acceptance-move", acceptance)
    half = {"remark": ["Bổ sung số liệu", "Vẽ lại sơ đồ"], "answer": ["Đã bổ sung trang 12", ""]}
    refused = host.post(_address("acceptance-completion", acceptance), half)
    assert refused.status_code == 422
    assert "Vẽ lại sơ đồ</textarea>" in refused.content.decode()
    rows = {"remark": ["Bổ sung số liệu"], "answer": ["Đã bổ sung trang 12"]}
    assert host.post(_address("acceptance-completion", acceptance), rows).status_code == 302
    host.post(move, {"move": "hand-in"})
    confirmed(acceptance)
    number = {"register-registration_number": "HN-01", "register-registered_on": "2024-06-10"}
    refused = host.post(move, {"move": "register", **number})
    assert refused.status_code == 422
    assert "Mô tả ít nhất một kết quả" in refused.content.decode()
    new = reverse("missions:result-new", args=[here.mission.pk])
    assert "Quy trình nuôi" in host.get(new).content.decode(), "prefilled from the plan"
    told = {"title": "Quy trình nuôi lươn", "kind": "technology", "readiness": "8", "public": "on"}
    assert host.post(new, told).status_code == 302
    assert host.post(move, {"move": "register", **number}).status_code == 302


def _recognised(head: Client, acceptance: Acceptance) -> None:
    move = _address("acceptance-move", acceptance)
    decided = {"recognise-decision_sign": "88/QĐ-SKHCN", "recognise-decided_on": "2024-06-10"}
    assert head.post(move, {"move": "recognise"}).status_code == 422
    assert head.post(move, {"move": "recognise", **decided}).status_code == 302


def _papers_can_be_had(officer: Client, acceptance: Acceptance) -> None:
    for name in PAPERS:
        paper = officer.get(_address("acceptance-paper", acceptance, name))
        assert paper.status_code == 200, name
        assert paper.content[:2] == b"PK"
    recognised = said(officer, _address("acceptance-paper", acceptance, "recognition"))
    assert "88/QĐ-SKHCN" in recognised
    assert "ngày 10 tháng 6 năm 2024" in recognised
    with at(date(2026, 6, 10)):
        registered = said(officer, _address("acceptance-paper", acceptance, "registration"))
    assert "ngày 10 tháng 6 năm 2024" in registered, "the day on which it was registered, not printed"
    letter = said(officer, _address("acceptance-paper", acceptance, "conclusion-letter"))
    assert "Kính gửi" in letter
    asks = said(officer, _address("acceptance-paper", acceptance, "request"))
    assert "Báo cáo về sản phẩm" in asks
    assert ".txt" not in asks, "parts of the file are named as the rules name them"
    assert "Hồ sơ gửi kèm:./." not in asks, "the letter ends after its table"
    assert officer.get(_address("acceptance-paper", acceptance, "ballot")).status_code == 404


def test_the_list_shows_late_ones_first_and_nothing_to_strangers(here: Scene) -> None:
    late = open_acceptance(here.mission, by=here.hall.officer)
    other = Mission.objects.create(
        title="Nhiệm vụ khác", type="technology-topic", host=here.hall.applicant, year=2023,
        starts_on=date(2023, 1, 1), ends_on=date(2024, 4, 30),
    )  # fmt: skip
    open_acceptance(other, by=here.hall.officer)
    address = reverse("missions:acceptances")
    with at(date(2024, 5, 25)):
        shown = signed_in(here.hall.officer).get(address).content.decode()
        assert shown.index("Nuôi lươn") < shown.index("Nhiệm vụ khác")
        overdue = signed_in(here.hall.officer).get(address, {"standing": "late"}).content.decode()
        assert "Nhiệm vụ khác" not in overdue
        sheet = signed_in(here.hall.officer).get(address, {"format": "xlsx", "q": "nuoi luon"})
        assert sheet.status_code == 200
    stranger = signed_in(account("Người Lạ", "officer", here.hall.institute))
    assert "Nuôi lươn" not in stranger.get(address).content.decode()
    assert stranger.get(reverse("missions:acceptance", args=[late.pk])).status_code == 404
    assert stranger.get(reverse("missions:acceptance-file", args=[late.pk])).status_code == 404


def test_a_result_that_is_not_shown_is_hidden_from_strangers_and_found_without_accents(here: Scene) -> None:
    by: Any = here.hall.officer
    describe_result(here.mission, by=by, kind="technology", title="Bể nuôi lươn", readiness=7, public=True)
    hidden = describe_result(here.mission, by=by, kind="technology", title="Bí quyết cho lươn đẻ", public=False)
    stranger = signed_in(account("Người Lạ", "officer", here.hall.institute))
    address = reverse("missions:results")
    seen = stranger.get(address, {"q": "luon"}).content.decode()
    assert "Bể nuôi lươn" in seen
    assert "Bí quyết" not in seen
    assert stranger.get(hidden.get_absolute_url()).status_code == 404
    assert stranger.get(reverse("missions:result-edit", args=[Result.objects.get(public=True).pk])).status_code == 403
    officer = signed_in(here.hall.officer)
    assert officer.get(hidden.get_absolute_url()).status_code == 200
    assert "Bí quyết" not in officer.get(address, {"readiness": "7"}).content.decode()


def test_nobody_is_reminded_of_reports_on_use_where_none_is_late(here: Scene) -> None:
    officer = signed_in(here.hall.officer)
    UseReport.objects.create(mission=here.mission, year=2030, due_on=date(2031, 5, 1))
    assert 'name="late"' not in officer.get(reverse("missions:uses")).content.decode()


def test_a_report_on_use_is_asked_for_written_and_taken_note_of(here: Scene) -> None:
    writer = account("Lý Thị Viện", "officer", here.hall.applicant)
    report = UseReport.objects.create(mission=here.mission, year=2024, due_on=date(2024, 5, 1))
    officer, host = signed_in(here.hall.officer), signed_in(writer)
    assert "Nuôi lươn" in officer.get(reverse("missions:uses"), {"standing": "late"}).content.decode()
    assert 'name="late"' in officer.get(reverse("missions:uses")).content.decode()
    for _twice in range(2):
        officer.post(reverse("missions:uses-remind"), {"late": "1"})
    assert Notice.objects.filter(user=writer, key__startswith=f"use-report:{report.pk}").count() == 1
    page = report.get_absolute_url()
    assert host.post(page, {"used": "yes", "effect": ""}).status_code == 422
    refused = host.post(page, {"used": "yes", "effect": "Ba xã nuôi", "value": "nhiều", "unit": "Không có đâu"})
    assert refused.status_code == 422
    assert "Ba xã nuôi" in refused.content.decode()
    assert "«nhiều» không phải số tiền tròn đồng" in refused.content.decode()
    assert host.post(page, {"used": "yes", "effect": "Ba xã nuôi", "value": "800.000.000"}).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.value) == ("submitted", 800_000_000)
    officer.post(reverse("missions:use-accept", args=[report.pk]))
    report.refresh_from_db()
    assert report.state == "accepted"
    assert host.post(page, {"used": "no", "effect": "Sửa"}).status_code == 422
    stranger = signed_in(account("Người Lạ", "officer", here.hall.institute))
    assert stranger.get(page).status_code == 404
