"""The closing words of a paper, which give no work of their own."""

import re

from khue.language.directives.scene import Opening
from khue.language.directives.triggers import FINAL, past_adverbs, triggers
from khue.language.structure import Page
from khue.language.text import past_blanks

_ORDERED_ANEW = re.compile(r"(?:^|[.:\n]\s*)yêu cầu\s[^.\n]*$")
"""So begin the closing words of a paper that order others to carry it out, and give them work."""
_MADE_KNOWN = re.compile(
    r"(?:xin\s+|trân trọng\s+)*thông báo\s(?:[^.;\n]*\s)?(?:cơ quan|đơn vị|địa phương|sở|ngành|tổ chức|cá nhân)"
    r"[^.;\n]*(?<!\w)biết(?!\w)[^.;\n]*thực hiện[\s./]*$|(?:[^.;,\n]{3,60}\s)?xin (?:trân trọng )?thông báo[\s./]*$"
)
"""So does who issued a paper make it known at its end: "UBND Thành phố thông báo để các đơn vị biết, thực hiện"."""
_ANYBODY = ("các đơn vị", "các cơ quan", "đơn vị", "cơ quan", "các tổ chức", "các cá nhân")
_WORDED_SO = re.compile(rf"yêu cầu\s+(?:{'|'.join(_ANYBODY)})(?!\w)")
"""Whoever is meant by these words, they are only told to carry the paper out."""


def closes_paper(page: Page, start: int, end: int, opening: Opening) -> bool:
    """ "… chịu trách nhiệm thi hành Quyết định này" closes a paper; it is no work of its own."""
    if _orders_anew(page, start, opening):
        return False
    work = past_adverbs(page.low, past_blanks(page.low, min(opening.work, end)), end)
    known = any(_MADE_KNOWN.match(page.low, at, end) for at in (work, start))
    if known and not triggers(page, start, work):
        return True
    return any(FINAL.match(page.low, at, end) for at in (work, start))


def _orders_anew(page: Page, start: int, opening: Opening) -> bool:
    """ "Yêu cầu Giám đốc các sở; Chủ tịch UBND các xã … thực hiện Chỉ thị này" gives those named work."""
    if _WORDED_SO.match(page.low, start):
        return False
    head = page.low[max(0, start - 200) : start + 12]
    named = [name for name in opening.names if not name.lower().startswith(_ANYBODY)]
    return opening.own and bool(named) and _ORDERED_ANEW.search(head) is not None
