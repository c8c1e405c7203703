# ruff: noqa: E501  (sentences are read whole)
import pytest

from khue.language.signs import canonical, signs
from khue.language.text import plain


def read(words: str) -> list[str]:
    return [sign.sign for sign in signs(plain(words))]


@pytest.mark.parametrize(
    ("printed", "right"),
    [
        ("07/CTr-TU", "07-CTr/TU"),
        ("07-CTr/TU", "07-CTr/TU"),
        ("03-Ctr/TU", "03-CTr/TU"),
        ("7-CTr/TU", "07-CTr/TU"),
        ("57/NQ-TW", "57-NQ/TW"),
        ("57-NQ/TƯ", "57-NQ/TW"),
        ("57–NQ／TW", "57-NQ/TW"),
        ("8602/QĐ-QĐ/TU", "8602-QĐ/TU"),
        ("1593/QĐ UBND", "1593/QĐ-UBND"),
        ("345 / KH - UBND", "345/KH-UBND"),
        ("53-NQ/HĐND", "53/NQ-HĐND"),
        ("1961/2019/QĐUBND", "1961/2019/QĐ-UBND"),
        ("30c/NQCP", "30c/NQ-CP"),
        ("66.18/2026/NQ-CP", "66.18/2026/NQ-CP"),
        ("93/2025/QH15", "93/2025/QH15"),
        ("1656/NQ-UBTVQH15", "1656/NQ-UBTVQH15"),
        ("05/2008/TTLT-BKHCN-BNV", "05/2008/TTLT-BKHCN-BNV"),
        ("215/UBND-NC", "215/UBND-NC"),
        ("12-CV/TU", "12-CV/TU"),
        ("47-TB/TGV", "47-TB/TGV"),
        ("12-KH/TĐTN-BPT", "12-KH/TĐTN-BPT"),
        ("1132/QĐ-TTG", "1132/QĐ-TTg"),
    ],
)
def test_every_misspelling_has_one_right_form(printed: str, right: str) -> None:
    assert canonical(printed) == right
    assert read(f"theo văn bản số {printed} của") == [right]


@pytest.mark.parametrize(
    "words",
    ["Nghị quyết 57 của Bộ Chính trị", "Chương trình 07", "Thông tư 02/2014", "24/7-Express", "QCVN 02:2019/BTNMT", "ngày 30/4-1/5",
     "giấy phép số 12/GP-BTTTT", "COVID-19/SARS-CoV-2", "trang 12/NQ"],
)  # fmt: skip
def test_a_number_without_a_sign_is_no_citation(words: str) -> None:
    assert read(words) == []


def test_signs_are_read_on_token_boundaries() -> None:
    assert read("Luật số 93/2025/QH15 và 193/2025/QH15") == ["93/2025/QH15", "193/2025/QH15"]


def test_family_and_issuer() -> None:
    found = {s.sign: (s.family, s.type, s.issuer) for s in signs("07-CTr/TU, 345/KH-UBND, 30/2020/NĐ-CP, 53-NQ/HĐND")}
    assert found == {
        "07-CTr/TU": ("party", "CTr", "TU"),
        "345/KH-UBND": ("state", "KH", "UBND"),
        "30/2020/NĐ-CP": ("normative", "NĐ", "CP"),
        "53/NQ-HĐND": ("state", "NQ", "HĐND"),
    }


def test_a_four_digit_number_is_not_a_year() -> None:
    (sign,) = signs("Quyết định 2019/QĐ-TTg")
    assert (sign.number, sign.family) == ("2019", "state")
