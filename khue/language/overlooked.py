"""What rules overlook: clauses that voice a trouble or a wish in words no rule knows, found by learned weights.

A clause is described by signs: its words, who speaks, what was asked or told just before. Each sign has a weight
(`data/overlooked.tsv`, made by `khue.language.training`); the sum says how likely the clause is a petition.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from khue.language import petition_words as say
from khue.language.ranks import level
from khue.language.sentence import Sentence
from khue.language.structure import Page, Span, pieces
from khue.language.weights import common_words, likelihood, weights

LIKELY = 0.5
"""From this likelihood on, a clause that no rule has read is given as a petition."""
_SURE = 0.6
"""The same where nobody speaks but the reporter."""
_WORDS = 80
"""Words of a clause that count, so that time grows with the length of a text only."""
_NUMBER = re.compile(r"\d")
_CLUES = {
    "negative": say.NEGATIVE, "lacks": say.LACKS, "grumbles": say.GRUMBLES, "good": say.GOOD, "opens": say.OPENS,
    "complains": say.COMPLAINS, "spoken": say.SPOKEN, "needs": say.NEEDS,
}  # fmt: skip
_CLUES_NEEDED = frozenset({"negative", "lacks", "grumbles", "complains", "needs", "asks"})
"""Without any of these a clause is plain telling."""
_CROSSED = ("negative", "lacks", "speaking", "troubled", "asks", "asked", "ordering")
"""Signs that mean something else with each rank of who speaks."""


def clauses(page: Page, sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, Span, set[str]]]:
    """Every clause of the sentences with its signs."""
    told = [_told(page, sentence) for sentence in sentences]
    for at, sentence in enumerate(sentences):
        parts = pieces(page, sentence.start, sentence.end)
        around = {f"before:{sign}" for sign in told[at - 1]} if at else set()
        if at + 1 < len(sentences):
            around |= {f"after:{sign}" for sign in told[at + 1]}
        for number, span in enumerate(parts):
            yield sentence, span, around | _signs(page, sentence, span, number, len(parts))


def _told(page: Page, sentence: Sentence) -> set[str]:
    """What a sentence tells to the clauses next to it."""
    low, start, end = page.low, sentence.start, sentence.end
    told = {"asks": bool(sentence.asks), "ordered": sentence.ordered}
    told |= {"lacks": bool(say.LACKS.search(low, start, end)), "trouble": bool(say.DIFFICULTY.search(low, start, end))}
    return {sign for sign, is_so in told.items() if is_so}


def _signs(page: Page, sentence: Sentence, span: Span, number: int, parts: int) -> set[str]:
    start, end = span
    text = page.low[start:end]
    words = common_words(page.plain[start:end])[:_WORDS]
    voice = sentence.voice
    rank = level(voice.rank if voice else None)
    so = {sign for sign, clue in _CLUES.items() if clue.search(text)}
    so |= {name for name in ("ordering", "speaking", "troubled", "asked", "claimed", "ordered", "head")
           if getattr(sentence, name)}  # fmt: skip
    so |= {"asks"} if sentence.asks else set()
    so |= {f"{sign}&{rank}" for sign in _CROSSED if sign in so} | {f"rank:{rank}"}
    so |= {
        f"{one}&{other}" for one in ("negative", "lacks") for other in ("troubled", "speaking") if {one, other} <= so
    }
    so |= {sign for sign, is_so in {
        "verb": sentence.asks in text and bool(sentence.asks), f"verb:{sentence.asks}": bool(sentence.asks),
        "listed": parts > 1, "further": number > 0, "short": end - start < 40, "long": end - start > 250,
        "late": start > len(page.low) * 0.75, "early": start < len(page.low) * 0.12, "number": _NUMBER.search(text),
    }.items() if is_so}  # fmt: skip
    so |= {f"word:{word}" for word in words} | {f"first:{word}" for word in words[:1]}
    return so | ({f"voice:{word}" for word in common_words(voice.name)} if voice else set())


_WEIGHTS = weights("overlooked")


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a sentence, and how likely it is a petition."""

    sentence: Sentence
    span: Span
    likely: float
    telling: bool
    """It is plain telling, whoever speaks."""


def judged(page: Page, sentences: Sequence[Sentence]) -> list[Clause]:
    """Every clause of the sentences with how likely it is a petition."""
    return [
        Clause(sentence, span, likelihood(signs, _WEIGHTS), _CLUES_NEEDED.isdisjoint(signs))
        for sentence, span, signs in clauses(page, sentences)
    ]


def overlooked(judged: Sequence[Clause], read: Sequence[Span]) -> Iterator[Clause]:
    """The likely clauses that overlap nothing the rules have `read`."""
    taken = sorted(read)
    at = 0
    for clause in judged:
        start, end = clause.span
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        if at < len(taken) and taken[at][0] < end:
            continue
        if not clause.telling and clause.likely >= (LIKELY if clause.sentence.voice else _SURE):
            yield clause
