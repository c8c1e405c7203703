"""Files that are refused, each with what is wrong and what to do."""

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from khue.language.reading import MAX_SIZE, Unreadable, check, identify, read, read_bytes
from khue.language.reading.kind import KINDS
from khue.language.reading.tests.compound import compound
from khue.language.reading.tests.docx_builder import bytes_of, of_paragraphs, with_parts
from khue.language.reading.tests.pdf_writer import Sheet, pdf

WORD = of_paragraphs("Giao Sở Khoa học và Công nghệ chủ trì.")


def one_page() -> bytes:
    sheet = Sheet()
    sheet.write(85, 100, "Giao Sở Khoa học và Công nghệ chủ trì.")
    return pdf(sheet)


def refusal(data: bytes, name: str, limit: int = MAX_SIZE) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        read_bytes(data, name, limit=limit)
    assert name in refused.value.sentence
    assert "Hãy" in refused.value.sentence
    return refused.value


def zipped(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize("data", [b"", b"  \r\n\t ", b"\x00" * 500])
def test_empty(data: bytes) -> None:
    assert refusal(data, "van-ban.docx").code == "empty"


def test_too_large_names_both_sizes() -> None:
    refused = refusal(b"a" * 3_000_000, "lon.txt", limit=2 * 1024 * 1024)
    assert refused.code == "too-large"
    assert "2,9 MB" in refused.sentence
    assert "2 MB" in refused.sentence


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "rất lớn.txt"
    with path.open("wb") as file:
        file.truncate(60 * 1024 * 1024)
    with pytest.raises(Unreadable) as refused:
        read(path)
    assert refused.value.code == "too-large"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refused:
        read(tmp_path / "khong-co.docx")
    assert refused.value.code == "not-found"


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9, 0.99])
def test_truncated_word(keep: float) -> None:
    assert refusal(WORD[: int(len(WORD) * keep)], "cut.docx").code == "damaged"


@pytest.mark.parametrize("keep", [0.02, 0.1])
def test_truncated_pdf(keep: float) -> None:
    data = one_page()
    assert refusal(data[: int(len(data) * keep)], "cut.pdf").code == "damaged"


def test_a_part_that_is_not_xml() -> None:
    assert refusal(with_parts(WORD, {"word/document.xml": b"<w:document"}), "hong.docx").code == "damaged"


@pytest.mark.parametrize(
    ("data", "name", "suffix"),
    [
        (WORD, "van-ban.pdf", ".docx"),
        (WORD, "van-ban.doc", ".docx"),
        (b"<!DOCTYPE html><html><body><p>x</p></body></html>", "van-ban.doc", ".html"),
        (b"%PDF-1.7\n...", "van-ban.docx", ".pdf"),
        (b"Ch\xc3\xba th\xc3\xadch", "van-ban.pdf", ".txt"),
        (b"{\\rtf1 x}", "van-ban.doc", ".rtf"),
    ],
)
def test_mislabelled_files_say_what_they_are(data: bytes, name: str, suffix: str) -> None:
    refused = refusal(data, name)
    assert refused.code == "mislabelled"
    assert suffix in refused.sentence


def test_a_program_by_a_document_s_name_is_no_document_and_not_to_be_renamed() -> None:
    refused = refusal(b"MZ\x90\x00" + b"\0" * 100, "van-ban.docx")
    assert refused.code == "not-allowed"
    assert ".exe" not in refused.sentence


def test_a_name_without_an_ending_is_taken_by_its_content() -> None:
    assert read_bytes(WORD, "vanban").format == "docx"


def locked(owner: str, user: str) -> bytes:
    writer: Any = copy_into_new_writer(PdfFileReader(io.BytesIO(one_page())))
    writer.encrypt(owner, user)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_encrypted_pdf() -> None:
    assert refusal(locked("chu", "mat-khau"), "mat.pdf").code == "encrypted"


def test_a_pdf_that_only_restricts_printing_is_read() -> None:
    assert "Giao Sở" in read_bytes(locked("chu", ""), "han-che.pdf").text


@pytest.mark.parametrize("name", ["mat.docx", "mat.xlsx"])
def test_encrypted_office(name: str) -> None:
    data = compound({"EncryptionInfo": b"x" * 5000, "EncryptedPackage": b"y" * 5000})
    with pytest.raises(Unreadable) as refused:
        check(data, name)
    assert refused.value.code == "encrypted"


def test_encrypted_old_word() -> None:
    header = bytearray(5000)
    header[10:12] = (0x0100).to_bytes(2, "little")
    assert refusal(compound({"WordDocument": bytes(header)}), "mat.doc").code == "encrypted"


def test_encrypted_opendocument() -> None:
    manifest = b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    data = odt(**{"content.xml": b"x", "META-INF/manifest.xml": manifest})
    assert refusal(data, "mat.odt").code == "encrypted"


def test_macros_in_word() -> None:
    assert refusal(with_parts(WORD, {"word/vbaProject.bin": b"x"}), "macro.docx").code == "macros"


def test_a_macro_enabled_type_without_its_project() -> None:
    document = docx.Document()
    document.add_paragraph("x")
    types = zipfile.ZipFile(io.BytesIO(bytes_of(document))).read("[Content_Types].xml")
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    enabled = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    data = with_parts(WORD, {"[Content_Types].xml": types.replace(plain, enabled)})
    assert refusal(data, "macro.docm").code == "macros"


def test_macros_in_old_word() -> None:
    data = compound({"WordDocument": b"\0" * 5000, "Macros": {"VBA": {"dir": b"x" * 100}}})
    assert refusal(data, "macro.doc").code == "macros"


def test_macros_in_opendocument() -> None:
    assert refusal(odt(**{"content.xml": b"x", "Basic/script-lc.xml": b"x"}), "macro.odt").code == "macros"


def test_a_bomb_is_refused_by_its_ratio() -> None:
    bomb = with_parts(WORD, {"word/document.xml": b" " * (30 * 1024 * 1024)})
    assert len(bomb) < 1024 * 1024
    assert refusal(bomb, "bom.docx").code == "zip-bomb"


def test_a_bomb_of_many_small_parts() -> None:
    buffer = io.BytesIO(WORD)
    with zipfile.ZipFile(buffer, "a") as archive:
        for number in range(10_001):
            archive.writestr(f"word/media/{number}.txt", b"")
    assert refusal(buffer.getvalue(), "bom.docx").code == "zip-bomb"


def test_a_part_larger_than_its_directory_says_never_comes_out_whole() -> None:
    """The sizes in the directory are what the check relies on: a lie about them must not let more bytes through."""
    data = bytearray(with_parts(WORD, {"word/document.xml": b"<a>" + b" " * 5_000_000}))
    true_size = (5_000_003).to_bytes(4, "little")
    while (place := data.find(true_size)) >= 0:
        data[place : place + 4] = (1000).to_bytes(4, "little")
    assert refusal(bytes(data), "doi.docx").code == "damaged"


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><l>&c;</l>'
)
FETCH = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY f SYSTEM "file:///etc/hostname">]><l>&f;</l>'


@pytest.mark.parametrize("attack", [LAUGHS, FETCH, FETCH.decode().encode("utf-16")])
def test_xml_entities_are_refused(attack: bytes) -> None:
    assert refusal(with_parts(WORD, {"word/document.xml": attack}), "tan-cong.docx").code == "xml-entities"
    assert refusal(odt(**{"content.xml": attack}), "tan-cong.odt").code == "xml-entities"


@pytest.mark.parametrize("before", [b"", b"<!-- x -->\n", b"<?x?>", b"<!--" + b" " * 70_000 + b"-->"])
def test_an_upload_is_searched_for_entities_in_every_part(before: bytes) -> None:
    attack = LAUGHS.replace(b"?>", b"?>" + before, 1)
    for kind, part in (("xl", "xl/sharedStrings.xml"), ("word", "word/_rels/document.xml.rels")):
        with pytest.raises(Unreadable) as refused:
            check(zipped(**{"[Content_Types].xml": b"<Types/>", f"{kind}/a.xml": b"<a/>", part: attack}))
        assert refused.value.code == "xml-entities"


def test_entities_in_a_web_page_fetch_nothing() -> None:
    page = b'<!DOCTYPE html [<!ENTITY f SYSTEM "file:///etc/passwd">]><html><body><p>Giao &f; ngay</p></body></html>'
    assert "root:" not in read_bytes(page, "trang.html").text


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "anh.png", "unsupported"),
        (b"{\\rtf1 x}", "van-ban.rtf", "unsupported"),
        (b"MZ\x90\x00" + b"\0" * 100, "setup.exe", "not-allowed"),
        (b"MZ\x90\x00" + b"\0" * 100, "van-ban.docx", "not-allowed"),
        (bytes(range(256)) * 20, "van-ban", "unknown-kind"),
        (bytes(range(256)) * 20, "van-ban.docx", "damaged"),
        (zipped(a=b"x"), "nen.zip", "unsupported"),
    ],
)
def test_what_is_no_document(data: bytes, name: str, code: str) -> None:
    assert refusal(data, name).code == code


def test_an_upload_may_be_limited_to_some_kinds() -> None:
    assert check(WORD, "a.docx", allowed={"docx", "pdf"}).name == "docx"
    with pytest.raises(Unreadable) as refused:
        check(b"Xin ch\xc3\xa0o", "a.txt", allowed={"docx", "pdf"})
    assert refused.value.code == "not-allowed"
    with pytest.raises(Unreadable, match=r"Hãy gửi bảng tính Excel \(\.xlsx\)"):
        check(b"ten;tuoi", "bang.csv", allowed={"xlsx", "xls", "ods"})


def test_an_upload_that_is_no_text_passes_the_check() -> None:
    assert check(b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "anh.png") == KINDS["png"]


def test_identify_takes_bytes_or_a_path(tmp_path: Path) -> None:
    path = tmp_path / "khong-duoi"
    path.write_bytes(WORD)
    assert identify(path) == identify(WORD) == KINDS["docx"]
    assert identify(one_page()).name == "pdf"
    assert identify("Xin chào".encode("utf-16")).name == "txt"
    assert identify(odt(**{"content.xml": b"x"})).name == "odt"


def odt(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()
