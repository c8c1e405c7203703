"""Registering what comes in, and correcting what was registered."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.actors import READER, Actor
from khue.core.clock import today
from khue.core.refusals import Refusal, require
from khue.directory.models import Unit
from khue.documents.actions.citations import arrived
from khue.documents.actions.numbering import arrivals, take_number
from khue.documents.actions.way import INCOMING, open_way, retitle, step
from khue.documents.models import Direction, Document, Reading, Secrecy
from khue.documents.rules.handling import may_keep
from khue.documents.rules.registering import (
    duplicate_refusal,
    duplicates_of,
    may_register,
    nothing_refusal,
    secret_refusal,
)
from khue.files.actions import Upload, attach, dispose
from khue.files.models import File
from khue.files.reading import why_unread
from khue.journal.actions import record

TYPED = (
    "family", "type", "number", "sign", "issued_on", "issuer_name", "issuer", "signer", "signer_post", "subject",
    "urgency", "secrecy", "restricted", "language", "pages", "copies", "addressees", "due_on", "note", "text",
)  # fmt: skip
"""Fields that a person may type and the reader may fill."""


@transaction.atomic
def register_incoming(
    *,
    unit: Unit,
    by: Actor,
    upload: "Upload | None" = None,
    typed: Mapping[str, Any] | None = None,
    arrived_on: date | None = None,
    duplicate_reason: str = "",
) -> Document:
    """Enter a document into `unit`'s register of arrivals and give it the next arrival number.

    `typed` holds what a person typed, by field name; empty values count as not typed. An `upload` is attached and
    read by a job, which fills the fields nobody typed. With `duplicate_reason` it is registered although it looks
    like one that is held already.

    Raises:
        Refused: `register-not-yours`, `document-duplicate`, `secret-file`, `arrival-in-the-future`,
            `nothing-to-register`, and what `files` says of the upload.
    """
    require(may_register(by, unit))
    given = {name: value for name, value in (typed or {}).items() if name in TYPED and value not in ("", None)}
    day = arrived_on or today()
    require(_in_the_future(day))
    require(nothing_refusal(given, has_file=upload is not None))
    document = Document(unit=unit, direction=Direction.IN, arrived_on=day, register_year=day.year, **given)
    document.typed_fields = sorted(given)
    document.created_by = by if isinstance(by, User) else None
    require(secret_refusal(document.secrecy, has_content=upload is not None or bool(document.text)))
    document.digest = _digest(upload) if upload else ""
    document.duplicate_reason = duplicate_reason.strip()
    if not document.duplicate_reason:
        require(duplicate_refusal(twins(document), by))
    document.series = arrivals(unit, on=day, secret=document.secrecy != Secrecy.NONE)
    document.arrival_number = take_number(document.series)
    document.save()
    record(document.dossier, "document.registered", by=by, acting_for=unit.name, number=document.arrival_number)
    open_way(document, INCOMING, {"receiver": unit}, by=by)
    step(document, "register", by=by)
    if upload is not None:
        _attach_main(document, upload, by)
    arrived(document, by=by)
    return document


def _in_the_future(day: date) -> Refusal | None:
    if day <= today():
        return None
    return Refusal("arrival-in-the-future", _("The date of arrival is still to come. Check it."))


def _digest(upload: Upload) -> str:
    """SHA-256 of an upload, which is then ready to be read again from its start."""
    digest = hashlib.sha256()
    upload.seek(0)
    for chunk in iter(lambda: upload.read(1 << 20), b""):
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def _attach_main(document: Document, upload: Upload, by: Actor) -> None:
    file = attach(upload, dossier=document.dossier, by=by, restricted=document.restricted)
    document.main_file = file
    document.reading_problem = why_unread(file.current)[:500]
    document.reading = Reading.FAILED if document.reading_problem else Reading.WAITING
    document.save(update_fields=["main_file", "reading", "reading_problem"])


def twins(document: Document) -> list[Document]:
    """Documents of the same registers that this one may be a second copy of."""
    return duplicates_of(
        document.unit,
        sign=document.sign,
        issuer_name=document.issuer_name,
        issued_on=document.issued_on,
        digest=document.digest,
        apart_from=document.pk,
    )


@transaction.atomic
def correct(document: Document, *, by: Actor, changed: Mapping[str, Any]) -> Document:
    """Write what a person corrected or confirmed; the reader leaves those fields alone from now on.

    Giving a document a mark of secrecy takes its files out of the system.

    Raises:
        Refused: `register-not-yours`, `document-not-yours`.
    """
    document = Document.objects.select_for_update().get(pk=document.pk)
    require(may_keep(by, document))
    given = {name: value for name, value in changed.items() if name in TYPED}
    facts = {
        name: f"{getattr(document, name)} → {value}"
        for name, value in given.items()
        if getattr(document, name) != value
    }
    for name, value in given.items():
        setattr(document, name, value)
    document.typed_fields = sorted({*document.typed_fields, *given})
    document.read_fields = [name for name in document.read_fields if name not in given]
    if document.secret:
        take_content_out(document, by=by)
    document.save()
    retitle(document)
    if facts:
        record(document.dossier, "document.corrected", by=by, **facts)
    arrived(document, by=by)
    return document


def take_content_out(document: Document, *, by: Actor = READER) -> None:
    """Destroy the electronic copies of a document that bears a mark of secrecy; the register keeps its facts only.

    The document is not saved here.
    """
    had = bool(document.digest or document.text or document.main_file_id)
    for file in File.objects.filter(dossier_kind="document", dossier_id=document.pk, disposed_at=None):
        dispose(file, by=by, reason=_("The document bears a mark of secrecy, so no copy may be kept here."))
    document.digest, document.text, document.main_file = "", "", None
    document.reading, document.reading_problem = Reading.NONE, ""
    if had:
        record(document.dossier, "document.content-taken-out", by=by)


@transaction.atomic
def attach_main(document: Document, upload: Upload, *, by: User) -> Document:
    """Add the file of a document that was registered without one, or a better scan of it.

    Raises:
        Refused: `secret-file`, `register-not-yours`, and what `files` says of the upload.
    """
    document = Document.objects.select_for_update().get(pk=document.pk)
    require(may_keep(by, document))
    require(secret_refusal(document.secrecy, has_content=True))
    document.digest = _digest(upload)
    _attach_main(document, upload, by)
    document.save(update_fields=["digest"])
    return document
