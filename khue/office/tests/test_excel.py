"""Lists that go out as Excel are read back with another program and hold what they should."""

import io
from datetime import UTC, date, datetime
from typing import Any

from python_calamine import CalamineWorkbook

from khue.office.excel import Column, workbook

COLUMNS = [
    Column[tuple]("Đơn vị", lambda row: row[0], meaning="Đơn vị chủ trì"),
    Column[tuple]("Số việc", lambda row: row[1], "number", total=True),
    Column[tuple]("Kinh phí", lambda row: row[2], "money"),
    Column[tuple]("Hạn", lambda row: row[3], "date"),
    Column[tuple]("Giao lúc", lambda row: row[4], "moment"),
]
ROWS = [
    ("Sở Tài chính", 3, 1_250_000_000, date(2026, 6, 30), datetime(2026, 6, 1, 2, 0, tzinfo=UTC)),
    ("=HYPERLINK(1)", 4, None, None, None),
]


def sheets(data: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_title_filters_header_rows_and_explanation() -> None:
    first, second = sheets(workbook("Việc: tháng 6/2026", COLUMNS, ROWS, filters={"Trạng thái": "Quá hạn"})).values()
    assert first[0][0] == "Việc: tháng 6/2026"
    assert first[2][0] == "Trạng thái: Quá hạn"
    assert first[4] == ["Đơn vị", "Số việc", "Kinh phí", "Hạn", "Giao lúc"]
    assert first[5][:4] == ["Sở Tài chính", 3, 1_250_000_000, date(2026, 6, 30)]
    assert str(first[5][4]) == "2026-06-01 09:00:00"
    assert second[1] == ["Đơn vị", "Đơn vị chủ trì"]


def test_what_a_person_typed_never_becomes_a_formula() -> None:
    first = next(iter(sheets(workbook("x", COLUMNS, ROWS)).values()))
    assert first[5][0] == "=HYPERLINK(1)"


def test_a_sheet_that_does_not_take_all_rows_says_so() -> None:
    many = ROWS * 3
    cut = next(iter(sheets(workbook("x", COLUMNS, iter(many), most=5)).values()))
    assert cut[1][0].endswith("Chỉ có 5 dòng đầu ở đây: hãy lọc hẹp danh sách lại để lấy các dòng khác."), (
        "above the table, where it is read first"
    )
    assert len([row for row in cut[4:] if row[0]]) == 5
    for most in (6, None):
        whole = next(iter(sheets(workbook("x", COLUMNS, many, most=most)).values()))
        assert "Chỉ có" not in whole[1][0]
        assert len([row for row in whole[4:] if row[0]]) == 6


def test_an_empty_list_still_has_its_header() -> None:
    first = next(iter(sheets(workbook("x", COLUMNS, [])).values()))
    assert first[3][0] == "Đơn vị"
