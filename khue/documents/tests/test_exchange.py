"""Registers and directives of years past, in and out as sheets."""

from datetime import date
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from khue.core.actors import IMPORTER, Actor
from khue.core.exchange import Row
from khue.documents.actions import register_incoming
from khue.documents.actions.directive_work import report as report_work
from khue.documents.exchange.directives import DIRECTIVES
from khue.documents.exchange.registers import DOCUMENTS
from khue.documents.models import Directive, Document, NumberSeries, Recipient
from khue.documents.tests.city import Office
from khue.flow.desk import waiting_for
from khue.journal.chain import verify
from khue.notices.models import Notice
from khue.office.actions import Report, apply
from khue.office.lists import exported
from khue.office.sheets import DryRun, read


def sheet(kind: Any, rows: list[dict[str, Any]]) -> DryRun:
    """Rows as the reader gives them, the first one in row 2."""
    empty = {each.key: None for each in kind.fields}
    parsed = {each.key: each.parse for each in kind.fields}
    return DryRun(
        [
            Row(number, {**empty, **{key: parsed[key](value) for key, value in row.items() if value not in (None, "")}})
            for number, row in enumerate(rows, 2)
        ]
    )


def enter(kind: Any, *rows: dict[str, Any], by: Actor = IMPORTER) -> Report:
    return apply(kind, sheet(kind, list(rows)), by=by)


def wrong(report: Report) -> list[tuple[int, str]]:
    return [(problem.row, problem.column) for problem in report.problems]


BOOK = {
    "unit": "Sở Khoa học và Công nghệ",
    "arrival_number": 12,
    "arrived_on": "18/3/2024",
    "sign": "87/KH-UBND",
    "issued_on": "15/3/2024",
    "issuer_name": "UBND Thành phố",
    "subject": "Kế hoạch chuyển đổi số",
}
ORDER = {
    "issuer": "SKHCN",
    "sign": "87/KH-UBND",
    "content": "Xây dựng kế hoạch của đơn vị",
    "lead": "Phòng Quản lý khoa học",
    "supports": "Ủy ban nhân dân phường Láng",
    "assigned_on": "19/3/2024",
    "due_on": "30/6/2024",
    "state": "accepted",
    "done_on": "2/7/2024",
    "closed_on": "5/7/2024",
    "field": "digital",
}
RUNNING = {**ORDER, "content": "Báo cáo hằng năm", "state": "in-progress", "percent": 40}
del RUNNING["done_on"], RUNNING["closed_on"]


def test_a_past_register_keeps_its_numbers_and_the_running_one_goes_on(here: Office) -> None:
    report = enter(DOCUMENTS, BOOK, {**BOOK, "arrival_number": 14, "sign": "88/KH-UBND"}, by=here.clerk)
    assert (report.problems, report.count("new")) == ([], 2)
    one = Document.objects.get(arrival_number=12)
    assert (one.register_year, one.case, one.created_by, one.sign_key) == (2024, None, here.clerk, "87-kh-ubnd")
    series = NumberSeries.objects.get(unit=here.sokhcn, period_name="2024")
    assert series.last == 14
    assert set(series.reserved_numbers.values_list("number", flat=True)) == {*range(1, 12), 13}
    late = register_incoming(unit=here.sokhcn, by=here.clerk, typed={"subject": "x"}, arrived_on=date(2024, 12, 31))
    assert late.arrival_number == 15
    assert verify().broken is None
    assert not Notice.objects.exists()


def test_a_number_that_was_left_out_may_come_later(here: Office) -> None:
    enter(DOCUMENTS, {**BOOK, "arrival_number": 3})
    assert enter(DOCUMENTS, {**BOOK, "arrival_number": 2, "sign": "1/CV"}).problems == []
    series = NumberSeries.objects.get()
    assert list(series.reserved_numbers.filter(state="reserved").values_list("number", flat=True)) == [1]
    assert series.last == 3


def test_what_is_in_the_register_is_corrected_and_otherwise_left(here: Office) -> None:
    enter(DOCUMENTS, BOOK)
    assert enter(DOCUMENTS, BOOK).doing == 0
    changed = enter(DOCUMENTS, {**BOOK, "signer": "Trần Sỹ Thanh"}, by=here.clerk)
    assert [change.details for change in changed.changes] == ["Người ký"]
    assert Document.objects.get().signer == "Trần Sỹ Thanh"
    other = enter(DOCUMENTS, {**BOOK, "arrived_on": "19/3/2024"})
    assert wrong(other) == [(2, "Số đến")]


def test_mistakes_in_a_register_are_named(here: Office) -> None:
    report = enter(
        DOCUMENTS,
        BOOK,
        {**BOOK, "arrival_number": 13},
        {**BOOK, "sign": "9/CV"},
        {**BOOK, "arrival_number": 15, "sign": "", "arrived_on": "1/1/2099"},
        {**BOOK, "arrival_number": 16, "sign": "2/CV", "unit": "Sở Không Có"},
    )
    assert wrong(report) == [(3, "Lý do đăng ký trùng"), (4, "Số đến"), (5, "Ngày đến"), (6, "Sổ của")]
    assert str(BOOK["sign"]) in report.problems[0].reason, "the row above it, which everybody sees"
    assert not Document.objects.exists()
    said = {**BOOK, "arrival_number": 13, "duplicate_reason": "Bản có dấu đỏ"}
    assert enter(DOCUMENTS, BOOK, said).problems == []


def test_a_register_is_brought_in_by_those_who_keep_it(here: Office) -> None:
    report = enter(DOCUMENTS, BOOK, by=here.ward_clerk)
    assert "không giữ sổ" in report.problems[0].reason or "sổ" in report.problems[0].reason
    assert DOCUMENTS.may(here.auditor) is not None


def test_directives_stand_where_they_stood(here: Office) -> None:
    enter(DOCUMENTS, BOOK)
    report = enter(DIRECTIVES, ORDER, RUNNING)
    assert (report.problems, report.count("new")) == ([], 2)
    done, running = Directive.objects.order_by("number")
    assert (done.state, done.late, done.percent, done.case.step) == ("accepted", True, 100, "accepted")
    assert done.case.closed_at.date() == date(2024, 7, 5)
    assert (running.state, running.percent, running.case.step) == ("in-progress", 40, "in-progress")
    assert [row.case for row in waiting_for(here.officer)] == [running.case]
    assert list(done.supports.all()) == [here.ward]
    assert Recipient.objects.filter(document=done.document, unit=here.division).exists()
    assert verify().broken is None
    assert not Notice.objects.exists()


def test_a_running_directive_goes_on_from_there(here: Office) -> None:
    enter(DOCUMENTS, BOOK)
    enter(DIRECTIVES, RUNNING)
    one = Directive.objects.get()
    report_work(one, by=here.officer, text="Đã xong", percent=100, done=True)
    assert Directive.objects.get().state == "reported"


def test_a_directive_that_is_there_is_compared_only(here: Office) -> None:
    enter(DOCUMENTS, BOOK)
    enter(DIRECTIVES, ORDER)
    assert enter(DIRECTIVES, ORDER).doing == 0
    assert wrong(enter(DIRECTIVES, {**ORDER, "due_on": "31/7/2024"})) == [(2, "Hạn hoàn thành")]


def test_mistakes_in_directives_are_named(here: Office) -> None:
    enter(DOCUMENTS, BOOK, {**BOOK, "arrival_number": 13, "issued_on": "16/3/2024"})
    dated = {**ORDER, "issued_on": "15/3/2024"}
    report = enter(
        DIRECTIVES,
        ORDER,
        {**dated, "sign": "99/KH-UBND"},
        {**dated, "lead": "Phòng Ma"},
        {**dated, "due_on": "1/1/2024"},
        {**dated, "done_on": ""},
        {**dated, "state": "in-progress"},
        {**dated, "closed_on": "1/7/2024"},
        {**dated, "closed_on": "1/1/2099"},
        dated,
        dated,
    )
    columns = ["Ngày văn bản", "Số, ký hiệu văn bản", "Đơn vị chủ trì", "Hạn hoàn thành", "Ngày báo cáo hoàn thành"]
    columns += ["Ngày báo cáo hoàn thành", "Ngày kết thúc theo dõi", "Ngày kết thúc theo dõi", "Nội dung nhiệm vụ"]
    assert [column for _row, column in wrong(report)] == columns
    assert not Directive.objects.exists()


def test_directives_are_brought_in_by_those_who_assign(here: Office) -> None:
    enter(DOCUMENTS, BOOK)
    assert DIRECTIVES.may(here.ward_clerk) is not None
    refused = enter(DIRECTIVES, ORDER, by=here.division_head)
    assert len(refused.problems) == 1
    assert enter(DIRECTIVES, ORDER, by=here.head).problems == []


def contents(kind: Any, by: Actor = IMPORTER) -> list[dict[str, Any]]:
    return [dict(row) for row in kind.export(by)]


def test_what_went_out_comes_back_the_same(here: Office) -> None:
    first = {**BOOK, "urgency": "Khẩn", "pages": 4, "due_on": "1/5/2024"}
    second = {**BOOK, "arrival_number": 13, "sign": "5/CV", "secrecy": "Mật"}
    with transaction.atomic():
        enter(DOCUMENTS, first, second)
        enter(DIRECTIVES, ORDER, {**RUNNING, "priority": "urgent", "first_due_on": "1/6/2024"})
        before = {kind.name: contents(kind) for kind in (DOCUMENTS, DIRECTIVES)}
        files = {kind.name: exported(kind, by=IMPORTER) for kind in (DOCUMENTS, DIRECTIVES)}
        for kind in (DOCUMENTS, DIRECTIVES):
            again = apply(kind, read(files[kind.name], "a.xlsx", kind.fields), by=IMPORTER)
            assert (again.problems, again.doing, len(again.changes)) == ([], 0, 2)
        transaction.set_rollback(True)
    assert not Document.objects.exists()
    for kind in (DOCUMENTS, DIRECTIVES):
        assert apply(kind, read(files[kind.name], "a.xlsx", kind.fields), by=IMPORTER).problems == []
        assert contents(kind) == before[kind.name]


def test_export_keeps_to_what_one_keeps(here: Office) -> None:
    enter(DOCUMENTS, BOOK)
    assert len(contents(DOCUMENTS, here.clerk)) == 1
    assert contents(DOCUMENTS, here.ward_clerk) == []


def test_queries_do_not_grow_with_the_rows(here: Office) -> None:
    def queries(first: int, count: int) -> int:
        rows = [{**BOOK, "arrival_number": first + one, "sign": f"{first + one}/KH-UBND"} for one in range(count)]
        orders = [{**RUNNING, "sign": row["sign"]} for row in rows]
        with CaptureQueriesContext(connection) as asked:
            assert enter(DOCUMENTS, *rows).problems == []
            assert enter(DIRECTIVES, *orders).problems == []
        return len([each for each in asked.captured_queries if "SAVEPOINT" not in each["sql"]])

    queries(10, 1)  # opens the series of the year
    assert queries(1000, 30) == queries(2000, 60)
