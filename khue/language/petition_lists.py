"""Lists of requests or difficulties after a colon: where one opens, and what each of its parts is."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from khue.language import petition_words as say
from khue.language.asking import past_with
from khue.language.offices import Offices
from khue.language.petition import Kind
from khue.language.plights import goes_well
from khue.language.structure import Page, pieces
from khue.language.words import task_at

_SHORTEST = 15
"""Code points after a colon that are enough for a list."""
_TOLD = re.compile(r"(?:nội dung|vấn đề|như sau|sau|như|gồm|kiến nghị|đề xuất)\s*$")
_EXAMPLES = re.compile(r"(?<!\w)(?:cần|phải|về việc|xử lý|giải quyết|rà soát)\s.*\snhư\s*$")
"""A request already told: what follows "như" are examples within it."""
_MATTER = re.compile(
    r"(?:nội dung|vấn đề|giải pháp|chính sách|kiến nghị|đề xuất|nhiệm vụ|nhóm việc|yêu cầu|khó khăn|vướng mắc)(?!\w)"
)
Verb = Callable[[int, int], re.Match[str] | None]


@dataclass(frozen=True, slots=True)
class Item:
    """A part of a list: with its own verb of asking, of one kind, or neither (`kind` is then `None`)."""

    start: int
    end: int
    asks: re.Match[str] | None
    kind: Kind | None


class Lists:
    """Reads such lists in one document."""

    def __init__(self, page: Page, offices: Offices) -> None:
        self._page, self._offices = page, offices

    def colon(self, start: int, end: int, verb: Verb, *, troubles: bool, asked: bool) -> int | None:
        """Where the colon stands that opens a list of requests or difficulties, each between semicolons."""
        low = self._page.low
        colon = self._page.plain.find(":", start, end)
        if colon < 0 or end - colon < _SHORTEST:
            return None
        if say.MATTERS.search(low, start, colon) or (troubles and say.NAMELY_LIST.match(low, start, colon)):
            return colon
        if (asked or troubles) and say.GOES_ON.match(low, start, colon):
            return colon
        if not say.HEAD.search(low, start, colon):
            return None
        asks = verb(start, colon)
        if asks and self._offices.listed(past_with(low, asks.end()), colon)[1] > asks.end() + 1:
            told = low[asks.end() : colon]
            noun = _TOLD.search(told) and not (_EXAMPLES.search(told) and not _MATTER.search(told))
            return colon if noun or low[asks.end() : colon].count(" ") < 12 else None
        if say.ANSWERED.search(low, start, colon):
            return None
        such = low.startswith("như", low.rfind(" ", start, colon) + 1)
        return colon if such or not goes_well(low, start, colon) else None

    def items(self, start: int, colon: int, end: int, verb: Verb, *, troubles: bool) -> Iterator[Item]:
        """The parts of the list, each with what the words before the colon and its own words make it."""
        low = self._page.low
        requests = bool(say.ASKS.search(low, start, colon) or say.MATTERS.search(low, start, colon))
        goes_on = troubles and say.GOES_ON.match(low, start, colon) is not None
        troubles = not requests and (goes_on or say.DIFFICULTY.search(low, start, colon) is not None)
        for first, last in pieces(self._page, colon + 1, end):
            negative = say.NEGATIVE.search(low, first, last) is not None
            wish = requests and (not negative or task_at(low, first))
            kind: Kind | None = "request" if wish else "difficulty" if negative or troubles else None
            yield Item(first, last, verb(first, last), kind)
