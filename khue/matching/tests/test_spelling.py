"""Words misspelt are understood by their neighbours, whatever else the corpus holds; what is right is left alone."""

import pytest

from khue.language.text import fold
from khue.matching.ranking.corpus import restorer
from khue.matching.ranking.spelling import Speller
from khue.matching.tests.test_ranking import TITLES

OTHERS = (
    "Thử nghiệm giống lúa mới", "Nghiêm túc thực hiện quy định", "Lịch sử lý luận phê bình",
    "Tháo nước, vệ sinh và tháo lắp",
    "Cảnh quan xinh đẹp", "Phẩm chất đạo đức", "Mềm dẻo trong quản lý",
)  # fmt: skip


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(restorer([*TITLES, *OTHERS]))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("viện nghiêm cứuu rau", "viện nghiên cứu rau"),
        ("nghiêm cứu", "nghiên cứu"),
        ("nghiem cuu", "nghien cuu"),
        ("Nghiêm cứu phầm mềm", "Nghiên cứu phần mềm"),
        ("sinh tháo", "sinh thái"),
        ("công nghệ xinh học", "công nghệ sinh học"),
        ("sử lý nước thải", "xử lý nước thải"),
        ("năng lượng mặc trời", "năng lượng mặt trời"),
        ("truy suất nguồn góc", "truy xuất nguồn gốc"),
        ("ô nhiểm môi trường", "ô nhiễm môi trường"),
        ("KHCN, phầm mềm", "KHCN, phần mềm"),
    ],
)
def test_what_was_meant(speller: Speller, typed: str, meant: str) -> None:
    assert speller.put_right(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "thử nghiệm", "lịch sử lý luận", "cá hồng", "rau muống", "Nguyễn Văn Sử", "35/KH-UBND", "xinh đẹp", "🙂", "",
        "GIS", "water pollution", "日本語",
    ],
)  # fmt: skip
def test_what_is_right_is_left_alone(speller: Speller, typed: str) -> None:
    assert speller.put_right(typed) == typed


def test_hardly_any_title_is_touched(speller: Speller) -> None:
    touched = [title for title in TITLES if speller.put_right(title) != title]
    touched += [title for title in map(fold, TITLES) if speller.put_right(title) != title]
    assert len(touched) <= 0.01 * 2 * len(TITLES), touched


def test_a_word_half_typed_is_waited_for(speller: Speller) -> None:
    assert speller.put_right("công nghệ si", unfinished=True) == "công nghệ si"
    assert speller.put_right("du lịch sinh thá", unfinished=True) == "du lịch sinh thá"
    assert speller.put_right("công nghệ xinh học", unfinished=True) == "công nghệ sinh học"


def test_a_word_that_stands_somewhere_is_no_slip(speller: Speller) -> None:
    assert speller.put_right("xử lý nước thảy") == "xử lý nước thải"
    assert speller.put_right("nước zthải", lambda word: word == "zthải") == "nước zthải"
