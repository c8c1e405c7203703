"""What rules overlook: clauses that voice a trouble or a wish in words no rule knows, found by learned weights.

A clause is described by signs: its words, who speaks, what was asked or told just before. Each sign has a weight
(`data/overlooked.tsv`, made by `khue.language.training`); the sum says how likely the clause is a petition.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from math import exp

from khue.language import petition_words as say
from khue.language.ranks import ORDERS
from khue.language.structure import Page, Span, pieces
from khue.language.voice import Voice

LIKELY = 0.5
"""From this likelihood on, a clause that no rule has read is given as a petition."""
_SURE = 0.6
"""The same where nobody speaks but the reporter."""
_WORDS = 80
"""Words of a clause that count, so that time grows with the length of a text only."""
_WORD = re.compile(r"[^\W\d_]+|[“”\":!?%]")
_NUMBER = re.compile(r"\d")
_CLUES = {
    "negative": say.NEGATIVE, "lacks": say.LACKS, "grumbles": say.GRUMBLES, "good": say.GOOD, "opens": say.OPENS,
    "complains": say.COMPLAINS, "spoken": say.SPOKEN, "needs": say.NEEDS,
}  # fmt: skip
_CLUES_NEEDED = frozenset({"negative", "lacks", "grumbles", "complains", "needs", "asks"})
"""Without any of these a clause is plain telling, whoever speaks."""
_RANKS = ((2.5, "below"), (ORDERS, "department"), (5.0, "province"), (9.0, "centre"))
_CROSSED = ("negative", "lacks", "speaking", "troubled", "asks", "asked", "ordering")
"""Signs that mean something else with each rank of who speaks."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a report as the rules left it."""

    start: int
    end: int
    voice: Voice | None
    ordering: bool
    speaking: bool
    troubled: bool
    """Troubles were being told when it began."""
    asked: bool
    """Something was asked in the sentence before."""
    answering: bool
    asks: str
    claimed: bool
    """Someone below asks someone above in it."""
    ordered: bool
    """It gave a directive."""
    head: bool
    """It opens a paragraph."""


def clauses(page: Page, sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, Span, set[str]]]:
    """Every clause of the sentences with its signs."""
    for at, sentence in enumerate(sentences):
        parts = pieces(page, sentence.start, sentence.end)
        around = {f"before:{sign}" for sign in _told(page, sentences[at - 1])} if at else set()
        if at + 1 < len(sentences):
            around |= {f"after:{sign}" for sign in _told(page, sentences[at + 1])}
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
    words = _common(page.plain[start:end])[:_WORDS]
    voice = sentence.voice
    rank = next(name for limit, name in _RANKS if voice.rank < limit) if voice else "nobody"
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
    return so | ({f"voice:{word}" for word in _common(voice.name)} if voice else set())


def _common(words: str) -> list[str]:
    """The words in small letters, without the names in them; the first counts in any case."""
    return [
        word.lower()
        for at, word in enumerate(_WORD.findall(words))
        if not at or word.isupper() or not word[0].isupper()
    ]


def _weights() -> dict[str, float]:
    lines = (files("khue.language") / "data" / "overlooked.tsv").read_text("utf-8").splitlines()
    return {sign: float(weight) for sign, weight in (line.split("\t") for line in lines)}


BASE = "(base)"
"""The weight that every clause has."""
_WEIGHTS = _weights()


def likelihood(signs: set[str], weights: dict[str, float] = _WEIGHTS) -> float:
    """How likely a clause with these signs voices a difficulty or a request, from 0 to 1."""
    total = weights.get(BASE, 0.0) + sum(weights.get(sign, 0.0) for sign in signs)
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def overlooked(
    page: Page, sentences: Sequence[Sentence], read: Sequence[Span]
) -> Iterator[tuple[Sentence, Span, float]]:
    """The likely clauses that overlap nothing the rules have `read`."""
    taken = sorted(read)
    at = 0
    for sentence, (start, end), signs in clauses(page, sentences):
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        if at < len(taken) and taken[at][0] < end:
            continue
        if _CLUES_NEEDED & signs and (likely := likelihood(signs)) >= (LIKELY if sentence.voice else _SURE):
            yield sentence, (start, end), likely
