# ruff: noqa: E501  (patterns and word lists are read as tables)
"""Headings and lead-ins: what stands above a list, and which units they name."""

import re
from dataclasses import dataclass

from khue.language import petition_words as say
from khue.language.directives.clauses import Clauses
from khue.language.directives.model import Modality
from khue.language.directives.scene import Opening
from khue.language.directives.task import Order
from khue.language.directives.triggers import PLANNED, SECTION_OFF, SECTION_ON, past_adverbs, triggers
from khue.language.offices import Offices
from khue.language.spelling import tidy
from khue.language.structure import PARAGRAPH, Block, Page, Span
from khue.language.text import past_blanks
from khue.language.words import task_at

_SPOKEN = re.compile(
    r"yêu cầu|lưu ý|nhấn mạnh|đề nghị|chỉ đạo|kết luận|cho rằng|khẳng định|phát biểu|cho biết|chỉ rõ|nêu(?! trên)"
)
_ORDERS_FOLLOW = re.compile(r"(?<!\w)(?:yêu cầu|chỉ đạo|đề nghị)(?:\s+(?:như sau|các nội dung sau|cụ thể))?\s*:?$")
"""How a line ends after which whoever speaks gives orders, one paragraph each."""
_TASKS_FOLLOW = re.compile(r"(?:nhiệm vụ|giải pháp)(?:\s+(?:chính|trọng tâm|cụ thể|chủ yếu))*\s+sau(?:\s+đây)?\s*:?$")
"""How a line of a paper ends after which tasks are listed, be it in a section of another kind."""
ANNOUNCES = re.compile(
    r"(?:nhiệm vụ|giải pháp|nội dung|công việc|yêu cầu)\s+(?:chính\s+|trọng tâm\s+|cụ thể\s+)?sau(?:\s+đây)?\s*:?\s*$"
)
"""How a line ends that only says that work follows."""
ANSWERS = re.compile(rf"(?:về\s+)?(?:một số\s+|các\s+|những\s+)?(?:{say.PLEA})(?:,? (?:{say.PLEA}))?\s+(?:của|từ)\s")
"""A section in which the requests of others are answered, and so orders given."""
TASKS_LABEL = re.compile(r"(?:nội dung\s+)?nhiệm vụ\s*:")
DATELINE = re.compile(r"(?:\([^()\n]{2,30}\)\s*[-–:]?|[A-ZĐ]{2,6}\s*[-–])\s+(?=\S)")
"""The paper or agency that names itself before its report: "(BĐ) - UBND tỉnh vừa …"."""
_DUTY_OF = re.compile(
    r"(?:(?:trách nhiệm|nhiệm vụ|phân công|tổ chức)(?:\s+(?:thực hiện|cụ thể|quản lý|triển khai|và quyền hạn))*\s+(?:của|cho|đối với)|đối với|về phía)\s+"
)
FOR_UNIT = re.compile(
    r"(?:nhiệm vụ|giải pháp|nội dung|công việc|việc)(?:\s+(?:trọng tâm|cụ thể|chủ yếu|sau|cấp bách|chính|mà))*\s+(?=[^,;:]{2,60}?\s(?:cần|phải)\s)"
)
"""Before the unit whose tasks follow: "một số nhiệm vụ trọng tâm | xã cần tập trung …:"."""
_MARK = re.compile(r"[,.;:]")
_SETS_OUT = re.compile(r"(?<!\w)(?:đề xuất|xác định|tập trung|đề ra|triển khai|sẽ|thực hiện)(?!\w)")


def work_follows(words: str, *, press: bool) -> bool:
    """True for a line that says, by its end, that orders or tasks follow."""
    return (_ORDERS_FOLLOW if press else _TASKS_FOLLOW).search(words) is not None


@dataclass(slots=True)
class Frame:
    """A heading or lead-in whose list items stand below it."""

    level: float
    names: tuple[str, ...] = ()
    on: bool | None = None
    modality: Modality = "ordered"
    listed: bool = False
    headed: bool = False
    """The names are those of a heading ("2. Sở Tài chính"), not of an order given above the list."""
    lead: tuple[Span, Opening] | None = None
    """A lead-in that is a directive itself if nothing comes of its list."""
    mark: int = 0
    order: Order | None = None


class Headings:
    """Reads the units that a heading or lead-in names."""

    def __init__(self, page: Page, offices: Offices, clauses: Clauses, *, press: bool) -> None:
        self.page, self.offices, self.clauses, self.press = page, offices, clauses, press

    def names(self, start: int, end: int) -> list[str]:
        """Assignees of a heading such as "2. Sở Tài chính" or "Đối với UBND các xã, phường"."""
        at = self.clauses.begin(start, end)
        if of := _DUTY_OF.match(self.page.low, at, end):
            at = of.end()
        names, stop = self.offices.listed(at, end)
        rest = self.page.low[stop:end].strip(" ,:()")
        if names and (not rest or (len(rest) < 60 and not _SPOKEN.search(rest))):
            return names
        for found in triggers(self.page, start, end):
            if names := self.offices.listed(found.end + 1, end)[0]:
                return names
        if self.press and PLANNED.search(self.page.low, start, end):
            return self._subject(start, end)
        return []

    def siblings(self, block: Block, stop: int, last: float) -> tuple[str, ...]:
        """A short heading among headings that name units (the `last` of this level) names one too: "Các chủ rừng"."""
        words = self.page.text[block.start : stop].split("(")[0].strip()
        if self.press or block.level >= PARAGRAPH or last != block.level or len(words) > 70:
            return ()
        tells = SECTION_ON.match(words.lower()) or SECTION_OFF.match(words.lower()) or task_at(words.lower(), 0)
        apt = words[:1].isupper() and (block.cut or words.startswith(("Các ", "Những "))) and not tells
        return (tidy(words),) if apt else ()

    def begins_with_its_doer(self, block: Block) -> bool:
        """True for a paragraph at whose head a unit stands with its work: "Sở Y tế chỉ đạo …"."""
        names, stop = self.offices.listed(block.start, block.end)
        work = past_blanks(self.page.low, past_adverbs(self.page.low, stop, block.end))
        return bool(names) and (task_at(self.page.low, work) or self.page.low.startswith("chỉ đạo ", work))

    def dated(self, start: int, stop: int, opening: Opening | None) -> int:
        """From where on a time in a lead-in dates its work: behind the aim with which it begins."""
        aims = self.page.low.startswith(("để ", "nhằm "), self.clauses.begin(start, stop))
        return (opening.work if opening else stop) if aims else start

    def _subject(self, start: int, end: int) -> list[str]:
        """The unit that sets out its own tasks: the last office before "đề xuất", "xác định", "tập trung"."""
        best: list[str] = []
        if (told := FOR_UNIT.search(self.page.low, start, end)) and (names := self.offices.listed(told.end(), end)[0]):
            return names
        for clause in re.finditer(r"[^,.;:]+", self.page.plain[start:end]):
            at = start + clause.start() + len(clause[0]) - len(clause[0].lstrip())
            names, stop = self.offices.listed(at, end)
            mark = _MARK.search(self.page.plain, stop, end)
            if names and _SETS_OUT.search(self.page.low, stop, mark.start() if mark else end):
                best = names
        return best
