"""Orders that no rule hears, found by learned weights; what they open is then read by the same grammar as all others.

A clause is described by signs: how it begins, who speaks, what verbs of ordering it holds, whether orders stand
around it, and its words. Each sign has a weight (`data/unheard.tsv`, made by `khue.language.training`); the sum says
how likely the clause gives work.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from khue.language.directives.chains import Chains, Found
from khue.language.directives.clauses import Clauses
from khue.language.directives.model import Directive
from khue.language.directives.scene import Opening, Scene
from khue.language.directives.statements import by_law, is_statement
from khue.language.directives.triggers import FUTURE, MODAL, PAST, past_adverbs, skip_words, triggers
from khue.language.offices import Offices
from khue.language.ranks import level, rank_of
from khue.language.sentence import Sentence
from khue.language.speech import Speakers, has_person
from khue.language.structure import Page, Span
from khue.language.text import past_blanks
from khue.language.weights import common_words, likelihood, weights
from khue.language.words import task_at

LIKELY = 0.4
"""From this likelihood on, a clause that no rule has read is given as a directive."""
_DOUBTFUL = 0.02
"""Under this likelihood, what a rule read as a directive is none."""
_WORDS = 80
"""Words of a clause that count, so that time grows with the length of a text only."""
_VERBS = 3
"""Verbs of ordering of a clause that count."""
_NEAR = 600
"""Code points before a clause in which those charged in its paragraph are looked for."""
_LITTLE = 15
"""Code points behind the names at the head of a clause under which it tells no work."""
_WORD = re.compile(r"[^\W\d_]+|[“”\":!?%]|\d+")
_ASKS = ("yêu cầu", "đề nghị")
"""Behind a unit that speaks and has nothing to do itself."""
_MARK = re.compile(r"[,:“\"]\s*|(?<!\w)(?:rằng|là|để)\s+")
"""Behind these a unit may stand as the one who works."""
_PRAISES = ("đánh giá cao", "hoan nghênh", "ghi nhận", "biểu dương", "cảm ơn", "chúc mừng")
_TOLD = frozenset({"verb:hard:told", "verb:soft:told"})
_CLUES = {name: re.compile(rf"(?<!\w)(?:{words})") for name, words in {
    "done": r"đã(?!\w)", "doing": r"đang(?!\w)", "negative": "chưa|không|thiếu|khó khăn|vướng mắc",
    "due": r"trước ngày|trước\s+\d|chậm nhất|trong tháng|trong quý|trong năm|đến hết|xong trước|hoàn thành trước",
    "number": r"\d", "figures": r"\d+(?:,\d+)?\s?%|tỷ đồng|triệu đồng", "quote": '[“"]', "future": FUTURE.pattern,
}.items()}  # fmt: skip
_WEIGHTS = weights("unheard")


def doubtful(given: Directive, likely: float | None) -> bool:
    """True when what a rule read as a directive is none after all; plans, told in other words, are not doubted."""
    return given.modality != "planned" and likely is not None and likely < _DOUBTFUL


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a sentence with its place in it."""

    sentence: Sentence
    span: Span
    signs: frozenset[str]
    read: bool
    """The rules have read it as an order."""


class _Taken:
    """Places of a text, asked for by place: of a long one there are thousands."""

    def __init__(self, places: Iterable[Span]) -> None:
        ordered = sorted(places)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))
        """How far those up to each of them go."""

    def touches(self, start: int, end: int) -> bool:
        """Whether one of them overlaps what lies between."""
        begun = bisect_left(self._starts, end)
        return begun > 0 and self._reach[begun - 1] > start


class Unheard:
    """Looks through the sentences of one document for orders that its rules left."""

    def __init__(
        self, page: Page, offices: Offices, clauses: Clauses, chains: Chains, speakers: Speakers, *, press: bool
    ) -> None:
        self._page, self._offices, self._clauses, self._chains = page, offices, clauses, chains
        self._speakers, self._press = speakers, press

    def judged(self, sentences: Sequence[Sentence], read: Sequence[Span]) -> list[tuple[Clause, float]]:
        """Every clause of the sentences with how likely it gives work."""
        return [(clause, likelihood(clause.signs, _WEIGHTS)) for clause in self.clauses(sentences, read)]

    def orders(
        self, judged: Sequence[tuple[Clause, float]], given: Sequence[Directive]
    ) -> Iterator[tuple[Span, Opening]]:
        """The likely clauses that overlap no directive already `given`, each with how it opens."""
        before = {one.end: tuple(who.name for who in one.assignees if who.role == "lead") for one in given}
        paragraph = 0
        for clause, likely in judged:
            paragraph = clause.sentence.start if clause.sentence.head else paragraph
            quiet = not (self._press or clause.sentence.ordering)
            if clause.read or likely < LIKELY or quiet or self._refuses(clause):
                continue
            since = clause.sentence.start if clause.sentence.inherited else max(paragraph, clause.span[0] - _NEAR)
            inside = next((before[at] for at in range(clause.span[0], since, -1) if at in before), ())
            for found in self._found(clause, inside, likely):
                yield (found.start, found.end), found.opening
                before[found.end] = found.opening.names

    def _refuses(self, clause: Clause) -> bool:
        """True for what the grammar knows to be no order, however likely its words make it."""
        start, end = clause.span
        names_only = end - self._offices.listed(self._clauses.begin(start, end), end)[1] <= _LITTLE
        asks = "?" in self._page.plain[end - 3 : end + 1]
        told = not _TOLD.isdisjoint(clause.signs) or self._chains.only_tells(clause.sentence.start, end, self._press)
        begin = self._clauses.begin(start, end)
        states = is_statement(self._page, begin, past_adverbs(self._page.low, begin, end), end)
        verb = next(iter(triggers(self._page, start, end)), None)
        states = states or (verb is not None and by_law(self._page, start, verb.start, clause.sentence.voice))
        praises = self._page.low.startswith(_PRAISES, begin)
        return names_only or asks or told or states or praises or (self._press and self._clauses.tells(start, end))

    def _found(self, clause: Clause, inside: tuple[str, ...], likely: float) -> list[Found]:
        """The orders of a clause, read as one by which orders are given; `inside`: whom its sentence charged before."""
        (start, end), sentence = clause.span, clause.sentence
        inherited = inside or sentence.inherited
        scene = Scene(self._press, True, inherited, sentence.voice, listed=sentence.listed, chained=bool(inside))
        found = self._chains.read(start, end, scene)
        if not found or self._speaks(found[0].opening, end, sentence):
            names, work = self._charged(start, end)
            found = [Found(start, end, Opening(start, work, tuple(names) or inherited, "ordered", 0, own=bool(names)))]
        return [replace(one, opening=replace(one.opening, confidence=round(likely, 2))) for one in found]

    def _speaks(self, opening: Opening, end: int, sentence: Sentence) -> bool:
        """True where those named are who speaks: someone who gives orders, or a person before a verb of ordering."""
        voice = sentence.voice
        given = triggers(self._page, opening.start, end)
        before = bool(given) and given[0].start > opening.start
        return any(
            self._speakers.orders(name)
            or (voice is not None and voice.name.endswith(name))
            or (before and has_person(name))
            for name in opening.names
        )

    def _charged(self, start: int, end: int) -> tuple[list[str], int]:
        """Who is to do the work of a clause: the first unit in it that works and does not speak."""
        low = self._page.low
        begin = past_adverbs(low, self._clauses.begin(start, end), end)
        if task_at(low, begin):
            return [], begin
        told = [past_blanks(low, one.end) for one in triggers(self._page, start, end)[:_VERBS]]
        for head in (*(told or [begin]), *(mark.end() for mark in _MARK.finditer(low, begin, end))):
            names, stop = self._offices.listed(past_adverbs(low, head, end), end)
            after = past_adverbs(low, stop, end)
            if low.startswith(_ASKS, past_blanks(low, stop)):
                continue
            if names and (task_at(low, after) or MODAL.match(low, skip_words(low, after))):
                return names, after
        return self._offices.listed(told[-1], end) if told else ([], begin)

    def clauses(self, sentences: Sequence[Sentence], read: Sequence[Span]) -> Iterator[Clause]:
        """Every clause of the sentences, with its signs."""
        taken = _Taken(read)
        for at, sentence in enumerate(sentences):
            spans = self._chains.parts(sentence.start, sentence.end)
            ordered = [taken.touches(*span) for span in spans]
            near = {"before:ordered"} if at and sentences[at - 1].ordered else set[str]()
            near |= {"after:ordered"} if at + 1 < len(sentences) and sentences[at + 1].ordered else set()
            near |= self._scene(sentence)
            for number, span in enumerate(spans):
                beside = {"further"} if number else set[str]()
                beside |= {"several"} if len(spans) > 1 else set()
                beside |= {"with:before"} if number and ordered[number - 1] else set()
                beside |= {"with:after"} if number + 1 < len(spans) and ordered[number + 1] else set()
                yield Clause(sentence, span, frozenset(near | beside | self._signs(sentence, *span)), ordered[number])

    def _scene(self, sentence: Sentence) -> set[str]:
        """What is known of a sentence before its words are looked at."""
        rank = level(sentence.voice.rank if sentence.voice else None)
        place = sentence.start / max(len(self._page.low), 1)
        so = {name for name in ("ordering", "inherited", "listed", "speaking", "head") if getattr(sentence, name)}
        so |= {"press" if self._press else "formal", f"rank:{rank}"}
        so |= {f"ordering&{rank}"} if sentence.ordering else set()
        return so | ({"late"} if place > 0.7 else {"early"} if place < 0.15 else set())

    def _signs(self, sentence: Sentence, start: int, end: int) -> set[str]:
        """The signs in the words of a clause."""
        page, low = self._page, self._page.low
        rank = level(sentence.voice.rank if sentence.voice else None)
        begin = self._clauses.begin(start, end)
        at = past_adverbs(low, begin, end)
        so = {name for name, clue in _CLUES.items() if clue.search(low, start, end)}
        so |= {"adverb"} if at > begin else set()
        so |= {"task"} if task_at(low, at) else set()
        so |= {"short"} if end - start < 40 else {"long"} if end - start > 250 else set()
        so |= {"heard"} if self._speakers.heard(start, end) else set()
        so |= self._subject(at, end) | self._verbs(start, end, rank)
        if must := MODAL.search(low, start, end):
            so |= {"must", f"must&{rank}"} | ({"must+task"} if task_at(low, must.end()) else set())
        first = _WORD.findall(low, at, end)[:2]
        said = common_words(page.plain[start:end])[:_WORDS]
        so |= {f"word:{word}" for word in said}
        so |= {f"first:{' '.join(first[:length])}" for length in (1, 2)}
        return so | {f"pair:{one} {other}" for one, other in pairwise(said)}

    def _subject(self, at: int, end: int) -> set[str]:
        """The unit that a clause begins with, and what it is said to do."""
        low = self._page.low
        names, stop = self._offices.listed(at, end)
        if not names:
            return set()
        does = past_adverbs(low, stop, end)
        words = _WORD.findall(low, does, end)[:2]
        so = {"unit", f"unit:{_highest(names)}", *(f"does:{' '.join(words[:length])}" for length in (1, 2))}
        so |= {"unit+task"} if task_at(low, does) else set()
        so |= {"unit+must"} if MODAL.match(low, skip_words(low, does)) else set()
        return so | ({"unit+past"} if PAST.match(low, does, end) else set())

    def _verbs(self, start: int, end: int, rank: str) -> set[str]:
        """The verbs of ordering and asking, and what stands behind them."""
        so: set[str] = set()
        for verb in triggers(self._page, start, end)[:_VERBS]:
            kind = ("hard" if verb.hard else "soft") + (":told" if verb.told else "")
            so |= {f"verb:{kind}", f"verb:{kind}&{rank}", f"verb:{verb.word}"}
            after = past_adverbs(self._page.low, past_blanks(self._page.low, verb.end), end)
            so |= {"verb+unit", f"verb+unit&{rank}"} if self._offices.listed(after, end)[0] else set()
            so |= {"verb+task"} if task_at(self._page.low, after) else set()
        return so


def _highest(names: Sequence[str]) -> str:
    return level(max(rank_of(name.lower()) or 2.0 for name in names))
