"""Names of bodies of any kind, known only by standing before the part that they are given."""

import re

from khue.language.structure import Page
from khue.language.text import UPPER
from khue.language.words import NAME_STOPS, verb_at

_CALLED = re.compile(
    rf"(?=[{UPPER}])(?P<name>[^\W\d_]+(?:\s+[^\W\d_]+){{2,8}}?)(?=\s+(?:chủ\s+trì|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm)(?!\w))"
)
_ORDERS = re.compile(r"(?<!\w)(?:giao|yêu cầu|đề nghị|phân công|chỉ đạo|cho phép|lưu ý|nhắc nhở|đồng ý|nhất trí)(?!\w)")
"""What gives work to the name behind it is no part of it: "Nhất trí giao | Tổ chuyên gia Thăng Long"."""


def called(page: Page, start: int, end: int) -> str | None:
    """The name that begins here: "Liên danh Bình Minh Xanh | chủ trì". Several of its words have a capital and others
    none, so that it is neither a sentence that begins nor a person."""
    found = _CALLED.match(page.plain, start, end)
    if found is None or verb_at(page.low, start) or _ORDERS.search(page.low, start, found.end("name")):
        return None
    words = found["name"].split()
    proper = sum(word[0].isupper() for word in words)
    return found["name"] if 2 <= proper < len(words) and NAME_STOPS.isdisjoint(words) else None
