"""Words of asking in use as verbs, and whether those asked stand above the one who asks."""

import re
from itertools import islice

from khue.language import petition_words as say
from khue.language.offices import Offices
from khue.language.ranks import ORDERS, rank_of
from khue.language.speech import VERBS, Speakers
from khue.language.structure import Page
from khue.language.voice import UNKNOWN, Voice, obliges
from khue.language.wishes import in_quotes
from khue.language.words import task_at

_PAPER = 160
"""Code points before a word of asking in which a paper may be handed in."""
HEADS = 6.0
"""The rank of whoever heads the Government."""
_STATE = 30
"""Code points after a word of asking in which the state is named that is asked."""


class Asking:
    """Reads the words of asking in one document."""

    def __init__(self, page: Page, offices: Offices, speakers: Speakers) -> None:
        self._page, self._offices, self._speakers = page, offices, speakers

    def above(self, asks: re.Match[str], end: int, voice: Voice) -> bool:
        """True when those asked stand above the one who asks; where none are named, when the voice gives no orders."""
        low, stop = self._page.low, min(end, asks.end() + 60)
        names = self._offices.listed(past_with(low, asks.end()), end)[0]
        if say.STATE.search(low, asks.end(), min(stop, asks.end() + _STATE)):
            return voice.rank < 5
        if not names and asks[0].startswith("kiến nghị"):
            return voice.rank < 5.5
        if not names:
            return self.below(voice)
        asked = max(rank_of(name.lower()) or 2.0 for name in names)
        if not asks[0].startswith("đề nghị") and asked == voice.rank:
            return voice.rank < ORDERS
        if not asks[0].startswith("đề nghị") and voice.rank < 3:
            return True
        if voice.heads(names[0]) or voice.oversees(names[0]):
            return False
        crowd = names[0].lower().startswith(("các", "ubnd các", "thủ trưởng")) and voice.rank >= 3
        return asked > voice.rank or (asked == voice.rank and not crowd)

    def plainly_above(self, asks: re.Match[str], end: int, voice: Voice) -> bool:
        """True where those asked are named and stand above the one who asks, who gives no orders or pleads."""
        names = self._offices.listed(past_with(self._page.low, asks.end()), end)[0]
        ranks = [rank for name in names if (rank := rank_of(name.lower()))]
        pleads = voice.rank < ORDERS or asks[0].startswith("kiến nghị")
        return bool(ranks) and pleads and max(ranks) > voice.rank

    def of_the_highest(self, asks: re.Match[str], end: int) -> bool:
        """True where whoever heads the state or the Government is asked: nobody who is not named orders them."""
        return say.HIGHEST.match(self._page.low, past_with(self._page.low, asks.end()), end) is not None

    def people(self, asks: re.Match[str], start: int) -> Voice | None:
        """The people who ask in the words of somebody else: "theo ông A, cử tri xã B yêu cầu …"."""
        if asks[0] != "yêu cầu" or not (found := say.PEOPLE.search(self._page.low, start, asks.start())):
            return None
        return Voice(self._page.text[found.start("who") : found.end("who")], 0.0)

    def who(self, asks: re.Match[str], start: int, end: int, voice: Voice | None) -> Voice | None:
        """Who asks: not the head of the Government that is asked, though heard last, but who stands before."""
        if people := self.people(asks, start):
            return people
        asked = self.of_the_highest(asks, end) and not say.AT_HEAD.fullmatch(self._page.low, start, asks.start())
        if not (asked and voice and voice.rank == HEADS and self._page.low.find("thủ tướng", asks.end(), end) > 0):
            return voice
        names = self._offices.listed(start, asks.start())[0]
        return Voice(names[0], rank_of(names[0].lower()) or UNKNOWN, tuple(names[1:])) if names else None

    def below(self, voice: Voice) -> bool:
        """True for those who give no orders, or speak before others who stand above them."""
        return voice.rank < ORDERS or self.outranked(voice)

    def outranked(self, voice: Voice) -> bool:
        """True for those who give orders elsewhere, but speak here before others who stand above them."""
        return voice.rank >= ORDERS and voice.rank + 1 <= self._speakers.highest

    def verb(self, start: int, end: int, *, voice: Voice | None, open_: bool) -> re.Match[str] | None:
        """The first word of asking in use as a verb; in an `open_` list of requests doubtful words count too."""
        low = self._page.low
        for found in islice(say.ASKS.finditer(low, start, end), VERBS):
            if found[0] in {"xin", "mong", "muốn", "yêu cầu"} and not (
                self.people(found, start)
                or (open_ and found[0] != "yêu cầu")
                or self._names_above(found, start, end, voice)
            ):
                continue
            if self._is_noun(found, start, end):
                continue
            doubtful = found[0] in {"đề xuất", "mong muốn"} and not open_
            if doubtful and not self._is_spoken(found, start):
                continue
            return found
        return None

    def goes_on(self, start: int, end: int, *, press: bool) -> int | None:
        """Where a sentence goes on with the request before it: "Cùng với đó là …", or work with no new speaker."""
        more = say.MORE.match(self._page.low, start, end)
        at = more.end() if more else start
        if more or (press and not self._speakers.heard(start, end)):
            low = self._page.low
            work = at + len("việc ") if more and low.startswith("việc ", at) else at
            begins = say.ALLOWS if more is None else say.GOES_ON_WITH
            works = task_at(low, work, pairs_only=more is None) or begins.match(low, at, end) is not None
            goes_on = works or (more is not None and say.POLICY.match(low, at, end) is not None)
            return at if goes_on else None
        return None

    def _is_noun(self, asks: re.Match[str], start: int, end: int) -> bool:
        """ "các kiến nghị của xã", "hồ sơ đề nghị", "bị yêu cầu": nobody asks here."""
        low = self._page.low
        if say.HANDED_IN.search(low, max(start, asks.start() - _PAPER), asks.start()):
            return False
        head = low[max(start, asks.start() - 24) : asks.start()]
        if say.NOUN.search(head) or say.TOLD_OFF.search(low, max(start, asks.start() - 80), asks.start()):
            return True
        return say.NOUN_AFTER.match(low, asks.end(), end) is not None and not say.AGAIN.search(head)

    def _is_spoken(self, asks: re.Match[str], start: int) -> bool:
        """True where someone is said to ask, in a quotation, or at the head of a sentence."""
        if say.AT_HEAD.fullmatch(self._page.low, start, asks.start()):
            return True
        if say.STATE.match(self._page.low, past_with(self._page.low, asks.end())):
            return True
        return self._speakers.heard(start, asks.end()) is not None or in_quotes(self._page.plain, start)

    def _names_above(self, asks: re.Match[str], start: int, end: int, voice: Voice | None) -> bool:
        """ "Phường mong Sở hỗ trợ …": whom one hopes for help from stands above."""
        names = self._offices.listed(past_with(self._page.low, asks.end()), end)[0]
        who = self._offices.listed(start, asks.start())[0]
        own = self._speakers.heard(start, asks.end()) or voice
        rank = rank_of(who[0].lower()) if who else None
        if rank is None:
            rank = own.rank if own else ORDERS
        if own and asks[0] == "yêu cầu" and obliges(self._page.low, asks.end(), own):
            return False
        if names and (rank_of(names[0].lower()) or 0) > rank:
            return True
        hoped = asks[0].endswith(("mong", "muốn")) and say.HOPED.match(self._page.low, asks.end(), end)
        return bool(hoped) and own is not None and self.below(own)


def past_with(low: str, position: int) -> int:
    """Skip the small words between asking and those asked: "kiến nghị **với** UBND tỉnh"."""
    while low.startswith((" ", "với ", "tới ", "đến "), position):
        position += 1 if low[position] == " " else 4
    return position
