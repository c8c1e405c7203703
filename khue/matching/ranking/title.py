"""What each word of a mission's title is there for: action, object, technology, aim, place, scale, or frame."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from khue.language.text import fold
from khue.matching.ranking.phrases import Phrases
from khue.matching.ranking.words import DATA, Text, read


class Part(IntEnum):
    """What a word of a title is there for."""

    OBJECT = 0
    FRAME = 1
    """Says what kind of work it is, or links; as good as nothing about what it is on."""
    TECHNOLOGY = 2
    AIM = 3
    PLACE = 4
    TIME = 5
    LINK = 6
    """Joins words or says where and when; tells nothing."""
    HANDLING = 7
    """What is done about the object: to prevent, to fight, to manage; one such word is as good as another."""


@dataclass(frozen=True, slots=True)
class Title:
    """The part each syllable plays, and the places named, each as its syllables without accents."""

    parts: tuple[Part, ...]
    places: frozenset[str]


_KINDS = {
    "action": Part.FRAME, "generic": Part.FRAME, "link": Part.LINK, "handling": Part.HANDLING, "kept": Part.OBJECT,
}  # fmt: skip


@lru_cache(maxsize=1)
def _table() -> dict[str, list[str]]:
    table: dict[str, list[str]] = tomllib.loads((DATA / "frames.toml").read_text(encoding="utf-8"))
    return table


@lru_cache(maxsize=1)
def _frames() -> tuple[Phrases[Part], frozenset[str]]:
    table = _table()
    phrases: Phrases[Part] = Phrases()
    for kind, part in _KINDS.items():
        for phrase in table[kind]:
            phrases.add(read(phrase), part)
    return phrases, frozenset(word for phrase in table["plain"] for word in read(phrase).marked)


def plain_word(marked: str) -> bool:
    """Whether a syllable is one of those that every plain sentence has."""
    return marked in _frames()[1]


@lru_cache(maxsize=2)
def everyday(*, accents: bool) -> frozenset[str]:
    """Words of every sentence or of every title that join others, with their accents or without."""
    joining = (word for phrase in _table()["link"] for word in read(phrase).marked)
    return frozenset(word if accents else fold(word) for word in (*_frames()[1], *joining))


def says_nothing(text: Text) -> bool:
    """Whether there are only words that every sentence has, so that nothing can be told of what it is about."""
    return all(word in everyday(accents=text.has_accents) for word in text.marked)


def frame_phrases() -> Iterator[str]:
    """How titles are put, and the places that they name: what a language model of the field may learn from."""
    for phrases in _table().values():
        yield from phrases
    yield from _place_names().values()


_OPENINGS: dict[Part, tuple[str, ...]] = {
    Part.AIM: ("phục vụ", "nhằm", "góp phần", "đáp ứng", "hướng tới", "để"),
    Part.TECHNOLOGY: ("bằng", "ứng dụng", "dựa trên", "sử dụng", "theo phương pháp", "nhờ"),
    Part.OBJECT: ("tại", "ở", "trên địa bàn", "khu vực", "vùng", "cho", "của", "trong", "đối với", "từ", "vào"),
}
_OPENS = {
    first: [
        (tuple(words.split()), part) for part, many in _OPENINGS.items() for words in many if words.split()[0] == first
    ]
    for first in {words.split()[0] for many in _OPENINGS.values() for words in many}
}
"""The words a clause begins with, by their first syllable."""
_ADMINISTRATIVE: dict[str, list[tuple[str, ...]]] = {
    "tinh": [("tinh",)], "huyen": [("huyen",)], "quan": [("quan",)], "xa": [("xa",)], "phuong": [("phuong",)],
    "thi": [("thi", "tran"), ("thi", "xa")], "thanh": [("thanh", "pho")], "dac": [("dac", "khu")], "thon": [("thon",)],
    "ban": [("ban",)],
}  # fmt: skip
LONGEST_NAME = 4
_WHERE = frozenset({"tai", "o"})
_NO_PLACE = frozenset("truong vien benh cong trung so khu vuon ban hoi nha lang cang ho tram chi cuc vung".split())  # noqa: SIM905
"""What begins the name of an organisation or of a site: `tại Trường Chính trị` says who, not where."""


def parse(text: Text) -> Title:
    """Tell the parts of a title. A rule of thumb in every line: nothing here has to be right for ranking to work."""
    size = len(text.bare)
    parts = [Part.OBJECT] * size
    for met in _frames()[0].longest(text):
        parts[met.start : met.end] = [met.meaning] * (met.end - met.start)
    _clauses(text, parts)
    places = frozenset(_places(text, parts))
    _years(text, parts)
    return Title(tuple(parts), places)


def _clauses(text: Text, parts: list[Part]) -> None:
    now = Part.OBJECT
    for place, syllable in enumerate(text.marked):
        for words, part in _OPENS.get(syllable, ()):
            if text.marked[place : place + len(words)] == words:
                now = part
        if parts[place] is Part.OBJECT:
            parts[place] = now


def _places(text: Text, parts: list[Part]) -> Iterator[str]:
    """Names after an administrative word, names of provinces and regions wherever they stand."""
    for met in _gazetteer().longest(text):
        if text.has_accents and not text.proper[met.start] and any(text.proper[1:]):
            continue  # `hòa bình` is peace, `Hòa Bình` a province
        parts[met.start : met.end] = [Part.PLACE] * (met.end - met.start)
        yield met.meaning
    for place, bare in enumerate(text.bare):
        if bare not in _ADMINISTRATIVE and bare not in _WHERE:
            continue
        length = _administrative(text, place) or _says_where(text, parts, place)
        end = _name_end(text, parts, place + length) if length else place
        if end > place + length:
            parts[place:end] = [Part.PLACE] * (end - place)
            yield " ".join(text.bare[place + length : end])


def _administrative(text: Text, place: int) -> int:
    for words in _ADMINISTRATIVE.get(text.bare[place], ()):
        if text.bare[place : place + len(words)] == words:
            return len(words)
    return 0


def _says_where(text: Text, parts: list[Part], place: int) -> int:
    """1 where `tại` or `ở` comes before a name of two syllables or more, else 0."""
    if text.bare[place] not in _WHERE or 2 * sum(text.proper) > len(text.bare):
        return 0
    first = place + 1
    named = _name_end(text, parts, first) - first
    return int(named > 1 and text.bare[first] not in _NO_PLACE and parts[first] is not Part.LINK)


def _name_end(text: Text, parts: list[Part], start: int) -> int:
    """Where a name that begins at `start` ends: before the next small letter, and before a place known by itself."""
    end = start
    last = min(len(text.bare), len(text.proper), start + LONGEST_NAME)
    while end < last and text.proper[end] and parts[end] is not Part.PLACE:
        end += 1
    return end


def _years(text: Text, parts: list[Part]) -> None:
    for place, word in enumerate(text.bare):
        if len(word) == 4 and word.isdecimal() and word[:2] in ("18", "19", "20"):
            parts[place] = Part.TIME


@lru_cache(maxsize=1)
def _gazetteer() -> Phrases[str]:
    """Names of places, each with the one name that it goes by, without accents."""
    phrases: Phrases[str] = Phrases()
    for name, known_as in _place_names().items():
        phrases.add(read(name), " ".join(read(known_as).bare))
    return phrases


@lru_cache(maxsize=1)
def _place_names() -> dict[str, str]:
    """Each way to write the name of a place, with the one it goes by."""
    table = tomllib.loads((DATA / "places.toml").read_text(encoding="utf-8"))
    others: dict[str, str] = table.pop("same")
    return {name: name for group in table.values() for name in group if name not in others} | others
