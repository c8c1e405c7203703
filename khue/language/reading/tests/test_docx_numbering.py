"""Automatic numbers of Word are read as they are printed."""

import docx

from khue.language.reading import read_bytes
from khue.language.reading.tests.docx_builder import NUM, bytes_of, element, item, level, numbered
from khue.language.reading.tests.sight import texts


def read(levels: str, *paragraphs: str, nums: str = NUM) -> list[str]:
    return texts(read_bytes(numbered(levels, nums, *paragraphs), "danh-sach.docx"))


def test_the_usual_levels_of_a_vietnamese_document() -> None:
    levels = (
        level(0, "upperRoman", "%1.")
        + level(1, "decimal", "%2.")
        + level(2, "lowerLetter", "%3)")
        + level(3, "bullet", "-")
    )
    order = [0, 1, 2, 2, 3, 1, 2, 0, 1]
    found = read(levels, *[item(f"Việc {n}", depth) for n, depth in enumerate(order)])
    assert [text.split()[0] for text in found] == ["I.", "1.", "a)", "b)", "-", "2.", "a)", "II.", "1."]


def test_levels_that_show_the_ones_above() -> None:
    levels = (
        level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2.") + level(2, "decimal", "%1.%2.%3", "<w:isLgl/>")
    )
    found = read(levels, item("A"), item("B", 1), item("C", 1), item("D", 2), item("E"), item("F", 1))
    assert found == ["I. A", "I.1. B", "I.2. C", "1.2.1 D", "II. E", "II.1. F"]


def test_a_list_goes_on_after_a_paragraph_between() -> None:
    plain = "<w:p><w:r><w:t>Xen giữa</w:t></w:r></w:p>"
    assert read(level(0, "decimal", "%1."), item("Một"), plain, item("Hai")) == ["1. Một", "Xen giữa", "2. Hai"]


def test_two_lists_of_one_kind_share_their_count_unless_one_starts_anew() -> None:
    nums = NUM + '<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>'
    nums += (
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    paragraphs = [item("a"), item("b", num=2), item("c", num=3), item("d", num=3)]
    assert read(level(0, "decimal", "%1."), *paragraphs, nums=nums) == ["1. a", "2. b", "1. c", "2. d"]


def test_an_override_of_the_level_and_a_start_other_than_one() -> None:
    override = '<w:lvlOverride w:ilvl="0">' + level(0, "lowerRoman", "(%1)").replace(
        'start w:val="1"', 'start w:val="4"'
    )
    nums = f'<w:num w:numId="1"><w:abstractNumId w:val="7"/>{override}</w:lvlOverride></w:num>'
    assert read(level(0, "decimal", "%1."), item("x"), item("y"), nums=nums) == ["(iv) x", "(v) y"]


def test_a_level_that_never_restarts() -> None:
    levels = level(0, "upperLetter", "%1.") + level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>')
    found = read(levels, item("A"), item("x", 1), item("B"), item("y", 1))
    assert found == ["A. A", "1. x", "B. B", "2. y"]


def test_bullets_of_symbol_fonts_become_a_dot() -> None:
    assert read(level(0, "bullet", "\uf0b7"), item("Việc")) == ["• Việc"]
    assert read(level(0, "bullet", "+"), item("Việc")) == ["+ Việc"]


def test_bullets_named_by_a_symbol_font() -> None:
    wingdings = '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr></w:lvl>'
    assert read(level(0, "bullet", "l").replace("</w:lvl>", wingdings), item("Việc")) == ["• Việc"]


def test_number_zero_takes_a_paragraph_out_of_the_list() -> None:
    assert read(level(0, "decimal", "%1."), item("Trong"), item("Ngoài", num=0)) == ["1. Trong", "Ngoài"]


def test_letters_go_on_after_z() -> None:
    found = read(level(0, "lowerLetter", "%1)"), *[item(str(n)) for n in range(28)])
    assert found[25:] == ["z) 25", "aa) 26", "bb) 27"]


def test_a_style_brings_its_list_along() -> None:
    document = docx.Document()
    for text in ("Một", "Hai"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("Chấm", style="List Bullet")
    assert texts(read_bytes(bytes_of(document), "x.docx")) == ["1. Một", "2. Hai", "• Chấm"]


def test_nesting_is_kept_as_depth() -> None:
    data = numbered(level(0, "decimal", "%1.") + level(1, "bullet", "-"), NUM, item("a"), item("b", 1))
    assert [line.depth for line in read_bytes(data, "x.docx").lines] == [1, 2]


def test_heading_numbers_of_a_multilevel_list_tied_to_styles() -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        level(n, "decimal", ".".join(f"%{k + 1}" for k in range(n + 1)), f'<w:pStyle w:val="Heading{n + 1}"/>')
        for n in range(2)
    )
    numbering.insert(0, element(f'<w:abstractNum w:abstractNumId="70">{levels}</w:abstractNum>'))
    numbering.append(element('<w:num w:numId="70"><w:abstractNumId w:val="70"/></w:num>'))
    for name in ("Heading 1", "Heading 2"):
        properties = document.styles[name].element.get_or_add_pPr()
        properties.append(element('<w:numPr><w:numId w:val="70"/></w:numPr>'))
    for style, text in ((1, "Mục đích"), (2, "Chung"), (2, "Riêng"), (1, "Tổ chức"), (2, "Giao việc")):
        document.add_heading(text, style)
    found = texts(read_bytes(bytes_of(document), "x.docx"))
    assert found == ["1 Mục đích", "1.1 Chung", "1.2 Riêng", "2 Tổ chức", "2.1 Giao việc"]
