import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khue.language.text import fold, lowered, nfc, plain, sort_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà Bình", "hòa bình"),
        ("Uỷ ban", "Ủy  ban "),
        ("ĐỐNG ĐA", "dong da"),
        ("Sở KH&CN", unicodedata.normalize("NFD", "sở kh&cn")),
        ("thuỷ lợi", "Thủy Lợi"),
    ],
)
def test_fold_is_blind_to_accent_case_form_and_tone_place(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_sort_key_follows_the_dictionary() -> None:
    words = [
        "ba",
        "bà",
        "bả",
        "bã",
        "bá",
        "bạ",
        "ba ba",
        "bă",
        "bâ",
        "da",
        "đa",
        "e",
        "ê",
        "o",
        "ô",
        "ơ",
        "u",
        "ư",
        "y",
    ]
    dictionary = ["ba", "ba ba", "bà", "bả", "bã", "bá", "bạ", "bă", "bâ", "da", "đa", "e", "ê", "o", "ô", "ơ"]
    assert sorted(words, key=sort_key)[:16] == dictionary
    assert sorted(["Đống Đa", "Ba Vì", "Ân Thi", "An Dương", "Ầm"], key=sort_key) == [
        "An Dương", "Ầm", "Ân Thi", "Ba Vì", "Đống Đa",
    ]  # fmt: skip


def test_plain_makes_look_alikes_one() -> None:
    assert (
        plain("02–CTr／TU\u00a0uỷ ban, toàn quý, hoá, QUÝ, HOÀ, Thuỳ")
        == "02-CTr/TU ủy ban, toàn quý, hóa, QUÝ, HÒA, Thùy"
    )


@given(st.text())
def test_plain_and_lowered_keep_offsets(text: str) -> None:
    assert len(plain(nfc(text))) == len(nfc(text))
    assert len(lowered(text)) == len(text)


@given(st.text())
def test_fold_is_stable_and_form_blind(one: str) -> None:
    assert fold(fold(one)) == fold(one)
    assert fold(unicodedata.normalize("NFD", one)) == fold(one)


@given(st.text(alphabet="aàáđdêeo nh"))
def test_sort_key_is_ascii(text: str) -> None:
    assert sort_key(text).isascii()
