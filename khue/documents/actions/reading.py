"""Filling a document's fields from the text of its file. What a person typed is never overwritten."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from khue.core.actors import READER
from khue.core.clock import today
from khue.directory.search import resolve_unit
from khue.documents.actions.citations import Cited, arrived, cite
from khue.documents.actions.incoming import take_content_out, twins
from khue.documents.actions.way import retitle
from khue.documents.models import Citation, Document, Reading, Secrecy, Urgency
from khue.files.models import Version
from khue.files.reading import source_of, why_unread
from khue.journal.actions import record
from khue.language.document import Document as Head
from khue.language.extract import Extraction, extract
from khue.language.text import fold
from khue.notices.actions import notify

SECRECY = {"MẬT": Secrecy.SECRET, "TỐI MẬT": Secrecy.TOP_SECRET, "TUYỆT MẬT": Secrecy.ABSOLUTE}
URGENCY = {"KHẨN": Urgency.URGENT, "THƯỢNG KHẨN": Urgency.VERY_URGENT, "HỎA TỐC": Urgency.FLASH}
OPENINGS = {
    "can cu": Citation.Kind.BASIS,
    "thuc hien": Citation.Kind.BASIS,
    "tra loi": Citation.Kind.REPLY,
    "phuc dap": Citation.Kind.REPLY,
    "dinh chinh": Citation.Kind.CORRECTION,
    "thay the": Citation.Kind.REPLACEMENT,
    "thu hoi": Citation.Kind.RECALL,
}
"""How a line begins, accents folded, whose citation is more than a mention."""
LENGTHS = {"sign": 80, "number": 11, "type": 10, "issuer_name": 200, "signer": 120, "subject": 500, "addressees": 1000}


@transaction.atomic
def file_read(version: Version) -> None:
    """Called when the text of a version of a document's file is there, or cannot be had. Only its main file counts."""
    document = (
        Document.objects.select_for_update(of=["self"]).select_related("unit", "case").get(pk=version.file.dossier_id)
    )
    if document.main_file_id != version.file_id:
        return
    if version.text_state != Version.Text.READ:
        document.reading = Reading.FAILED
        document.reading_problem = why_unread(version)[:500]
        document.save(update_fields=["reading", "reading_problem"])
        return
    read = extract(source_of(version), on=document.arrived_on)
    fill(document, facts_of(read.document, pages=version.pages))
    document.reading, document.reading_problem = Reading.DONE, ""
    if document.secret:
        take_content_out(document)
        document.save()
        _tell(document, "secret", gettext_lazy("A file marked secret was taken out of the system"))
        return
    document.save()
    retitle(document)
    cite(document, cited_in(read, version.text))
    arrived(document)
    record(document.dossier, "document.read", by=READER, fields=", ".join(document.read_fields))
    if twins(document) and not document.duplicate_reason:
        _tell(document, "twin", gettext_lazy("A document just registered may be there already"))


def facts_of(head: Head, *, pages: int = 0) -> dict[str, Any]:
    """The fields of a register as the reader found them; what it did not find is left out."""
    facts: dict[str, Any] = {
        "sign": head.sign or "",
        "number": (head.sign or "").replace("-", "/").split("/")[0],
        "type": head.type if head.type and head.type != "press" else "",
        "family": head.family,
        "issuer_name": head.issuer or "",
        "issued_on": head.issued_on or head.reported_on,
        "signer": head.signer or "",
        "subject": head.subject or "",
        "addressees": "; ".join(head.addressees),
        "urgency": URGENCY.get(head.urgency or ""),
        "secrecy": SECRECY.get(head.secrecy or ""),
        "pages": pages or None,
    }
    return {name: _cut(name, value) for name, value in facts.items() if value not in ("", None)}


def _cut(name: str, value: Any) -> Any:
    """A text no longer than its column, cut between words."""
    longest = LENGTHS.get(name)
    if longest is None or len(value) <= longest:
        return value
    return value[: longest - 1].rsplit(" ", 1)[0] + "…"


def fill(document: Document, facts: dict[str, Any]) -> None:
    """Write the facts nobody typed, and remember which they are. The document is not saved."""
    filled = {name: value for name, value in facts.items() if name not in document.typed_fields}
    for name, value in filled.items():
        setattr(document, name, value)
    document.read_fields = sorted({*document.read_fields, *filled})
    if document.issuer_id is None and document.issuer_name and "issuer" not in document.typed_fields:
        document.issuer = resolve_unit(document.issuer_name, document.issued_on or document.arrived_on or today())


def cited_in(read: Extraction, text: str) -> list[Cited]:
    """The citations of a text: one for each sign, a basis where the line begins with "Căn cứ"."""
    return [
        Cited(
            sign=one.sign,
            text=one.text[:200],
            start=one.start,
            end=one.end,
            family=one.family,
            type=one.type or "",
            kind=_kind(text, one.start),
        )
        for one in read.citations
    ]


def _kind(text: str, start: int) -> str:
    """What a citation is for, from the words of its line before it."""
    before = fold(text[text.rfind("\n", 0, start) + 1 : start])
    for beginning, kind in OPENINGS.items():
        if before.lstrip("-+* ").startswith(beginning):
            return kind
    return Citation.Kind.MENTION


def _tell(document: Document, what: str, subject: Promise) -> None:
    if document.created_by is not None:
        notify(
            [document.created_by],
            key=f"document-{what}:{document.pk}",
            subject=subject,
            body=str(document),
            url=reverse("documents:document", args=[document.pk]),
            dossier=document.dossier,
            by=READER,
        )
