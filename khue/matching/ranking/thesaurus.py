"""The thesaurus of the field: concepts, the phrases that name them, and how concepts stand to each other."""

import hashlib
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from khue.matching.ranking.phrases import UNHEARD, Heard, Met, Phrases
from khue.matching.ranking.title import plain_word
from khue.matching.ranking.words import DATA, Text, read

FOLDER = Path(__file__).parents[1] / "thesaurus"
NAMED, TOLD, LOOSELY = 0.9, 1.0, 0.75
"""How surely a concept is meant: by one of its names, by how people say it, by the words of that in other order."""
NOTHING = (-1, 0.0)
"""What a compound names."""
NARROWER, BROADER, RELATED = 0.8, 0.5, 0.6
"""How much of a concept asked for is in a text about a narrower, a broader, a related one."""
BACK = 0.75
"""How much of that nearness there is the other way round: who asks how to help is helped less by the problem."""
FAINT = 0.18
"""Two steps that leave less than this lead nowhere."""
LISTS = ("same", "kinds", "plain", "broader", "related")
COMPOUNDS = "compounds.txt"
"""Words of several syllables one of which is also the name of a thing: none of it is meant where they stand."""
SPREAD = 5
"""Syllables that may stand between the words of a plain saying."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One entry of the thesaurus."""

    name: str
    same: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Saying:
    """The telling words of a plain saying, for when people put them in another order."""

    words: tuple[tuple[str, str], ...]
    """Each without and with its accents."""
    concept: int


@dataclass(frozen=True, slots=True)
class Told:
    """A concept that a text tells of: how surely, and at which syllables."""

    concept: int
    sure: float
    places: tuple[int, ...]


@dataclass
class Thesaurus:
    """Concepts by number. `near[c]` are the concepts that help one who asks for `c`, with how much; `above[c]` those it
    is a kind of, `kin[c]` these and the kinds of it."""

    concepts: list[Concept]
    near: list[dict[int, float]] = field(default_factory=list)
    above: list[set[int]] = field(default_factory=list)
    kin: list[set[int]] = field(default_factory=list)
    _names: Phrases[tuple[int, float] | None] = field(default_factory=Phrases)
    """What phrases name, and how surely; those that name nothing keep what lies in them from being read."""
    _sayings: dict[str, list[Saying]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.near, self.above = _neighbours(self.concepts), _above(self.concepts)
        self.kin = [{*above} for above in self.above]
        for number, above in enumerate(self.above):
            for other in above:
                self.kin[other].add(number)
        for phrase in compounds():
            self._names.add(read(phrase), None)
        for number, concept in enumerate(self.concepts):
            for phrase in (concept.name, *concept.same):
                self._names.add(read(phrase), (number, NAMED))
            for phrase in concept.plain:
                said = read(phrase)
                self._names.add(said, (number, TOLD))
                self._add_saying(said, number)

    def _add_saying(self, said: Text, number: int) -> None:
        pairs = tuple((b, m) for m, b in zip(said.marked, said.bare, strict=True) if not plain_word(m))
        if len(pairs) > 1:
            self._sayings.setdefault(pairs[0][0], []).append(Saying(pairs, number))

    def named(self, text: Text) -> dict[int, tuple[float, int, int]]:
        """Concepts that phrases of `text` name: how surely, and from which syllable to which."""
        found: dict[int, tuple[float, int, int]] = {}
        for met in self._names.longest(text):
            number, sure = met.meaning or NOTHING
            if sure > found.get(number, (0.0,))[0] and not _is_plain(text, met):
                found[number] = (sure, met.start, met.end)
        return found

    def told(self, text: Text, heard: Heard) -> list[Told]:
        """Concepts that `text` tells of, by name or in the words of plain sayings in any order."""
        found: dict[int, Told] = {}
        for met in self._names.longest(text, heard):
            number, sure = met.meaning or NOTHING
            if sure * met.likely > (found[number].sure if number in found else 0.0) and not _is_plain(text, met):
                found[number] = Told(number, sure * met.likely, tuple(range(met.start, met.end)))
        places: dict[str, list[int]] = {}
        for place, bare in enumerate(text.bare):
            places.setdefault(bare, []).append(place)
        for first in places:
            for saying in self._sayings.get(first, ()):
                if saying.concept not in found and (told := _loosely(saying, places, heard)):
                    found[saying.concept] = told
        return list(found.values())

    def phrases(self) -> Iterator[str]:
        """Everything said in it: what a language model of the field may learn from."""
        for concept in self.concepts:
            yield from (concept.name, *concept.same, *concept.plain)


def _is_plain(text: Text, met: Met[tuple[int, float] | None]) -> bool:
    """Whether what was met is one syllable of every sentence: `ai` asks who, and is no artificial intelligence."""
    return met.end == met.start + 1 and plain_word(text.marked[met.start])


def _loosely(saying: Saying, places: Mapping[str, list[int]], heard: Heard) -> Told | None:
    """The saying where its words stand near each other in another order, or with others between them."""
    if not all(bare in places for bare, _ in saying.words):
        return None
    spots, met = [], Counter[str]()
    for bare, marked in saying.words:
        if met[bare] == len(places[bare]):
            return None  # said twice in the saying, but not in the text
        spots.append((places[bare][met[bare]], marked))
        met[bare] += 1
    sure = min(heard(place, marked) for place, marked in spots)
    among = [place for place, _ in spots]
    if sure <= UNHEARD or max(among) - min(among) >= len(among) + SPREAD:
        return None
    return Told(saying.concept, LOOSELY * sure, tuple(sorted(among)))


def _neighbours(concepts: list[Concept]) -> list[dict[int, float]]:
    """For each concept those that help who asks for it: told in the thesaurus, or one step further."""
    numbers = _numbers(concepts)
    told: list[dict[int, float]] = [{} for _ in concepts]

    def put(one: int, other: int, how_near: float) -> None:
        if one != other:
            told[one][other] = max(told[one].get(other, 0.0), how_near)

    for number, concept in enumerate(concepts):
        for name in concept.broader:
            if (other := numbers.get(_key(name))) is not None:
                put(number, other, BROADER)
                put(other, number, NARROWER)
        for name in concept.related:
            if (other := numbers.get(_key(name))) is not None:
                put(number, other, RELATED)
                put(other, number, RELATED * BACK)
    return [_further(number, told) for number in range(len(concepts))]


def _numbers(concepts: list[Concept]) -> dict[str, int]:
    """Concepts by what they are called: by name, else by another name."""
    by_other_names = {_key(other): number for number, concept in enumerate(concepts) for other in concept.same}
    return by_other_names | {_key(concept.name): number for number, concept in enumerate(concepts)}


def _above(concepts: list[Concept]) -> list[set[int]]:
    """What each concept is a kind of."""
    numbers = _numbers(concepts)
    return [{numbers[key] for name in concept.broader if (key := _key(name)) in numbers} for concept in concepts]


def _further(number: int, told: list[dict[int, float]]) -> dict[int, float]:
    near = {number: 1.0, **told[number]}
    for middle, one_step in told[number].items():
        for other, next_step in told[middle].items():
            if one_step * next_step >= FAINT:
                near[other] = max(near.get(other, 0.0), one_step * next_step)
    return near


@lru_cache(maxsize=1 << 14)
def _key(name: str) -> str:
    """A name as it is looked up: `muối` is salt and `muỗi` the mosquito, whatever the capitals and the spelling."""
    return " ".join(read(name).marked)


def compounds() -> list[str]:
    """Words of several syllables one of which is also the name of something else."""
    lines = (DATA / COMPOUNDS).read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split(", ")]


def load(folder: Path = FOLDER) -> Thesaurus:
    """The thesaurus in the files of `folder`. Raises ValueError that names the file and the concept that is wrong."""
    return Thesaurus(_completed(list(_concepts(folder))))


@lru_cache(maxsize=1)
def thesaurus() -> Thesaurus:
    """The thesaurus that Khuê comes with, read once."""
    return load()


@lru_cache(maxsize=4)
def fingerprint(folder: Path = FOLDER) -> str:
    """Tells one state of the files by which texts are read from another: what was read by others is read anew."""
    files = sorted((*folder.glob("*.toml"), *(path for path in DATA.iterdir() if path.is_file())))
    return hashlib.sha256(b"\0".join(path.name.encode() + path.read_bytes() for path in files)).hexdigest()[:16]


def _concepts(folder: Path) -> Iterator[Concept]:
    """Every concept of the files, with what other files say `more` of it."""
    found: dict[str, Concept] = {}
    seen: dict[str, str] = {}
    tables = [(path.name, tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.toml"))]
    for file, table in tables:
        for entry in table.get("concept", []):
            concept = _concept(entry, file)
            if (before := seen.get(_key(concept.name))) is not None:
                raise ValueError(f"{file}: khái niệm “{concept.name}” đã có trong {before}.")
            seen[_key(concept.name)], found[_key(concept.name)] = file, concept
    for file, table in tables:
        for entry in table.get("more", []):
            more = _concept(entry, file)
            if (there := found.get(_key(more.name))) is None:
                raise ValueError(f"{file}: chưa có khái niệm “{more.name}” để bổ sung.")
            both = {key: tuple(dict.fromkeys((*getattr(there, key), *getattr(more, key)))) for key in LISTS}
            found[_key(more.name)] = Concept(there.name, **both)
    yield from found.values()


def _completed(concepts: list[Concept]) -> list[Concept]:
    """With every kind as a concept of its own, under those that list it.

    What one concept calls the same and another has as its name is a kind as well: two concepts are not one.
    """
    there = {_key(concept.name): concept for concept in concepts}
    for concept in concepts:
        others = [name for name in concept.same if _key(name) in there and _key(name) != _key(concept.name)]
        for kind in (*concept.kinds, *others):
            known = there.get(_key(kind), Concept(kind))
            if _key(kind) != _key(concept.name) and not _below(concept, known, there):
                there[_key(kind)] = replace(known, broader=tuple(dict.fromkeys((*known.broader, concept.name))))
    return [replace(one, same=tuple(name for name in one.same if _key(name) not in there)) for one in there.values()]


def _below(one: Concept, other: Concept, there: Mapping[str, Concept]) -> bool:
    """Whether `one` is already said to be a kind of `other`."""
    return any(_key(name) == _key(other.name) for name in there[_key(one.name)].broader)


def _concept(entry: Mapping[str, Any], file: str) -> Concept:
    unknown = set(entry) - {"name", *LISTS}
    if not isinstance(entry.get("name"), str) or unknown:
        raise ValueError(f"{file}: mục “{entry.get('name')}” thiếu tên hoặc có khóa lạ {', '.join(sorted(unknown))}.")
    lists = {key: _words(entry.get(key, []), file, entry["name"]) for key in LISTS}
    return Concept(entry["name"], **lists)


def _words(value: Any, file: str, name: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
        raise ValueError(f"{file}: mục “{name}”: mỗi khóa là một danh sách chữ.")
    words: Iterable[str] = value
    return tuple(words)
