"""Automatic numbers of a Word document, counted as the word processor counts them."""

import re
from dataclasses import dataclass

from lxml import etree

from khue.language.reading.docx.package import value, w
from khue.language.reading.docx.styles import font_of
from khue.language.reading.numbers import format_number, symbol

_SLOT = re.compile(r"%([1-9])")
_LAST_LEVEL = 8
_SYMBOL_FONTS = ("Symbol", "Wingdings", "Webdings")


@dataclass(frozen=True, slots=True)
class _Level:
    kind: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    """1-based level after which this one begins anew; 0 never; None after any higher level."""
    legal: bool = False
    """All numbers of the label in Arabic digits."""


class Numbering:
    """Labels of list paragraphs, asked for in the order of the document: every call counts one on."""

    def __init__(self, root: etree._Element | None) -> None:
        elements = list(root) if root is not None else []
        self._abstracts = {el.get(w("abstractNumId"), ""): el for el in elements if el.tag == w("abstractNum")}
        self._nums = {el.get(w("numId"), ""): el for el in elements if el.tag == w("num")}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._style_levels: dict[str, dict[str, int]] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()

    def level_of_style(self, num_id: str, style: str) -> int | None:
        """The level that a list ties to a paragraph style."""
        abstract = self._abstract(num_id)
        levels = abstract.iter(w("lvl")) if abstract is not None else ()
        return next((_whole(lvl.get(w("ilvl")), 0) for lvl in levels if value(lvl, "pStyle") == style), None)

    def label(self, num_id: str, level: int) -> str:
        """Number or bullet that is printed before the next paragraph of a list at a level; "" where there is none."""
        levels = self._levels_of(num_id)
        if level not in levels:
            return ""
        counters = self._counters.setdefault(self._counter_key(num_id), {})
        if num_id not in self._begun:
            self._begun.add(num_id)
            self._restart(num_id, counters)
        self._count(levels, counters, level)
        return _render(levels, counters, level)

    def _count(self, levels: dict[int, _Level], counters: dict[int, int], level: int) -> None:
        for upper in range(level):
            if upper in levels:
                counters.setdefault(upper, levels[upper].start)
        counters[level] = counters.get(level, levels[level].start - 1) + 1
        for lower in range(level + 1, _LAST_LEVEL + 1):
            after = levels[lower].restart if lower in levels else None
            if after is None or (after and level < after):
                counters.pop(lower, None)

    def _restart(self, num_id: str, counters: dict[int, int]) -> None:
        for override in self._nums[num_id].iter(w("lvlOverride")):
            start = value(override, "startOverride")
            if start is not None:
                counters[_whole(override.get(w("ilvl")), 0)] = _whole(start, 1) - 1

    def _counter_key(self, num_id: str) -> str:
        abstract = self._abstract(num_id)
        return abstract.get(w("abstractNumId"), "") if abstract is not None else ""

    def _abstract(self, num_id: str) -> etree._Element | None:
        num = self._nums.get(num_id)
        abstract = self._abstracts.get(value(num, "abstractNumId") or "") if num is not None else None
        link = value(abstract, "numStyleLink")
        if link:
            linked = (el for el in self._abstracts.values() if value(el, "styleLink") == link)
            return next(linked, abstract)
        return abstract

    def _levels_of(self, num_id: str) -> dict[int, _Level]:
        if num_id not in self._levels:
            abstract = self._abstract(num_id)
            found = list(abstract.iterchildren(w("lvl"))) if abstract is not None else []
            if num_id in self._nums:
                found += self._nums[num_id].iterfind(f"{w('lvlOverride')}/{w('lvl')}")
            self._levels[num_id] = {_whole(lvl.get(w("ilvl")), 0): _level(lvl) for lvl in found}
        return self._levels[num_id]


def _level(lvl: etree._Element) -> _Level:
    restart = value(lvl, "lvlRestart")
    text = value(lvl, "lvlText") or ""
    if (font_of(lvl.find(w("rPr"))) or "").startswith(_SYMBOL_FONTS):
        # Some programs write the bare code of the sign and leave it to the font what it looks like.
        text = "".join(chr(0xF000 | ord(sign)) if ord(sign) < 0x100 else sign for sign in text)
    return _Level(
        kind=value(lvl, "numFmt") or "decimal",
        text=text,
        start=_whole(value(lvl, "start"), 1),
        restart=None if restart is None else _whole(restart, 0),
        legal=lvl.find(w("isLgl")) is not None,
    )


def _render(levels: dict[int, _Level], counters: dict[int, int], level: int) -> str:
    here = levels[level]
    if here.kind == "none":
        return ""
    if here.kind == "bullet":
        return symbol(here.text)

    def number(slot: re.Match[str]) -> str:
        at = int(slot[1]) - 1
        shown = levels.get(at, _Level())
        kind = "decimal" if here.legal else shown.kind
        return "" if kind in ("none", "bullet") else format_number(counters.get(at, shown.start), kind)

    return _SLOT.sub(number, here.text).strip()


def _whole(text: str | None, otherwise: int) -> int:
    digits = text or ""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 7 else otherwise
