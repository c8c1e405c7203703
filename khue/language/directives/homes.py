# ruff: noqa: E501  (patterns and word lists are read as tables)
"""Which province a unit is of that a text names without its place: "Sở Y tế" in a passage on Bạc Liêu is its Sở Y tế."""

import re
from collections import Counter
from dataclasses import replace
from functools import cached_property

from khue.language.directives.model import Directive
from khue.language.offices import CITIES, PROVINCES, Assignee
from khue.language.spelling import any_of, tidy
from khue.language.structure import Page

_NAMES = tuple(name for name in PROVINCES if name not in {"Việt Nam", "HCM"})
_PROVINCES = frozenset(_NAMES)
_PARTED = {
    name: parts for name in _NAMES if (parts := [one for one in _NAMES if one != name and name.endswith(f" {one}")])
}
"""Provinces whose name ends with that of another: "Thừa Thiên - Huế"."""
_PLACE = rf"(?:(?P<place>{any_of(_NAMES)})(?!\w)|(?P<short>TP\.?\s?HCM|T\.?P\.?\s?H\.?C\.?M)(?!\w))"
_LEVEL = r"(?:tỉnh|thành\s+phố|Thành\s+phố|TP\.?|Thủ\s+đô)"
_BODY = r"(?:UBND|HĐND|[ỦU]y\s+ban\s+nhân\s+dân|Hội\s+đồng\s+nhân\s+dân|MTTQ|Tỉnh\s+ủy|Thành\s+ủy|Tỉnh\s+uỷ|Thành\s+uỷ|[Ll]ãnh\s+đạo|Công\s+an|Bí\s+thư|Sở\s+[^,;:.()\n]{3,40}?|Cục\s+[^,;:.()\n]{3,30}?)"
_SEATED = re.compile(rf"(?<!\w){_BODY}\s+(?:{_LEVEL}\s*)?{_PLACE}")
"""A body with its place: what such a passage says is said of that province."""
_NAMED = re.compile(rf"(?:(?<=\n)|^|(?<!\w){_LEVEL}\s*){_PLACE}(?!\s*,\s*ngày|\s*[,-]\s*\d)")
"""A province at the head of a paragraph, or called one."""
_HEADLINED = re.compile(rf"(?:(?<=\n)|^)(?:{_LEVEL}\s*)?{_PLACE}:(?=\s[^\n]{{5,110}}[^\n.]\n)")
"""A headline within a report on several provinces: "Bình Định: Hồ cạn sớm"."""
_ANY = re.compile(rf"(?<!\w){_PLACE}(?!,? ngày)")
_HEAD = re.compile(rf"(?:{_LEVEL}\s*)?{_PLACE}\s+(?!-)")
_HEADLINE = 140
"""Code points of the longest headline."""
_CLEAR = 2
"""So many times as often as the next a province is named that a text is about."""
_SO = re.compile(
    r"(?:(?:Giám đốc|Phó Giám đốc|Lãnh đạo|lãnh đạo|Thủ trưởng|Văn phòng|Thanh tra)\s+)?Sở\s+(?!,)[^\W\d_]", re.I
)
_OF_LEVEL = re.compile(
    r"(?<=\s)(?P<level>tỉnh|thành phố|Thành phố)$|(?<!\w)(?P<party>Tỉnh [uủ][ỷy]|Thành [uủ][ỷy]|Tỉnh đoàn|Thành đoàn)$"
)
_LAND = re.compile(rf"(?:{any_of(('VN', *PROVINCES))})(?!\w)")
_BODY_OF = re.compile(
    r"(?:Tổng cục|Cục|Chi cục|Tập đoàn|Tổng [Cc]ông ty|Công ty|Hiệp hội|Hội|Liên đoàn|Liên hiệp|Liên minh|Ngân hàng|Trung tâm|Viện|Đài|Bảo hiểm|Quỹ)\s+\S"
)
_MANY = re.compile(
    r"(?:các|những|mỗi|từng|toàn|nhiều|một số|lãnh đạo các|người đứng đầu|\d+)\s|.*\s(?:các|cấp)\s", re.I
)


class Homes:
    """The provinces of one document: which of them a passage is about."""

    def __init__(self, page: Page, issuer: str | None) -> None:
        self._page = page
        self._fullest: dict[str, str] = {}
        self._issuer = next((_place(found) for found in _SEATED.finditer(issuer or "")), None)

    def begins(self, start: int, end: int) -> bool:
        """True for a short line at whose head a province stands: the headline of its report."""
        return end - start < _HEADLINE and _HEAD.match(self._page.plain, start, end) is not None

    def settled(self, directive: Directive) -> Directive:
        """The directive with those charged named as units of their province."""
        named = tuple(self._whole(one, directive.start) for one in directive.assignees)
        return replace(directive, assignees=named) if named != directive.assignees else directive

    def _whole(self, one: Assignee, position: int) -> Assignee:
        name = self.full(one.name, position)
        return one if name == one.name else Assignee(name, one.role)

    def full(self, name: str, position: int) -> str:
        """The name with the province that the passage around an offset is about, where it is one of its units."""
        if _MANY.match(name):
            return name
        if name in _PROVINCES:
            return f"{'Thành phố' if name in CITIES else 'tỉnh'} {name}"
        of_level = _OF_LEVEL.search(name)
        if of_level is None and not _SO.match(name):
            return self._longer(name)
        if of_level is None and _AT_END.search(name):
            return name
        place = self.at(position)
        if place is None or (of_level and not self._apt(of_level, place)):
            return name
        if of_level and of_level["level"]:
            return f"{name} {place}"
        return f"{name} {'Thành phố ' if place == 'Hồ Chí Minh' else ''}{place}"

    @staticmethod
    def _apt(of_level: re.Match[str], place: str) -> bool:
        """A province has no city of its level, and a city no province."""
        return ("thành" in of_level[0].lower()) == (place in CITIES)

    def at(self, position: int) -> str | None:
        """The province a passage is about: that of the last body named in its paragraph, that of the paper, or that
        which the passage before it is about."""
        begun = self._page.plain.rfind("\n", 0, position) + 1
        near = [where for at, where in self._seats if begun <= at < position]
        if near:
            return near[-1]
        if headed := [where for at, where in self._headlines if at < position]:
            return headed[-1]
        if self._main:
            return self._main
        if self._only:
            return self._only
        before = [(at, where) for at, where in (*self._seats, *self._heads) if at < position]
        return max(before)[1] if before else None

    @cached_property
    def _seats(self) -> list[tuple[int, str]]:
        return self._provinces(_SEATED)

    @cached_property
    def _heads(self) -> list[tuple[int, str]]:
        return self._provinces(_NAMED)

    @cached_property
    def _headlines(self) -> list[tuple[int, str]]:
        return self._provinces(_HEADLINED)

    def _provinces(self, words: re.Pattern[str]) -> list[tuple[int, str]]:
        """Where the words name a province; "TP Huế" in a text on "Thừa Thiên - Huế" is a town in it."""
        named = [(found.start(), _place(found)) for found in words.finditer(self._page.plain)]
        return [(at, where) for at, where in named if where not in self._within]

    @cached_property
    def _within(self) -> set[str]:
        """The names that are part of a longer one in this text."""
        longer = [name for name in _PARTED if name in self._page.plain]
        return {part for name in longer for part in _PARTED[name]}

    @cached_property
    def _main(self) -> str | None:
        """The province of the issuer, else the one that the text is about."""
        if self._issuer:
            return self._issuer
        often = Counter(where for _, where in (*self._seats, *self._heads)).most_common(2)
        clear = often and (len(often) == 1 or often[0][1] >= _CLEAR * often[1][1])
        return often[0][0] if clear else None

    @cached_property
    def _only(self) -> str | None:
        """The one province that a text without any body of a province names, as in a title."""
        if self._seats or self._heads:
            return None
        named = {_place(found) for found in _ANY.finditer(self._page.plain)}
        return named.pop() if len(named) == 1 else None

    def _longer(self, name: str) -> str:
        """The name with the land or province that the text gives with it elsewhere, always the same one."""
        if not _BODY_OF.match(name):
            return name
        if name not in self._fullest:
            told = {tidy(land[0]) for part in self._page.plain.split(f"{name} ")[1:] if (land := _LAND.match(part))}
            self._fullest[name] = f"{name} {told.pop()}" if len(told) == 1 else name
        return self._fullest[name]


_AT_END = re.compile(rf"\s(?:{any_of(_NAMES)}|Thành phố|thành phố|tỉnh)$")


def _place(found: re.Match[str]) -> str:
    """The province named, in the one form that its name has."""
    return " ".join(found["place"].split()) if found["place"] else "Hồ Chí Minh"
