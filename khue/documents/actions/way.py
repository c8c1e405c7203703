"""A document's way through the office: its case on the process shelf."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.refusals import require
from khue.directory.models import Unit
from khue.documents.actions.versions import keep_version
from khue.documents.models import Document
from khue.documents.rules.visibility import may_see
from khue.flow.actions import move, open_case, set_due, set_party
from khue.flow.models import Case, CaseParty

INCOMING, OUTGOING = "document-incoming", "document-outgoing"
KEEPS_TEXT = ("ask-comments", "revise", "submit", "hand-back")
"""Moves at which the draft is kept as it stands."""


def open_way(document: Document, process: str, parties: Mapping[str, Unit], *, by: Actor) -> None:
    """Open the document's case and remember it. For callers that are inside their own transaction."""
    document.case = open_case(
        process,
        title=str(document),
        url=document.get_absolute_url(),
        dossier=document.dossier,
        parties=parties,
        by=by,
        due_on=document.due_on,
    )
    Document.objects.filter(pk=document.pk).update(case=document.case)


def retitle(document: Document) -> None:
    """Let the desk show the document under its sign and abstract once they are known."""
    if document.case is None:
        return
    title = " · ".join(part for part in (document.sign, document.subject) if part) or str(document)
    if document.case.title != title[:500]:
        document.case.title = title[:500]
        document.case.save(update_fields=["title"])


def step(document: Document, name: str, *, by: Actor, comment: str = "", data: Mapping[str, Any] | None = None) -> None:
    """Make one move of the document's case, if it has one."""
    if document.case is not None:
        move(document.case, name, by=by, comment=comment, data=data)


@transaction.atomic
def advance(
    document: Document,
    name: str,
    *,
    by: User,
    comment: str = "",
    data: Mapping[str, Any] | None = None,
    expected_step: str = "",
) -> Document:
    """Make a move that needs nothing but itself. A draft that is handed on is kept as it stands.

    Raises:
        Refused: what the process says, or `document-not-yours`.
    """
    document = Document.objects.select_for_update(of=["self"]).select_related("case").get(pk=document.pk)
    require(may_see(by, document))
    if name in KEEPS_TEXT and hasattr(document, "draft"):
        keep_version(document.draft)
    if document.case is not None:
        move(document.case, name, by=by, comment=comment, data=data, expected_step=expected_step)
    return document


def due(document: Document, day: date, *, by: Actor, reason: str) -> None:
    """Set the day by which the document is to be resolved, on the case too."""
    Document.objects.filter(pk=document.pk).update(due_on=day)
    document.due_on = day
    if document.case is not None and document.case.closed_at is None and document.case.due_on != day:
        set_due(document.case, day, by=by, reason=reason)


@transaction.atomic
def hand_over_incoming(old: Unit, to: Unit, *, by: Actor, reason: str) -> int:
    """What came in and is not settled goes on at `to`, whether `old` received or handles it; returns how many
    documents. The registers, the slip and who got it stay as they were."""
    parts = CaseParty.objects.filter(
        unit=old, case__closed_at=None, case__process_version__process=INCOMING
    ).order_by("case", "party")  # fmt: skip
    held = list(parts.values_list("case", "party"))
    cases = Case.objects.select_related("process_version").in_bulk([pk for pk, _party in held])
    for pk, party in held:
        set_party(cases[pk], party, to, by=by, reason=reason)
    return len(cases)
