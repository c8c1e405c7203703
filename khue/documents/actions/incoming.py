"""Registering what comes in."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.clock import today
from khue.core.refusals import require
from khue.directory.models import Unit
from khue.documents.actions.numbering import arrivals, take_number
from khue.documents.models import Direction, Document, Secrecy
from khue.documents.rules.registering import duplicate_refusal, duplicates_of, may_register
from khue.journal.actions import record

TYPED = (
    "family", "type", "number", "sign", "issued_on", "issuer_name", "issuer", "signer", "signer_post", "subject",
    "urgency", "secrecy", "restricted", "language", "pages", "copies", "addressees", "due_on", "note",
)  # fmt: skip
"""Fields that a person may type and the reader may fill."""


@transaction.atomic
def register_incoming(
    *,
    unit: Unit,
    by: Actor,
    typed: Mapping[str, Any] | None = None,
    arrived_on: date | None = None,
    duplicate_reason: str = "",
) -> Document:
    """Enter a document into `unit`'s register of arrivals and give it the next arrival number.

    `typed` holds what a person typed, by field name; empty values count as not typed. With `duplicate_reason` it is
    registered although it looks like one that is held already.

    Raises:
        Refused: `register-not-yours`, `document-duplicate`.
    """
    require(may_register(by, unit))
    given = {name: value for name, value in (typed or {}).items() if name in TYPED and value not in ("", None)}
    day = arrived_on or today()
    document = Document(unit=unit, direction=Direction.IN, arrived_on=day, register_year=day.year, **given)
    document.typed_fields = sorted(given)
    document.created_by = by if isinstance(by, User) else None
    document.duplicate_reason = duplicate_reason
    if not duplicate_reason:
        require(duplicate_refusal(_twins(document)))
    document.series = arrivals(unit, on=day, secret=document.secrecy != Secrecy.NONE)
    document.arrival_number = take_number(document.series)
    document.save()
    record(document.dossier, "document.registered", by=by, acting_for=unit.name, number=document.arrival_number)
    return document


def _twins(document: Document) -> list[Document]:
    return duplicates_of(
        document.unit,
        sign=document.sign,
        issuer_name=document.issuer_name,
        issued_on=document.issued_on,
        digest=document.digest,
    )
