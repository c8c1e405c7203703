"""Titles kept as numbers come back as they were read, and the rough comparison agrees with the one word by word."""

from array import array
from itertools import product

import numpy as np
import pytest

from khue.matching.ranking import rough
from khue.matching.ranking.compact import Batch, Vocabulary, packed, renumbered, unpacked
from khue.matching.ranking.deciding import weights
from khue.matching.ranking.duplicate import side, signals
from khue.matching.ranking.reading import Read, understand
from khue.matching.tests.library import TITLES

OTHERS = (
    "Nghiên cứu xử lý nước thải làng nghề bằng bãi lọc trồng cây tại huyện Thường Tín",
    "Xử lý nước thải dệt nhuộm bằng màng lọc",
    "xu ly nuoc thai lang nghe det nhuom",
    "Thiết kế, chế tạo hệ thống nấm linh chi giám sát đất phèn",
    "Thiết kế, chế tạo hệ thống internet vạn vật giám sát nấm linh chi tại xã Đông Hội",
    "Hoàn thiện quy trình bảo mật dữ liệu cá nhân", "Hoàn quy trình không gian mạng gắn với bảo vệ rừng",
    "Nghiên cứu", "", "🙂", "tại xã Đông Hội", "cam cam cam cam",
)  # fmt: skip
EVERY = (*TITLES.values(), *OTHERS)


@pytest.fixture(scope="module")
def reads() -> list[Read]:
    return [understand(title) for title in EVERY]


def rarity(term: str) -> float:
    return 1.0 + len(term) % 7


def kept(reads: list[Read]) -> tuple[np.ndarray, np.ndarray, Vocabulary]:
    vocabulary, run, at = Vocabulary(), array("I"), []
    for read in reads:
        at.append(len(run))
        run.extend(packed(read, vocabulary))
    return np.frombuffer(run, dtype=np.uint32), np.array(at), vocabulary


def test_a_title_comes_back_as_it_was_read(reads: list[Read]) -> None:
    memory, at, vocabulary = kept(reads)
    for read, place in zip(reads, at, strict=True):
        back = unpacked(memory, int(place), vocabulary)
        assert (back.text.marked, back.text.bare) == (read.text.marked, read.text.bare)
        assert (back.title, back.concepts) == (read.title, read.concepts)


def test_a_title_moves_to_another_vocabulary(reads: list[Read]) -> None:
    memory, at, vocabulary = kept(reads)
    other = Vocabulary(["thứ nhất", "tôm"])
    numbers = np.array([other.number(word) for word in vocabulary.words])
    moved = renumbered(memory, at, numbers)
    assert [unpacked(moved, int(place), other).title for place in at] == [read.title for read in reads]
    assert unpacked(moved, int(at[0]), other).text.marked == reads[0].text.marked


@pytest.mark.parametrize("place", range(len(EVERY)))
def test_the_rough_comparison_agrees_with_the_one_word_by_word(reads: list[Read], place: int) -> None:
    read = reads[place]
    memory, at, vocabulary = kept(reads)
    told = np.array([rarity("m" + word) for word in vocabulary.words])
    whole = rough.Whole(
        vocabulary, vocabulary.bare(), lambda numbers: told[numbers],
        lambda numbers: np.array([rarity(f"c{number}") for number in numbers]),
    )  # fmt: skip
    asked = side(read, rarity)
    likely, hopeful = rough.signals(asked, Batch(memory, at), whole)
    for place, other in enumerate(reads):
        exact = signals(asked, side(other, rarity), rarity)
        for name in ("covers", "contains", "elsewhere", "topic"):
            assert likely[name][place] == pytest.approx(exact[name], abs=1e-6), (name, other.text)
        assert likely["pairs"][place] == pytest.approx(exact["pairs"], abs=1e-3), other.text
        assert likely["swapped"][place] == pytest.approx(exact["swapped"], abs=0.1), other.text
        assert hopeful["swapped"][place] <= likely["swapped"][place] + 1e-9


def test_what_is_worth_comparing_is_each_title_once(reads: list[Read]) -> None:
    memory, at, vocabulary = kept(reads)
    whole = rough.Whole(vocabulary, vocabulary.bare(), lambda n: np.ones(len(n)), lambda n: np.ones(len(n)))
    for read, limit in product(reads, (1, 3, 50)):
        near = rough.nearest(side(read, rarity), Batch(memory, at), whole, weights(), limit)
        assert len(set(near.tolist())) == len(near) <= min(limit, len(reads))
