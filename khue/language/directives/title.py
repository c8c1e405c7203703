"""The short title of a directive: what is to be done, without who does it and the words of ordering."""

import re
from functools import lru_cache

from khue.language.directives.task import TALK, WITH, cut_at_clause
from khue.language.offices import Offices
from khue.language.source import Line, SourceText
from khue.language.structure import Page, read
from khue.language.words import task_at, verb_at

TITLE_LENGTH = 140
"""Characters after which a title is cut, at the end of a clause where there is one."""
SHORTEST = 12
"""Characters that say what is to be done at least; less, and nothing is left out."""
_PART = re.compile(r"[\s,:–-]*(?:(?:là|làm)\s+)?(?:cơ quan\s+|đơn vị\s+|đầu mối\s+)*(?:chủ trì|đầu mối)(?=[\s,:])")
_BY_WHEN = re.compile(r"\s*[;,]\s*(?:và\s+)?hoàn thành\s+(?:trước|trong|chậm nhất|xong)\s[^;]{3,60}$")
"""A deadline at the end: every list has a column for it."""
_WHEN = re.compile(
    r"(?:(?:hằng|hàng|mỗi|định kỳ)\s+(?:hằng\s+|hàng\s+)?(?:tuần|tháng|quý|năm|6 tháng|sáu tháng)\b"
    r"|(?:chậm nhất|trước|trong|đến)\s+(?:là\s+|vào\s+)?(?:ngày|tháng|quý|năm)\b)[^,;:]{0,50},\s*"
)
"""When it is to be done, before who does it."""
_EDGE = re.compile(r"[\s,;:.–-]+")


@lru_cache(maxsize=10_000)
def title_of(content: str) -> str:
    """`Sở A chủ trì, phối hợp với Sở B rà soát …` → `Rà soát …`.

    Words that are not understood stay: a text without an assignee at its beginning comes back as it is, cut only.
    """
    line = " ".join(content.split())
    page = read(SourceText(line, (Line(0, len(line)),), "txt"))
    start = _work(page, Offices(page), len(line))
    last = _BY_WHEN.search(page.low, start)
    words = line[start : last.start() if last else None]
    words = cut_at_clause(words, TITLE_LENGTH).rstrip(" ,;:.")
    return words[:1].upper() + words[1:]


def _work(page: Page, offices: Offices, end: int) -> int:
    """Where the work begins, behind assignees, helpers and words of ordering; 0 where they are not sure to end."""
    names, stop = offices.listed(_past(_EDGE, page, _past(TALK, page, _past(_WHEN, page, 0, end), end), end), end)
    start, named = (stop, True) if names else (0, False)
    start = _past(_PART, page, _past_talk(page, start, end), end)
    helped = WITH.match(page.low, _past(_EDGE, page, start, end), end)
    if helped:
        names, stop = offices.listed(helped.end(), end)
        if not names:
            return 0
        start = stop
    start = _past_talk(page, start, end)
    sure = task_at(page.low, start) if helped or not named else True
    return start if sure and end - start >= SHORTEST else 0


def _past_talk(page: Page, start: int, end: int) -> int:
    """Behind words of ordering; one that is the work itself ("đề xuất vấn đề …") stays."""
    start = _past(_EDGE, page, start, end)
    while not verb_at(page.low, start) and (found := TALK.match(page.low, start, end)):
        start = _past(_EDGE, page, found.end(), end)
    return start


def _past(pattern: re.Pattern[str], page: Page, start: int, end: int) -> int:
    """Behind what matches here, as often as it does."""
    while start < end and (found := pattern.match(page.low, start, end)) and found.end() > start:
        start = found.end()
    return start
