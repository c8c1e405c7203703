"""Invented titles of missions, as many as wanted, always the same: for measuring search at size.

Each is put together from an action, an object, a technology, an aim, a place and a host, the parts drawn by how often
their rank is used (a few everywhere, most hardly ever), as in real registers. One in twelve tells an earlier title
again: in other words, shortened, for another place, or about another object.
"""

import random
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from vietnam_provinces import Province, Ward

from khue.matching.ranking.thesaurus import thesaurus
from khue.matching.ranking.words import read

AGAIN = 1 / 12
"""The share of titles that tell an earlier one again."""
LOOKED_BACK = 5_000
"""How far back the earlier one may lie."""
FRAMES = (
    "Nghiên cứu {o} bằng {t} tại {p}", "Xây dựng mô hình {o} ứng dụng {t} trên địa bàn {p}",
    "Ứng dụng {t} phục vụ {o} ở {p}", "Đánh giá thực trạng và đề xuất giải pháp {o} {p}",
    "Hoàn thiện quy trình {o} gắn với {q}", "Nghiên cứu, chế tạo thiết bị {t} cho {o}",
    "Giải pháp nâng cao hiệu quả {o} và {q} tại {p} giai đoạn {y}", "Lịch sử {o} {p} giai đoạn {y}",
    "Ứng dụng tiến bộ kỹ thuật xây dựng mô hình {o} tại {p}", "Phát triển {o} theo chuỗi giá trị gắn với {q} {p}",
    "Tạo lập, quản lý và phát triển nhãn hiệu chứng nhận {o} {p}", "Nghiên cứu cơ sở khoa học {o} phục vụ {q} {p}",
    "Nghiên cứu ảnh hưởng của {t} đến {o}", "Điều tra hiện trạng {o} làm cơ sở phát triển {q} bền vững {p}",
    "Thiết kế, chế tạo hệ thống {t} giám sát {o}",
)  # fmt: skip
OTHER_WORDS = (
    ("Nghiên cứu", "Nghiên cứu, đề xuất giải pháp"), ("Xây dựng mô hình", "Triển khai mô hình"), ("tỉnh ", ""),
    ("Ứng dụng", "Nghiên cứu ứng dụng"), ("nâng cao hiệu quả", "phát triển bền vững"), ("thành phố ", "TP "),
    ("trên địa bàn", "tại"),
    ("Hoàn thiện quy trình", "Hoàn thiện quy trình công nghệ"), ("phục vụ", "nhằm phục vụ"), ("tại", "ở"),
)  # fmt: skip
HOSTS = ("Trường Đại học", "Viện Nghiên cứu", "Trung tâm Ứng dụng tiến bộ KH&CN", "Công ty Cổ phần", "Hợp tác xã")


class Made(NamedTuple):
    """One invented mission."""

    title: str
    host: str
    place: str
    year: int


class _Drawn:
    """Values drawn by rank: the first often, the thousandth a thousand times more seldom, more or less."""

    def __init__(self, values: Sequence[str], chance: random.Random, fall: float = 0.9) -> None:
        self._values, self._chance = list(values), chance
        chance.shuffle(self._values)
        self._sums = list(accumulate(1 / (rank + 3) ** fall for rank in range(len(values))))

    def one(self) -> str:
        return self._chance.choices(self._values, cum_weights=self._sums)[0]


class _Parts:
    """What titles are put together from."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        phrases = sorted({phrase for concept in thesaurus().concepts for phrase in (concept.name, *concept.same)})
        syllables = sorted({word for phrase in phrases for word in read(phrase).marked if len(word) > 2})
        names = [f"{chance.choice(syllables)} {chance.choice(syllables)}" for _ in range(20_000)]
        kinds = [
            f"{chance.choice('ABCDGHKLMNST')}{chance.choice('BDHLNQT')}{chance.randrange(1, 99)}" for _ in range(3000)
        ]
        provinces = {province.code: province.name for province in Province.iter_all()}
        self.provinces = sorted(map(_low, provinces.values()))
        places = sorted(
            {
                name
                for w in Ward.iter_all()
                for name in (_low(w.name), f"{_low(w.name)}, {_low(provinces[w.province_code])}")
            }
        )
        self._phrase, self._other = _Drawn(phrases, chance), _Drawn(phrases, chance)
        self._name, self._kind = _Drawn(names, chance), _Drawn(kinds, chance)
        self._place = _Drawn([*places, *self.provinces * 3], chance, 0.6)

    def object(self) -> str:
        """What it is about: a concept, often with a name of its own."""
        said, dice = self._phrase.one(), self._chance.random()
        if dice < 0.35:
            return f"{said} {self._name.one()}"
        return (
            f"{said} giống {self._kind.one()}"
            if dice < 0.45
            else f"{said} từ {self._other.one()}"
            if dice < 0.6
            else said
        )

    def fill(self, frame: str) -> str:
        """A title."""
        begun = 1990 + self._chance.randrange(34)
        return frame.format(
            o=self.object(), t=self._other.one(), q=self._phrase.one(), p=self._place.one(), y=f"{begun} - {begun + 5}"
        )

    def host(self) -> str:
        """Who carries it out."""
        return f"{self._chance.choice(HOSTS)} {self._name.one()}"

    def again(self, title: str) -> str:
        """The title told again."""
        dice = self._chance.random()
        if dice < 0.4:
            for said, otherwise in self._chance.sample(OTHER_WORDS, 6):
                title = title.replace(said, otherwise, 1)
            return title
        if dice < 0.6:
            return re.split(r" (?:tại|trên địa bàn|giai đoạn|gắn với) ", title)[0]
        if dice < 0.8:
            return f"{re.split(r' (?:tại|ở|trên địa bàn) ', title)[0]} tại {self._place.one()}"
        words = title.split()
        words[len(words) // 2 : len(words) // 2 + 2] = self._name.one().split()
        return " ".join(words)


def made(count: int) -> Iterator[Made]:
    """`count` invented missions."""
    chance = random.Random(4)
    parts = _Parts(chance)
    recent: list[str] = []
    for number in range(count):
        retold = recent and chance.random() < AGAIN
        title = parts.again(chance.choice(recent)) if retold else parts.fill(chance.choice(FRAMES))
        recent.append(title)
        if len(recent) > LOOKED_BACK:
            recent[number % LOOKED_BACK] = recent.pop()
        yield Made(title, parts.host(), chance.choice(parts.provinces), 2000 + number % 26)


def retold(titles: Sequence[str], count: int) -> list[str]:
    """Titles as somebody proposes them anew: shortened, with a word left out, in other words, or for another place."""
    chance = random.Random(7)
    parts = _Parts(chance)
    asked = []
    for title in chance.sample(list(titles), count):
        said = parts.again(title).split()
        said.pop(chance.randrange(len(said)))
        asked.append(" ".join(said))
    return asked


def _low(name: str) -> str:
    """`Xã Kiên Đài` as it stands inside a title: `xã Kiên Đài`."""
    return name[0].lower() + name[1:] if name.startswith(("Xã", "Phường", "Thành", "Đặc")) else name
