# ruff: noqa: E501  (patterns and word lists are read as tables)
"""From a clause to a directive: supporting units, deadline, urgency, and the short name of the work."""

import re
from dataclasses import dataclass, replace
from datetime import date

from khue.language.dates import Period, Recurrence, periods
from khue.language.directives.model import Directive, Due, Modality
from khue.language.offices import Assignee, Offices
from khue.language.signs import TYPES
from khue.language.structure import Page
from khue.language.words import verb_at

WITH = re.compile(
    r"(?:(?<=chủ trì, )cùng(?:\s+với)?\s+(?=các\s|sở|ubnd|bộ)|(?:phối hợp|phối, kết hợp|kết hợp|cùng)(?:\s+(?:chặt chẽ|hiệu quả|đồng bộ|tốt|thường xuyên|và chỉ đạo|thống nhất))?\s+(?:(?:cùng\s+)?với|cùng)\s+(?:các\s+đơn\s+vị:\s+)?)"
)
_URGENT = re.compile(
    r"khẩn trương|(?:làm|thực hiện|triển khai|xử lý|báo cáo|giải quyết|tham mưu|khắc phục|rà soát|tổ chức)\s+ngay|(?<!\w)ngay\s+(?:trong|lập tức|hôm|tuần|tháng|sau|từ|khi|các)|lập tức|dứt điểm|hỏa tốc|thượng khẩn|cấp tốc|gấp rút|cần gấp|không để chậm"
)
TALK = re.compile(
    r"[\s,:]*(?:yêu cầu|đề nghị|giao(?:\s+(?:nhiệm vụ|trách nhiệm))?(?:\s+cho)?|chỉ đạo|đề xuất|lưu ý|kiến nghị|cần|phải|có trách nhiệm|chịu trách nhiệm|tiếp tục|tập trung|khẩn trương|chủ động|nghiêm túc|cũng|và|sớm|mạnh dạn)(?=[\s,:])"
)
_CITED = re.compile(
    r"(?:/[^\s,;]{2,20}|luật[^.;,]{0,60}|họp|hội nghị|phiên|ban hành|ký|kết luận)\s*,?\s*(?:vào\s+|tổ chức\s+)?(?:ngày\s+)?$|kỳ họp\s+$"
)
_NOUN_OF_TIME = re.compile(
    r"(?<!trước )(?:kỳ họp|phiên họp|hội nghị|đại hội|cuộc họp|báo cáo|sơ kết|tổng kết|kế hoạch|dự toán|chỉ tiêu)(?:\s+(?:thường lệ|thường kỳ|chuyên đề|lần|thứ|hđnd|tỉnh|thành phố|công tác))*\s+$"
)
_WITH_TERM = re.compile(r"(?<!\w)có\s+(?:thời\s+)?hạn(?:\s+(?:hoàn thành|thực hiện|báo cáo))?\s*$")
"""Before a time that tasks spoken of have: "rà soát các nhiệm vụ **có thời hạn** trong năm 2025"."""
_GONE_BY = (" vừa qua", " vừa rồi", " đã qua")
"""Behind a time that is over: "đánh giá công tác trong quý I **vừa qua**"."""
_OF_PAPER = re.compile(
    rf"(?:{'|'.join(sorted({name.lower() for name in TYPES.values()} - {'báo cáo'}))})(?:\s+[^\s.;,]+){{0,6}}?\s+ngày\s+$"
)
"""Before the day of a paper that is named without its number; "báo cáo" is more often what is to be done."""
_BESIDE = re.compile(r"(?<!\w)cùng(?:\s+với)?\s+")
ACTION_LENGTH = 90
"""Characters after which the name of the work is cut at a word."""


@dataclass(frozen=True, slots=True)
class Order:
    """What surrounds a clause: who has to do it, how it was said, and a deadline taken from above it."""

    assignees: tuple[Assignee, ...] = ()
    modality: Modality = "ordered"
    confidence: float = 0.9
    due: Due | None = None
    recurrence: Recurrence | None = None
    urgent: bool = False


class Tasks:
    """Builds the directives of one document."""

    def __init__(self, page: Page, offices: Offices, today: date | None) -> None:
        self._page = page
        self._offices = offices
        self.today = today

    def build(self, start: int, end: int, order: Order, work: int) -> Directive:
        """A directive over `start`–`end` whose work begins at `work` (after assignees and modal words)."""
        period = self.deadline(start, end)
        due = self.due(period) if period else order.due
        order = replace(order, assignees=self._beside(start, work, order.assignees))
        helpers = self._helpers(work, end)
        leads = {a.name for a in order.assignees if a.role == "lead"}
        known = {a.name for a in order.assignees}
        support = tuple(Assignee(name, "support") for name in helpers if name not in leads and name not in known)
        urgent = order.urgent or bool(_URGENT.search(self._page.low, start, end))
        confidence = order.confidence if order.assignees else min(order.confidence, 0.55)
        return Directive(
            start, end, self._page.text[start:end], order.assignees + support, self.action(work, end), due,
            "urgent" if urgent else "normal", confidence, order.modality,
            period.recurrence if period else order.recurrence,
        )  # fmt: skip

    def year(self, number: int) -> tuple[date, date]:
        """The first and the last day of a year."""
        return date(number, 1, 1), date(number, 12, 31)

    def due(self, period: Period) -> Due:
        """The deadline as printed and as days; a recurring one has its rounds, and no single day."""
        if period.recurrence:
            return Due(self._page.text[period.start : period.end], None, None)
        return Due(self._page.text[period.start : period.end], period.first, period.last)

    def deadline(self, start: int, end: int, *, bygone: bool = False) -> Period | None:
        """The period by which the work of a clause is due: one marked as a limit, else a day named for it.

        A time long gone is told of, not set; only with `bygone`, where the words can be nothing else, it is given back.
        """
        weak = opened = None
        for period in periods(self._page.low, start, end, self.today):
            if opened and 0 <= period.start - opened.end < 3 and period.role == "deadline":
                return replace(period, start=opened.start, first=opened.first)
            opened = period if period.role == "start" else None
            if self._page.low.startswith(_GONE_BY, period.end):
                continue
            if period.role == "deadline" and (bygone or not self._past(period)) and not self._of_noun(period, start):
                return period
            if period.recurrence and weak is None:
                weak = period
            if period.role == "moment" and weak is None and self._is_own_day(period, start):
                weak = period
        return weak

    def gone(self, start: int, end: int) -> Period | None:
        """A time that a clause names like a deadline though it lies before the day of the document, if any."""
        for period in periods(self._page.low, start, end, self.today):
            told = period.role in ("deadline", "moment") and not self._of_noun(period, start)
            if told and self.today and period.last and period.last < self.today and not self._of_paper(period, start):
                return period
        return None

    def _of_paper(self, period: Period, floor: int) -> bool:
        named = _OF_PAPER.search(self._page.low, max(floor, period.start - 90), period.start)
        return named is not None or self._cited(period, floor)

    def _past(self, period: Period) -> bool:
        return bool(self.today and period.last and (self.today - period.last).days > 366)

    def _of_noun(self, period: Period, floor: int) -> bool:
        """A time that belongs to a noun, not to the work: "trình tại kỳ họp giữa năm 2025"."""
        low = self._page.low
        if _WITH_TERM.search(low, max(floor, period.start - 40), period.start):
            return True
        vague = low.startswith(("giữa ", "cuối ", "đầu ", "năm ", "quý ", "6 tháng "), period.start)
        return vague and _NOUN_OF_TIME.search(low, max(floor, period.start - 40), period.start) is not None

    def _is_own_day(self, period: Period, floor: int) -> bool:
        if self._past(period) or (self.today and period.last and period.last <= self.today):
            return False
        return not self._cited(period, floor)

    def _cited(self, period: Period, floor: int) -> bool:
        before = self._page.low, max(floor, period.start - 70), period.start
        return _CITED.search(*before) is not None or _OF_PAPER.search(*before) is not None

    def _beside(self, start: int, work: int, charged: tuple[Assignee, ...]) -> tuple[Assignee, ...]:
        """Those charged, of whom the ones behind "cùng" help: "Sở A **cùng với** Sở B rà soát …"."""
        beside = _BESIDE.search(self._page.low, start, work) if len(charged) > 1 else None
        many = len(self._offices.listed(beside.end(), work)[0]) if beside else 0
        if not 0 < many < len(charged):
            return charged
        return charged[:-many] + tuple(Assignee(one.name, "support") for one in charged[-many:])

    def _helpers(self, start: int, end: int) -> list[str]:
        for found in WITH.finditer(self._page.low, start, end):
            names, _ = self._offices.listed(found.end(), end)
            if names:
                return names
        return []

    def action(self, start: int, end: int) -> str:
        """The work in few words, from the text: without the assignees and the words of ordering."""
        while start < end and (talk := TALK.match(self._page.low, start, end)):
            start = talk.end()
        while start < end and self._page.plain[start] in " ,:\n":
            start += 1
        if with_ := WITH.match(self._page.low, start, end):
            names, stop = self._offices.listed(with_.end(), end)
            if names and verb_at(self._page.low, stop):
                start = stop
        return cut_at_clause(self._page.text[start:end], ACTION_LENGTH)


def cut_at_clause(text: str, longest: int) -> str:
    """At most `longest` characters of a text, up to the end of a clause where there is one in its second half."""
    words = " ".join(text.split())
    if len(words) <= longest:
        return words
    cut = words[:longest]
    clause = max(cut.rfind(", "), cut.rfind(" để "), cut.rfind(" nhằm "))
    return cut[:clause] if clause > longest // 2 else cut[: cut.rfind(" ")]
