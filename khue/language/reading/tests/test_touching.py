"""Parts of a word that two fonts print are one word, however wide its letters are set and however low a box is."""

import pytest

from khue.language.reading.pdf.shapes import Word
from khue.language.reading.pdf.touching import together

_WIDTH, _SPACE, _TALL, _LOW = 7.0, 3.5, 14.5, 9.4
"""Of type of 14 points: of a letter, a space, and the box of a font that has marks and of one that has none in use."""


def parts(row: str, spacing: float, *, shift: float = 0.0) -> list[Word]:
    """A row: "|" stands where the font changes, "_" is a space. Letters with marks are printed last, `shift`ed."""
    words, x = [], 60.0
    for word in row.split("_"):
        for part in word.split("|"):
            marked = len(part) == 1 and not part.isascii()
            height, left = (_TALL, x + shift) if marked else (_LOW, x)
            width = len(part) * _WIDTH + (len(part) - 1) * spacing
            words.append(Word(part, left, left + width, 100 - height, 100))
            x += width + spacing
        x += _SPACE + spacing
    return sorted(words, key=lambda word: "|" in row and not word.text.isascii())


@pytest.mark.parametrize("spacing", [-1, -0.5, 0, 0.5, 1, 1.5])
@pytest.mark.parametrize("shift", [-0.2, 0, 0.3])
def test_parts_of_words_are_put_together_and_words_stay_apart(spacing: float, shift: float) -> None:
    words = together(parts("Th|ắ|ng_ch|ủ_tr|ì_theo_d|õ|i_quy_m|ô_xe_bu|ý|t_ngo|ạ|i_th|ị", spacing, shift=shift))
    assert " ".join(word.text for word in words) == "Thắng chủ trì theo dõi quy mô xe buýt ngoại thị"


@pytest.mark.parametrize("spacing", [-0.8, 0, 1])
def test_one_word_may_stand_by_itself(spacing: float) -> None:
    assert [word.text for word in together(parts("Th|ắ|ng", spacing))] == ["Thắng"]


@pytest.mark.parametrize("spacing", [-0.8, 0, 2])
def test_whole_words_stay_as_they_are(spacing: float) -> None:
    words = parts("Sở_Công Thương_báo_cáo_số_liệu", spacing)
    assert together(words) == words


def test_what_is_printed_over_a_word_is_no_part_of_it() -> None:
    word = parts("Nháp", 0)[0]
    over = word._replace(text="Mật", left=word.left + 10, right=word.right + 10)
    assert [each.text for each in together([word, over])] == ["Nháp", "Mật"]
