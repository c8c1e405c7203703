"""What the styles of a Word document say of a paragraph or a run."""

from functools import cache
from typing import NamedTuple

from lxml import etree

from khue.language.reading.docx.package import is_on, value, w


class Look(NamedTuple):
    """What a style, with all it is based on, says that bears on the text; None where it is silent."""

    outline: int | None = None
    """0 for the highest level; 9 for body text."""
    numbering: tuple[str | None, int | None] | None = None
    """Identifier of the list, and level in it."""
    font: str | None = None
    caps: bool | None = None
    hidden: bool | None = None
    contents: bool | None = None
    """A line of a table of contents."""


class Styles:
    def __init__(self, root: etree._Element | None) -> None:
        found = root.iter(w("style")) if root is not None else ()
        self._styles = {style.get(w("styleId"), ""): style for style in found}
        self._default = next((key for key, style in self._styles.items() if _is_default(style)), "")
        defaults = root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}") if root is not None else None
        self._base_font = font_of(defaults)
        self.look = cache(self._look)

    def of_paragraph(self, properties: etree._Element | None) -> tuple[str, Look]:
        """Identifier and look of the style of a paragraph."""
        style = value(properties, "pStyle") or self._default
        return style, self.look(style)

    def font(self, properties: etree._Element | None, paragraph: Look) -> str | None:
        """Font of a run in a paragraph of that look."""
        own = font_of(properties) or self.look(value(properties, "rStyle") or "").font
        return own or paragraph.font or self._base_font

    def _look(self, style_id: str) -> Look:
        look = Look()
        for style in reversed(self._chain(style_id)):
            own = _own_look(style)._asdict()
            look = look._replace(**{name: said for name, said in own.items() if said is not None})
        return look

    def _chain(self, style_id: str) -> list[etree._Element]:
        chain: list[etree._Element] = []
        while (style := self._styles.get(style_id)) is not None and style not in chain:
            chain.append(style)
            style_id = value(style, "basedOn") or ""
        return chain


def _is_default(style: etree._Element) -> bool:
    return style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true", "on")


def _own_look(style: etree._Element) -> Look:
    paragraph, run = style.find(w("pPr")), style.find(w("rPr"))
    name = (value(style, "name") or "").lower()
    return Look(
        outline=0 if name == "title" else outline_of(paragraph),
        numbering=numbering_of(paragraph),
        font=font_of(run),
        caps=is_on(run, "caps"),
        hidden=is_on(run, "vanish"),
        contents=(name.startswith("toc ") and name[4:].isdigit()) or None,
    )


def outline_of(properties: etree._Element | None) -> int | None:
    level = value(properties, "outlineLvl")
    return int(level) if level and level.isascii() and level.isdigit() else None


def numbering_of(properties: etree._Element | None) -> tuple[str | None, int | None] | None:
    """List and level that paragraph properties name. List "0" takes a paragraph out of any list."""
    numbering = properties.find(w("numPr")) if properties is not None else None
    if numbering is None:
        return None
    level = value(numbering, "ilvl")
    return value(numbering, "numId"), int(level) if level and level.isascii() and level.isdigit() else None


def font_of(properties: etree._Element | None) -> str | None:
    fonts = properties.find(w("rFonts")) if properties is not None else None
    if fonts is None:
        return None
    if fonts.get(w("asciiTheme")) or fonts.get(w("hAnsiTheme")):
        return "theme"
    name: str | None = fonts.get(w("hAnsi")) or fonts.get(w("ascii"))
    return name
