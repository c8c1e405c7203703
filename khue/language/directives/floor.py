# ruff: noqa: E501  (patterns and word lists are read as tables)
"""Who has the floor in a report of a meeting, and whether orders are still being given or the reporter tells again."""

import re
from collections import Counter
from functools import cached_property
from itertools import takewhile

from khue.language.directives.statements import passes_down
from khue.language.offices import CITIES, PROVINCES, Offices
from khue.language.petition_words import NEWSPAPER
from khue.language.ranks import ORDERS
from khue.language.speech import Speakers, has_person
from khue.language.spelling import any_of, flat
from khue.language.structure import Page
from khue.language.text import UPPER
from khue.language.voice import UNKNOWN, Voice

_AUDIENCE = re.compile(
    r"(?:làm việc|buổi làm việc|họp|kiểm tra|thăm)\s+(?:với|tại)\s+(?:lãnh đạo\s+(?:chủ chốt\s+)?|cán bộ chủ chốt\s+|ban giám đốc\s+|ban thường vụ tỉnh [uủ][ỷy]\s+(?:tỉnh\s+)?)?|hội nghị (?:tổng kết|sơ kết|triển khai)\s[^.;\n]{3,110}?\scủa\s+(?=(?:cục|chi cục|sở|ban|trung tâm|viện|trường|đảng bộ|tổng công ty|công ty)\s)"
)
_TELLS = re.compile(
    r"(?<!\w)(?:cho biết|cho hay|thông tin (?:thêm|với|tại|về)|trả lời|kể|chia sẻ|trao đổi với|theo bộ|theo sở|theo ubnd)(?!\w)"
)
_REPORTER = re.compile(
    r"[\s“\"]*(?:theo (?:báo cáo|thống kê|số liệu|kế hoạch|ghi nhận|tìm hiểu|đánh giá|phản ánh|ban|sở|bộ|phòng|công an|ubnd)|trước đó|được biết|như (?:báo|tin)\s|tính đến|đến nay"
    r"|(?:sáng|chiều|tối|trưa|ngày|hôm)\s+(?:nay|qua|cùng ngày|\d))(?!\w)"
)
"""How a paragraph begins in which the reporter tells: what happened when, what a report says."""
_TOLD_PAST = re.compile(r"[\s“\"]*ngày \d{1,2}[/.-]\d{1,2}[/.-]\d{4}, [^.;\n]{3,60}? (?:đã|vừa) (?!có văn bản)")
"""How a paragraph begins in which the reporter tells what was done long ago."""
_SETS_TASKS = re.compile(
    r"(?:ubnd|ban chỉ đạo|hội nghị|nghị quyết|kế hoạch|chỉ thị|tỉnh|thành phố|huyện)(?:\s[^.;:\n]{0,50}?)?\s(?:xác định|đề ra|đặt ra)\s(?:rõ\s)?(?:\d+|các|những|một số)\s(?:nhóm\s)?(?:nhiệm vụ|giải pháp)[^.;:\n]{0,60}\.$"
)
"""A sentence after which the tasks themselves are told: "UBND tỉnh xác định 5 nhóm nhiệm vụ, giải pháp."."""
_REPORT = re.compile(
    r"[\s“\"]*(?:(?:cũng|tuy nhiên|bên cạnh đó)\s*,?\s*)?theo (?:báo cáo|thống kê|đánh giá|phản ánh)(?!\w)"
)
_ACCORDING = re.compile(
    r"[\s“\"]*(?:(?:cũng|tuy nhiên|bên cạnh đó|ngoài ra)\s*,?\s*)?theo (?:ông|bà|đồng chí|anh|chị)(?!\w)"
)
"""Whose account follows; of someone who stands below others here it is no order."""
_QUOTED = re.compile(
    r"[^“”\"]*[”\"]\s*,?\s*[-–]?\s*(?P<who>[^.;:\n“”\"]{2,110}?)\s(?:cho biết|nói|nhấn mạnh|chia sẻ|phát biểu|đề nghị|yêu cầu|khẳng định|bày tỏ|lưu ý|chỉ đạo|kiến nghị|nêu|phản ánh|cho rằng|gợi ý|nhận định|cho hay|thông tin|thẳng thắn|bức xúc|đặt câu hỏi|phân tích|hỏi|giải thích|than|tâm sự|đề xuất|lo lắng)(?!\w)"
)
"""A quotation, be it of several paragraphs, with who said it after it."""
_SAID_BY = re.compile(
    r"[^“”\"]*[”\"]\s*,?\s*[-–]?\s*(?:(?:đó|đây)\s+(?:cũng\s+)?)?là\s+[^.;:\n“”\"]{0,60}?\scủa\s+(?P<who>[^.;:,\n“”\"]{2,140}?)(?=\s(?:tại|khi|trong|với|sau|trước|đối với|đưa|nêu)(?!\w)|[,.;\n])"
)
"""A quotation with whose words it was told to be after it: "“…” - đó là chỉ đạo của Bí thư Tỉnh ủy A tại …"."""
_THAT_WAS = re.compile(
    r"\s*(?:đó|đây)\s+(?:cũng\s+)?là\s+(?:một\s+)?[^.;:\n]{0,40}?(?:yêu cầu|chỉ đạo|đề nghị|khẳng định|nhấn mạnh|lưu ý|phát biểu|mong muốn)[^.;:\n]{0,30}?\scủa\s+(?P<who>[^.;:,\n]{2,140}?)(?=\s(?:tại|khi|trong|với|sau|trước|đối với|đưa|nêu)(?!\w)|[,.;\n])"
)
"""The sentence after one that told somebody's words: "…. Đó là yêu cầu của đồng chí A tại phiên họp"."""
QUOTATION = 1500
"""Code points in which the end of a quotation is looked for."""
_BARE = frozenset(
    {
        "tỉnh",
        "thành phố",
        "huyện",
        "quận",
        "thị xã",
        "xã",
        "phường",
        "cục",
        "chi cục",
        "trung tâm",
        "viện",
        "trường",
        "công ty",
        "hội",
        "ban",
        "ủy ban",
    }
)
_OWN_WORDS = 2
"""Blanks in the beginning of a name that tells which body it is."""
_PLACES = frozenset({"tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường"})
_NAME = rf"[{UPPER}][^\W\d_]*(?:[ ]+[{UPPER}][^\W\d_]*){{0,2}}"
_PROVINCE = re.compile("|".join(name for name in PROVINCES if name not in CITIES and name != "Việt Nam"))
_OFTEN = 2
"""So often the province is named that a text is about."""
_YOUTH = frozenset({"thành đoàn", "tỉnh đoàn", "thành ủy", "tỉnh ủy", "huyện đoàn", "quận đoàn"})
"""Bodies named in full once, with their place."""
_PLACE_MET = re.compile(rf"(?:{any_of(PROVINCES)})(?=[,.]|\s+(?:về|sáng|chiều|ngày|vào|để))")
"""A province met by its leaders: "làm việc với Ban Thường vụ Tỉnh ủy | Bạc Liêu, …"."""
_OF_A_KIND = re.compile(
    r"(?:(?<=^)|(?<=lãnh đạo )|(?<=Lãnh đạo )|(?<=Giám đốc )|(?<=trưởng )|(?<=cơ quan )|(?<=thuộc ))(?:Sở|Cục|Chi cục|Tổng cục|Tổng [Ll]iên đoàn|Tập đoàn|Tổng công ty|Công ty|Đảng ủy|Ban Quản lý|Ban quản lý|Học viện|Viện|Trung tâm|Ủy ban|Hiệp hội|Ngân hàng|Bệnh viện|Ban Chỉ đạo|Ban chỉ đạo)$"
)
"""A body named by its kind alone, or its head: "lãnh đạo Cục", "Giám đốc Sở"."""
_ENDS = re.compile(r"[;:\n]|(?<!TP)\.\s")
_CITES = re.compile(r"\d")
"""A name that runs on into the number of a paper."""
REACH = 60
"""Code points in which a name ends."""
_WHOEVER = frozenset({"địa phương", "đơn vị"})
"""Words for whoever the meeting is with."""
LEADS = 3.0
"""From this rank on, who has given an order goes on ordering: the head of a department to its divisions."""
_BRACKETS = re.compile(r" \(([^()\n]{1,80})\)")
_LONGEST = 120
"""Code points of the longest name to which a short one is given."""
QUIET = 4
"""Sentences in a row without order, after which the speech is taken to be over."""


class Floor:
    """The speaker of the moment in one press report."""

    def __init__(self, page: Page, offices: Offices, speakers: Speakers) -> None:
        self._page, self._offices, self._speakers = page, offices, speakers
        self.voice: Voice | None = None
        self.ordering = False
        self.audience: tuple[str, ...] = ()
        """With whom the meeting is: those meant where an order names nobody."""
        self._quiet = 0
        self._places: dict[str, str | None] = {}

    def paragraph(self, start: int, end: int) -> None:
        """A new paragraph begins: where the reporter takes over, nobody orders until someone speaks again."""
        if _REPORTER.match(self._page.low, start, end) or self._quiet >= QUIET:
            self.ordering = False
        if _TOLD_PAST.match(self._page.low, start, end):
            self.voice = None
        if NEWSPAPER.match(self._page.low, start, end):
            self.voice = None

    def hear(self, start: int, end: int) -> None:
        """Take in a sentence: who speaks in it, and with whom the meeting is."""
        self.attend(start, end)
        low = self._page.low
        self.ordering = self.ordering or _SETS_TASKS.match(low, start, end) is not None
        owner = self._owner(start, end)
        if not owner and self._page.plain[start] in '“"' and (says := _QUOTED.match(low, start + 1, start + QUOTATION)):
            start, end = says.start("who"), says.end()
        voice = owner or self._speakers.heard(start, end)
        if voice is None or self._is_told(start, end):
            return
        self.voice, self._quiet = voice, 0
        outranked = voice.rank + 1 <= self._speakers.highest
        told = _TELLS.search(low, start, min(end, start + 300)) or _REPORT.match(low, start, end)
        account = outranked and _ACCORDING.match(low, start, end)
        self.ordering = voice.rank >= ORDERS and not (told or account)

    def _owner(self, start: int, end: int) -> Voice | None:
        """Whose words a quotation, or a sentence, is where that is said after it."""
        quoted = self._page.plain[start] in '“"'
        said = quoted and _SAID_BY.match(self._page.low, start + 1, start + QUOTATION)
        said = said or _THAT_WAS.match(self._page.low, end)
        return self._speakers.named(*said.span("who")) if said else None

    def _is_told(self, start: int, end: int) -> bool:
        """True when a body is told what to direct, so that it does not take the floor."""
        names, stop = self._offices.listed(start, end)
        return self.ordering and passes_down(self._page.low, names, stop, self.voice)

    def attend(self, start: int, end: int) -> None:
        """Take in with whom the meeting is: "buổi làm việc với lãnh đạo tỉnh X"."""
        if not self.audience and (found := _AUDIENCE.search(self._page.low, start, end)):
            names = self._offices.listed(found.end(), end)[0]
            place = _PLACE_MET.match(self._page.plain, found.end(), end)
            met = tuple(takewhile(lambda name: not has_person(name), names))
            self.audience = (f"tỉnh {flat(place[0])}",) if place and place[0] not in CITIES else met

    def meant(self, name: str, *, alone: bool) -> str:
        """A bare "Tỉnh", "xã", "Cục" is the one the meeting is with, where it is of that kind; `alone`: named alone."""
        bare = name.lower()
        full = next((one for one in self.audience if one.lower().startswith(f"{bare} ")), None)
        led = bare.removeprefix("lãnh đạo ")
        if led != bare and led in _PLACES and (place := self._only_place(led)):
            return f"lãnh đạo {place}"
        if len(self.audience) == 1 and (bare in _WHOEVER or self.audience[0].lower().endswith(f" {bare}")):
            return self.audience[0]
        if full and (bare in _BARE or bare.count(" ") >= _OWN_WORDS):
            return full
        if bare in _YOUTH or (alone and bare in {"ngành", "toàn ngành"}):
            return self._only_named(bare.removeprefix("toàn ")) or name
        if given := self._given(name):
            return given
        if kind := _OF_A_KIND.search(name):
            whole = self._only_named(kind[0].lower())
            return f"{name[: kind.start()]}{whole}" if whole else name
        return self._only_place(bare) or name if alone and bare in _PLACES else name

    def _only_place(self, level: str) -> str | None:
        """The place of this level that the text names, where it names one only: "Tỉnh" in a report about one."""
        if level not in self._places:
            self._places[level] = self._told_of(level)
        return self._places[level]

    def _given(self, name: str) -> str | None:
        """The name in full to which the text gives this short one: "Ban Chỉ đạo Trung ương về X (Ban Chỉ đạo)"."""
        bracket = self._brackets.get(name)
        if bracket is None:
            return None
        begun = self._page.plain.rfind(f"{name} ", max(0, bracket - _LONGEST), bracket)
        names, stop = self._offices.listed(begun, bracket) if begun >= 0 else ([], 0)
        return names[0] if len(names) == 1 and stop == bracket else None

    @cached_property
    def _brackets(self) -> dict[str, int]:
        """Where the text first puts each name in brackets."""
        found = list(_BRACKETS.finditer(self._page.plain))
        return {one[1]: one.start() for one in reversed(found)}

    def _only_named(self, kind: str) -> str | None:
        """The body of this kind that the text names, where it names one only."""
        if kind not in self._places:
            found = re.finditer(rf"(?<!\w)(?<!ổng )(?<!Chi )(?<!chi )(?i:{kind})[ ]+(?=[{UPPER}])", self._page.plain)
            named = {tuple(self._offices.listed(one.start(), self._stop(one.end()))[0][:1]) for one in found} - {()}
            names = {name[0][0].upper() + name[0][1:] if kind in _YOUTH else name[0] for name in named}
            names = {name for name in names if not (_CITES.search(name) or has_person(name))}
            fullest = max(names, key=len, default="")
            same = all(fullest.lower().startswith(name.lower()) for name in names)
            self._places[kind] = fullest if fullest and same else None
        return self._places[kind]

    def _stop(self, position: int) -> int:
        """How far a name that goes on here may reach: to the end of its sentence."""
        end = _ENDS.search(self._page.plain, position, position + REACH)
        return end.start() if end else position + REACH

    def heeded(self, *, ordered: bool) -> None:
        """Tell what came of the sentence heard last: an order goes on being one in the next."""
        self._quiet = 0 if ordered else self._quiet + 1
        if ordered and (self.voice is None or self.voice.rank >= LEADS or self.voice.rank == UNKNOWN):
            self.ordering = True

    def _told_of(self, level: str) -> str | None:
        """The one place of this level in the text; of provinces, that which the text is about."""
        if level == "tỉnh":
            often = Counter(" ".join(found[0].split()) for found in _PROVINCE.finditer(self._page.plain)).most_common(2)
            clear = often and often[0][1] >= _OFTEN and (len(often) == 1 or often[0][1] >= 2 * often[1][1])
            return f"{level} {often[0][0]}" if clear else None
        found = re.compile(rf"(?<!\w)(?i:{level})[ ]+(?P<name>{_NAME})").finditer(self._page.plain)
        named = {one["name"] for one in found if not has_person(one["name"])}
        named = {name.title() if name.isupper() else name for name in named}
        return f"{level} {named.pop()}" if len(named) == 1 else None
