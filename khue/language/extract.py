"""From the text of a document to what it cites, orders, is asked for and where: the shape of `khue extract`."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from khue.language.directives.model import Directive
from khue.language.directives.reader import Reader
from khue.language.document import Document, Frame, frame
from khue.language.petition import Petition
from khue.language.places import Place, places
from khue.language.signs import Sign, signs
from khue.language.source import SourceText
from khue.language.structure import Block, Page, read, trim

DATELESS = "Không tìm thấy ngày của văn bản: các mốc thiếu năm không tính được."


@dataclass(frozen=True, slots=True)
class Citation:
    """A number and sign cited in the text; `sign` is the canonical form."""

    start: int
    end: int
    text: str
    sign: str
    family: str
    type: str | None
    issuer: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read from one document. Offsets count code points of the NFC text."""

    document: Document
    citations: tuple[Citation, ...]
    directives: tuple[Directive, ...]
    petitions: tuple[Petition, ...]
    places: tuple[Place, ...]
    warnings: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The object that `khue extract` prints, without `source`."""
        return {
            "document": _document(self.document),
            "citations": [{name: getattr(c, name) for name in Citation.__slots__} for c in self.citations],
            "directives": [_directive(found) for found in self.directives],
            "petitions": [_petition(found) for found in self.petitions],
            "places": [_place(found) for found in self.places],
            "warnings": list(self.warnings),
        }


def extract(source: SourceText, on: date | None = None) -> Extraction:
    """Read a document. `on` is the day relative dates are read against when the document itself has none."""
    page = read(source)
    found = frame(page)
    document = found.document
    today = document.issued_on or document.reported_on or on
    directives, petitions = _reader(page, found, today).read(list(found.body))
    own = found.own.start if found.own else -1
    return Extraction(
        document=document,
        citations=tuple(_cited(page, sign) for sign in signs(page.plain) if sign.start != own),
        directives=tuple(directives),
        petitions=tuple(petitions),
        places=_placed(page, found, today),
        warnings=_warnings(source, today, directives),
    )  # fmt: skip


def reader_of(page: Page, on: date | None = None) -> tuple[Reader, list[Block]]:
    """The reader of a page and what it has to read, for those who want to see how it reads."""
    found = frame(page)
    return _reader(page, found, found.document.issued_on or found.document.reported_on or on), list(found.body)


def _reader(page: Page, found: Frame, today: date | None) -> Reader:
    document = found.document
    press = document.family == "press"
    return Reader(page, press=press, today=today, kind=_kind(document), issuer=document.issuer, to=found.to)


def _placed(page: Page, found: Frame, today: date | None) -> tuple[Place, ...]:
    """The places of the matter; where it names none, those of the whole text."""
    named = places(page.plain, page.low, _prose(found), today)
    named = named or places(page.plain, page.low, [(0, len(page.plain))], today)
    return tuple(_as_printed(page, place) for place in named)


def _as_printed(page: Page, place: Place) -> Place:
    start, end = trim(page, place.start, place.end)
    return replace(place, start=start, end=end, text=page.text[start:end])


def _kind(document: Document) -> str | None:
    return "normative" if document.family == "normative" else document.type


def _cited(page: Page, sign: Sign) -> Citation:
    text = page.text[sign.start : sign.end]
    return Citation(sign.start, sign.end, text, sign.sign, sign.family, sign.type, sign.issuer)


def _prose(found: Frame) -> list[tuple[int, int]]:
    """Where places are looked for: the matter, not the titles and captions around it, unless there is nothing else."""
    spans = [(block.start, block.end) for block in found.body if block.kind != "heading" and not block.cut]
    return spans or [(block.start, block.end) for block in found.body]


def _warnings(source: SourceText, today: date | None, directives: list[Directive]) -> tuple[str, ...]:
    told = list(source.warnings)
    if today is None:
        told.append(DATELESS)
    if not directives:
        told.append("Không tìm thấy nội dung chỉ đạo nào trong văn bản.")
    return tuple(told)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _document(document: Document) -> dict[str, Any]:
    fields = {name: getattr(document, name) for name in Document.__slots__}
    return fields | {
        "issued_on": _iso(document.issued_on),
        "reported_on": _iso(document.reported_on),
        "addressees": list(document.addressees),
    }


def _directive(found: Directive) -> dict[str, Any]:
    due = found.due and {"text": found.due.text, "from": _iso(found.due.first), "to": _iso(found.due.last)}
    again = found.recurrence and {name: getattr(found.recurrence, name) for name in type(found.recurrence).__slots__}
    return {
        "start": found.start, "end": found.end, "text": found.text,
        "assignees": [{"name": a.name, "role": a.role} for a in found.assignees],
        "action": found.action, "due": due, "priority": found.priority, "confidence": found.confidence,
        "modality": found.modality, "recurrence": again,
    }  # fmt: skip


def _petition(found: Petition) -> dict[str, Any]:
    return {
        "start": found.start, "end": found.end, "text": found.text, "kind": found.kind,
        "from": list(found.voiced_by), "confidence": found.confidence,
    }  # fmt: skip


def _place(found: Place) -> dict[str, Any]:
    return {
        "start": found.start, "end": found.end, "text": found.text, "code": found.code,
        "valid_on": _iso(found.valid_on), "confidence": found.confidence,
    }  # fmt: skip
