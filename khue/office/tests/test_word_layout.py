"""How the parts of a paper lie on its pages."""

import io
from datetime import date
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from khue.office.tests.test_word import paper
from khue.office.word import Paragraph, Table, official
from khue.office.word.blocks import column_widths, sides
from khue.office.word.official import NO_BREAK, held

LONG = (
    "Sở Khoa học và Công nghệ chủ trì, phối hợp với các sở, ngành tham mưu Ủy ban nhân dân Thành phố ban hành kế hoạch"
)
TASKS = Table(["TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn"], [["1", LONG, LONG, "…", "30/6/2026"]])


def opened(**changes: object) -> Any:
    return Document(io.BytesIO(official(paper(**changes))))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI", "THÀNH PHỐ HÀ NỘI"),
        ("ĐẢNG BỘ THÀNH PHỐ HÀ NỘI", "THÀNH PHỐ HÀ NỘI"),
        ("ỦY BAN NHÂN DÂN XÃ BA VÌ", "XÃ BA VÌ"),
        ("SỞ KHOA HỌC VÀ CÔNG NGHỆ", ""),
    ],
)
def test_a_long_name_wraps_before_its_place(name: str, kept: str) -> None:
    assert held(name).replace(NO_BREAK, " ") == name
    assert held(name).endswith(kept.replace(" ", NO_BREAK))
    assert held(name).count(NO_BREAK) == kept.count(" ")


def test_the_number_keeps_off_the_line_above_it() -> None:
    number = opened().tables[1].rows[0].cells[0].paragraphs[0]
    assert number.text.startswith("Số: 27/")
    assert number.paragraph_format.space_before.pt > 0


def test_marks_stand_in_a_frame() -> None:
    cell = opened(urgency="urgent", circulation="Lưu hành nội bộ").tables[1].rows[0].cells[0]
    framed = [line.text for line in cell.paragraphs if line._p.find(f".//{qn('w:pBdr')}/{qn('w:top')}") is not None]
    assert framed == ["KHẨN", "LƯU HÀNH NỘI BỘ"]


def test_no_signature_stands_alone_and_no_row_is_torn() -> None:
    document = opened(blocks=[TASKS, Paragraph("Hết.")])
    rows = [row for table in document.tables for row in table.rows if row._tr.find(f".//{qn('w:tblHeader')}") is None]
    assert len(rows) == 4
    assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in rows)
    last, gap = document.paragraphs[-2:]
    assert (last.text, gap.text) == ("Hết./.", "")
    assert last.paragraph_format.keep_with_next
    assert gap.paragraph_format.keep_with_next


def test_columns_have_room_for_their_words_and_give_long_entries_the_rest() -> None:
    widths = column_widths(TASKS, 165)
    assert sum(widths) == pytest.approx(165)
    assert all(width > 2.2 * max(map(len, head.split())) for width, head in zip(widths, TASKS.header, strict=True))
    assert widths[1] > 3 * widths[0]
    assert sides(TASKS) == "cllcl"
    assert sum(column_widths(Table(["A" * 60, "B" * 60], []), 165)) == pytest.approx(165)
    assert column_widths(Table(["A", "B"], [["1", "2"]]), 165) == pytest.approx([82.5, 82.5])


def test_each_appendix_begins_its_own_page_numbers() -> None:
    sections = opened(appendices=[("Một", [TASKS]), ("Hai", [TASKS])]).sections
    starts = [section._sectPr.find(qn("w:pgNumType")) for section in sections]
    assert [start.get(qn("w:start")) for start in starts if start is not None] == ["1", "1"]
    assert all(section.different_first_page_header_footer for section in sections)


def test_the_subject_under_a_type_begins_with_a_capital() -> None:
    text = [line.text for line in opened(subject="phê duyệt đề án").paragraphs]
    assert "Phê duyệt đề\xa0án" in text


def test_a_centred_line_and_a_bold_beginning() -> None:
    decided = Paragraph("QUYẾT ĐỊNH:", bold=True, centred=True)
    first = Paragraph("Điều 1. Phê duyệt đề án.", lead="Điều 1.")
    lines = {line.text: line for line in opened(blocks=[decided, first, Paragraph("Hết.")]).paragraphs}
    assert lines["QUYẾT ĐỊNH:"].alignment == WD_ALIGN_PARAGRAPH.CENTER
    runs = lines["Điều 1. Phê duyệt đề án."].runs
    assert [(run.text, bool(run.bold)) for run in runs] == [("Điều 1.", True), (" Phê duyệt đề án.", False)]


def test_place_and_date_of_february_have_their_zero() -> None:
    cell = opened(issued_on=date(2026, 2, 9)).tables[1].rows[0].cells[1]
    assert cell.text == "Hà Nội, ngày 09 tháng 02 năm 2026"


def test_no_word_is_cut_where_columns_are_many() -> None:
    head = ["TT", "Nguồn", "Tên", "Tổ chức chủ trì", "Năm", "Mức gần", "Nhận định"]
    row = ["12", "Nhiệm vụ KH&CN", "Nghiên cứu hệ thống tiêu thoát nước cho vùng trồng rau trũng thấp ven sông Nhuệ",
           "Trường Đại học Khoa học Tự nhiên, ĐHQGHN", "2019", "xa", "—"]  # fmt: skip
    widths = column_widths(Table(head, [row] * 5), 160)
    assert sum(widths) == pytest.approx(160)
    assert min(widths[5:]) > 12, "room for «Nhận» in bold"
