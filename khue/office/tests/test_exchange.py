"""Lists that go out and come back: what is exported is read as the same, and nothing stays of a sheet with problems."""

import io
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from khue.accounts.models import Membership, User
from khue.core import exchange
from khue.core.actors import IMPORTER
from khue.core.exchange import Exchange
from khue.directory.models import Unit
from khue.journal.models import Entry
from khue.office.actions import Report, apply, rehearse
from khue.office.lists import empty, exported
from khue.office.sheets import read

pytestmark = pytest.mark.django_db
JULY = date(2025, 7, 1)


def kind(name: str) -> Exchange:
    found = exchange.named(name)
    assert found is not None
    return found


def book(name: str, *rows: dict[str, Any]) -> bytes:
    """A sheet of a kind, with what a person would write into it."""
    fields = kind(name).fields
    buffer = io.BytesIO()
    sheet_book = xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    sheet = sheet_book.add_worksheet()
    sheet.write_row(0, 0, [each.label for each in fields])
    for number, row in enumerate(rows, 1):
        sheet.write_row(number, 0, [row.get(each.key, "") for each in fields])
    sheet_book.close()
    return buffer.getvalue()


def enter(name: str, *rows: dict[str, Any]) -> Report:
    return apply(kind(name), read(book(name, *rows), "a.xlsx", kind(name).fields), by=IMPORTER)


def reasons(report: Report) -> list[tuple[int, str]]:
    return [(problem.row, problem.column) for problem in report.problems]


CITY = {"name": "UBND Thành phố", "kind": "Cơ quan lãnh đạo", "code": "ubnd", "valid_from": date(2000, 1, 1)}
DEPARTMENT = {
    "name": "Sở Khoa học và Công nghệ",
    "kind": "Sở, ban, ngành",
    "code": "skhcn",
    "parent": "ubnd",
    "valid_from": "1/3/2025",
    "abbreviation": "SKHCN",
    "also": "Sở KHCN cũ; Sở Khoa học",
}


def test_parts_may_stand_before_what_they_belong_to() -> None:
    report = enter("units", {**DEPARTMENT, "kind": "department"}, {**CITY, "kind": "authority"})
    assert report.problems == []
    unit = Unit.objects.get(code="skhcn")
    assert unit.parent == Unit.objects.get(code="ubnd")
    assert unit.path.startswith(unit.parent.path)
    assert set(unit.names.filter(official=False).values_list("name", flat=True)) == {"Sở KHCN cũ", "Sở Khoa học"}
    assert Entry.objects.filter(dossier="imports:units", verb="sheet.entered").exists()


def test_each_problem_names_its_row_and_column_and_nothing_stays() -> None:
    report = enter(
        "units",
        {**CITY, "kind": "authority"},
        {"name": "Phòng A", "kind": "phòng ma", "valid_from": JULY},
        {"name": "Phòng B", "kind": "division", "valid_from": "31/2/2025"},
        {"name": "Phòng C", "kind": "division", "valid_from": JULY, "parent": "Sở Không Có"},
    )
    assert reasons(report) == [(3, "Loại đơn vị"), (4, "Ngày đầu"), (5, "Đơn vị cấp trên")]
    assert not Unit.objects.exists()
    assert not Entry.objects.exists()


def test_a_rehearsal_leaves_nothing_behind() -> None:
    fields = kind("units").fields
    report = rehearse(kind("units"), read(book("units", {**CITY, "kind": "authority"}), "a.xlsx", fields), by=IMPORTER)
    assert (report.count("new"), report.problems) == (1, [])
    assert not Unit.objects.exists()


def test_units_end_with_who_came_after_them() -> None:
    district = {**CITY, "name": "Quận Ba Đình", "kind": "district", "code": "ba-dinh", "parent": "ubnd"}
    ward = {"name": "Phường Ngọc Hà", "kind": "commune", "code": "ngoc-ha", "parent": "ubnd", "valid_from": JULY}
    ended = {**district, "valid_to": date(2025, 6, 30), "successors": "Phường Ngọc Hà [ngoc-ha]"}
    assert enter("units", {**CITY, "kind": "authority"}, ended, ward).problems == []
    unit = Unit.objects.get(code="ba-dinh")
    assert unit.valid_to == date(2025, 6, 30)
    assert list(unit.successors.values_list("code", flat=True)) == ["ngoc-ha"]
    assert enter("units", ended, ward).doing == 0
    changed = enter("units", {**ended, "valid_to": date(2025, 6, 29)})
    assert reasons(changed) == [(2, "Ngày cuối")]


def test_a_new_name_needs_its_first_day() -> None:
    enter("units", {**CITY, "kind": "authority"}, {**DEPARTMENT, "kind": "department"})
    renamed = {**DEPARTMENT, "kind": "department", "name": "Sở KHCN và Đổi mới sáng tạo"}
    assert reasons(enter("units", renamed)) == [(2, "Tên mới từ ngày")]
    report = enter("units", {**renamed, "named_on": "1/1/2026"})
    assert [(change.effect, change.details) for change in report.changes] == [("changed", "Tên đơn vị")]
    assert Unit.objects.get(code="skhcn").names.filter(official=True).count() == 2


def test_people_come_with_their_roles_and_a_second_time_change_nothing() -> None:
    enter("units", {**CITY, "kind": "authority"}, {**DEPARTMENT, "kind": "department"})
    hoa = {"full_name": "Nguyễn Hoa", "email": "Hoa@Vidu.vn", "unit": "SKHCN", "role": "Văn thư", "valid_from": JULY}
    two: list[dict[str, Any]] = [hoa, {**hoa, "role": "officer"}, {"full_name": "Lê Văn Tám", "email": "tam@vidu.vn"}]
    assert enter("people", *two).count("new") == 2
    assert User.objects.get(email="hoa@vidu.vn").memberships.count() == 2
    assert enter("people", *two).doing == 0
    last = enter("people", {**hoa, "valid_to": date(2026, 12, 31)})
    assert [change.details for change in last.changes] == ["Đến ngày"]
    assert Membership.objects.get(role="clerk").valid_to == date(2026, 12, 31)


def test_people_with_mistakes_are_named() -> None:
    report = enter(
        "people",
        {"full_name": "A", "email": "không phải", "role": "clerk"},
        {"full_name": "B", "email": "b@vidu.vn", "unit": "Sở Không Có", "role": "clerk"},
        {"full_name": "C", "email": "c@vidu.vn", "role": "clerk"},
        {"full_name": "D", "email": "d@vidu.vn", "unit": "skhcn", "role": "vua"},
    )
    assert reasons(report) == [(2, "Thư điện tử"), (3, "Đơn vị"), (4, "Đơn vị"), (5, "Vai trò")]
    assert not User.objects.exists()


def test_only_those_who_keep_the_list_may_bring_it_in() -> None:
    nobody = User.objects.create_user("x@vidu.vn", "Không Vai")
    for each in exchange.kinds():
        assert (each.may(IMPORTER) is None) is not each.personal
        assert each.may(nobody) is not None


@pytest.mark.parametrize("name", [each.name for each in exchange.kinds()])
def test_the_template_is_read(name: str) -> None:
    sheet = read(empty(kind(name)), "mau.xlsx", kind(name).fields)
    assert sheet.problems == []
    assert len(sheet.rows) == 1


def contents(name: str) -> list[dict[str, Any]]:
    return [dict(row) for row in kind(name).export(IMPORTER)]


def test_units_and_people_that_went_out_come_back_the_same() -> None:
    enter(
        "units",
        {**CITY, "kind": "authority"},
        {**DEPARTMENT, "kind": "department", "email": "so@vidu.vn", "phone": "024 1"},
        {"name": "Phòng Kế hoạch", "kind": "division", "parent": "skhcn", "valid_from": "1/3/2025"},
        {"name": "Sở TTTT", "code": "stttt", "kind": "department", "parent": "ubnd", "valid_from": "1/1/2008",
         "valid_to": "28/2/2025", "successors": "skhcn"},
    )  # fmt: skip
    enter("people", {"full_name": "A", "email": "a@vidu.vn", "unit": "skhcn", "role": "officer", "valid_from": JULY})
    before = {name: contents(name) for name in ("units", "people")}
    files = {name: exported(kind(name), by=IMPORTER) for name in before}
    for name, data in files.items():
        sheet = read(data, f"{name}.xlsx", kind(name).fields)
        again = apply(kind(name), sheet, by=IMPORTER)
        assert (again.problems, again.doing, len(again.changes)) == ([], 0, len(before[name]))
    User.objects.all().delete()
    for unit in Unit.objects.order_by("-path"):
        unit.delete()
    for name, data in files.items():
        report = apply(kind(name), read(data, f"{name}.xlsx", kind(name).fields), by=IMPORTER)
        assert report.problems == []
        assert contents(name) == before[name]
