"""Whatever the bytes are, a file is read soundly or refused in a sentence; nothing else ever comes out."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from khue.language.reading import Unreadable, identify, read_bytes
from khue.language.reading.draft import Draft, Place, tidy
from khue.language.reading.tests.compound import compound
from khue.language.reading.tests.docx_builder import NUM, item, level, numbered, with_parts
from khue.language.reading.tests.odt_builder import odt
from khue.language.reading.tests.pdf_writer import Sheet, pdf
from khue.language.reading.tests.sight import assert_sound
from khue.language.reading.tests.test_html import PRESS
from khue.language.source import SourceText

NAMES = ["a.docx", "a.pdf", "a.txt", "a.html", "a.odt", "a.xlsx", "khong-duoi"]
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def attempt(data: bytes, name: str) -> SourceText | Unreadable:
    try:
        return read_bytes(data, name)
    except Unreadable as refused:
        return refused


def read_or_refuse(data: bytes, name: str) -> None:
    result = attempt(data, name)
    if isinstance(result, SourceText):
        assert_sound(result)
    else:
        assert result.code
        assert result.sentence.endswith(".")
        assert name in result.sentence


def _word() -> bytes:
    levels = level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2.")
    return numbered(levels, NUM, item("Mục đích"), item("Giao Sở chủ trì", 1))


def _printed() -> bytes:
    sheet = Sheet()
    sheet.write(85, 100, "Giao Sở Khoa học và Công nghệ chủ trì, phối hợp")
    sheet.write(85, 118, "1. Rà soát văn bản.")
    sheet.grid([85, 200, 300], [200, 240, 280])
    sheet.write(90, 220, "Ô một")
    sheet.write(210, 260, "Ô hai")
    return pdf(sheet)


SAMPLES: dict[str, bytes] = {
    "a.docx": _word(),
    "a.pdf": _printed(),
    "a.odt": odt(
        "<text:h>Mục đích</text:h><text:list><text:list-item><text:p>Giao Sở</text:p></text:list-item></text:list>"
    ),
    "a.html": PRESS.encode(),
    "a.txt": "1. Giao Sở Khoa học và Công nghệ.\n".encode("utf-16"),
}


@given(st.binary(max_size=2000), st.sampled_from(NAMES))
@quick
def test_random_bytes(data: bytes, name: str) -> None:
    identify(data)
    read_or_refuse(data, name)


@given(
    st.sampled_from([b"PK\x03\x04", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>", b"\xff\xfe"]),
    st.binary(),
)
@quick
def test_random_bytes_after_a_true_beginning(magic: bytes, data: bytes) -> None:
    for name in NAMES:
        read_or_refuse(magic + data, name)


@pytest.mark.parametrize("name", SAMPLES)
@given(st.data())
@quick
def test_files_cut_anywhere(name: str, data: st.DataObject) -> None:
    whole = SAMPLES[name]
    read_or_refuse(whole[: data.draw(st.integers(0, len(whole)))], name)


@pytest.mark.parametrize("name", SAMPLES)
@given(st.data())
@quick
def test_files_with_bytes_changed_anywhere(name: str, data: st.DataObject) -> None:
    changed = bytearray(SAMPLES[name])
    for place in data.draw(st.lists(st.integers(0, len(changed) - 1), max_size=8)):
        changed[place] = data.draw(st.integers(0, 255))
    read_or_refuse(bytes(changed), name)


@given(st.binary(max_size=3000))
@quick
def test_office_parts_of_any_content(content: bytes) -> None:
    for part in ("word/document.xml", "word/styles.xml", "word/numbering.xml", "word/_rels/document.xml.rels"):
        read_or_refuse(with_parts(SAMPLES["a.docx"], {part: content}), "a.docx")


xml = st.recursive(
    st.sampled_from(["<w:t>Sở</w:t>", "<w:br/>", "<w:tab/>", '<w:sym w:char="F0B7"/>', '<w:numId w:val="x"/>', "chữ"]),
    lambda inner: st.builds(
        lambda name, parts: f"<w:{name}>{''.join(parts)}</w:{name}>",
        st.sampled_from(
            ["p", "r", "tbl", "tr", "tc", "pPr", "numPr", "rPr", "sdt", "sdtContent", "ins", "del", "txbxContent"]
        ),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@given(st.lists(xml, max_size=6))
@quick
def test_word_elements_in_any_order(parts: list[str]) -> None:
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = f"<w:document {namespace}><w:body>{''.join(parts)}</w:body></w:document>"
    read_or_refuse(with_parts(SAMPLES["a.docx"], {"word/document.xml": document.encode()}), "a.docx")


tags = st.sampled_from(
    ["p", "div", "table", "tr", "td", "th", "ol", "ul", "li", "h1", "br", "pre", "nav", "article", "b"]
)


@given(st.lists(st.tuples(tags, st.booleans(), st.text(max_size=8)), max_size=40))
@quick
def test_web_pages_with_tags_in_any_order(parts: list[tuple[str, bool, str]]) -> None:
    markup = "".join(f"<{'/' if closing else ''}{tag}>{text}" for tag, closing, text in parts)
    read_or_refuse(f"<html><body>{markup}".encode("utf-8", "surrogatepass"), "a.html")


@given(st.text(max_size=300))
@example("a\u0301\r\nb\x85c\u2028d\x0c e")
@example("\u0301đầu dòng là dấu")
@quick
def test_any_text_gives_sound_lines(text: str) -> None:
    draft = Draft()
    draft.add(text, Place())
    draft.add("Hết.", Place())
    assert_sound(draft.finish("a.txt", "txt"))
    for line in tidy(text):
        assert tidy(line) == [line]


@given(st.binary(max_size=600), st.binary(max_size=600))
@quick
def test_old_office_files_of_any_content(first: bytes, second: bytes) -> None:
    whole = compound({"WordDocument": first, "1Table": second})
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", "")
        assert isinstance(attempt(whole, "a.doc"), Unreadable)
        assert isinstance(attempt(whole[: len(first) * 3], "a.doc"), Unreadable)
