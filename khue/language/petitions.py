# ruff: noqa: E501  (patterns and word lists are read as tables)
"""Difficulties and requests that units voice: khó khăn, vướng mắc, kiến nghị, đề xuất."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from khue.language import petition_words as say
from khue.language.answers import Answers
from khue.language.asking import Asking
from khue.language.offices import Offices
from khue.language.overlooked import judged, overlooked
from khue.language.petition import Kind, Petition
from khue.language.petition_lists import Lists
from khue.language.petition_requests import Requests
from khue.language.petition_voices import Voices
from khue.language.plights import NEAR_HEAD, all_well, has_content, no_plight, of_nobody, only_aid, only_names_them
from khue.language.ranks import ORDERS
from khue.language.retold import said_once, told_once
from khue.language.sentence import Sentence
from khue.language.speech import VERBS, Speakers, has_person
from khue.language.structure import Page, Span, pieces, trim
from khue.language.voice import Voice
from khue.language.weights import Judged
from khue.language.wishes import Wishes, in_quotes, quoted
from khue.language.words import task_at

_RUN = 1
"""Line breaks after the last word of saying, over which a speech goes on."""
_HIGH = 2.5
"""The rank below which whatever someone says in quotation marks of what must be done without is a trouble."""
_SHORT = 45
"""Code points up to which what follows a word of complaint is too little without what stands before it."""
_TOPIC = 30
"""The same for what stands after "khó khăn nhất là": less is the name of a topic."""

_LONGER = 4.0
"""What is so many times longer than a plea in the lead holds the words of anything."""
_ORDERED = 0.7
"""From this likelihood of an order on, what a rule read as a petition is none."""
_DOUBTFUL = 0.05
"""Under this likelihood, the same."""


class Petitions:
    """Gathers the petitions of one document, sentence by sentence."""

    def __init__(
        self, page: Page, offices: Offices, speakers: Speakers, *, press: bool, issuer: str | None = None
    ) -> None:
        self._page, self._offices, self._speakers, self._press = page, offices, speakers, press
        self._issuer = issuer
        self._troubles = self._asked = False
        self.speaking, self._end, self._run = False, 0, 0
        self._answers = Answers(page, speakers)
        self._voice: Voice | None = None
        self._wishes = Wishes(page, offices)
        self._asking_of = Asking(page, offices, speakers)
        self._lists = Lists(page, offices)
        self._asked_for = Requests(page, offices, self._verb)
        self.asking = False
        self.asks: re.Match[str] | None = None
        """The verb of asking in the sentence claimed last."""
        self.found: list[Petition] = []
        self._plain: list[Span] = []

    @property
    def answering(self) -> bool:
        """Whether whoever speaks answers what others asked."""
        return self._answers.on

    @property
    def mood(self) -> tuple[bool, bool]:
        """Whether troubles are being told, and whether something was just asked."""
        return self._troubles, self._asked

    def leave(self, ordered: Judged) -> None:
        """Leave out what the rules read as petitions and is likely `ordered`."""
        self.found = [
            one
            for one in self.found
            if self.plain(one.start, one.end) or (ordered.highest(one.start, one.end) or 0.0) < _ORDERED
        ]

    def plain(self, start: int, end: int) -> bool:
        """True where someone plainly asks those who stand above, or goes on with it: no word makes it an order."""
        after = bisect_right(self._plain, start, key=lambda span: span[1])
        return after < len(self._plain) and self._plain[after][0] < end

    def complete(self, sentences: Sequence[Sentence], orders: Sequence[Span]) -> None:
        """Add what the rules overlooked in a report; leave out what is likely no petition at all."""
        clauses = judged(self._page, sentences)
        voiced = Judged((clause.span, clause.likely) for clause in clauses)
        read = [(one.start, one.end) for one in self.found] + list(orders)
        self.found = [
            one
            for one in self.found
            if self.plain(one.start, one.end) or (voiced.highest(one.start, one.end) or 1.0) >= _DOUBTFUL
        ]
        self._answers.asked(self.found)
        for clause in overlooked(clauses, read):
            sentence, (start, end) = clause.sentence, clause.span
            if self._refuses(sentence, start, end):
                continue
            begin = self._said(start, end, None, None)
            self._add(begin, end, self._kind(begin, end), sentence.voice, confidence=clause.likely)
        found = list(said_once(self._page, sorted(self.found, key=lambda one: one.start)))
        voices = Voices(self._page, self._offices)
        self.found = [
            replace(one, voiced_by=voices.full(one.voiced_by, one.start))
            for one in told_once(self._page, found, longest=_LONGER)
        ]

    def _refuses(self, sentence: Sentence, start: int, end: int) -> bool:
        """True for what the rules know to be no petition, however likely its words make it."""
        low = self._page.low
        asks = self._verb(start, end)
        opening = say.DATED.match(low, start, end)
        reporter = opening is not None and (sentence.voice is None or not self._asking_of.below(sentence.voice))
        answer = sentence.answering or say.RESPONDS.match(low, sentence.start, sentence.end)
        if not asks and (self._answers.due_from(sentence.voice) or say.QUESTION.search(low, start, end)):
            return True
        good = all_well(low, start, end) or say.PRAISES.search(low, start, end)
        done = say.DONE.search(low, start, end) and not (asks or say.NEGATIVE.search(low, start, end))
        if say.NEWSPAPER.search(low, start, min(end, start + NEAR_HEAD)):
            return True
        if of_nobody(low, start, end, sentence.voice) and not asks:
            return True
        if reporter or answer or good or done or say.WHETHER.search(low, start, end):
            return True
        only_asks = asks and (
            self._asked_for.only_names(asks.start(), end) or say.NAMES_ONLY.fullmatch(low, asks.start(), end)
        )
        only_who = self._asked_for.only_who(asks.start() if asks else start, end)
        return bool(only_asks) or only_who or only_aid(low, start, end) or only_names_them(low, start, end)

    def section(self, opens: bool) -> None:
        """A section of difficulties or requests begins, or another section ends it."""
        self._troubles = self.asking = opens

    def lead_in(self, start: int, end: int, voice: Voice | None) -> None:
        """A line such as "Khó khăn, vướng mắc:" or "Hội Nông dân kiến nghị:" opens a list."""
        low = self._page.low
        if say.ASKS.search(low, start, end) and not (voice and voice.rank >= ORDERS):
            self.asking = True
        if say.DIFFICULTY.search(low, start, end):
            self._troubles = True
        self._voice, self._end = voice, end

    def claims(self, start: int, end: int, voice: Voice | None) -> bool:
        """True when someone below asks someone above in this sentence, so that its clauses are no orders."""
        if not self._press:
            return False
        asks = self.asks = self._verb(start, end)
        if asks is None:
            return self._pleads_on(start, end, voice)
        heard = self._speakers.heard(start, asks.end())
        people = self._asking_of.people(asks, start)
        own = people or heard or self._asking_of.who(asks, start, end, voice)
        if own and own.rank >= 2 and say.ORDERED.search(self._page.low, start, asks.start()):
            return False
        if people or (heard is not None and self._asking_of.plainly_above(asks, end, heard)):
            self._plain.append((start, end))
        return self._asking_of.above(asks, end, own) if own else self._asking_of.of_the_highest(asks, end)

    def _pleads_on(self, start: int, end: int, voice: Voice | None) -> bool:
        """True where whoever has just asked goes on: "Đồng thời, chỉ đạo các sở …" after "Hiệp hội đề nghị UBND …"."""
        same = self._asked and voice is not None and voice == self._voice and self._asking_of.below(voice)
        return same and say.PASSES_ON.match(self._page.low, start, end) is not None

    def answered_within(self, start: int, end: int) -> int | None:
        """Where someone above answers in the same sentence: "sau khi nghe xã A kiến nghị …, | Bí thư B yêu cầu …"."""
        asks = self._verb(start, end) if self._press else None
        own = self._speakers.heard(start, asks.end()) if asks else None
        if asks is None or own is None or own.rank >= ORDERS:
            return None
        for turn in islice(say.TURNS.finditer(self._page.low, asks.end(), end), VERBS):
            voice = self._speakers.heard(turn.end(), turn.end("order"))
            if voice and voice.rank >= ORDERS and has_person(self._page.plain[turn.end() : turn.end("order")]):
                return turn.end()
        return None

    def sentence(self, start: int, end: int, voice: Voice | None, *, ordering: bool) -> None:
        """Judge one sentence that gave no directive."""
        if self.asking and not self._press:
            for first, last in pieces(self._page, start, end):
                self._add(first, last, self._kind(first, last), voice)
            return
        if self._press:
            self._hear(start, end, voice)
        if others := self._repeats(start, end):
            (start, voice), ordering = others, False
        asks = self._verb(start, end)
        voice = self._asking_of.who(asks, start, end, voice) if asks and self._press else voice
        above = voice is None or (
            self._asking_of.below(voice)
            or (self._asked and self._asking_of.goes_on(start, end, press=self._press) is not None)
            if asks is None
            else self._asking_of.above(asks, end, voice)
        )
        answers = self._press and asks is None and self._answers.given(start, end, voice)
        highest = asks is not None and voice is None and self._asking_of.of_the_highest(asks, end)
        heeded = highest or (voice is not None and above and (asks or self._asking_of.outranked(voice)))
        dated = self._press and voice is None and say.DATED.match(self._page.low, start, end) is not None
        if answers or dated or (ordering and not heeded) or (self._press and not above):
            self._troubles = self._asked = False
            return
        self._judge(start, end, voice, asks)

    def _repeats(self, start: int, end: int) -> tuple[int, Voice] | None:
        """Where the troubles of others begin that who listens repeats, and whose they are."""
        shared = say.SHARED.search(self._page.low, start, end)
        names = self._offices.listed(shared.end(), end)[0] if shared else []
        if shared is None or not names:
            return None
        self._troubles = True
        such = say.SUCH_AS.search(self._page.low, shared.end(), end)
        return such.end() if such else start, Voice(names[0], 0.0, tuple(names[1:]))

    def _judge(self, start: int, end: int, voice: Voice | None, asks: re.Match[str] | None) -> None:
        """What a sentence holds of someone who may ask and complain."""
        asked = self._asked
        self._asked = asks is not None or (asked and say.SINCE.match(self._page.low, start, end) is not None)
        if colon := self._lists.colon(start, end, self._verb, troubles=self._troubles, asked=asked):
            self._items(start, colon, end, voice)
            self._asked = self._asked or say.MATTERS.search(self._page.low, start, colon) is not None
        elif voice and self._press and (stop := quoted(self._page.low, start, end)) is not None:
            self._quoted(start, stop, voice)
        elif asks:
            self._asking(start, end, voice, asks)
        elif asked and (more := self._asking_of.goes_on(start, end, press=self._press)) is not None:
            self._asked = True
            if more > start and voice:
                self._plain.append((start, end))
            self._requests(more, end, voice)
        elif self._press and self.asking and "\n" in self._page.plain[max(0, start - 1) : start]:
            self._add(start, end, self._kind(start, end), voice)
        elif (
            voice
            and self._press
            and (wish := self._wishes.begins(start, end, voice, speaking=self.speaking)) is not None
        ):
            self._asked = True
            self._difficulty(start, wish, voice)
            self._requests(wish, end, voice)
        elif self._press or self._troubles:
            self._difficulty(start, end, voice)

    def _quoted(self, start: int, end: int, voice: Voice) -> None:
        """A quotation of someone said to have asked; a sentence that gives the ground of it tells a difficulty."""
        if since := say.SINCE.match(self._page.low, start, end):
            self._difficulty(since.end(), end, voice, sure=True)
        else:
            self._requests(start, end, voice)

    def _asking(self, start: int, end: int, voice: Voice | None, asks: re.Match[str]) -> None:
        """A request, and the difficulty told before it; one made before and not met is a difficulty."""
        low = self._page.low
        if say.BEFORE.search(low, max(start, asks.start() - 30), asks.start()) and say.PENDING.match(
            low, asks.end(), end
        ):
            self._difficulty(start, end, voice, sure=True)
            return
        bare = say.MOOD.match(low, start, asks.start()) or say.ON_CONDITION.match(low, start, asks.start())
        if (self._press or self._troubles) and not bare:
            self._difficulty(start, asks.start(), voice)
        self._requests(asks.start(), end, voice)

    def _hear(self, start: int, end: int, voice: Voice | None) -> None:
        """Take in who speaks: another speaker ends the troubles told before; speech goes on to the end of a paragraph."""
        low, plain = self._page.low, self._page.plain
        if voice != self._voice:
            self._troubles = self._asked = self.asking = self._answers.on = False
        self._run = 0 if voice != self._voice else self._run + plain.count("\n", self._end, start)
        goes_on = voice == self._voice and self._run <= _RUN
        told = say.SPOKEN.search(low, start, end) or say.ACCORDING.match(low, start, end)
        asks = voice is not None and self._asking_of.below(voice) and self._verb(start, end)
        says = bool(told or asks or plain[start] in '“"')
        self._run = 0 if says else self._run
        self.speaking = bool(voice) and (says or (self.speaking and goes_on))
        self._voice, self._end = voice, end

    def _items(self, start: int, colon: int, end: int, voice: Voice | None) -> None:
        for item in self._lists.items(start, colon, end, self._verb, troubles=self._troubles):
            if item.asks:
                self._difficulty(item.start, item.asks.start(), voice, sure=True)
                self._requests(item.asks.start(), item.end, voice)
            elif item.kind:
                self._troubles = self._troubles or item.kind == "difficulty"
                self._add(item.start, item.end, item.kind, voice)

    # --- difficulties -----------------------------------------------------------------------------------------------

    def _kind(self, start: int, end: int) -> Kind:
        asked = self._verb(start, end) is not None or not say.NEGATIVE.search(self._page.low, start, end)
        return "request" if asked else "difficulty"

    def _difficulty(self, start: int, end: int, voice: Voice | None, *, sure: bool = False) -> None:
        low = self._page.low
        if no_plight(low, start, end, voice):
            return
        about = say.TOPIC.match(low, start, end)
        opens = say.OPENS.search(low, start, end)
        if opens is None and only_names_them(low, start, end):
            return
        complains = say.COMPLAINS.search(low, start, end) if voice else None
        if complains and say.NEGATIVE.search(low, about.end() if about else start, complains.start()):
            complains = None
        if complains and not low[complains.end() : end].strip(" ,;:"):
            return  # "cử tri phản ánh, kiến nghị …": what they say is in the request
        plight = self._plight(start, end, voice)
        told = self.speaking and (plight if plight is say.GRUMBLES else say.LACKS).search(low, start, end)
        self._troubles = (
            self._troubles
            or bool(opens or complains or told)
            or bool((voice or say.STILL_NOT.match(low, start, end)) and say.BUT.match(low, start, end))
        )
        if opens and not has_content(low, opens, start, self._said(start, opens.start(), None, None), end):
            return
        if not (self._troubles or complains or told or sure):
            return
        wishes, named = False, opens is not None and say.NAMELY.match(low, opens.end(), end) is not None
        parts = pieces(self._page, self._said(start, end, opens, complains), end)
        for first, last in parts:
            wishes = bool(complains) and bool(say.NEEDS.match(low, first, last) or (wishes and task_at(low, first)))
            if wishes or complains or named or plight.search(low, first, last):
                self._add(first, last, "request" if wishes else "difficulty", voice, listed=len(parts) > 1)

    def _plight(self, start: int, end: int, voice: Voice | None) -> re.Pattern[str]:
        """The words of trouble to look for: more of them where people speak in quotation marks."""
        own = voice and (voice.rank < _HIGH or say.LOWLY.search(voice.name.lower()))
        quotes = self._page.plain.find("“", start, end) >= 0 or in_quotes(self._page.plain, start)
        return say.GRUMBLES if own and self.speaking and quotes else say.NEGATIVE

    def _said(self, start: int, end: int, opens: re.Match[str] | None, complains: re.Match[str] | None) -> int:
        """Where what is said begins, after who said it and after "gặp khó khăn như"."""
        low = self._page.low
        if complains and end - complains.end() > _SHORT:
            return complains.end()
        if opens and (namely := say.NAMELY.match(low, opens.end(), end)) and end - namely.end() > _TOPIC:
            return namely.end()
        link = say.LINK.match(low, start, end)
        begin = link.end() if link else start
        negative = say.NEGATIVE.search(low, begin, end)
        for spoken in say.SPOKEN.finditer(low, begin, negative.start() if negative else begin):
            begin = spoken.end()
        return begin

    # --- requests -----------------------------------------------------------------------------------------------------

    def _requests(self, start: int, end: int, voice: Voice | None) -> None:
        for span, kind, goes_on in self._asked_for.read(start, end):
            self._add(*span, kind, voice, listed=goes_on)

    def _verb(self, start: int, end: int) -> re.Match[str] | None:
        return self._asking_of.verb(start, end, voice=self._voice, open_=self.asking)

    def answered(self, start: int, end: int) -> int:
        """ "Về đề xuất xin sửa chữa …, theo Phó Chủ tịch …": keep the request; return where its answer begins."""
        low = self._page.low
        about = say.ABOUT.match(low, start, end)
        if about is None:
            return start
        answer = say.ANSWER.search(low, about.end(), end)
        stop = answer.start() if answer else end
        own, _ = self._offices.listed(about.end() + (4 if low.startswith("của ", about.end()) else 0), stop)
        first, last = trim(self._page, about.start("asks"), stop)
        whose = say.WHOSE.fullmatch(low, about.end("asks"), last)
        if last - first > 15 and whose is None:
            name = own[0] if own else self._offices.last(about.start())
            names = (name,) if name else ()
            self.found.append(Petition(first, last, self._page.text[first:last], "request", names))
            self._answers.asks(self.found[-1])
        return answer.start() + 1 if answer else end

    def _named(self, start: int, end: int) -> tuple[str, ...]:
        """The unit whose trouble a sentence tells without a speaker: "Sở X còn gặp khó khăn …"."""
        names, stop = self._offices.listed(start, end)
        return tuple(names) if names and say.HAS.match(self._page.low, stop, end) else ()

    def _add(
        self, start: int, end: int, kind: Kind, voice: Voice | None, *, listed: bool = False, confidence: float = 0.8
    ) -> None:
        start, end = trim(self._page, start, end)
        if end - start < 12 or (not listed and say.NAMES_ONLY.fullmatch(self._page.low, start, end)):
            return
        by = voice.names if voice else ((self._issuer,) if self._issuer else self._named(start, end))
        likely = round(confidence if by else confidence * 0.75, 2)
        self.found.append(Petition(start, end, self._page.text[start:end], kind, by, likely))
        self._answers.asks(self.found[-1])
