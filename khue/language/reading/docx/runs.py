"""The text of one Word paragraph: insertions kept, deletions dropped, legacy fonts mended, fields by their result."""

from typing import NamedTuple

from lxml import etree

from khue.language.encodings import LegacyFont, legacy_font, to_unicode
from khue.language.reading.docx.package import is_on, value, w
from khue.language.reading.docx.styles import Look, Styles
from khue.language.reading.numbers import symbol

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_DROPPED = frozenset(
    {w(name) for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "delInstrText", "rt", "sdtPr")}
)
_SIGNS = {
    w("tab"): "\t", w("ptab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-", w("softHyphen"): "\xad",
}  # fmt: skip
_NOTES = {w("footnoteReference"): "footnotes", w("endnoteReference"): "endnotes"}
_BOXES = frozenset({w("txbxContent")})


class Paragraph(NamedTuple):
    text: str
    boxes: list[etree._Element]
    """Contents of the text boxes that are anchored in it."""
    notes: list[tuple[str, str]]
    """Kind and identifier of the notes it refers to."""


class Runs:
    """Reads the paragraphs of one document."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._pieces: list[tuple[str, LegacyFont | None]] = []
        self._boxes: list[etree._Element] = []
        self._notes: list[tuple[str, str]] = []

    def read(self, paragraph: etree._Element, look: Look) -> Paragraph:
        self._pieces, self._boxes, self._notes = [], [], []
        self._walk(paragraph, look)
        return Paragraph(_joined(self._pieces), self._boxes, self._notes)

    def _walk(self, parent: etree._Element, look: Look) -> None:
        for element in parent:
            tag = element.tag
            if tag == w("r"):
                self._run(element, look)
            elif tag == _MATH_TEXT:
                self._pieces.append((element.text or "", None))
            elif tag not in _DROPPED:
                self._walk(element, look)

    def _run(self, run: etree._Element, look: Look) -> None:
        properties = run.find(w("rPr"))
        styled = self._styles.look(value(properties, "rStyle") or "") if properties is not None else Look()
        hidden = _first(is_on(properties, "vanish"), styled.hidden, look.hidden)
        capitals = _first(is_on(properties, "caps"), styled.caps, look.caps)
        font = legacy_font(self._styles.font(properties, look) or "")
        if hidden:
            return
        text = "".join(self._texts(run))
        self._pieces.append((text.upper() if capitals and font is None else text, font))

    def _texts(self, run: etree._Element) -> list[str]:
        texts: list[str] = []
        for element in run:
            tag = element.tag
            if tag == w("t"):
                texts.append(element.text or "")
            elif tag in _SIGNS:
                texts.append(_sign(element))
            elif tag == w("sym"):
                texts.append(_symbol(element))
            elif tag in _NOTES:
                self._notes.append((_NOTES[tag], element.get(w("id"), "")))
            elif tag == w("ruby"):
                texts += [text.text or "" for base in element.iter(w("rubyBase")) for text in base.iter(w("t"))]
            elif tag not in _DROPPED:
                self._find_boxes(element)
        return texts

    def _find_boxes(self, element: etree._Element) -> None:
        """Word writes a text box twice, for new and for old readers: the first that holds text is taken."""
        if element.tag in _BOXES:
            self._boxes.append(element)
        elif element.tag == f"{_MC}AlternateContent":
            for choice in element:
                before = len(self._boxes)
                self._find_boxes(choice)
                if len(self._boxes) > before:
                    return
        else:
            for child in element:
                self._find_boxes(child)


def _sign(element: etree._Element) -> str:
    if element.tag == w("br") and element.get(w("type")) == "column":
        return "\n"
    return _SIGNS[element.tag]


def _symbol(element: etree._Element) -> str:
    code = element.get(w("char"), "")
    try:
        return symbol(chr(int(code, 16)))
    except (ValueError, OverflowError):
        return ""


def _first(*settings: bool | None) -> bool:
    return next((setting for setting in settings if setting is not None), False)


def _joined(pieces: list[tuple[str, LegacyFont | None]]) -> str:
    """Neighbouring runs of one legacy font are mended together: a VNI letter may be cut between two runs."""
    text, pending, font = "", "", None
    for piece, of_font in pieces:
        if of_font != font and piece:
            text += to_unicode(pending, font) if font else pending
            pending, font = "", of_font
        pending += piece
    return text + (to_unicode(pending, font) if font else pending)
