"""Word documents: what is printed is what is read."""

import io
import zipfile

import docx
import pytest

from khue.language.reading import Unreadable, read_bytes
from khue.language.reading.tests.docx_builder import bytes_of, of_body, of_paragraphs, run, with_parts
from khue.language.reading.tests.sight import assert_sound, cells, line_of, texts
from khue.language.source import SourceText


def read(data: bytes) -> SourceText:
    source = read_bytes(data, "van-ban.docx")
    assert_sound(source)
    return source


def test_headings_keep_their_outline_level() -> None:
    document = docx.Document()
    document.add_heading("KẾ HOẠCH", 0)
    document.add_heading("Mục đích", 1)
    document.add_heading("Yêu cầu chung", 3)
    document.add_paragraph("Giao Văn phòng theo dõi.")
    source = read(bytes_of(document))
    assert [(line.style, line.depth) for line in source.lines] == [
        ("heading", 1), ("heading", 1), ("heading", 3), ("body", 0),
    ]  # fmt: skip


def test_outline_level_set_on_the_paragraph_itself_makes_a_heading() -> None:
    level = '<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>Nhiệm vụ</w:t></w:r></w:p>'
    line = read(of_body(level)).lines[0]
    assert (line.style, line.depth) == ("heading", 2)


def test_both_unicode_forms_become_one() -> None:
    # The second paragraph is written with combining marks, parted over two runs.
    source = read(of_body(f"<w:p>{run('Sở')}</w:p>", f"<w:p>{run('So')}{run(chr(0x31B) + chr(0x309))}</w:p>"))
    assert texts(source) == ["Sở", "Sở"]


def test_tables_give_cells_with_row_and_column_in_reading_order() -> None:
    document = docx.Document()
    document.add_paragraph("Trước bảng")
    table = document.add_table(2, 2)
    for row, values in enumerate([["TT", "Nhiệm vụ"], ["1", "Rà soát\nvăn bản"]]):
        for column, value in enumerate(values):
            table.cell(row, column).text = value
    document.add_paragraph("Sau bảng")
    source = read(bytes_of(document))
    assert texts(source) == ["Trước bảng", "TT", "Nhiệm vụ", "1", "Rà soát văn bản", "Sau bảng"]
    assert cells(source) == {(0, 0): "TT", (0, 1): "Nhiệm vụ", (1, 0): "1", (1, 1): "Rà soát văn bản"}


def test_merged_cells_stand_once_at_their_first_field() -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Ngang"
    table.cell(0, 2).text = "Sau ngang"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "Dọc"
    table.cell(2, 1).text = "Cạnh dọc"
    assert cells(read(bytes_of(document))) == {
        (0, 0): "Ngang", (0, 2): "Sau ngang", (1, 0): "Dọc", (2, 1): "Cạnh dọc",
    }  # fmt: skip


def test_a_table_in_a_cell_is_a_table_of_its_own() -> None:
    document = docx.Document()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "Ngoài"
    outer.cell(0, 1).add_table(1, 1).cell(0, 0).text = "Trong"
    source = read(bytes_of(document))
    assert (line_of(source, "Ngoài").table, line_of(source, "Trong").table) == (0, 1)


def test_insertions_are_kept_and_deletions_dropped() -> None:
    deleted = '<w:del w:id="2" w:author="A"><w:r><w:delText>30/4</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="3" w:author="A">{run("30/6")}</w:ins>'
    moved = f'<w:moveFrom w:id="4" w:author="A">{run(" chuyển đi")}</w:moveFrom>'
    assert texts(read(of_body(f"<w:p>{run('Trước ngày ')}{deleted}{inserted}{moved}</w:p>"))) == ["Trước ngày 30/6"]


def test_a_paragraph_whose_end_was_deleted_runs_on() -> None:
    first = f'<w:p><w:pPr><w:rPr><w:del w:id="1" w:author="A"/></w:rPr></w:pPr>{run("Giao Sở ")}</w:p>'
    assert texts(read(of_body(first, f"<w:p>{run('Tài chính.')}</w:p>"))) == ["Giao Sở Tài chính."]


def test_a_row_deleted_with_tracking_is_gone() -> None:
    def row(text: str, properties: str = "") -> str:
        return f"<w:tr>{properties}<w:tc><w:p>{run(text)}</w:p></w:tc></w:tr>"

    gone = row("Bỏ", '<w:trPr><w:del w:id="1" w:author="A"/></w:trPr>')
    assert cells(read(of_body(f"<w:tbl>{row('Một')}{gone}{row('Hai')}</w:tbl>"))) == {(0, 0): "Một", (1, 0): "Hai"}


def test_fields_show_their_result_and_hidden_text_nothing() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE \\@ "dd"</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("12")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    hidden = run(" bí mật", "<w:vanish/>")
    assert texts(read(of_body(f"<w:p>{run('Ngày ')}{field}{hidden}</w:p>"))) == ["Ngày 12"]


def test_breaks_tabs_and_capitals() -> None:
    title = f"<w:p>{run('Kế hoạch', '<w:caps/>')}<w:r><w:br/></w:r>{run('Năm 2026')}</w:p>"
    sentence = (
        f"<w:p>{run('Giao Sở chủ trì,')}<w:r><w:br/></w:r>{run('phối hợp')}<w:r><w:tab/></w:r>{run('  gấp')}</w:p>"
    )
    assert texts(read(of_body(title, sentence))) == ["KẾ HOẠCH", "Năm 2026", "Giao Sở chủ trì, phối hợp\tgấp"]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    content = f"<w:txbxContent><w:p>{run('Trong khung')}</w:p></w:txbxContent>"
    twice = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>{content}</wps:txbx></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    source = read(of_body(f"<w:p>{run('Có khung')}<w:r>{twice}</w:r></w:p>", f"<w:p>{run('Sau')}</w:p>"))
    assert texts(source) == ["Có khung", "Trong khung", "Sau"]


def test_headers_and_footers_are_not_part_of_the_text() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Đầu trang"
    document.sections[0].footer.paragraphs[0].text = "Trang 1"
    document.add_paragraph("Nội dung")
    assert texts(read(bytes_of(document))) == ["Nội dung"]


def test_footnotes_follow_the_text_with_their_number() -> None:
    data = of_body(f'<w:p>{run("Có chú thích")}<w:r><w:footnoteReference w:id="5"/></w:r></w:p>')
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    note = f'<w:footnote w:id="5"><w:p>{run("Theo báo cáo quý I.")}</w:p></w:footnote>'
    notes = f"<w:footnotes {namespace}>{note}</w:footnotes>"
    relation = (
        '<Relationship Id="rId99" Target="footnotes.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"/></Relationships>'
    )
    links = _part(data, "word/_rels/document.xml.rels").replace("</Relationships>", relation)
    data = with_parts(data, {"word/footnotes.xml": notes.encode(), "word/_rels/document.xml.rels": links.encode()})
    assert texts(read(data)) == ["Có chú thích", "[1] Theo báo cáo quý I."]


def test_a_table_of_contents_is_not_read_as_text() -> None:
    document = docx.Document()
    style = document.styles.add_style("toc 1", 1)
    document.add_paragraph("I. Mục đích ........ 1", style=style)
    document.add_paragraph("I. Mục đích")
    assert texts(read(bytes_of(document))) == ["I. Mục đích"]


@pytest.mark.parametrize(
    ("font", "typed", "meant"),
    [
        (".VnTime", "Giao Së Khoa häc vµ C«ng nghÖ", "Giao Sở Khoa học và Công nghệ"),
        (".VnTimeH", "ñy ban nh©n d©n", "ỦY BAN NHÂN DÂN"),
        ("VNI-Times", "Giao Sôû Khoa hoïc vaø Coâng ngheä", "Giao Sở Khoa học và Công nghệ"),
    ],
)
def test_the_font_tells_a_legacy_encoding(font: str, typed: str, meant: str) -> None:
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>'
    middle = len(typed) // 2
    parts = run(typed[:middle], fonts) + run(typed[middle:], fonts + "<w:b/>")
    assert texts(read(of_body(f"<w:p>{parts}{run(' ạ')}</w:p>"))) == [f"{meant} ạ"]


def test_a_legacy_encoding_is_recognised_without_its_font() -> None:
    source = read(of_paragraphs("Céng hßa x· héi chñ nghÜa ViÖt Nam", "§éc lËp - Tù do - H¹nh phóc", "Sè: 12/Q§-UB"))
    assert texts(source) == ["Cộng hòa xã hội chủ nghĩa Việt Nam", "Độc lập - Tự do - Hạnh phúc", "Số: 12/QĐ-UB"]


def test_a_document_of_pictures_only_is_refused_in_words() -> None:
    with pytest.raises(Unreadable) as refused:
        read(of_paragraphs("", "  "))
    assert refused.value.code == "no-text"
    assert "không có chữ" in refused.value.sentence


def _part(data: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()
