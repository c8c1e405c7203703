"""The thesaurus of the field: concepts, the phrases that name them, and how concepts stand to each other."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from khue.language.text import fold
from khue.matching.ranking.phrases import Phrases
from khue.matching.ranking.title import plain_word
from khue.matching.ranking.words import Text, read

FOLDER = Path(__file__).parents[1] / "thesaurus"
NAMED, TOLD, LOOSELY = 1.0, 0.9, 0.65
"""How surely a concept is meant: by one of its names, by how people say it, by the words of that in other order."""
NARROWER, BROADER, RELATED = 0.65, 0.4, 0.45
"""How much of a concept asked for is in a text about a narrower, a broader, a related one."""
SPREAD = 4
"""Syllables that may stand between the words of a plain saying."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One entry of the thesaurus."""

    name: str
    same: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Saying:
    """The telling words of a plain saying, for when people put them in another order."""

    words: frozenset[str]
    marked: frozenset[str]
    concept: int


@dataclass
class Thesaurus:
    """Concepts by number. `near[c]` are the concepts that help one who asks for `c`, with how much."""

    concepts: list[Concept]
    near: list[dict[int, float]] = field(default_factory=list)
    _names: Phrases[tuple[int, float]] = field(default_factory=Phrases)
    _sayings: dict[str, list[Saying]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.near = _neighbours(self.concepts)
        for number, concept in enumerate(self.concepts):
            for phrase in (concept.name, *concept.same):
                self._names.add(read(phrase), (number, NAMED))
            for phrase in concept.plain:
                said = read(phrase)
                self._names.add(said, (number, TOLD))
                self._add_saying(said, number)

    def _add_saying(self, said: Text, number: int) -> None:
        pairs = [(m, b) for m, b in zip(said.marked, said.bare, strict=True) if not plain_word(m)]
        if len(pairs) > 1:
            saying = Saying(frozenset(b for _, b in pairs), frozenset(m for m, _ in pairs), number)
            self._sayings.setdefault(pairs[0][1], []).append(saying)

    def named(self, text: Text) -> dict[int, tuple[float, int, int]]:
        """Concepts that phrases of `text` name: how surely, and from which syllable to which."""
        found: dict[int, tuple[float, int, int]] = {}
        for met in self._names.longest(text):
            number, sure = met.meaning
            if sure > found.get(number, (0.0,))[0]:
                found[number] = (sure, met.start, met.end)
        return found

    def told(self, text: Text) -> dict[int, tuple[float, int, int]]:
        """The same, and also concepts that `text` tells of in the words of plain sayings, in any order."""
        found = self.named(text)
        places: dict[str, list[int]] = {}
        for place, bare in enumerate(text.bare):
            places.setdefault(bare, []).append(place)
        marked = frozenset(text.marked)
        for first in places:
            for saying in self._sayings.get(first, ()):
                if saying.concept not in found and _is_told(saying, places, marked, accents=text.has_accents):
                    span = [places[word][0] for word in saying.words]
                    found[saying.concept] = (LOOSELY, min(span), max(span) + 1)
        return found

    def phrases(self) -> Iterator[str]:
        """Everything said in it: what a language model of the field may learn from."""
        for concept in self.concepts:
            yield from (concept.name, *concept.same, *concept.plain)


def _is_told(saying: Saying, places: Mapping[str, list[int]], marked: frozenset[str], *, accents: bool) -> bool:
    if not saying.words.issubset(places) or (accents and not saying.marked <= marked):
        return False
    span = [places[word][0] for word in saying.words]
    return max(span) - min(span) < len(saying.words) + SPREAD


def _neighbours(concepts: list[Concept]) -> list[dict[int, float]]:
    numbers = {fold(concept.name): number for number, concept in enumerate(concepts)}
    near: list[dict[int, float]] = [{number: 1.0} for number in range(len(concepts))]

    def put(one: int, other: int, how_near: float) -> None:
        near[one][other] = max(near[one].get(other, 0.0), how_near)

    for number, concept in enumerate(concepts):
        for name in concept.broader:
            if (other := numbers.get(fold(name))) is not None:
                put(number, other, BROADER)
                put(other, number, NARROWER)
        for name in concept.related:
            if (other := numbers.get(fold(name))) is not None:
                put(number, other, RELATED)
                put(other, number, RELATED * 0.6)
    return near


def load(folder: Path = FOLDER) -> Thesaurus:
    """The thesaurus in the files of `folder`. Raises ValueError that names the file and the concept that is wrong."""
    return Thesaurus(list(_concepts(folder)))


@lru_cache(maxsize=1)
def thesaurus() -> Thesaurus:
    """The thesaurus that Khuê comes with, read once."""
    return load()


def _concepts(folder: Path) -> Iterator[Concept]:
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("concept", []):
            concept = _concept(entry, path.name)
            if (before := seen.get(fold(concept.name))) is not None:
                raise ValueError(f"{path.name}: khái niệm “{concept.name}” đã có trong {before}.")
            seen[fold(concept.name)] = path.name
            yield concept


def _concept(entry: Mapping[str, Any], file: str) -> Concept:
    unknown = set(entry) - {"name", "same", "plain", "broader", "related"}
    if not isinstance(entry.get("name"), str) or unknown:
        raise ValueError(f"{file}: mục “{entry.get('name')}” thiếu tên hoặc có khóa lạ {', '.join(sorted(unknown))}.")
    lists = {key: _words(entry.get(key, []), file, entry["name"]) for key in ("same", "plain", "broader", "related")}
    return Concept(entry["name"], **lists)


def _words(value: Any, file: str, name: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
        raise ValueError(f"{file}: mục “{name}”: mỗi khóa là một danh sách chữ.")
    words: Iterable[str] = value
    return tuple(words)
