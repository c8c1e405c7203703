"""Short names that a text gives to bodies in brackets: "Tổng công ty Đầu tư phát triển đường cao tốc (VEC)"."""

import re
from collections.abc import Callable

from khue.language.spelling import tidy
from khue.language.structure import Page
from khue.language.text import UPPER

_GIVEN = re.compile(
    rf"\s\((?:(?:sau đây )?(?:gọi|viết) tắt là\s+)?[“\"]?(?P<short>[{UPPER}][{UPPER}\d&-]{{1,9}})"
    r"[”\"]?(?:\)|,\s[^()]{3,60}\))"
)
_LONGEST = 110
"""Code points before the bracket in which the name in full begins."""
_FIRM = re.compile(r"(?<!\w)(?:Tổng [Cc]ông ty|Tập đoàn)\s+(?:(?!Tổng [Cc]ông ty|Tập đoàn)[^,;:.()\n])+")
"""A firm whose name, in small letters, reads on like work: "Tổng công ty đầu tư phát triển đường cao tốc"."""
_USED = re.compile(rf"[{UPPER}][{UPPER}\d&-]{{1,9}}(?![\w&-])")
_HEAD = re.compile(rf"(?<![\w&])(?=[{UPPER}])")


def acronyms(page: Page, listed: Callable[[int, int], tuple[list[str], int]]) -> dict[str, str]:
    """The short names in a text, each with the name in full before its bracket, as `listed` reads it."""
    known: dict[str, str] = {}
    for found in _GIVEN.finditer(page.plain):
        for head in _HEAD.finditer(page.plain, max(0, found.start() - _LONGEST), found.start()):
            names, stop = listed(head.start(), found.start())
            if len(names) == 1 and stop == found.start():
                known.setdefault(found["short"], names[0])
                break
        else:
            firms = list(_FIRM.finditer(page.plain, max(0, found.start() - _LONGEST), found.start()))
            if firms and firms[-1].end() == found.start():
                known.setdefault(found["short"], tidy(firms[-1][0]))
    return known


def acronym_at(page: Page, start: int, end: int) -> str | None:
    """The word in capitals that begins here."""
    found = _USED.match(page.plain, start, end)
    return found[0] if found else None
