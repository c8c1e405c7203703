"""What the styles of an OpenDocument file say of its fonts, capitals and lists."""

from typing import NamedTuple

from lxml import etree

from khue.language.reading.numbers import format_number
from khue.language.reading.odt.names import FO, STYLE, TEXT, whole

_KINDS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_LEVELS = (f"{TEXT}list-level-style-number", f"{TEXT}list-level-style-bullet", f"{TEXT}outline-level-style")


class Face(NamedTuple):
    """How a text style draws; None where it is silent."""

    font: str | None = None
    capitals: bool | None = None
    hidden: bool | None = None


class Level(NamedTuple):
    """How one level of a list prints its numbers; `kind` None for bullets, "" for no number."""

    kind: str | None = ""
    prefix: str = ""
    suffix: str = ""
    bullet: str = ""
    shown: int = 1
    """How many levels the number shows, itself included."""
    start: int = 1


class Styles:
    def __init__(self, roots: list[etree._Element]) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._lists: dict[str, dict[int, Level]] = {}
        self.outline: dict[int, Level] = {}
        for root in roots:
            for style in root.iter(f"{STYLE}style"):
                self._styles.setdefault((style.get(f"{STYLE}family", ""), style.get(f"{STYLE}name", "")), style)
            for style in root.iter(f"{TEXT}list-style"):
                self._lists.setdefault(style.get(f"{STYLE}name", ""), _levels(style))
            for style in root.iter(f"{TEXT}outline-style"):
                self.outline = _levels(style)
        self._faces: dict[tuple[str, str], Face] = {}

    def face(self, family: str, name: str) -> Face:
        """The face of a style of the family `paragraph` or `text`, with what it inherits."""
        key = (family, name)
        if key not in self._faces:
            face = Face()
            for style in reversed(self._chain(key)):
                own = _face(style.find(f"{STYLE}text-properties"))._asdict()
                face = face._replace(**{part: said for part, said in own.items() if said is not None})
            self._faces[key] = face
        return self._faces[key]

    def list_of_paragraph(self, name: str) -> str | None:
        """The list style that a paragraph style brings along."""
        names = (style.get(f"{STYLE}list-style-name") for style in self._chain(("paragraph", name)))
        return next((found for found in names if found), None)

    def levels(self, name: str) -> dict[int, Level]:
        return self._lists.get(name, {})

    def _chain(self, key: tuple[str, str]) -> list[etree._Element]:
        chain: list[etree._Element] = []
        while (style := self._styles.get(key)) is not None and style not in chain:
            chain.append(style)
            key = (key[0], style.get(f"{STYLE}parent-style-name", ""))
        return chain


def _face(properties: etree._Element | None) -> Face:
    if properties is None:
        return Face()
    transform, display = properties.get(f"{FO}text-transform"), properties.get(f"{TEXT}display")
    return Face(
        properties.get(f"{STYLE}font-name") or properties.get(f"{FO}font-family"),
        None if transform is None else transform == "uppercase",
        None if display is None else display == "none",
    )


def _levels(style: etree._Element) -> dict[int, Level]:
    return {whole(el.get(f"{TEXT}level"), 1) - 1: _level(el) for el in style if el.tag in _LEVELS}


def _level(element: etree._Element) -> Level:
    prefix, suffix = element.get(f"{STYLE}num-prefix", ""), element.get(f"{STYLE}num-suffix", "")
    if element.tag == _LEVELS[1]:
        return Level(None, bullet=element.get(f"{TEXT}bullet-char", "•"))
    kind = _KINDS.get(element.get(f"{STYLE}num-format", ""), "")
    shown = whole(element.get(f"{TEXT}display-levels"), 1)
    return Level(kind, prefix, suffix, "", shown, whole(element.get(f"{TEXT}start-value"), 1))


def label(levels: dict[int, Level], counters: dict[int, int], level: int) -> str:
    """The number of the item at `level` as it is printed, "" where it has none."""
    here = levels.get(level, Level())
    if not here.kind:
        return f"{here.prefix}{here.suffix}".strip()
    numbers = []
    for upper in range(max(0, level - here.shown + 1), level + 1):
        shown = levels.get(upper, Level())
        if shown.kind:
            numbers.append(format_number(counters.get(upper, shown.start), shown.kind))
    return f"{here.prefix}{'.'.join(numbers)}{here.suffix}".strip()
