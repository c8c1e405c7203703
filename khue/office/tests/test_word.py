"""Official papers have the components and the layout that the shelf's files say."""

import io
import zipfile
from datetime import date

from docx import Document
from docx.enum.style import WD_STYLE_TYPE

from khue.office import charts
from khue.office.word import Heading, Item, OfficialPaper, Paragraph, Picture, Signature, Table, official
from khue.office.word.layout import layout
from khue.office.word.official import written_date


def paper(**changes: object) -> OfficialPaper:
    fields: dict[str, object] = {
        "layout": "state",
        "parent_body": "UBND thành phố Hà Nội",
        "body": "Sở Khoa học và Công nghệ",
        "number": "27",
        "sign": "BC-SKHCN",
        "place": "Hà Nội",
        "issued_on": date(2026, 3, 5),
        "type_name": "Báo cáo",
        "subject": "Tình hình thực hiện nhiệm vụ",
        "blocks": [Heading("I. KẾT QUẢ"), Paragraph("Có 12 nhiệm vụ."), Item("-", "Một việc quá hạn;")],
        "signature": Signature("Phó Giám đốc", "Trần Thị Bình", "Giám đốc", "deputy"),
        "recipients": ["Như trên"],
        "archive_units": "KHTC",
    }
    return OfficialPaper(**{**fields, **changes})  # type: ignore[arg-type]


def everything(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_a_state_report_has_its_components() -> None:
    text = everything(official(paper()))
    for part in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
        "Số: 27/BC-SKHCN",
        "Hà Nội, ngày 05 tháng 3 năm 2026",
        "BÁO CÁO",
        "- Một việc quá hạn./.",
        "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC",
        "- Lưu: VT, KHTC.",
    ):
        assert part in text


def test_a_letter_has_its_subject_under_the_number_and_no_type() -> None:
    text = everything(official(paper(type_name="", sign="SKHCN-KHTC", addressees=["Sở Tài chính", "Sở Nội vụ"])))
    assert "V/v Tình hình thực hiện nhiệm vụ" in text
    assert "BÁO CÁO" not in text
    assert "- Sở Tài chính;\n- Sở Nội vụ." in text


def test_a_party_notice_follows_the_other_customs() -> None:
    text = everything(official(paper(layout="party", sign="TB/TU", type_name="Thông báo")))
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in text
    assert "Số 27-TB/TU" in text
    assert "- Một việc quá hạn." in text
    assert "./." not in text
    assert "K/T GIÁM ĐỐC" in text


def test_margins_come_from_the_shelf() -> None:
    section = Document(io.BytesIO(official(paper()))).sections[0]
    assert round(section.left_margin.mm) == layout("state")["page"]["margin_left"]
    assert section.different_first_page_header_footer


def test_tables_pictures_and_appendices() -> None:
    import altair as alt

    chart = alt.Chart(alt.Data(values=[{"a": "x", "b": 1}])).mark_bar().encode(x="a:N", y="b:Q")
    picture = Picture(charts.png(charts.specification(chart)), "Biểu 1", "Một cột")
    table = Table(["STT", "Đơn vị"], [["1", "Sở Y tế"]], align="cl", widths=[1, 4], caption="Bảng 1")
    data = official(paper(blocks=[table, picture], appendices=[("Danh sách", [Paragraph("x")])]))
    document = Document(io.BytesIO(data))
    assert len(document.inline_shapes) == 1
    assert "(Kèm theo văn bản số 27/BC-SKHCN ngày 05/03/2026" in everything(data)


def test_months_are_padded_only_before_march() -> None:
    assert written_date("Hà Nội", date(2026, 2, 9), 3) == "Hà Nội, ngày 09 tháng 02 năm 2026"
    assert written_date("Hà Nội", date(2026, 9, 19), 3) == "Hà Nội, ngày 19 tháng 9 năm 2026"
    assert written_date("Hà Nội", None, 3).startswith("Hà Nội, ngày ")


def test_a_paper_carries_what_it_uses_only() -> None:
    data = official(paper(blocks=[Table(["Việc"], [["Rà soát"]])]))
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert not [name for name in parts.namelist() if "thumbnail" in name or "Effects" in name or "custom" in name]
    styles = Document(io.BytesIO(data)).styles
    assert {one.name for one in styles if one.type == WD_STYLE_TYPE.TABLE} == {"Normal Table", "Table Grid"}
    assert len(data) < 20_000
