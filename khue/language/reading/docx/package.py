"""The parts of a .docx file and the names in them."""

import posixpath

from lxml import etree

from khue.language.reading.archive import Archive
from khue.language.reading.kind import KINDS
from khue.language.reading.refusals import refusal
from khue.language.reading.xml import parse

_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def w(name: str) -> str:
    """The qualified name of an element or attribute of WordprocessingML."""
    return _W + name


def value(parent: etree._Element | None, name: str) -> str | None:
    """The `w:val` of a child, "" where the child has none, None where there is no such child."""
    child = parent.find(_W + name) if parent is not None else None
    return child.get(_W + "val", "") if child is not None else None


def is_on(parent: etree._Element | None, name: str) -> bool | None:
    """A toggle property: None where it is not set."""
    setting = value(parent, name)
    return None if setting is None else setting not in ("0", "false", "off", "none")


class Package:
    """The parts that reading needs. Raises Unreadable where the main part is missing or a part is damaged."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._archive = Archive(data, name, KINDS["docx"])
        self._main = self._target("", "officeDocument") or "word/document.xml"
        document = self._parse(self._main)
        body = document.find(w("body")) if document is not None else None
        if body is None:
            raise refusal("damaged", name, label=KINDS["docx"].label)
        self.body = body

    def related(self, relation: str) -> etree._Element | None:
        """Root of the part that the document names `styles`, `numbering`, `footnotes` or `endnotes`."""
        target = self._target(self._main, relation)
        return self._parse(target) if target else None

    def _target(self, part: str, relation: str) -> str | None:
        folder, file = posixpath.split(part)
        links = self._parse(posixpath.join(folder, "_rels", f"{file}.rels"))
        for link in links.iter(_RELATION) if links is not None else ():
            if link.get("Type", "").endswith(f"/{relation}"):
                return posixpath.normpath(posixpath.join("/", folder, link.get("Target", ""))).lstrip("/")
        return None

    def _parse(self, part: str) -> etree._Element | None:
        data = self._archive.read(part)
        if data is None:
            return None
        if _STRICT in data[:4096]:
            for strict, transitional in _TRANSITIONAL.items():
                data = data.replace(strict, transitional)
        return parse(data, self.name, KINDS["docx"].label)
