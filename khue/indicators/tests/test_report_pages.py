"""The page of a unit's report: filled in, kept while one types, checked, sent, approved, returned."""

import io
import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from khue.accounts.models import User
from khue.core.clock import at
from khue.flow.desk import waiting_for
from khue.indicators.models import Cycle, Indicator, Observation, UnitReport
from khue.indicators.rules.checking import told
from khue.indicators.tests.province import Province, account, province
from khue.journal.timeline import timeline

DAY = date(2025, 9, 15)
"""Figures of quarter III of 2025 end on 14/09; reports are due two working days later."""


@dataclass
class World:
    """The small city with its quarter called for."""

    here: Province
    cycle: Cycle
    colleague: User

    @property
    def report(self) -> UnitReport:
        """The report of the first commune, as it is now."""
        return self.here.report(self.cycle)

    @property
    def officer(self) -> User:
        return self.here.officer

    @property
    def other(self) -> User:
        """An officer of another commune."""
        return self.here.officers[1]


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    with at(DAY):
        yield


@pytest.fixture(scope="module")
def called(kept: None) -> World:
    """The quarter is called for, once for the module."""
    with at(DAY):
        here = province()
        return World(here, here.cycle(), account("Lê Thu Trang", "officer", here.communes[0]))


@pytest.fixture
def world(called: World, put_back: None) -> World:
    return deepcopy(called)


def indicator(code: str) -> Indicator:
    return Indicator.objects.get(code=code)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def figure(world: World, code: str) -> Observation:
    return Observation.objects.get(indicator=indicator(code), unit=world.here.communes[0], category=1)


def key(code: str) -> str:
    return f"{indicator(code).pk}-1"


def keep(client: Client, report: UnitReport, *entries: dict[str, Any], **texts: dict[str, str]) -> dict[str, Any]:
    body = json.dumps({"entries": entries, "texts": texts})
    answer = client.post(reverse("indicators:report-keep", args=[report.pk]), body, content_type="application/json")
    return dict(answer.json(), status=answer.status_code)


def figures(report: UnitReport, value: int = 7) -> dict[str, str]:
    """Every figure that is asked for and not counted, as the page posts it."""
    asked = report.cycle.report_set.indicators.filter(versions__kind="entered").distinct()
    return {f"value-{one.pk}-1": str(value) for one in asked} | {
        f"proof-{one.pk}-1": "Quyết định 12/QĐ-UBND" for one in asked
    }


def post(client: Client, report: UnitReport, do: str, **data: str) -> None:
    answer = client.post(report.get_absolute_url(), {"do": do, **data})
    assert answer.status_code == 302


def test_it_stands_on_the_desk_of_the_unit_with_counted_figures_filled_in(world: World) -> None:
    report = world.report
    assert [row.case.url for row in waiting_for(world.officer)] == [report.get_absolute_url()]
    page = signed_in(world.officer).get(report.get_absolute_url()).content.decode()
    assert "số do hệ thống tự đếm" in page
    assert reverse("indicators:report-counted", args=[report.pk, "directives_assigned"]) in page
    assert "16/09/2025" in page


def test_figures_keep_themselves_one_by_one(world: World) -> None:
    client, report = signed_in(world.officer), world.report
    said = keep(client, report, {"key": key("initiatives_recognised"), "value": "1.250", "seen": 0},
                {"key": key("trained_people"), "value": "ba mươi", "seen": 0})  # fmt: skip
    assert [one["key"] for one in said["wrong"]] == [key("trained_people")]
    assert "ba mươi" in said["wrong"][0]["sentence"]
    for typed, sentence in (
        ("-3", "nhỏ hơn mức thấp nhất"),
        ("1,000", "có thể hiểu là 1000 hoặc 1"),
        ("2,5", "không phải là số nguyên"),
    ):
        said_ = keep(client, report, {"key": key("trained_people"), "value": typed, "seen": 0})
        assert sentence in said_["wrong"][0]["sentence"], typed
    kept = figure(world, "initiatives_recognised")
    assert (told(kept.value or 0), kept.author) == ("1.250", world.officer)  # type: ignore[arg-type]
    assert next(one for one in said["figures"] if one["key"] == key("initiatives_recognised"))["mine"]


def test_a_slip_in_one_figure_loses_no_other_when_the_page_is_sent(world: World) -> None:
    client, report = signed_in(world.officer), world.report
    typed = figures(report) | {f"value-{key('trained_people')}": "ba mươi", f"value-{key('models_applied')}": "-4"}
    answer = client.post(report.get_absolute_url(), {"do": "submit", **typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="ba mươi"' in page, "what was typed is still in its field"
    assert 'value="-4"' in page
    assert "nhỏ hơn mức thấp nhất" in page
    assert "Các số khác đã được lưu" in page
    assert (world.report.state, figure(world, "initiatives_recognised").value) == ("draft", Decimal(7))
    assert not Observation.objects.filter(indicator=indicator("trained_people"), unit=world.here.communes[0]).exists()


def test_two_officers_never_overwrite_each_other(world: World) -> None:
    report, name = world.report, key("initiatives_recognised")
    keep(signed_in(world.officer), report, {"key": name, "value": "12", "seen": 0})
    said = keep(signed_in(world.colleague), report, {"key": name, "value": "15", "seen": 0})
    assert [(one["theirs"], one["mine"], one["author"]) for one in said["conflicts"]] == [
        ("12", "15", "Cán bộ An Bình")
    ]
    assert keep(signed_in(world.colleague), report)["figures"][0]["value"]
    chosen = {"key": name, "value": "15", "seen": said["conflicts"][0]["revision"]}
    assert keep(signed_in(world.colleague), report, chosen)["conflicts"] == []
    assert figure(world, "initiatives_recognised").value == 15


def test_a_text_that_a_colleague_changed_is_not_written_over(world: World) -> None:
    report, name = world.report, key("initiatives_recognised")
    assert keep(signed_in(world.officer), report, results={"was": "", "now": "Họp ba cuộc."})["contested"] == []
    twelve = {"key": name, "value": "12", "seen": 0}
    said = keep(signed_in(world.colleague), report, twelve, results={"was": "", "now": "Họp bốn cuộc."})
    assert (said["contested"], figure(world, "initiatives_recognised").value) == (["results"], Decimal(12))
    assert [(one["value"], one["author"], one["mine"]) for one in said["texts"]] == [
        ("Họp ba cuộc.", "Cán bộ An Bình", False)
    ]
    assert world.report.texts["results"] == "Họp ba cuộc."
    stale = {"was-results": "", "text-results": "Họp bốn cuộc."}
    answer = signed_in(world.colleague).post(report.get_absolute_url(), {"do": "save", **stale})
    page = answer.content.decode()
    assert (answer.status_code, "Họp bốn cuộc.</textarea>" in page, "Họp ba cuộc." in page) == (409, True, True)
    both = {"was": "Họp ba cuộc.", "now": "Họp bảy cuộc.\r\nXong."}
    assert keep(signed_in(world.colleague), report, results=both)["contested"] == []
    assert world.report.texts["results"] == "Họp bảy cuộc.\nXong."
    wrote = [(one.actor, one.sentence) for one in timeline(report.dossier) if one.verb == "unit-report.text"]
    assert [who for who, _said in wrote] == ["Lê Thu Trang", "Cán bộ An Bình"]


def test_sent_passed_by_the_head_and_approved_by_the_department(world: World) -> None:
    report = world.report
    post(signed_in(world.officer), report, "submit", **figures(report))
    assert world.report.state == "submitted"
    assert [row.case.url for row in waiting_for(world.here.head)] == [report.get_absolute_url()]
    post(signed_in(world.here.head), report, "approve")
    assert [row.case.url for row in waiting_for(world.here.receiver)] == [report.get_absolute_url()]
    post(signed_in(world.here.receiver), report, "approve")
    assert world.report.state == "approved"
    assert world.report.case is not None
    assert world.report.case.closed_at is not None


def test_what_is_missing_is_named_and_nothing_is_lost(world: World) -> None:
    client, report = signed_in(world.officer), world.report
    answer = client.post(
        report.get_absolute_url(), {"do": "submit", f"value-{key('models_applied')}": "4"}, follow=True
    )
    page = answer.content.decode()
    assert "Sáng kiến cấp cơ sở được công nhận" in page
    assert world.report.state == "draft"
    assert figure(world, "models_applied").value == 4


def test_returned_with_a_question_at_a_figure(world: World) -> None:
    report = world.report
    post(signed_in(world.officer), report, "submit", **figures(report))
    post(signed_in(world.here.head), report, "approve")
    asked = figure(world, "models_applied")
    client = signed_in(world.here.receiver)
    post(client, report, "return", **{f"mark-{asked.pk}": "Gồm cả mô hình cũ?"}, reason="Xem lại số mô hình.")
    assert world.report.state == "returned"
    page = signed_in(world.officer).get(report.get_absolute_url()).content.decode()
    assert "Gồm cả mô hình cũ?" in page
    assert "Xem lại số mô hình." in page
    assert [row.case.url for row in waiting_for(world.officer)] == [report.get_absolute_url()]
    address = reverse("indicators:report-excel", args=[world.report.pk])
    book = CalamineWorkbook.from_filelike(io.BytesIO(signed_in(world.officer).get(address).content))
    figures_, words, checks, course = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    name = indicator("models_applied").name
    row = next(row for row in figures_ if row[1] == name)
    assert (row[4], row[11]) == (7, "Quyết định 12/QĐ-UBND"), "figure and proof"
    assert any(row[0] == "Kết quả nổi bật trong kỳ" for row in words)
    assert any(row[1] == "câu hỏi của nơi nhận" for row in checks)
    assert any("Xem lại số mô hình." in map(str, row) for row in course)


def test_an_approved_report_that_is_returned_comes_back_to_the_desk(world: World) -> None:
    report = world.report
    post(signed_in(world.officer), report, "submit", **figures(report))
    post(signed_in(world.here.head), report, "approve")
    post(signed_in(world.here.receiver), report, "approve")
    post(signed_in(world.here.receiver), report, "return", reason="Thiếu số của tháng 8.")
    assert world.report.state == "returned"
    assert [row.case.url for row in waiting_for(world.officer)] == [report.get_absolute_url()]


def test_approved_figures_are_corrected_with_a_reason_and_sums_follow(world: World) -> None:
    report = world.report
    post(signed_in(world.officer), report, "submit", **figures(report))
    post(signed_in(world.here.head), report, "approve")
    post(signed_in(world.here.receiver), report, "approve")
    post(
        signed_in(world.here.receiver), report, "correct", **{f"right-{key('models_applied')}": "9"}, reason="Đếm sót."
    )
    assert figure(world, "models_applied").value == 9


def test_a_locked_period_says_which_rule_and_opens_for_one_unit(world: World) -> None:
    report = world.report
    later = world.cycle.locks_on + timedelta(days=3)
    with at(later):
        page = signed_in(world.officer).get(report.get_absolute_url()).content.decode()
        assert "khóa" in page
        assert keep(signed_in(world.officer), report, {"key": key("models_applied"), "value": "1"})["status"] == 409
        until = f"{later + timedelta(days=5):%d/%m/%Y}"
        post(signed_in(world.here.chief), report, "reopen", until=until, reason="Mất điện tại phường.")
        assert keep(signed_in(world.officer), report, {"key": key("models_applied"), "value": "1"})["status"] == 200
        other = UnitReport.objects.get(cycle=world.cycle, unit=world.here.communes[1])
        assert keep(signed_in(world.other), other, {"key": key("models_applied"), "value": "1"})["status"] == 409


def test_a_past_period_is_called_for_without_troubling_desks(world: World) -> None:
    past = world.here.cycle("2024-Q1")
    assert past.reports.count() == 0  # the communes began on 01/07/2025
    assert len(waiting_for(world.officer)) == 1


def test_other_units_see_nothing(world: World) -> None:
    stranger = signed_in(world.other)
    for name in ("report", "report-excel"):
        assert stranger.get(reverse(f"indicators:{name}", args=[world.report.pk])).status_code == 404
    assert keep_status(stranger, world.report) == 404
    listed = stranger.get(reverse("indicators:reports") + "?state=all").content.decode()
    assert "Bắc Sơn" in listed
    assert "An Bình" not in listed


def keep_status(client: Client, report: UnitReport) -> int:
    url = reverse("indicators:report-keep", args=[report.pk])
    return client.post(url, "{}", content_type="application/json").status_code


def test_how_a_figure_was_counted(world: World) -> None:
    client = signed_in(world.officer)
    page = client.get(reverse("indicators:report-counted", args=[world.report.pk, "directives_assigned"]))
    assert "Hệ thống đếm được 0" in page.content.decode()
    assert client.get(reverse("indicators:report-counted", args=[world.report.pk, "models_applied"])).status_code == 404


def test_the_board_reminds_approves_and_comes_out_as_excel(world: World) -> None:
    client = signed_in(world.here.receiver)
    url = world.cycle.get_absolute_url()
    page = client.get(url).content.decode()
    assert ("0 trên 3 đơn vị đã gửi" in page, "Đôn đốc 3 đơn vị" in page) == (True, True)
    client.post(url, {"do": "remind"})
    assert "Đôn đốc 3 đơn vị" not in client.get(url).content.decode(), "nobody is reminded twice a day"
    assert UnitReport.objects.filter(cycle=world.cycle, reminded_on=DAY).count() == 3
    post(signed_in(world.officer), world.report, "submit", **figures(world.report))
    post(signed_in(world.here.head), world.report, "approve")
    client.post(url, {"do": "approve", "pick": [str(world.report.pk)]})
    assert world.report.state == "approved"
    assert "1 trên 3 đơn vị đã gửi" in client.get(url).content.decode()
    excel = client.get(reverse("indicators:cycle-excel", args=[world.cycle.report_set.code, world.cycle.period.code]))
    assert excel.status_code == 200
    assert signed_in(world.other).post(url, {"do": "lock", "reason": "Thử"}).status_code == 302
    world.cycle.refresh_from_db()
    assert world.cycle.locked_at is None
    assert "Kỳ báo cáo" in client.get(reverse("indicators:cycles")).content.decode()


def test_a_period_is_called_for_by_hand(world: World) -> None:
    client = signed_in(world.here.receiver)
    assert client.get(reverse("indicators:cycle-new")).status_code == 200
    answer = client.post(reverse("indicators:cycle-new"), {"set": "07-ctr-tu-local-quarter", "period": "2025-Q4"})
    assert answer.status_code == 302
    assert UnitReport.objects.filter(cycle__period__code="2025-Q4").count() == 3
    assert signed_in(world.officer).get(reverse("indicators:cycle-new")).status_code == 403


def test_papers_are_attached_while_the_report_is_written(world: World) -> None:
    client, report = signed_in(world.officer), world.report
    paper = SimpleUploadedFile("danh-sach.txt", "Danh sách sáng kiến được công nhận".encode(), "text/plain")
    client.post(report.get_absolute_url(), {"do": "attach", "files": paper})
    assert "danh-sach.txt" in client.get(report.get_absolute_url()).content.decode()
    assert "danh-sach.txt" not in signed_in(world.other).get(reverse("indicators:reports")).content.decode()
