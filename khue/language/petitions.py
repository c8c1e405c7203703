# ruff: noqa: E501  (patterns and word lists are read as tables)
"""Difficulties and requests that units voice: khó khăn, vướng mắc, kiến nghị, đề xuất."""

import re
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from khue.language.offices import Offices
from khue.language.petition_words import (
    ABOUT,
    ANSWER,
    ASKS,
    BLANK,
    BUT,
    COMPLAINS,
    CONTENT,
    DIFFICULTY,
    GOOD,
    HAS,
    HEAD,
    JOINED,
    LACKS,
    LINK,
    MATTERS,
    MORE,
    NAMELY,
    NAMELY_LIST,
    NAMES_ONLY,
    NEEDS,
    NEGATIVE,
    NOUN,
    NOUN_AFTER,
    OPENS,
    ORDERED,
    OWN_START,
    SHARED,
    SHOULD,
    SPOKEN,
    STATE,
    SUCH_AS,
    WHOSE,
)  # fmt: skip
from khue.language.speech import ORDERS, VERBS, Speakers, Voice, rank_of
from khue.language.structure import Page, Span, pieces, trim
from khue.language.words import product_at, task_at

Kind = Literal["difficulty", "request"]


@dataclass(frozen=True, slots=True)
class Petition:
    """A difficulty or a request, and who voiced it (nobody when the text does not say)."""

    start: int
    end: int
    text: str
    kind: Kind
    voiced_by: tuple[str, ...]
    confidence: float = 0.8


_LONG_LIST = 4
"""From so many parts on, each part between semicolons is a request of its own, noun or verb."""


class Petitions:
    """Gathers the petitions of one document, sentence by sentence."""

    def __init__(
        self, page: Page, offices: Offices, speakers: Speakers, *, press: bool, issuer: str | None = None
    ) -> None:
        self._page, self._offices, self._speakers, self._press = page, offices, speakers, press
        self._issuer = issuer
        self._troubles = self._asked = False
        self.asking = False
        self.found: list[Petition] = []

    def section(self, opens: bool) -> None:
        """A section of difficulties or requests begins, or another section ends it."""
        self._troubles = self.asking = opens

    def lead_in(self, start: int, end: int, voice: Voice | None) -> None:
        """A line such as "Khó khăn, vướng mắc:" or "Hội Nông dân kiến nghị:" opens a list."""
        low = self._page.low
        if ASKS.search(low, start, end) and not (voice and voice.rank >= ORDERS):
            self.asking = True
        if DIFFICULTY.search(low, start, end):
            self._troubles = True

    def claims(self, start: int, end: int, voice: Voice | None) -> bool:
        """True when someone below asks someone above in this sentence, so that its clauses are no orders."""
        if not self._press:
            return False
        asks = self._verb(start, end)
        if asks is None:
            return False
        own = self._speakers.heard(start, asks.end()) or voice
        if own and own.rank >= ORDERS and ORDERED.search(self._page.low, start, asks.start()):
            return False
        return own is not None and self._asks_above(asks, end, own)

    def _asks_above(self, asks: re.Match[str], end: int, voice: Voice) -> bool:
        """True when those asked stand above the one who asks; where none are named, when the voice gives no orders."""
        low, stop = self._page.low, min(end, asks.end() + 60)
        names = self._offices.listed(_past_with(low, asks.end()), end)[0]
        if STATE.search(low, asks.end(), min(stop, asks.end() + 25)):
            return voice.rank < 5
        if not names and asks[0].startswith("kiến nghị"):
            return voice.rank < 5.5
        if not names:
            return voice.rank < ORDERS or voice.rank + 1 <= self._speakers.highest
        asked = max(rank_of(name.lower()) or 2.0 for name in names)
        if not asks[0].startswith("đề nghị") and asked == voice.rank:
            return voice.rank < ORDERS
        if not asks[0].startswith("đề nghị") and voice.rank < 3:
            return True
        if voice.heads(names[0]):
            return False
        crowd = names[0].lower().startswith(("các", "ubnd các", "thủ trưởng")) and voice.rank >= 3
        return asked > voice.rank or (asked == voice.rank and not crowd)

    def sentence(self, start: int, end: int, voice: Voice | None, *, ordering: bool) -> None:
        """Judge one sentence that gave no directive."""
        if self.asking and not self._press:
            for first, last in pieces(self._page, start, end):
                self._add(first, last, self._kind(first, last), voice)
            return
        if shared := SHARED.search(self._page.low, start, end):
            names = self._offices.listed(shared.end(), end)[0]
            if names:
                such = SUCH_AS.search(self._page.low, shared.end(), end)
                start, self._troubles = such.end() if such else start, True
                voice, ordering = Voice(names[0], 0.0, tuple(names[1:])), False
        asks = self._verb(start, end)
        above = voice is None or (voice.rank < ORDERS if asks is None else self._asks_above(asks, end, voice))
        if (ordering and not (asks and above and voice)) or (self._press and not above):
            self._troubles = self._asked = False
            return
        asked, self._asked = self._asked, asks is not None
        if colon := self._listing(start, end):
            self._items(start, colon, end, voice)
        elif asks:
            if self._press or self._troubles:
                self._difficulty(start, asks.start(), voice)
            self._requests(asks.start(), end, voice)
        elif asked and (more := self._goes_on(start, end)) is not None:
            self._asked = True
            self._requests(more, end, voice)
        elif voice and self._press and (wish := self._wish(start, end, voice)) is not None:
            self._requests(wish, end, voice)
        elif self._press or self._troubles:
            self._difficulty(start, end, voice)

    def _goes_on(self, start: int, end: int) -> int | None:
        """Where a sentence goes on with the request before it: "Cùng với đó là …", or work with no new speaker."""
        more = MORE.match(self._page.low, start, end)
        at = more.end() if more else start
        if more or (self._press and not self._speakers.heard(start, end)):
            return at if task_at(self._page.low, at, pairs_only=more is None) else None
        return None

    def _wish(self, start: int, end: int, voice: Voice) -> int | None:
        """Where someone below says what should be done: "Thành phố cần quy định …", "Do đó, cần …"."""
        if self._told_what_to_do(start, end, voice):
            return start
        needs = NEEDS.match(self._page.low, start, end)
        return self._page.low.rindex(needs[0].split()[-1], start, needs.end()) if needs else None

    def _told_what_to_do(self, start: int, end: int, voice: Voice) -> bool:
        """Someone below says what those above should do: "Thành phố cần quy định …"."""
        names, stop = self._offices.listed(start, end)
        above = rank_of(names[0].lower()) if names else None
        return above is not None and above > voice.rank and SHOULD.match(self._page.low, stop, end) is not None

    # --- lists ----------------------------------------------------------------------------------------------------

    def _listing(self, start: int, end: int) -> int | None:
        """Where the colon stands that opens a list of requests or difficulties, each between semicolons."""
        colon = self._page.plain.find(":", start, end)
        if colon < 0 or end - colon < 15:
            return None
        if MATTERS.search(self._page.low, start, colon) or (
            self._troubles and NAMELY_LIST.match(self._page.low, start, colon)
        ):
            return colon
        if not HEAD.search(self._page.low, start, colon):
            return None
        asks = self._verb(start, colon)
        if asks and self._offices.listed(_past_with(self._page.low, asks.end()), colon)[1] > asks.end() + 1:
            noun = re.search(
                r"(?:nội dung|vấn đề|như sau|sau|kiến nghị|đề xuất)\s*$", self._page.low[asks.end() : colon]
            )
            return colon if noun or self._page.plain[asks.end() : colon].count(" ") < 12 else None
        such = self._page.low.startswith("như", self._page.low.rfind(" ", start, colon) + 1)
        return colon if such or not GOOD.search(self._page.low, start, colon) else None

    def _items(self, start: int, colon: int, end: int, voice: Voice | None) -> None:
        low = self._page.low
        requests = bool(ASKS.search(low, start, colon) or MATTERS.search(low, start, colon))
        for first, last in pieces(self._page, colon + 1, end):
            asks = self._verb(first, last)
            if asks:
                self._difficulty(first, asks.start(), voice, sure=True)
                self._requests(asks.start(), last, voice)
                continue
            negative = NEGATIVE.search(self._page.low, first, last) is not None
            wish = requests and (not negative or task_at(self._page.low, first))
            trouble = not requests and bool(DIFFICULTY.search(low, start, colon))
            if wish or negative or trouble:
                self._add(first, last, "request" if wish else "difficulty", voice)

    # --- difficulties -----------------------------------------------------------------------------------------------

    def _kind(self, start: int, end: int) -> Kind:
        asked = self._verb(start, end) is not None or not NEGATIVE.search(self._page.low, start, end)
        return "request" if asked else "difficulty"

    def _difficulty(self, start: int, end: int, voice: Voice | None, *, sure: bool = False) -> None:
        low = self._page.low
        if GOOD.search(low, start, end):
            return
        opens = OPENS.search(low, start, end)
        complains = COMPLAINS.search(low, start, end) if voice else None
        says = SPOKEN.search(low, start, end) or low.startswith("theo ", start)
        told = bool(voice and says and LACKS.search(low, start, end))
        self._troubles = (
            self._troubles or bool(opens or complains or told) or bool(voice and BUT.match(low, start, end))
        )
        if opens and not self._has_content(opens, start, end):
            return
        if not (self._troubles or complains or told or sure):
            return
        wishes = False
        for first, last in pieces(self._page, self._said(start, end, opens, complains), end):
            wishes = bool(complains) and bool(NEEDS.match(low, first, last) or (wishes and task_at(low, first)))
            if wishes or NEGATIVE.search(low, first, last):
                self._add(first, last, "request" if wishes else "difficulty", voice)

    def _said(self, start: int, end: int, opens: re.Match[str] | None, complains: re.Match[str] | None) -> int:
        """Where what is said begins, after who said it and after "gặp khó khăn như"."""
        low = self._page.low
        if complains:
            return complains.end()
        if opens and (namely := NAMELY.match(low, opens.end(), end)):
            return namely.end()
        link = LINK.match(low, start, end)
        begin = link.end() if link else start
        negative = NEGATIVE.search(low, begin, end)
        for spoken in SPOKEN.finditer(low, begin, negative.start() if negative else begin):
            begin = spoken.end()
        return begin

    def _has_content(self, opens: re.Match[str], start: int, end: int) -> bool:
        """True when a sentence says what is difficult, not only that something is."""
        low = self._page.low
        near = max(start, opens.start() - 40)
        return bool(CONTENT.search(low, opens.end(), end) or CONTENT.search(low, near, opens.start()))

    # --- requests -----------------------------------------------------------------------------------------------------

    def _requests(self, start: int, end: int, voice: Voice | None) -> None:
        """One request for each clause that is work of its own, names whom it asks, or asks anew."""
        spans: list[Span] = []
        parts = pieces(self._page, start, end)
        for first, last in parts:
            if spans and len(parts) < _LONG_LIST and not self._anew(first, last):
                spans[-1] = (spans[-1][0], last)
            else:
                spans.append((first, last))
        for span in spans:
            for first, last in self._divided(*span):
                if self._only_names(first, last):
                    continue
                negative = (
                    first > start and not self._anew(first, last) and NEGATIVE.search(self._page.low, first, last)
                )
                self._add(first, last, "difficulty" if negative else "request", voice)

    def _only_names(self, start: int, end: int) -> bool:
        """True when a clause says whom someone asked, and not for what: "kiến nghị với tổ đại biểu"."""
        low = self._page.low
        asks = ASKS.match(low, start, end)
        if asks is None:
            return False
        if self._offices.listed(_past_with(low, asks.end()), end)[1] >= end - 3:
            return True
        rest = low[asks.end() : end]
        return (
            rest.startswith(" với ")
            and len(rest) < 50
            and not any(task_at(rest, m.start()) for m in BLANK.finditer(rest))
        )

    def _anew(self, start: int, end: int) -> bool:
        low = self._page.low
        if task_at(low, start) or product_at(low, start) or OWN_START.match(low, start, end):
            return True
        return self._verb(start, end) is not None or bool(self._offices.listed(start, end)[0])

    def _divided(self, start: int, end: int) -> list[Span]:
        """A clause cut where it asks a second time: "…, đồng thời đề nghị …"."""
        cuts = [
            found.start()
            for found in ASKS.finditer(self._page.low, start + 20, end)
            if JOINED.search(self._page.low, found.start() - 20, found.start()) and not NOUN_AFTER.match(self._page.low, found.end())
            and self._offices.listed(_past_with(self._page.low, found.end()), end)[0]
        ]  # fmt: skip
        return list(zip([start, *cuts], [*cuts, end], strict=True))

    def _verb(self, start: int, end: int) -> re.Match[str] | None:
        """The first word of asking in use as a verb."""
        low = self._page.low
        for found in islice(ASKS.finditer(low, start, end), VERBS):
            if found[0] in {"xin", "mong"} and not (self.asking or self._names_above(found, start, end)):
                continue
            head = low[max(start, found.start() - 24) : found.start()]
            if NOUN.search(head) or NOUN_AFTER.match(low, found.end(), end):
                continue
            doubtful = found[0] in {"đề xuất", "mong muốn"} and not self.asking
            if doubtful and not self._speakers.heard(start, found.end()):
                continue
            return found
        return None

    def _names_above(self, asks: re.Match[str], start: int, end: int) -> bool:
        """ "Phường mong Sở hỗ trợ …": whom one hopes for help from stands above."""
        names = self._offices.listed(_past_with(self._page.low, asks.end()), end)[0]
        who = self._offices.listed(start, asks.start())[0]
        return bool(names and who) and (rank_of(names[0].lower()) or 0) > (rank_of(who[0].lower()) or 0)

    def answered(self, start: int, end: int) -> int:
        """ "Về đề xuất xin sửa chữa …, theo Phó Chủ tịch …": keep the request; return where its answer begins."""
        low = self._page.low
        about = ABOUT.match(low, start, end)
        if about is None:
            return start
        answer = ANSWER.search(low, about.end(), end)
        stop = answer.start() if answer else end
        own, _ = self._offices.listed(about.end() + (4 if low.startswith("của ", about.end()) else 0), stop)
        first, last = trim(self._page, about.start("asks"), stop)
        whose = WHOSE.fullmatch(low, about.end("asks"), last)
        if last - first > 15 and whose is None:
            name = own[0] if own else self._offices.last(about.start())
            names = (name,) if name else ()
            self.found.append(Petition(first, last, self._page.text[first:last], "request", names))
        return answer.start() + 1 if answer else end

    def _named(self, start: int, end: int) -> tuple[str, ...]:
        """The unit whose trouble a sentence tells without a speaker: "Sở X còn gặp khó khăn …"."""
        names, stop = self._offices.listed(start, end)
        return tuple(names) if names and HAS.match(self._page.low, stop, end) else ()

    def _add(self, start: int, end: int, kind: Kind, voice: Voice | None) -> None:
        start, end = trim(self._page, start, end)
        if end - start < 12 or NAMES_ONLY.fullmatch(self._page.low, start, end):
            return
        by = voice.names if voice else ((self._issuer,) if self._issuer else self._named(start, end))
        self.found.append(Petition(start, end, self._page.text[start:end], kind, by, 0.8 if by else 0.6))


def _past_with(low: str, position: int) -> int:
    """Skip the small words between asking and those asked: "kiến nghị **với** UBND tỉnh"."""
    while low.startswith((" ", "với ", "tới ", "đến "), position):
        position += 1 if low[position] == " " else 4
    return position
