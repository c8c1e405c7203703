"""Tables of PDF documents become cells, ruled or only aligned, on one page or over several."""

from khue.language.reading import read_bytes
from khue.language.reading.tests.pdf_writer import Sheet, pdf
from khue.language.reading.tests.sight import assert_sound, cells, texts
from khue.language.source import SourceText

XS = [85.0, 120.0, 330.0, 450.0, 540.0]


def read(*sheets: Sheet) -> SourceText:
    source = read_bytes(pdf(*sheets), "bang.pdf")
    assert_sound(source)
    return source


def fill(sheet: Sheet, y: float, *rows: list[str]) -> None:
    """Rows of cell texts; a newline begins a new row of type in the cell. Every row is 40 points high."""
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            for line, part in enumerate(text.split("\n")):
                sheet.write(XS[column] + 5, y + 40 * number + 14 + 14 * line, part, 11)


HEAD = ["TT", "Nhiệm vụ", "Chủ trì", "Hạn"]


def test_a_ruled_table() -> None:
    sheet = Sheet()
    sheet.write(85, 80, "Phụ lục kèm theo:")
    fill(sheet, 100, HEAD, ["1", "Rà soát, cập nhật cơ sở dữ liệu dùng\nchung", "Sở KH&CN", "30/6"])
    sheet.grid(XS, [100, 140, 180])
    sheet.write(85, 220, "Hết phụ lục.")
    source = read(sheet)
    assert cells(source) == {
        (0, 0): "TT", (0, 1): "Nhiệm vụ", (0, 2): "Chủ trì", (0, 3): "Hạn",
        (1, 0): "1", (1, 1): "Rà soát, cập nhật cơ sở dữ liệu dùng chung", (1, 2): "Sở KH&CN", (1, 3): "30/6",
    }  # fmt: skip
    assert texts(source)[0] == "Phụ lục kèm theo:"
    assert texts(source)[-1] == "Hết phụ lục."


def test_merged_cells_of_a_ruled_table() -> None:
    sheet = Sheet()
    fill(sheet, 100, HEAD, ["I", "Nhiệm vụ thường xuyên"], ["1", "Báo cáo", "Văn phòng", "Hằng quý"])
    for x in XS:
        sheet.line(x, 100, x, 140)
        sheet.line(x, 180, x, 220)
    for x in (XS[0], XS[1], XS[-1]):
        sheet.line(x, 140, x, 180)
    for y in (100, 140, 180, 220):
        sheet.line(XS[0], y, XS[-1], y)
    found = cells(read(sheet))
    assert found[1, 1] == "Nhiệm vụ thường xuyên"
    assert (1, 2) not in found
    assert found[2, 3] == "Hằng quý"


def test_paragraphs_of_one_cell_stay_apart() -> None:
    sheet = Sheet()
    fill(sheet, 100, HEAD, ["1", "- Rà soát;\n- Báo cáo.", "Sở KH&CN", "30/6"])
    sheet.grid(XS, [100, 140, 180])
    assert cells(read(sheet))[1, 1] == "- Rà soát; / - Báo cáo."


def test_a_table_goes_on_over_the_page_and_its_head_is_read_once() -> None:
    first, second = Sheet(), Sheet()
    fill(first, 700, HEAD, ["1", "Việc một", "Sở A", "30/6"])
    first.grid(XS, [700, 740, 780])
    fill(second, 60, HEAD, ["2", "Việc hai", "Sở B", "30/9"])
    second.grid(XS, [60, 100, 140])
    source = read(first, second)
    assert max(line.table for line in source.lines) == 0
    assert texts(source).count("Nhiệm vụ") == 1
    assert cells(source)[2, 1] == "Việc hai"
    assert [line.page for line in source.lines if line.row == 2] == [2, 2, 2, 2]


def test_a_row_cut_by_the_end_of_the_page_stays_one_row() -> None:
    first, second = Sheet(), Sheet()
    fill(first, 700, HEAD, ["1", "Việc một", "Sở A", "30/6"])
    first.grid(XS, [700, 740, 780])
    fill(second, 60, ["", "phần còn lại của việc một"], ["2", "Việc hai", "Sở B", "30/9"])
    second.grid(XS, [60, 100, 140])
    found = cells(read(first, second))
    assert found[1, 1] == "Việc một phần còn lại của việc một"
    assert found[2, 0] == "2"


def test_a_table_with_other_columns_is_another_table() -> None:
    first, second = Sheet(), Sheet()
    fill(first, 700, HEAD, ["1", "Việc một", "Sở A", "30/6"])
    first.grid(XS, [700, 740, 780])
    fill(second, 60, ["A", "B"], ["C", "D"])
    second.grid([85, 120, 540], [60, 100, 140])
    assert max(line.table for line in read(first, second).lines) == 1


def test_a_table_open_at_its_sides() -> None:
    sheet = Sheet()
    fill(sheet, 100, HEAD, ["1", "Việc một", "Sở A", "30/6"])
    for x in XS[1:-1]:
        sheet.line(x, 100, x, 180)
    for y in (100, 140, 180):
        sheet.line(XS[0], y, XS[-1], y)
    assert cells(read(sheet))[1, 0] == "1"


def test_columns_aligned_without_rules() -> None:
    sheet = Sheet()
    for number, row in enumerate([HEAD, ["1", "Rà soát văn bản", "Sở A", "30/6"], ["2", "Tổng hợp", "Sở B", "30/9"]]):
        for column, text in enumerate(row):
            sheet.write(XS[column], 100 + 16 * number, text)
    assert cells(read(sheet)) == {
        (row, column): text
        for row, values in enumerate(
            [HEAD, ["1", "Rà soát văn bản", "Sở A", "30/6"], ["2", "Tổng hợp", "Sở B", "30/9"]]
        )
        for column, text in enumerate(values)
    }


def test_a_line_under_a_heading_is_no_table() -> None:
    sheet = Sheet()
    sheet.centre(300, 100, "BÁO CÁO")
    sheet.line(250, 106, 350, 106)
    sheet.write(85, 140, "Nội dung.")
    assert {line.style for line in read(sheet).lines} == {"body"}


def test_a_frame_around_text_is_no_table() -> None:
    sheet = Sheet()
    sheet.write(100, 120, "HỎA TỐC")
    sheet.grid([90, 200], [100, 130])
    assert [line.style for line in read(sheet).lines] == ["body"]
