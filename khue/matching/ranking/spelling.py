"""Misspelt words put right in the light of their neighbours: `sinh tháo` is no word of the field, `sinh thái` is."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import chain
from math import log

from khue.language.text import fold, nfc, plain
from khue.matching.ranking.nearby import edits, sounds_alike
from khue.matching.ranking.restoring import Restorer
from khue.matching.ranking.title import everyday, frame_phrases
from khue.matching.ranking.words import SYLLABLE, abbreviations, one_spelling, read

LONGEST = 40
"""Syllables that are looked at: a longer text is no query, and a slip in it matters little."""
SHORTEST, MOST_LETTERS = 2, 12
"""A word of fewer letters, or of more, is not corrected: no syllable has so many."""
LETTER, SOUND, MARKS, LOST = 7.0, 2.5, 5.0, 1.0
"""How unlikely a slip is, as the negative of a logarithm: another letter, one that sounds alike, another accent, an
accent left out in a text that has some."""
UNKNOWN = 0.7
"""What is left of that where nobody ever wrote the word that was typed."""
CHOICES = 12
MOST_WORDS = 4_000
"""So many words are kept with what they may have been meant to say."""
BOUND, BOUND_AT_ALL = 0.02, 0.002
"""How closely a word must belong to a neighbour to be put in the place of one that people know, or of one that
nobody ever wrote."""
VOWEL = re.compile(r"[aeiouy]")
There = Callable[[str], bool]
"""Whether a word stands, as it is typed, anywhere in what the asker may see."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as it was typed: where it stands, what it says, and what it may have been meant to say with the cost."""

    start: int
    end: int
    marked: str
    known: bool
    choices: dict[str, float]


class _Known:
    """What is known of words, from the field or from how titles are put."""

    def __init__(self, field: Restorer, frame: Restorer) -> None:
        self._field, self._frame = field, frame
        self.choices = lru_cache(maxsize=MOST_WORDS)(partial(_choices, self))
        """What a word may have been meant to say; asked once for each word that people type."""

    def forms(self, bare: str) -> set[str]:
        return {*self._field.forms(bare), *self._frame.forms(bare)}

    def going_on(self, bare: str) -> Iterator[str]:
        return chain(self._field.going_on(bare), self._frame.going_on(bare))

    def common(self, form: str) -> float:
        return max(self._field.common(form), self._frame.common(form))

    def follows(self, first: str, second: str) -> float:
        return max(self._field.follows(first, second), self._frame.follows(first, second))

    def met(self, first: str, second: str) -> bool:
        return self._field.met(first, second) or self._frame.met(first, second)

    def bound(self, first: str, second: str) -> float:
        return max(self._field.bound(first, second), self._frame.bound(first, second))


@lru_cache(maxsize=1)
def frames() -> Restorer:
    """How titles are put, and places: words that need no restoring by what a text is about, but must not be unknown."""
    return Restorer().learn((read(phrase) for phrase in frame_phrases()), times=2)


class Speller:
    """Puts words right by what `restorer` learned of the language of the field."""

    def __init__(self, restorer: Restorer) -> None:
        self._restorer = restorer

    @cached_property
    def _with_accents(self) -> _Known:
        return _Known(self._restorer, frames())

    @cached_property
    def _without_accents(self) -> _Known:
        return _Known(self._restorer.without_accents(), frames().without_accents())

    def put_right(self, text: str, there: There = lambda _word: False, *, unfinished: bool = False) -> str:
        """The text with misspelt words put right; as it was where there are none.

        A word that `there` knows is never taken for unknown; the last one may be half typed where `unfinished`.
        """
        said = nfc(text)
        found = list(SYLLABLE.finditer(plain(said)))[:LONGEST]
        accents = any(nfc(one[0].lower()) != fold(one[0]) for one in found)
        known = self._with_accents if accents else self._without_accents
        joining = everyday(accents=accents)
        words = [_word(known, found, place, there, joining) for place in range(len(found))]
        if unfinished and words and _may_go_on(known, words, fold(found[-1][0])):
            words[-1] = _as_typed(words[-1])
        meant = _meant(known, words)
        for word, right in reversed([*zip(words, meant, strict=True)]):
            if right != word.marked:
                said = said[: word.start] + _in_case(said[word.start : word.end], right) + said[word.end :]
        return said


@lru_cache(maxsize=8)
def speller_of(restorer: Restorer) -> Speller:
    """The speller of what was learned; it keeps what it has looked up, so `restorer` is not to be taught more."""
    return Speller(restorer)


def _meant(known: _Known, words: list[_Word]) -> list[str]:
    """The likeliest run of choices of which each belongs to a neighbour; what does not is no choice."""
    while True:
        meant = _likeliest(known, words)
        loose = [
            place
            for place, word in enumerate(words)
            if meant[place] != word.marked and _bound(known, meant, place) < (BOUND if word.known else BOUND_AT_ALL)
        ]
        if not loose:
            return meant
        for place in loose:
            del words[place].choices[meant[place]]


def _word(known: _Known, found: list[re.Match[str]], place: int, there: There, joining: Collection[str]) -> _Word:
    one, marked = found[place], one_spelling(found[place][0].lower())
    bare = fold(marked)
    typed = _Word(one.start(), one.end(), marked, known=True, choices={marked: 0.0})
    if (
        not SHORTEST <= len(bare) <= MOST_LETTERS
        or not bare.isalpha()
        or not VOWEL.search(bare)
        or bare in abbreviations()
    ):
        return typed
    if _is_name(found, place) or marked in joining:
        return typed
    is_known = marked in known.forms(bare)
    if not is_known and there(marked):
        return typed
    return _Word(one.start(), one.end(), marked, is_known, dict(known.choices(marked, bare, is_known=is_known)))


def _as_typed(word: _Word) -> _Word:
    return _Word(word.start, word.end, word.marked, word.known, {word.marked: 0.0})


def _is_name(found: list[re.Match[str]], place: int) -> bool:
    """Whether a word begins with a capital where a sentence would not have one: names are not corrected."""
    return found[place][0][0].isupper() and (place > 0 or found[place][0].isupper()) and not _shouted(found)


def _shouted(found: list[re.Match[str]]) -> bool:
    return len(found) > 1 and all(one[0].isupper() for one in found)


def _choices(known: _Known, marked: str, bare: str, *, is_known: bool) -> dict[str, float]:
    """What may have been meant, each with what the slip costs; the likeliest few of them."""
    worth = 1.0 if is_known else UNKNOWN
    cost: dict[str, float] = {}
    slips = {bare: 0.0} | dict.fromkeys(edits(bare), LETTER) | dict.fromkeys(sounds_alike(bare), SOUND)
    for other, letters in slips.items():
        for form in known.forms(other):
            cost[form] = worth * (letters + _marks_apart(marked, form))
    best = sorted(cost, key=lambda form: cost[form] - log(known.common(form)))[:CHOICES]
    return {form: cost[form] for form in best} | {marked: 0.0}


def _marks_apart(typed: str, form: str) -> float:
    one, other = _marks(typed), _marks(form)
    return 0.0 if one == other else MARKS if one else LOST


def _marks(word: str) -> list[str]:
    return sorted(c for c in unicodedata.normalize("NFD", word.replace("đ", "d\u0335")) if not c.isalnum())


def _likeliest(known: _Known, words: list[_Word]) -> list[str]:
    """The run of choices that a text of the field would most likely have, against what it takes to mistype it."""
    paths: dict[str, tuple[float, list[str]]] = {"": (0.0, [])}
    for place, word in enumerate(words):
        further: dict[str, tuple[float, list[str]]] = {}
        for form, cost in word.choices.items():
            ways = {
                last: told + log(known.follows(last, form) if place else known.common(form))
                for last, (told, _path) in paths.items()
            }
            best = max(ways, key=ways.__getitem__)
            further[form] = (ways[best] - cost, [*paths[best][1], form])
        paths = further
    return max(paths.values(), key=lambda one: one[0])[1]


def _bound(known: _Known, meant: list[str], place: int) -> float:
    """How closely the word belongs to one of its neighbours, 0 to 1; 1 where it has none."""
    beside = [meant[at : at + 2] for at in (place - 1, place) if 0 <= at < len(meant) - 1]
    return max((known.bound(one, other) for one, other in beside), default=1.0)


def _may_go_on(known: _Known, words: list[_Word], begun: str) -> bool:
    """Whether the last word may be the beginning of another that people say after the one before it."""
    return any(len(words) == 1 or known.met(words[-2].marked, form) for form in known.going_on(begun))


def _in_case(typed: str, meant: str) -> str:
    if typed.isupper() and len(typed) > 1:
        return meant.upper()
    return meant.capitalize() if typed[0].isupper() else meant
