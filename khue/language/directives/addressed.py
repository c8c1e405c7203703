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
_IT = frozenset({"đơn vị", "đơn vị này"})
"""Words for the one told of before."""


class Addressed:
    """Those charged so far in one paper, and in the paragraph of the moment."""

    def __init__(self) -> None:
        self._groups: Counter[tuple[str, ...]] = Counter()
        self.here: tuple[str, ...] = ()
        """Those charged in the paragraph of the moment, or to whom a paper told of in it was sent."""
        self._last: tuple[str, ...] = ()

    def paragraph(self) -> None:
        """A new paragraph begins: nobody is charged in it yet."""
        self.here = ()

    def took(self, names: tuple[str, ...]) -> None:
        """Take in whom an order charges."""
        self.here = names or self.here
        self._last = names or self._last
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
        return not self.here

    def _as_many(self, opening: Opening) -> Opening:
        """ "Sở Y tế" in a paper that goes to "các Sở Y tế" is each of them."""
        known = {name for names in self._groups for name in names}
        named = tuple(many if (many := f"các {name}") in known else self._longer(name, known) for name in opening.names)
        return replace(opening, names=named) if named != opening.names else opening

    @staticmethod
    def _longer(name: str, known: set[str]) -> str:
        """ "các cơ sở đào tạo" in a paper that goes to "các cơ sở đào tạo trực thuộc Bộ" are these."""
        whole = {one for one in known if one.lower().startswith(f"{name.lower()} trực thuộc ")}
        return whole.pop() if len(whole) == 1 and _GROUP.match(name) else name

    def goes_to(self, names: tuple[str, ...], *, asks: bool) -> None:
        """Take in to whom the paper reported on was sent, or whom it asks, which its order tells again."""
        self.here = self.here if asks else names or self.here
        if names and not self._groups:
            self._groups[names] += 1

    def those(self, opening: Opening, above: tuple[str, ...]) -> Opening:
        """The opening with "các đơn vị" told by name: those of the lead-in (`above`), of the order before, or of all."""
        if not opening.names or opening.names[0].lower() not in _THEY | _IT:
            return self._as_many(opening)
        alone = self._last if opening.names[0].lower() in _IT else ()
        meant = above or self.here or (alone if len(alone) == 1 else () if alone else self.all)
        named = tuple(dict.fromkeys((*meant, *opening.names[1:])))
        return replace(opening, names=named) if meant and not _THEY.issuperset(meant) else opening


def asks_anew(low: str, start: int, opening: Opening) -> bool:
    """True where a sentence says that the paper reported on, or somebody, asks for something."""
    spoken = opening.start - start > _SUBJECT and low.startswith(_ASKS, opening.start)
    return spoken or _PAPER_ASKS.search(low, start, opening.work) is not None


def of_field(low: str, start: int, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those charged before, unless a sentence turns to another field: "Với lĩnh vực giao thông, Quốc hội yêu cầu …"."""
    return () if _FIELD.match(low, start) else names


_FIELD = re.compile(r"(?:với|trong|về|ở|đối với|ngoài ra, với)\s+lĩnh vực\s")
SENT = re.compile(
    r"(?<!\w)(?:công điện|công văn|văn bản|chỉ thị|thông báo)(?:\s[^;:.\n]{0,60}?|\s(?:số\s)?[\w/-]+(?:\sngày\s[\d/.-]+)?)?\s(?:gửi(?:\s+tới)?|yêu cầu)\s+"
)
"""Before those to whom a paper was sent: "Công điện số 12/CĐ-TTg ngày 1/2/2026 gửi | các Bộ trưởng; …"."""
_SUBJECT = 8
"""Code points before a verb of asking in which someone may be named who asks."""
_ASKS = ("yêu cầu", "đề nghị", "lưu ý", "chỉ đạo")
