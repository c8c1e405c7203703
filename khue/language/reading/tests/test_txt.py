"""Plain text files in every encoding that Vietnamese has been written in."""

from unicodedata import normalize

import pytest

from khue.language.reading import read_bytes
from khue.language.reading.tests.sight import assert_sound, texts

LINES = ["THÔNG BÁO", "1. Giao Sở Khoa học và Công nghệ chủ trì.", "- Báo cáo trước ngày 30/6."]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_unicode_in_all_its_forms(encoding: str, form: str, newline: str) -> None:
    data = normalize("NFC" if form == "NFC" else "NFD", newline.join(LINES)).encode(encoding)
    source = read_bytes(data, "thong-bao.txt")
    assert_sound(source)
    assert texts(source) == LINES
    assert source.warnings == ()


@pytest.mark.parametrize(
    "typed",
    [
        "TH¤NG B¸O\n1. Giao Së Khoa häc vµ C«ng nghÖ chñ tr×.",
        "THOÂNG BAÙO\n1. Giao Sôû Khoa hoïc vaø Coâng ngheä chuû trì.",
    ],
)
def test_legacy_encodings(typed: str) -> None:
    source = read_bytes(typed.encode("latin-1"), "cu.txt")
    # TCVN3 has no capitals with tone marks: what was typed small stays small.
    assert texts(source)[0].upper() == "THÔNG BÁO"
    assert texts(source)[1] == LINES[1]


def test_legacy_text_saved_as_unicode_is_mended_too() -> None:
    source = read_bytes("Céng hßa x· héi chñ nghÜa ViÖt Nam\n§éc lËp - Tù do - H¹nh phóc".encode(), "cu.txt")
    assert texts(source) == ["Cộng hòa xã hội chủ nghĩa Việt Nam", "Độc lập - Tự do - Hạnh phúc"]


def test_a_few_broken_bytes_are_told() -> None:
    data = "\n".join(LINES * 20).encode() + b"\xff"
    source = read_bytes(data, "hong.txt")
    assert texts(source)[:3] == LINES
    assert "hong.txt" in source.warnings[0]


def test_offsets_are_those_of_the_file() -> None:
    whole = "THÔNG BÁO\n\n  1. Giao Sở.  \n"
    source = read_bytes(whole.encode(), "x.txt")
    assert_sound(source)
    assert source.text == whole
    assert texts(source) == ["THÔNG BÁO", "1. Giao Sở."]
