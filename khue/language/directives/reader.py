"""Reads a document from top to bottom and gathers its directives and petitions."""

import re
from dataclasses import replace
from datetime import date
from itertools import zip_longest

from khue.language import petition_words as say
from khue.language.directives.addressed import SENT, Addressed, asks_anew, of_field
from khue.language.directives.attributes import attributed, charged, dated, told_of
from khue.language.directives.captions import Captions
from khue.language.directives.chains import Chains, heirs
from khue.language.directives.clauses import Clauses
from khue.language.directives.closing import closes_paper
from khue.language.directives.floor import Floor
from khue.language.directives.frames import ANNOUNCES, ANSWERS, DATELINE, TASKS_LABEL, Frame, Headings, work_follows
from khue.language.directives.homes import Homes
from khue.language.directives.model import Directive, Modality
from khue.language.directives.scene import Opening, Scene
from khue.language.directives.tables import grouped, read_table
from khue.language.directives.task import Order, Tasks
from khue.language.directives.triggers import ATTRIBUTE, NOTE, ONLY_WHEN, PLANNED, SECTION_OFF, SECTION_ON
from khue.language.directives.unheard import Unheard, doubtful
from khue.language.offices import Offices
from khue.language.petition import Petition
from khue.language.petitions import Petitions
from khue.language.ranks import rank_of
from khue.language.retold import told_once
from khue.language.sentence import Sentence
from khue.language.speech import Speakers
from khue.language.structure import PARAGRAPH, Block, Page, Span, sentences, trim
from khue.language.weights import Judged
from khue.language.words import task_at

_LEADS_TO = re.compile(r":\s*$")
_TASKS = re.compile(r"nhiệm vụ|giải pháp|tổ chức thực hiện")
_PLANS = frozenset({"KH", "CTr", "BC", "ĐA"})
_DESCRIBE = frozenset({"BC", "TTr", "KH", "CTr", "ĐA", "normative"})
"""Kinds whose numbered lines are matter, not orders, until a section of tasks begins."""

_OF_MEETINGS = frozenset({"TB", "KL", "BB"})
"""Kinds that tell what a meeting concluded."""
_NUMBERED = 40
"""The deepest level of items that hold paragraphs of their own; those of dashes do not."""
_WEAK = 0.56
"""Up to this confidence, an order does not make the next sentence one."""


class Reader:
    """The state while one document is read."""

    def __init__(
        self,
        page: Page,
        *,
        press: bool,
        today: date | None,
        kind: str | None = None,
        issuer: str | None = None,
        to: tuple[str, ...] = (),
    ) -> None:
        self.page, self.press, self.today, self.kind, self.to = page, press, today, kind, to
        self.rank = (rank_of(issuer.lower()) if issuer else None) or 4.0
        self.partial = kind is None and issuer is None and not press
        """The paper has no head that would say what it is."""
        self.default = (issuer,) if issuer and kind == "BC" else ()
        self.directives: list[Directive] = []
        self.offices = Offices(self.page)
        self.speakers = Speakers(self.page, self.offices)
        self.clauses = Clauses(self.page, self.offices, self.speakers)
        self.tasks = Tasks(self.page, self.offices, self.today)
        self.petitions = Petitions(
            self.page, self.offices, self.speakers, press=self.press, issuer=issuer if kind == "BC" else None
        )
        self.homes = Homes(self.page, issuer)
        self.addressed = Addressed()
        self.captions = Captions(self.page, self.offices)
        self.headings = Headings(self.page, self.offices, self.clauses, press=self.press)
        self.chains = Chains(self.page, self.offices, self.clauses, self.headings)
        self.unheard = Unheard(self.page, self.offices, self.clauses, self.chains, self.speakers, press=press)
        self.frames: list[Frame] = []
        self.floor = Floor(self.page, self.offices, self.speakers)
        self.ordering = False
        self.own: tuple[str, ...] = ()
        """The unit to which the paragraph gave work by name: the rest of it is for that one, with what stands
        below it in the same numbered item of a formal paper."""
        self.item: float = PARAGRAPH
        """The level of the item that the paragraph is, or stands in."""
        self.last_headed: float = PARAGRAPH
        self.sentences: list[Sentence] = []
        """The sentences as the rules left them."""
        self.told = 0, 0
        """The first task and the end of those that the last line on unit or time told of."""
        self.group: int | None = None
        """Where the tasks under a label "Nhiệm vụ:" begin; lines on unit and time after them are for all of these."""

    def read(self, blocks: list[Block]) -> tuple[list[Directive], list[Petition]]:
        """Read the blocks of the body in order, then look for what no rule has heard."""
        self.follow(blocks)
        judged = self.unheard.judged(self.sentences, self.given)
        likely = Judged((clause.span, likelihood) for clause, likelihood in judged)
        self.directives = [one for one in self.directives if not doubtful(one, likely.highest(one.start, one.end))]
        for (start, end), opening in list(self.unheard.orders(judged, self.directives)):
            if not self.petitions.plain(start, end):
                self._add(start, end, opening)
        self.directives.sort(key=lambda found: found.start)
        self.petitions.leave(likely)
        if self.press:
            self.directives = list(told_once(self.page, self.directives))
            self.petitions.complete(self.sentences, self.given)
        return [self.homes.settled(one) for one in self.directives], self.petitions.found

    @property
    def given(self) -> list[Span]:
        """Where the directives read so far stand."""
        return [(one.start, one.end) for one in self.directives]

    def follow(self, blocks: list[Block]) -> None:
        """Read the blocks of the body in order, by rules alone."""
        for block, after in zip_longest(blocks, blocks[1:]):
            if block.kind != "cell":
                self._block(block, after)
        for cells in grouped(blocks):
            mood: Modality = "planned" if self.kind in _PLANS else "ordered"
            self.directives += read_table(self.page, self.offices, self.tasks, cells, mood)
        self._close(0)

    # --- blocks -------------------------------------------------------------------------------------------------

    def _block(self, block: Block, after: Block | None) -> None:
        if self.press and block.cut and self.homes.begins(block.start, block.end):
            self._elsewhere()
        if self.press and not self._is_lead(block) and self.captions.holds(block, last=after is None):
            return
        if block.level < PARAGRAPH:
            self._close(block.level)
            self.ordering = self.ordering or (not self.press and self.kind not in _DESCRIBE)
        if self._is_section(block):
            self._section(block)
            return
        if TASKS_LABEL.match(self.page.low, block.start, block.end):
            self.group = len(self.directives)
        if self._attribute(block.start, block.end):
            return
        if self._is_title(block, after):
            self._lead_in(block, after)
            return
        if self.press or block.level < PARAGRAPH or self.item > _NUMBERED:
            self.own = ()
        self.item = block.level if block.level < PARAGRAPH else self.item
        if block.level >= PARAGRAPH:
            self.floor.paragraph(block.start, block.end)
            self.addressed.paragraph()
        for start, end in sentences(self.page, block.start, block.end):
            turn = self.petitions.answered_within(start, end)
            for first, last in ((start, turn), (turn, end)) if turn else ((start, end),):
                self._sentence(first, last, block)

    def _elsewhere(self) -> None:
        """A headline over the report of another province: whom the one before charged is not meant below it."""
        self.addressed.elsewhere()
        self.chains.named, self.floor.audience, self.own = (), (), ()

    def _close(self, level: float) -> None:
        """Leave the lists at this level and below; a lead-in that led to nothing is a directive itself."""
        while self.frames and self.frames[-1].level >= level:
            frame = self.frames.pop()
            if frame.lead and len(self.directives) == frame.mark:
                (start, end), opening = frame.lead
                if not ANNOUNCES.search(self.page.low, start, end):
                    self._add(start, end, opening)

    def _is_lead(self, block: Block) -> bool:
        return bool(_LEADS_TO.search(self.page.plain, block.start, block.end))

    def _is_section(self, block: Block) -> bool:
        """A heading that says what kind of text follows, without naming anyone."""
        short = block.end - block.start < 130
        if not short or block.kind == "cell":
            return False
        loud = block.kind == "heading" or block.level <= 15
        return loud and not self.offices.listed(block.start, block.end)[0]

    def _section(self, block: Block) -> None:
        words = self.page.low[block.start : block.end]
        on: bool | None = None
        if SECTION_OFF.match(words) or (SECTION_OFF.search(words) and not _TASKS.search(words)):
            on = False
        elif SECTION_ON.search(words):
            on = True
        if (self.kind in _OF_MEETINGS or self.partial) and ANSWERS.match(words):
            on = True
        self.petitions.section(bool(say.SECTION.search(words)) and on is not True)
        self.group = None
        level = block.level if block.level < PARAGRAPH else 14
        self._close(level)
        planned = self.kind in _PLANS
        self.frames.append(Frame(level, on=on, modality="planned" if planned else "ordered", mark=len(self.directives)))

    def _is_title(self, block: Block, after: Block | None) -> bool:
        """A numbered line that heads the lines below it: deeper items follow, or it stops without a mark."""
        if self._is_lead(block):
            return True
        if block.level >= PARAGRAPH or block.end - block.start > 220 or after is None:
            return False
        deeper = after.level > block.level and not ATTRIBUTE.match(self.page.low, after.start, after.end)
        return deeper and block.cut

    def _lead_in(self, block: Block, after: Block | None) -> None:
        """A line that ends with a colon or heads a list: it hands its assignees and its deadline down."""
        spans = list(sentences(self.page, block.start, block.end))
        for start, end in spans[:-1]:
            self._sentence(start, end, block)
        start, end = spans[-1]
        self.petitions.answered(start, end)
        if self.press:
            self.floor.hear(start, end)
        scene = self._scene()
        stop = trim(self.page, start, end)[1]
        opening = self.clauses.opening(start, stop, scene)
        names = (
            opening.names
            if opening
            else tuple(self.headings.names(start, stop)) or self.headings.siblings(block, stop, self.last_headed)
        )
        words = self.page.low[start:stop]
        on: bool | None = True if opening or names or (self.press and PLANNED.search(words)) else None
        if not names and opening is None and SECTION_OFF.match(words):
            on = False
        if on is None and (self.floor.ordering or not self.press) and work_follows(words, press=self.press):
            on = True
        if on is None and self.press:
            self.petitions.lead_in(start, stop, self.floor.voice)
        level = block.level if block.level < PARAGRAPH else self._para_level(after, own=bool(names))
        if block.level >= PARAGRAPH:
            self._close(level)
        planned = self.press and (opening is None or opening.modality == "requested") and bool(PLANNED.search(words))
        modality: Modality = "planned" if planned else opening.modality if opening else scene.modality
        period = self.tasks.deadline(self.headings.dated(start, stop, opening), stop) if opening or names else None
        order = Order(due=self.tasks.due(period), recurrence=period.recurrence) if period else None
        kept = opening and not planned and (opening.own or self._is_lead(block))
        lead = ((opening.start, stop), opening) if opening and kept else None
        frame = Frame(
            level, tuple(names), on, modality, listed=True, headed=bool(names) and opening is None, lead=lead,
            mark=len(self.directives), order=order,
        )  # fmt: skip
        self.frames.append(frame)
        if names:
            self.chains.named = tuple(names)
        self.last_headed = block.level if names and opening is None else self.last_headed

    def _para_level(self, after: Block | None, *, own: bool) -> float:
        """An unnumbered lead-in stands just above the items that follow it."""
        if after is not None and after.level < PARAGRAPH:
            return after.level - 0.5
        if own or not self.frames:
            return 16
        return min(88, self.frames[-1].level + 0.5)

    # --- sentences ----------------------------------------------------------------------------------------------

    def _scene(self) -> Scene:
        on: bool | None = None
        names: tuple[str, ...] = ()
        modality: Modality = "ordered"
        listed = headed = False
        for frame in self.frames:
            on = on if frame.on is None else frame.on
            names = frame.names or names
            modality = frame.modality
            listed = frame.listed and bool(frame.on)
            headed = frame.headed if frame.names else headed
        ordering = (self.floor.ordering if self.press else self.ordering) if on is None else on
        inherited = (
            self.own
            or names
            or ((self.chains.named or self.floor.audience or self.addressed.all) if self.press else self._default)
        )
        asking = self.petitions.asking and not self.press
        return Scene(self.press, ordering, inherited, self.floor.voice, modality, listed, asking, self.rank, headed)

    @property
    def _default(self) -> tuple[str, ...]:
        """Who is meant in a paper that names nobody: its issuer in a report, those met in the notice of a meeting."""
        return self.default or (self.floor.audience if self.kind in _OF_MEETINGS else ())

    def _sentence(self, start: int, end: int, block: Block) -> None:
        if self.press and (line := DATELINE.match(self.page.plain, start, end)):
            start = line.end()
        told = self.press and self._of_a_unit(block)
        if self.press and not told:
            self.floor.hear(start, end)
        elif self.kind in _OF_MEETINGS:
            self.floor.attend(start, end)
        if self.press and not told and block.kind == "para" and self.frames and not self._in_list(block):
            self._close(0)
        if self.press and (sent := SENT.search(self.page.low, start, end)):
            to = tuple(self.offices.listed(sent.end(), end)[0])
            self.addressed.goes_to(to, asks="gửi" not in sent[0])
            self.chains.named = self.addressed.here or self.chains.named
        scene = self._scene()
        if self._attribute(start, end) or self._dates(start, end, block) or NOTE.match(self.page.plain, start, end):
            return
        start = self.petitions.answered(start, end)
        before, mood = len(self.directives), self.petitions.mood
        claimed = self.petitions.claims(start, end, self.floor.voice)
        if claimed:
            self.floor.ordering = False
        else:
            for found in self.chains.read(start, end, scene):
                opening = self._meant(found.opening, start, scene)
                self._add(found.start, found.end, opening)
                self.addressed.took(opening.names)
                named = opening.own or opening.names not in ((), scene.inherited)
                self.own = heirs(opening.names, self.chains.named) if named else self.own
        given = any(one.modality != "planned" and one.confidence > _WEAK for one in self.directives[before:])
        self.floor.heeded(ordered=given)
        self.ordering = self.ordering or given
        if len(self.directives) == before:
            self.petitions.sentence(start, end, self.floor.voice, ordering=scene.ordering)
        asks, scene = self.petitions.asks, self._scene()
        left = Sentence(
            start, end, self.floor.voice, ordering=self.floor.ordering if self.press else scene.ordering,
            speaking=self.petitions.speaking, troubled=mood[0], asked=mood[1], answering=self.petitions.answering,
            asks=asks[0] if asks else "", claimed=claimed, ordered=len(self.directives) > before,
            head=start == block.start, inherited=scene.inherited, listed=scene.listed,
        )  # fmt: skip
        self.sentences.append(left)

    def _meant(self, opening: Opening, start: int, scene: Scene) -> Opening:
        """Who is meant where an order names nobody but "các đơn vị", or where in a new paragraph a leader asks anew."""
        told = self.addressed.those(opening, scene.inherited if scene.listed else ())
        if told is not opening:
            self.chains.named = told.names
        anew = self.press and not opening.own and not scene.listed and self.addressed.fresh
        if not anew or not (self.speakers.heard(start, opening.work) or asks_anew(self.page.low, start, opening)):
            return told
        self.chains.named = self.floor.audience or self.addressed.all or of_field(self.page.low, start, told.names)
        return replace(told, names=self.chains.named)

    def _in_list(self, block: Block) -> bool:
        return task_at(self.page.low, block.start) or block.level < PARAGRAPH

    def _of_a_unit(self, block: Block) -> bool:
        """After "Thủ tướng yêu cầu:" each paragraph may be of one unit: "Bộ trưởng Bộ Y tế chỉ đạo …"."""
        above = self.frames[-1] if self.frames else None
        if above is None or not (above.listed and above.on) or block.level < PARAGRAPH:
            return False
        return self.headings.begins_with_its_doer(block)

    def _add(self, start: int, end: int, opening: Opening) -> None:
        start, end = trim(self.page, start, end)
        if end - start < 12 or closes_paper(self.page, start, end, opening):
            return
        frame = self.frames[-1] if self.frames else None
        above = frame.order if frame else None
        polite = bool(self.to) and all(name.lower().startswith("quý ") for name in opening.names)
        names = self.to if polite and opening.names else opening.names
        alone = len(names) == 1
        assignees = charged(self.floor.meant(name, alone=alone) for name in dict.fromkeys(names))
        order = Order(
            assignees, opening.modality, round(max(opening.confidence, 0.3), 2),
            above.due if above else None, above.recurrence if above else None,
        )  # fmt: skip
        self.directives.append(self.tasks.build(start, end, order, max(start, min(opening.work, end))))

    def _dates(self, start: int, end: int, block: Block) -> bool:
        """ "Hoàn thành trước ngày …", a sentence of its own, dates the tasks before it in its paragraph."""
        if not self.directives or not ONLY_WHEN.match(self.page.low, start, end):
            return False
        floor = block.start if start > block.start else self.directives[-1].start
        return dated(self.directives, floor, (start, end), self.tasks)

    def _attribute(self, start: int, end: int) -> bool:
        """ "Đơn vị chủ trì: …", "Thời gian hoàn thành: …" belong to the task before them."""
        found = ATTRIBUTE.match(self.page.low, start, end)
        if found is None:
            return False
        frame = next((f for f in reversed(self.frames) if f.lead and len(self.directives) == f.mark), None)
        if frame and frame.lead:
            (first, stop), opening = frame.lead
            frame.lead = None
            self._add(first, stop, opening)
        if not found["other"]:
            first = (
                self.group
                if self.group is not None
                else told_of(self.directives, self.told, self.frames[-1].mark if self.frames else 0)
            )
            told = self.directives[first:]
            self.directives[first:] = [attributed(one, found, end, self.offices, self.tasks) for one in told]
            self.told = first, len(self.directives)
        return True
