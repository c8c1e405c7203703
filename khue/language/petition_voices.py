# ruff: noqa: E501  (patterns and word lists are read as tables)
"""Who voiced a petition, named as an officer would look for them: in full, as the text names them elsewhere."""

import re

from khue.language.name_ends import NAME
from khue.language.offices import Offices
from khue.language.speech import person
from khue.language.spelling import tidy
from khue.language.structure import Page
from khue.language.text import UPPER

_CAP = rf"[{UPPER}][^\W\d_]*"
_BEFORE = re.compile(
    r"(?:(?:đồng thời|bên cạnh đó|ngoài ra|tuy nhiên|theo đó|cụ thể|đặc biệt|trong khi đó|trước đó)\s*,?\s+|theo\s+(?=các|nhiều|một|đại|cử|người))+",
    re.I,
)
"""What may stand before a name without being part of it."""
_EVENT = re.compile(r"(?:hội nghị|buổi (?:làm việc|đối thoại|tiếp xúc|gặp)|cuộc họp|kỳ họp|phiên họp)(?!\w)", re.I)
"""What took place speaks for nobody."""
_BRACKET = re.compile(r"\s*\([^()]{2,40}\)")
_SHORT = re.compile(rf"(?<![\w&])[{UPPER}][{UPPER}\d&-]{{1,9}}(?![\w&-])")
_KIND = re.compile(
    r"(?:đại diện\s+|lãnh đạo\s+)?(?P<kind>tỉnh|huyện|xã|phường|quận|thị xã|hiệp hội|hội|liên minh|ban quản lý|công ty|tập đoàn|hợp tác xã|trung tâm|bệnh viện|trường|chi cục|cục|cử tri(?=\s+này))(?:\s+(?:này|cũng))?",
    re.I,
)
"""One of a kind, which a text names in full before."""
_PERSON = re.compile(rf"{_CAP}(?:\s+{_CAP}){{0,4}}")
_LEVELS = r"(?:xã|phường|thị trấn|huyện|quận|thị xã|tỉnh|thành phố)"
_CALLED = "ông|bà|anh|chị|cử tri|đại biểu(?: Quốc hội)?|ĐBQH|chuyên gia"
_RECALL = 3000
"""Code points before a petition in which its voice was named in full."""


class Voices:
    """The names of those who speak in one document."""

    def __init__(self, page: Page, offices: Offices) -> None:
        self._page, self._offices = page, offices

    def full(self, names: tuple[str, ...], position: int) -> tuple[str, ...]:
        """The names in full: abbreviations written out, "hiệp hội" as the association named before `position`."""
        return tuple(dict.fromkeys(self._whole(name, position) for name in names if not _EVENT.match(name)))

    def _whole(self, name: str, position: int) -> str:
        name = _BRACKET.sub("", _BEFORE.sub("", name, count=1)).strip() or name
        name = _SHORT.sub(lambda found: self._offices.in_full(found[0]), name)
        if kind := _KIND.fullmatch(name):
            return self._of_kind(kind["kind"], position) or name
        return self._person(name, position) if _PERSON.fullmatch(name) else name

    def _person(self, name: str, position: int) -> str:
        """A person without a post, with what the text calls that person by: "Hạnh" is "bà Đặng Thị Mỹ Hạnh"."""
        words = r"\s+".join(map(re.escape, name.split()))
        whole = re.compile(rf"(?<!\w)(?:(?i:(?P<called>{_CALLED}))\s+)?(?P<name>(?:{_CAP}\s+){{0,3}}{words})(?!\w)")
        near = whole.finditer(self._page.plain, max(0, position - _RECALL), position)
        told = [found for found in near if found["name"] == name or person(found["name"])]
        if not told:
            return name
        longest = max(told, key=lambda found: (len(found["name"].split()), found["called"] is not None))
        called = longest["called"] or ""
        called = called if called.isupper() else called[:1].lower() + called[1:]
        return f"{called} {' '.join(longest['name'].split())}".strip()

    def _of_kind(self, kind: str, position: int) -> str | None:
        """The one of this kind that was named last, by a name of its own."""
        head = rf"(?<!\w)(?i:{re.escape(kind)})\s+(?!ủy)"
        named = re.compile(rf"{head}(?=(?:[^\W\d_]+\s+){{0,4}}[{UPPER}])")
        placed = re.compile(rf"{head}(?:{_LEVELS}\s+)?{NAME}")
        for found in reversed(list(named.finditer(self._page.plain, max(0, position - _RECALL), position))):
            stop = self._page.plain.find("\n", found.start())
            names, end = self._offices.listed(found.start(), stop if stop > 0 else len(self._page.plain))
            if len(names) == 1 and end > found.end():
                return names[0]
            if place := placed.match(self._page.plain, found.start()):
                return tidy(place[0])
        return None
