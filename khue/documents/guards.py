"""What must be so before a document's case may move. A case without a document (a worked example) is not held up."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.core.refusals import Refusal
from khue.documents.models import Document
from khue.documents.rules.composing import unready
from khue.flow import guards
from khue.flow.models import Case


def _of(case: Case) -> Document | None:
    return Document.objects.filter(case=case).first()


@guards.register("draft-ready")
def draft_ready(case: Case, *, by: Actor, data: Mapping[str, Any] | None) -> Refusal | None:
    """Nothing is missing in the draft and no comment is open."""
    document = _of(case)
    return unready(document.draft) if document is not None and hasattr(document, "draft") else None


@guards.register("signed-copy-attached")
def signed_copy_attached(case: Case, *, by: Actor, data: Mapping[str, Any] | None) -> Refusal | None:
    """The scan or the signed PDF is there."""
    document = _of(case)
    if document is None or hasattr(document, "signed_copy"):
        return None
    return Refusal("not-signed", _("Attach the signed scan or the signed PDF first."))


@guards.register("number-taken")
def number_taken(case: Case, *, by: Actor, data: Mapping[str, Any] | None) -> Refusal | None:
    """It has its number and date."""
    document = _of(case)
    if document is None or document.serial is not None:
        return None
    return Refusal("not-numbered", _("Give it a number and a date first."))


@guards.register("document-issued")
def document_issued(case: Case, *, by: Actor, data: Mapping[str, Any] | None) -> Refusal | None:
    """It is issued."""
    document = _of(case)
    if document is None or document.issued_at is not None:
        return None
    return Refusal("not-issued", _("Issue it on its page, where its recipients are named."))
