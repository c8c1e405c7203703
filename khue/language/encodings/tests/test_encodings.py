"""Old encodings against samples typed in them, and against the published tables turned round."""

from unicodedata import normalize

import pytest

from khue.language.encodings import LegacyFont, decode, legacy_font, repair, to_unicode, wide
from khue.language.encodings.syllable import fitness, is_syllable
from khue.language.encodings.tcvn3 import to_unicode as from_tcvn3
from khue.language.encodings.vni import to_unicode as from_vni

# Typed by hand in the fonts' keyboards, not made by our own tables.
SAMPLES = [
    (
        "tcvn3",
        "Céng hßa x· héi chñ nghÜa ViÖt Nam. §éc lËp - Tù do - H¹nh phóc",
        "Cộng hòa xã hội chủ nghĩa Việt Nam. Độc lập - Tự do - Hạnh phúc",
    ),
    (
        "tcvn3",
        "ñy ban nh©n d©n c¸c quËn, huyÖn, thÞ x· chñ tr×, phèi hîp víi c¸c së, ban, ngµnh",
        "ủy ban nhân dân các quận, huyện, thị xã chủ trì, phối hợp với các sở, ban, ngành",
    ),
    ("tcvn3", "Thñ t­íng ChÝnh phñ yªu cÇu kh¾n tr­¬ng", "Thủ tướng Chính phủ yêu cầu khắn trương"),
    (
        "vni",
        "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam. Ñoäc laäp - Töï do - Haïnh phuùc",
        "Cộng hòa xã hội chủ nghĩa Việt Nam. Độc lập - Tự do - Hạnh phúc",
    ),
    (
        "vni",
        "UÛY BAN NHAÂN DAÂN THAØNH PHOÁ HOÀ CHÍ MINH. Thuû töôùng yeâu caàu khaån tröông",
        "ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH. Thủ tướng yêu cầu khẩn trương",
    ),
    (
        "vni",
        "Kyø hoïp thöù möôøi, nhieäm kyø 2021 - 2026, ñaïi bieåu Nguyeãn Vyõ",
        "Kỳ họp thứ mười, nhiệm kỳ 2021 - 2026, đại biểu Nguyễn Vỹ",
    ),
]
SENTENCES = [
    "Giao Sở Khoa học và Công nghệ chủ trì, phối hợp với các sở, ban, ngành tham mưu kế hoạch trước ngày 30/6/2026.",
    "Ủy ban nhân dân các xã, phường rà soát, tổng hợp khó khăn, vướng mắc của doanh nghiệp trên địa bàn.",
    "Nghiên cứu, ứng dụng kỹ thuật trồng rau thủy canh; bảo hộ nhãn hiệu chè Ba Vì, quýt, bưởi Diễn.",
]
# The published tables, one line a letter, as an independent check of the compact ones.
TCVN3_CODES = dict(
    zip(
        "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
        "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\xadõö÷øùúûüýþ¡¢£¤¥¦§",
        strict=True,
    )
)


@pytest.mark.parametrize(("encoding", "typed", "meant"), SAMPLES)
def test_samples_typed_in_the_old_fonts(encoding: str, typed: str, meant: str) -> None:
    reader = {"tcvn3": from_tcvn3, "vni": from_vni}[encoding]
    assert reader(typed) == meant
    assert decode(typed.encode("latin-1")) == (meant, encoding, 0)
    assert repair([typed]) == [meant]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_round_trip_through_tcvn3(sentence: str) -> None:
    small = sentence.lower()
    typed = "".join(TCVN3_CODES.get(letter, letter) for letter in small)
    assert from_tcvn3(typed) == small
    assert decode(typed.encode("latin-1")).text == small


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_unicode_is_left_alone(sentence: str, form: str) -> None:
    typed = normalize("NFC" if form == "NFC" else "NFD", sentence)
    assert decode(typed.encode()) == (sentence, "utf-8", 0)
    assert decode(typed.encode("utf-16-le")) == (sentence, "utf-16-le", 0)
    assert repair([sentence]) == [sentence]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_windows_1258(sentence: str) -> None:
    data = b""
    for letter in sentence:
        shape = "".join(mark for mark in normalize("NFD", letter) if mark not in "\u0300\u0301\u0303\u0309\u0323")
        tone = "".join(mark for mark in normalize("NFD", letter) if mark in "\u0300\u0301\u0303\u0309\u0323")
        data += (normalize("NFC", shape) + tone).encode("cp1258")
    assert decode(data) == (sentence, "windows-1258", 0)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (".VnTime", LegacyFont("tcvn3", capitals=False)),
        (".VnTimeH", LegacyFont("tcvn3", capitals=True)),
        (".VnArial NarrowH", LegacyFont("tcvn3", capitals=True)),
        ("ABCDEF+.VnTimeH,Bold", LegacyFont("tcvn3", capitals=True)),
        ("VnTime", LegacyFont("tcvn3", capitals=False)),
        ("VNI-Times", LegacyFont("vni", capitals=False)),
        ("Times New Roman", None),
        ("Vni", None),
        ("", None),
    ],
)
def test_names_of_fonts(name: str, expected: LegacyFont | None) -> None:
    assert legacy_font(name) == expected


def test_unicode_typed_in_an_old_font_is_left_alone() -> None:
    """Someone retyped a document in Unicode and left the font as it was."""
    assert to_unicode("Giao Sở chủ trì", LegacyFont("tcvn3", capitals=False)) == "Giao Sở chủ trì"


def test_the_letter_whose_code_is_a_hyphen() -> None:
    typed = "Thñ t-íng, th- ký, ®-a ra - -u tiªn; UBND-KT, Q§-UB, tõ 2-3 n¨m"
    assert from_tcvn3(typed) == "Thủ tướng, thư ký, đưa ra - ưu tiên; UBND-KT, QĐ-UB, từ 2-3 năm"


def test_codes_kept_in_the_private_use_area() -> None:
    private = "".join(letter if letter.isascii() else chr(0xF000 + ord(letter)) for letter in "ViÖt Nam")
    assert from_tcvn3(private) == "Việt Nam"


def test_a_document_of_two_hands() -> None:
    paragraphs = ["Céng hßa x· héi chñ nghÜa ViÖt Nam", "Độc lập - Tự do - Hạnh phúc", "café"]
    assert repair(paragraphs)[:2] == ["Cộng hòa xã hội chủ nghĩa Việt Nam", "Độc lập - Tự do - Hạnh phúc"]


@pytest.mark.parametrize(
    "text", ["Café résumé naïve", "São Paulo, Köln, Zürich, Malmö", "© 2026 ® 50 µm ± 3 °C", "là và có"]
)
def test_foreign_words_and_signs_are_no_old_encoding(text: str) -> None:
    assert repair([text]) == [text]


def test_western_bytes_stay_western() -> None:
    assert decode("Café São Paulo, Zürich".encode("cp1252")).encoding == "windows-1252"


def test_broken_bytes_are_counted() -> None:
    decoded = decode("\n".join(SENTENCES).encode() + b"\xff")
    assert (decoded.encoding, decoded.faults) == ("utf-8", 1)


def test_wide_text_is_told_from_other_bytes() -> None:
    assert wide(SENTENCES[0].encode("utf-16-be")) == "utf-16-be"
    assert wide(SENTENCES[0].encode()) is None
    assert wide(bytes(range(256))) is None


def test_syllables() -> None:
    for word in "nghiêng quốc giếng gì khuỷu thuở quyết uống yêu oanh hoà hòa thủy thuỷ quý ngoằn Đường".split():  # noqa: SIM905 - words are read more easily in a row
        assert is_syllable(word), word


@pytest.mark.parametrize("word", ["hßa", "nghệệ", "straße", "tr×", "công-nghệ", "äc", "vđ"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_fitness_counts_words_with_marks_only() -> None:
    assert fitness("Sở KH&CN 2026 (UBND)") == (1.0, 1)
    assert fitness("abc 123") == (0.0, 0)
