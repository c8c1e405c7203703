# ruff: noqa: E501  (patterns and word lists are read as tables)
"""Requests without a verb of asking: what someone below says should be done."""

import re
from itertools import islice

from khue.language.offices import Offices
from khue.language.ranks import ORDERS, rank_of
from khue.language.structure import Page
from khue.language.voice import Voice

_LINK = r"(?:(?:tuy nhiên|bên cạnh đó|ngoài ra|đồng thời|do đó|vì vậy|vì thế|do vậy|bởi vậy|trong thời gian tới|thời gian tới|theo đó|cạnh đó|để khắc phục[^,]{0,40})\s*,\s*)*"
_SAYS = re.compile(
    r"(?<!\w)(?:cho biết|chia sẻ|phản ánh|cho hay|cho rằng|nêu rõ|nói|góp ý|hiến kế|bày tỏ|nhấn mạnh|nhận định|khẳng định)(?:\s+(?:thêm|rằng|là|về việc))*\s*[,:]?\s*[“\"]?"
    r"|(?:^|(?<=\s))theo\s+(?:đồng chí|ông|bà|anh|chị|đại biểu|cử tri|ts|gs|pgs|(?:các|nhiều|một số)\s+(?:đại biểu|chuyên gia|doanh nghiệp|nhà khoa học|ý kiến))[^,;:]{2,80}?(?:,\s*|\s+(?=cần|nên|phải))"
    r"|[,;]\s*(?:do đó|vì vậy|vì thế|do vậy|bởi vậy|rất)\s*,?\s*"
)
_NEEDS = re.compile(
    rf"[“\"\s]*{_LINK}(?:(?:trong|với|về|để|đối với|muốn)\s[^,;:]{{3,80}},\s*)?(?:(?:tôi|chúng tôi|doanh nghiệp|hợp tác xã|htx|bà con)\s+)?(?:(?:rất|cũng|chỉ|đang|luôn)\s+)?(?P<wish>(?:cần|nên|phải có)(?:\s+(?:phải|có|sớm))?|mong(?: muốn| mỏi| rằng)?|làm sao|kỳ vọng|hy vọng)\s+(?!được (?:biết|hiểu)|thiết (?!phải)|có thêm)"
)
_ABOVE = re.compile(
    rf"[“\"\s]*{_LINK}(?:(?:trong|với|về|để|đối với|muốn)\s[^,;:]{{3,80}},\s*)?(?P<wish>(?:lãnh đạo\s+)?(?:đảng|nhà nước|chính phủ|quốc hội|trung ương|thành phố|tỉnh|bộ|các bộ|sở|các sở|các cấp|cơ quan|các cơ quan|ngành|các ngành|chính quyền|ban quản lý|ngân hàng|ubnd|hđnd)(?!\w)[^;:.“”\"]{{0,70}}?\s+(?:cũng\s+|sớm\s+)?(?:cần|nên|phải)\s+(?!là|có thêm|chịu))"
)
_TO_BE_DONE = re.compile(
    rf"[“\"\s]*{_LINK}(?:thực tế,\s*)?(?P<wish>(?:các|những|việc|chính sách|cơ chế|quy định|thủ tục)\s[^,;:“”\"]{{3,90}}?\s(?:cần|nên|phải)\s+(?:sớm\s+)?được\s)"
)
"""What others should do, told without them: "Các gói vay cần được kéo dài"."""
_QUOTATION = 1500
"""Code points before a sentence in which its quotation may have been opened, so that time grows with length only."""
_TRIES = 6
"""Places in one sentence where a wish may begin."""


class Wishes:
    """Finds what those below say should be done, in one press report."""

    def __init__(self, page: Page, offices: Offices) -> None:
        self._page, self._offices = page, offices

    def begins(self, start: int, end: int, voice: Voice, *, speaking: bool) -> int | None:
        """Where a wish begins: "Thành phố cần quy định …", "ông A cho rằng, cần …"; `None` where there is none."""
        low = self._page.low
        said = [found.end() for found in islice(_SAYS.finditer(low, start, end), _TRIES)]
        for at in (start, *said):
            if needs := _NEEDS.match(low, at, end):
                return needs.start("wish")
            if self._by_office(at, end, voice):
                return at
            passive = _TO_BE_DONE.match(low, at, end) if voice.rank < ORDERS else None
            if passive and (speaking or at > start):
                return passive.start("wish")
            if (speaking or at > start) and (above := _ABOVE.match(low, at, end)):
                return above.start("wish")
        return None

    def _by_office(self, start: int, end: int, voice: Voice) -> bool:
        """Someone below says what those above should do."""
        names, stop = self._offices.listed(start, end)
        above = rank_of(names[0].lower()) if names else None
        return above is not None and above > voice.rank and _SHOULD.match(self._page.low, stop, end) is not None


_SHOULD = re.compile(r"\s*(?:cũng\s+|sớm\s+)?(?:cần|nên|phải)\s+(?!có thêm)")
_QUOTED = re.compile(
    r"[”\"]\s*,?\s*[-–]?\s*[^“”\"]{2,90}\s(?:kiến nghị|đề nghị|đề xuất|mong muốn|góp ý|mong mỏi|bày tỏ mong muốn|hiến kế)(?:\s+(?:thêm|với [^.“”\"]{2,40}))?\s*[.…]?\s*$"
)


def quoted(low: str, start: int, end: int) -> int | None:
    """Where the quotation ends that someone is said to have asked: "“…”, ông A kiến nghị"."""
    found = _QUOTED.search(low, max(start, end - 160), end)
    return found.start() if found else None


def in_quotes(text: str, position: int) -> bool:
    """True inside a quotation that was opened in the same paragraph."""
    near = max(0, position - _QUOTATION)
    head = text[max(near, text.rfind("\n", near, position) + 1) : position + 1]
    return head.count("“") > head.count("”") or head.count('"') % 2 == 1
