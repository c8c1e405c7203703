"""What one sentence of asking asks for: one request for each clause that is work of its own."""

import re
from collections.abc import Callable, Iterator

from khue.language import petition_words as say
from khue.language.asking import past_with
from khue.language.offices import Offices
from khue.language.petition import Kind
from khue.language.structure import Page, Span, pieces
from khue.language.words import product_at, task_at

_LONG_LIST = 4
"""From so many parts on, each part between semicolons is a request of its own, noun or verb."""
_SUCH_AS = re.compile(r"(?:kiến nghị|đề nghị|đề xuất)\s+như\s+")
_APPOSED = re.compile(r"\s*[-–(]")
_NAMES = 60
"""Code points up to which a request may hold nothing but those asked."""
Verb = Callable[[int, int], re.Match[str] | None]


class Requests:
    """Divides what someone asks, in one document."""

    def __init__(self, page: Page, offices: Offices, verb: Verb) -> None:
        self._page, self._offices, self._verb = page, offices, verb

    def read(self, start: int, end: int) -> Iterator[tuple[Span, Kind, bool]]:
        """Each request, or the trouble told among them, and whether it goes on without a verb of asking."""
        for first, last in self._clauses(start, end):
            if self.only_names(first, last) or self.only_who(first, last):
                continue
            goes_on = self._verb(first, last) is None
            trouble = first > start and not self._anew(first, last) and self._tells_trouble(first, last)
            yield (first, last), "difficulty" if trouble else "request", goes_on

    def _clauses(self, start: int, end: int) -> Iterator[Span]:
        """Each clause that is work of its own, names whom it asks, asks anew, or tells a trouble."""
        spans: list[Span] = []
        parts = pieces(self._page, start, end)
        for first, last in parts:
            apart = self._anew(first, last) or self._tells_trouble(first, last)
            if spans and len(parts) < _LONG_LIST and not apart:
                spans[-1] = (spans[-1][0], last)
            else:
                spans.append((first, last))
        for span in spans:
            yield from self._divided(*span)

    def only_names(self, start: int, end: int) -> bool:
        """True when a clause says whom someone asked, and not for what: "kiến nghị với tổ đại biểu"."""
        low = self._page.low
        asks = say.ASKS.match(low, start, end)
        if asks is None:
            return False
        if end - asks.end() < _NAMES and self._offices.listed(past_with(low, asks.end()), end)[1] >= end - 3:
            return True
        rest = low[asks.end() : end]
        short = rest.startswith(" với ") and len(rest) < 50
        return short and not any(task_at(rest, m.start()) for m in say.BLANK.finditer(rest))

    def only_who(self, start: int, end: int) -> bool:
        """True for a part that says who asked, not for what: "kiến nghị như Công ty A - chủ dự án chợ; Công ty B"."""
        such = _SUCH_AS.match(self._page.low, start, end)
        names, stop = self._offices.listed(such.end() if such else start, end)
        return bool(names) and _APPOSED.match(self._page.low, stop, end) is not None

    def _tells_trouble(self, start: int, end: int) -> bool:
        return say.NEGATIVE.search(self._page.low, start, end) is not None

    def _anew(self, start: int, end: int) -> bool:
        low = self._page.low
        if task_at(low, start) or product_at(low, start) or say.OWN_START.match(low, start, end):
            return True
        if say.SHOULD.match(low, start, end):
            return True
        return self._verb(start, end) is not None or bool(self._offices.listed(start, end)[0])

    def _divided(self, start: int, end: int) -> list[Span]:
        """A clause cut where it asks a second time: "…, đồng thời đề nghị …"."""
        low = self._page.low
        cuts = [
            found.start()
            for found in say.ASKS.finditer(low, start + 20, end)
            if say.JOINED.search(low, found.start() - 20, found.start())
            and not say.NOUN_AFTER.match(low, found.end())
            and self._offices.listed(past_with(low, found.end()), end)[0]
        ]
        return list(zip([start, *cuts], [*cuts, end], strict=True))
