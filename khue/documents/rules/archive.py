"""Files for the archive: which are due, and a file as XML with the field codes of Decree 30/2020, appendix VI."""

from collections.abc import Iterable
from datetime import date, timedelta
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from django.db.models import Q

from khue.core.clock import today
from khue.documents.models import CaseFile, Direction, Document
from khue.documents.rules.shelf import shelf
from khue.language.signs import TYPES


def due_for_archive() -> Q:
    """Files that ended so long ago that the notice of the archive's term falls due (appendix VI: 30 days before)."""
    rule = shelf()["archive"]
    notice = today() + timedelta(days=int(rule["notice_days"]))
    day = notice.replace(year=notice.year - int(rule["years"]), day=min(notice.day, 28))
    return Q(ended_on__lte=day, destroyed_at=None)


def as_xml(case_file: CaseFile, documents: Iterable[Document]) -> bytes:
    """The file's description and its documents in chronological order."""
    ordered = sorted(documents, key=lambda one: (one.issued_on or date.min, one.arrived_on or date.min, one.pk))
    root = Element("File")
    facts = {
        "FileCode": f"{case_file.unit.code[:13]}.{case_file.year}.{case_file.notation}",
        "Title": case_file.title,
        "Maintenance": case_file.retention,
        "Rights": case_file.rights,
        "Creator": str(case_file.keeper or ""),
        "Language": case_file.language,
        "StartDate": _day(case_file.started_on),
        "EndDate": _day(case_file.ended_on),
        "DocTotal": str(len(ordered)),
        "PageTotal": str(sum(one.pages or 0 for one in ordered)),
        "Description": case_file.note,
    }
    _put(root, facts)
    holder = SubElement(root, "Documents")
    for ordinal, document in enumerate(ordered, 1):
        _put(SubElement(holder, "Document"), {"DocOrdinal": str(ordinal), **document_fields(document)})
    indent(root)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def document_fields(document: Document) -> dict[str, str]:
    """The fields of a document by their codes in appendix VI, cut to its lengths."""
    facts = {
        "TypeName": TYPES.get(document.type, "Công văn" if not document.type else document.type)[:100],
        "CodeNumber": document.number[:11],
        "CodeNotation": document.sign[len(document.number) :].lstrip("/-")[:30],
        "IssuedDate": _day(document.issued_on),
        "OrganName": document.issuer_name[:200],
        "Subject": document.subject[:500],
        "Language": document.language[:30],
        "PageAmount": str(document.pages or ""),
        "Description": document.note[:500],
        "Position": document.signer_post[:100],
        "FullName": document.signer[:50],
        "Priority": str(document.urgency),
        "IssuedAmount": str(document.copies or ""),
        "DueDate": _day(document.due_on),
    }
    if document.direction == Direction.IN:
        facts |= {
            "ArrivalDate": _day(document.arrived_on),
            "ArrivalNumber": str(document.arrival_number or ""),
            "ToPlaces": document.addressees[:1000],
        }
    return facts


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _put(parent: Element, facts: dict[str, str]) -> None:
    for name, value in facts.items():
        if value:
            SubElement(parent, name).text = value
