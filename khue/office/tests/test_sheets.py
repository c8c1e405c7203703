"""Sheets that come in: found by their header, every trouble named."""

import io

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from khue.core.cells import day, whole
from khue.core.exchange import Field, Problem
from khue.core.refusals import Refused
from khue.office.sheets import read, template

FIELDS = [
    Field("unit", ["Đơn vị", "Tên đơn vị"], required=True),
    Field("count", ["Số lượng"], whole, required=True),
    Field("due", ["Hạn"], day),
]


def sheet(*rows: list[object]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet()
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return buffer.getvalue()


def test_the_header_is_found_below_a_title_without_accents_and_in_any_order() -> None:
    result = read(
        sheet(["BÁO CÁO"], [], ["so luong", "TEN DON VI", "Han"], [5, "Sở Tài chính", "30/6/2026"]), "a.xlsx", FIELDS
    )
    assert result.clean
    assert result.rows[0].number == 4
    assert result.rows[0].values["unit"] == "Sở Tài chính"
    assert result.rows[0].values["due"].isoformat() == "2026-06-30"


def test_each_problem_names_row_column_and_reason() -> None:
    result = read(sheet(["Đơn vị", "Số lượng", "Hạn"], ["", 1, ""], ["Sở Y tế", "ba", "31/2/2026"]), "a.xlsx", FIELDS)
    assert not result.clean
    assert [(problem.row, problem.column) for problem in result.problems] == [
        (2, "Đơn vị"),
        (3, "Số lượng"),
        (3, "Hạn"),
    ]
    assert isinstance(result.problems[0], Problem)


def test_a_merged_cell_is_named_where_it_hides_one_and_not_above_the_header() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.merge_range(0, 0, 0, 2, "BIỂU TỔNG HỢP")
        page.write_row(1, 0, ["Đơn vị", "Số lượng", "Hạn"])
        page.write_row(2, 1, [5])
        page.write_row(3, 1, [6])
        page.merge_range(2, 0, 3, 0, "Sở Tài chính")
    result = read(buffer.getvalue(), "a.xlsx", FIELDS)
    assert [row.values["count"] for row in result.rows] == [5]
    (problem,) = result.problems
    assert (problem.row, problem.column) == (4, "Đơn vị")
    assert "bị gộp" in problem.reason


def test_rows_that_are_empty_are_passed_over_and_nothing_to_import_is_not_clean() -> None:
    assert not read(sheet(["Đơn vị", "Số lượng"], ["", ""]), "a.xlsx", FIELDS).clean


def test_a_sheet_without_the_columns_is_refused_by_their_names() -> None:
    with pytest.raises(Refused, match="Đơn vị"):
        read(sheet(["Họ tên", "Tuổi"], ["An", 3]), "a.xlsx", FIELDS)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", "chữ thường".encode()])
def test_what_is_no_spreadsheet_is_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        read(data, "a.xlsx", FIELDS)


@pytest.mark.parametrize(
    ("cell", "number"), [("1.000", 1000), ("1,000", 1000), ("12.345.678", 12_345_678), (7.0, 7), ("42", 42)]
)
def test_thousands_are_read_in_both_customs(cell: object, number: int) -> None:
    assert whole(cell) == number


@pytest.mark.parametrize("cell", ["1,5", "1.00", "1.000,5", "mười", 2.5, "1.0000"])
def test_what_is_not_certainly_a_whole_number_is_refused(cell: object) -> None:
    with pytest.raises(ValueError, match="số nguyên"):
        whole(cell)


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_whole_reads_back_what_is_written_with_dots(number: int) -> None:
    assert whole(f"{number:,}".replace(",", ".")) == number


def test_the_template_is_what_read_expects() -> None:
    data = template(FIELDS, [["Sở Y tế", 3, "01/02/2026"]])
    assert read(data, "mau.xlsx", FIELDS).clean
