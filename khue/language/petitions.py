# ruff: noqa: E501  (patterns and word lists are read as tables)
"""Difficulties and requests that units voice: khó khăn, vướng mắc, kiến nghị, đề xuất."""

import re
from dataclasses import dataclass
from typing import Literal

from khue.language.offices import Offices
from khue.language.speech import ORDERS, Speakers, Voice
from khue.language.structure import Page, pieces, trim
from khue.language.words import task_at


@dataclass(frozen=True, slots=True)
class Petition:
    """A difficulty or a request, and who voiced it (`None` when the text does not say)."""

    start: int
    end: int
    text: str
    kind: Literal["difficulty", "request"]
    voiced_by: str | None
    confidence: float = 0.8


_DIFFICULTY = re.compile(r"khó khăn|vướng mắc|hạn chế|bất cập|tồn tại|trở ngại|thách thức|chưa được tháo gỡ")
_NEGATIVE = re.compile(
    r"(?<!\w)(?:chưa|thiếu|thiếu hụt|hạn chế|khó khăn|vướng mắc|bất cập|chồng chéo|lúng túng|không đủ|không có|không đáp ứng|chậm|thấp|yếu|manh mún|nhỏ lẻ|xuống cấp|lạc hậu|quá tải|khan hiếm|hạn hẹp|khó|mỏng|thưa|kém|ô nhiễm|lãng phí|tụt hậu|thua thiệt|mất|trở ngại|rào cản|còn ít|ít|nợ|không còn|không thể|không được)(?!\w)"
)
_OPENS = re.compile(
    r"(?:còn(?: có)?|gặp|có|những|một số|nhiều|các|không ít)\s+(?:[^,.;:]{0,30}\s)?(?:khó khăn|vướng mắc|hạn chế|bất cập|tồn tại|thách thức|trở ngại)"
)
_CONTENT = re.compile(r"(?<!\w)(?:do|như|vì|bởi|khi|nhất là|đặc biệt|trong đó|cụ thể|về|trong|là)(?!\w)")
_BUT = re.compile(r"\s*(?:tuy nhiên|song|nhưng|tuy vậy|mặc dù|khó khăn)(?!\w)")
_COMPLAINS = re.compile(
    r"(?<!\w)(?:phản ánh|trăn trở|băn khoăn|lo ngại|cho rằng khó khăn)(?:\s+(?:rằng|về|việc))?[,:]?\s*"
)
_ASKS = re.compile(r"(?<!\w)(?:kiến nghị|đề nghị|đề xuất|mong muốn|mong|xin)(?!\w)")
_ABOUT = re.compile(
    r"(?:về|đối với|liên quan đến|xét)\s+(?:các\s+|những\s+|nội dung\s+|việc\s+)?(?P<asks>đề xuất|kiến nghị|đề nghị)\s+"
)
_ANSWER = re.compile(r",\s*(?=theo|đồng chí|ông|bà|phó|chủ tịch|giao|yêu cầu|đề nghị|ubnd|sở|bộ|thống nhất|đồng ý)|:|;")
_NOUN = re.compile(
    r"(?:các|những|nhiều|một số|theo|ý kiến|nội dung|và|tiếp thu|giải quyết|trả lời|về|được|tham mưu|với|hướng dẫn|việc|đã|định hướng)\s+$"
)
_GOOD = re.compile(
    r"(?:đã|được)\s+(?:giải quyết|tháo gỡ|khắc phục)|không còn (?:khó khăn|vướng mắc)|vượt qua|cần khắc phục|khắc phục (?:khó khăn|hạn chế)|đã thông qua|thảo luận|tháo gỡ khó khăn|tháo gỡ|giải quyết"
)
_LINK = re.compile(
    r"\s*(?:(?:tuy nhiên|bên cạnh đó|bên cạnh những[^,]{0,60}|ngoài ra|đồng thời|mặt khác|đặc biệt|trong đó|cụ thể|nhưng|song)\s*,\s*|theo\s+[^,]{0,100},\s*|(?:[^,;:]{0,80}(?:cho biết|phản ánh|chia sẻ|nêu|cho hay|cho rằng))[,:]?\s*(?:rằng\s+)?)*"
)


class Petitions:
    """Gathers the petitions of one document, sentence by sentence."""

    def __init__(
        self, page: Page, offices: Offices, speakers: Speakers, *, press: bool, issuer: str | None = None
    ) -> None:
        self._page, self._offices, self._speakers, self._press = page, offices, speakers, press
        self._issuer = issuer
        self._troubles = False
        self.asking = False
        self.found: list[Petition] = []

    def section(self, opens: bool) -> None:
        """A section of difficulties or requests begins, or another section ends it."""
        self._troubles = self.asking = opens

    def lead_in(self, start: int, end: int, voice: Voice | None) -> None:
        """A line such as "Khó khăn, vướng mắc:" or "Hội Nông dân kiến nghị:" opens a list."""
        low = self._page.low
        if _ASKS.search(low, start, end) and not (voice and voice.rank >= ORDERS):
            self.asking = True
        if _DIFFICULTY.search(low, start, end):
            self._troubles = True

    def sentence(self, start: int, end: int, voice: Voice | None, *, ordering: bool) -> None:
        """Judge one sentence that gave no directive."""
        if self.asking and not self._press:
            for first, last in pieces(self._page, start, end):
                self._add(first, last, self._kind(first, last), voice)
            return
        if ordering or (voice is not None and voice.rank >= ORDERS and self._press):
            self._troubles = False
            return
        if asks := self._request(start, end):
            self._requests(asks, end, voice)
            return
        if not self._press and not self._troubles:
            return
        self._difficulty(start, end, voice)

    def _kind(self, start: int, end: int) -> Literal["difficulty", "request"]:
        asked = self._request(start, end) is not None or not _NEGATIVE.search(self._page.low, start, end)
        return "request" if asked else "difficulty"

    def _difficulty(self, start: int, end: int, voice: Voice | None) -> None:
        low = self._page.low
        if _GOOD.search(low, start, end):
            return
        opens = _OPENS.search(low, start, end)
        self._troubles = self._troubles or bool(opens) or bool(voice and _BUT.match(low, start, end))
        if opens and not self._has_content(opens, start, end):
            return
        complains = _COMPLAINS.search(low, start, end)
        if not self._troubles and not complains:
            return
        link = _LINK.match(low, start, end)
        begin = complains.end() if complains else link.end() if link else start
        for first, last in pieces(self._page, begin, end):
            if _NEGATIVE.search(low, first, last):
                self._add(first, last, "difficulty", voice)

    def _has_content(self, opens: re.Match[str], start: int, end: int) -> bool:
        """True when a sentence says what is difficult, not only that something is."""
        low = self._page.low
        near = max(start, opens.start() - 40)
        return bool(_CONTENT.search(low, opens.end(), end) or _CONTENT.search(low, near, opens.start()))

    def _requests(self, start: int, end: int, voice: Voice | None) -> None:
        """One request for each clause that begins with a verb of its own."""
        spans: list[tuple[int, int]] = []
        for first, last in pieces(self._page, start, end):
            if spans and not task_at(self._page.low, first):
                spans[-1] = (spans[-1][0], last)
            else:
                spans.append((first, last))
        for first, last in spans:
            self._add(first, last, "request", voice)

    def _request(self, start: int, end: int) -> int | None:
        for found in _ASKS.finditer(self._page.low, start, end):
            if found[0] in {"xin", "mong"} and not self.asking:
                continue
            if _NOUN.search(self._page.low, max(start, found.start() - 12), found.start()):
                continue
            if (
                found[0] in {"đề xuất", "mong muốn"}
                and not self.asking
                and not self._speakers.heard(start, found.end())
            ):
                continue
            return found.start()
        return None

    def answered(self, start: int, end: int) -> int:
        """ "Về đề xuất xin sửa chữa …, theo Phó Chủ tịch …": keep the request; return where its answer begins."""
        low = self._page.low
        about = _ABOUT.match(low, start, end)
        if about is None:
            return start
        answer = _ANSWER.search(low, about.end(), end)
        stop = answer.start() if answer else end
        own, _ = self._offices.listed(about.end() + (4 if low.startswith("của ", about.end()) else 0), stop)
        first, last = trim(self._page, about.start("asks"), stop)
        if last - first > 15:
            name = own[0] if own else self._offices.last(about.start())
            self.found.append(Petition(first, last, self._page.text[first:last], "request", name))
        return answer.start() + 1 if answer else end

    def _add(self, start: int, end: int, kind: Literal["difficulty", "request"], voice: Voice | None) -> None:
        start, end = trim(self._page, start, end)
        if end - start < 15:
            return
        name = voice.name if voice and voice.rank < ORDERS else self._issuer
        self.found.append(Petition(start, end, self._page.text[start:end], kind, name, 0.8 if name else 0.6))
