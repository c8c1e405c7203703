# ruff: noqa: E501  (patterns and word lists are read as tables)
"""Whom a whole paper is addressed to: those meant by "các đơn vị nêu trên", and by a leader who asks without naming."""

import re
from collections import Counter
from dataclasses import replace

from khue.language.directives.scene import Opening

_GROUP = re.compile(
    r"(?:(?:UBND|Ủy ban nhân dân|Chủ tịch UBND|Chủ tịch Ủy ban nhân dân|Thủ trưởng|Giám đốc|Bộ trưởng,? Thủ trưởng|lãnh đạo)\s)*(?:các|\d+)\s",
    re.I,
)
_PAPER_ASKS = re.compile(
    r"(?<!\w)(?:chỉ thị|công điện|công văn|văn bản|thông báo|kế hoạch|quyết định|nghị quyết)(?:\s[^,;:.]{0,30}?)?\s(?:yêu cầu|đề nghị|nhấn mạnh|nêu rõ|chỉ rõ)(?!\w)"
)
"""A paper that is told to ask something: "Chỉ thị cũng yêu cầu"."""
_THEY = frozenset({"các đơn vị", "các cơ quan", "các đơn vị trên", "các cơ quan trên", "các đơn vị này"})
"""Words for those told of before."""


class Addressed:
    """Those charged so far in one paper, and in the paragraph of the moment."""

    def __init__(self) -> None:
        self._groups: Counter[tuple[str, ...]] = Counter()
        self._here: tuple[str, ...] = ()

    def paragraph(self) -> None:
        """A new paragraph begins: nobody is charged in it yet."""
        self._here = ()

    def took(self, names: tuple[str, ...]) -> None:
        """Take in whom an order charges."""
        self._here = names or self._here
        if names and not _THEY.issuperset(names) and _GROUP.match(names[0]):
            self._groups[names] += 1

    @property
    def all(self) -> tuple[str, ...]:
        """The groups that the paper charges most, the last of them where several are."""
        return max(reversed(self._groups), key=lambda names: self._groups[names]) if self._groups else ()

    def elsewhere(self) -> None:
        """What follows is of another place: nobody of before is meant."""
        self._groups.clear()

    @property
    def fresh(self) -> bool:
        """Nobody has been charged in this paragraph yet."""
        return not self._here

    def those(self, opening: Opening, above: tuple[str, ...]) -> Opening:
        """The opening with "các đơn vị" told by name: those of the lead-in (`above`), of the order before, or of all."""
        if not opening.names or opening.names[0].lower() not in _THEY:
            return opening
        meant = above or self._here or self.all
        named = tuple(dict.fromkeys((*meant, *opening.names[1:])))
        return replace(opening, names=named) if meant and not _THEY.issuperset(meant) else opening


def asks_anew(low: str, start: int, end: int) -> bool:
    """True where a sentence says that the paper reported on asks for something."""
    return _PAPER_ASKS.search(low, start, end) is not None
