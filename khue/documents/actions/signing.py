"""Attaching the signed copy of an outgoing document."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.refusals import Refusal, Refused, require
from khue.documents.actions.way import step
from khue.documents.models import Document, Signature, SignedCopy
from khue.documents.rules.composing import may_sign
from khue.documents.rules.registering import secret_refusal
from khue.files.actions import Upload, attach, remove
from khue.flow.rules import may_move
from khue.journal.actions import record

if TYPE_CHECKING:
    from khue.documents.rules.signatures import Checked

KINDS = {"pdf", "jpeg", "png", "tiff"}
"""Kinds of file that a signed copy may be."""


@transaction.atomic
def attach_signed(document: Document, upload: Upload, *, by: User) -> SignedCopy:
    """Attach the scan or the signed PDF; the digital signatures of a PDF are checked and written down.

    Raises:
        Refused: `signature-broken`, `signed-kind`, `signing-not-yours`, `document-issued`, `secret-file`, what the
            process says of signing now, and what `files` says of the upload.
    """
    from khue.documents.rules.signatures import signatures_of

    document = Document.objects.select_for_update(of=["self"]).select_related("case", "unit").get(pk=document.pk)
    require(may_sign(by, document))
    require(secret_refusal(document.secrecy, has_content=True))
    if hasattr(document, "signed_copy"):
        take_copy_off(document, by, _("Replaced by another signed copy"))
    upload.seek(0)
    found = signatures_of(upload.read())
    require(_broken(found))
    upload.seek(0)
    version = attach(
        upload, dossier=document.dossier, by=by, title=_("Signed copy"), restricted=document.restricted
    ).current
    if version.kind not in KINDS:
        raise Refused(Refusal("signed-kind", _("The signed copy is a PDF or a picture of the signed paper.")))
    kind = SignedCopy.Kind.DIGITAL if found else SignedCopy.Kind.SCAN
    copy = SignedCopy.objects.create(document=document, version=version, kind=kind, by=by)
    Signature.objects.bulk_create([Signature(copy=copy, **asdict(one)) for one in found])
    signers = ", ".join(one.signer for one in found)
    record(document.dossier, "document.signed-copy", by=by, acting_for=document.unit.name, signers=signers)
    case = document.case
    if case is not None and case.step == "for-signature":
        step(document, "sign", by=by)
    return copy


def _broken(found: list[Checked]) -> Refusal | None:
    for one in found:
        if not one.intact:
            return Refusal(
                "signature-broken",
                _("The signature of %(signer)s does not fit the file (%(problem)s). Ask for the file as it was signed.")
                % {"signer": one.signer, "problem": one.problem.rstrip(".")},
            )
    return None


@transaction.atomic
def take_signed_away(document: Document, *, by: User, reason: str) -> Document:
    """Take the signed copy off, so that the draft can be changed again; the file stays on record as removed.

    Raises:
        Refused: `signing-not-yours`, `document-issued`, `reason-missing`, what the process says.
    """
    document = Document.objects.select_for_update(of=["self"]).select_related("case", "unit").get(pk=document.pk)
    require(may_sign(by, document))
    if not reason.strip():
        raise Refused(Refusal("reason-missing", _("Say why; the reason stays in the journal.")))
    if document.serial is not None:
        raise Refused(Refusal("numbered-already", _("It has its number already: %(sign)s.") % {"sign": document.sign}))
    take_copy_off(document, by, reason.strip())
    case = document.case
    if case is not None and may_move(by, case, "hand-back") is None:
        step(document, "hand-back", by=by, comment=reason.strip())
    return document


def take_copy_off(document: Document, by: Actor, reason: str) -> None:
    """Remove the signed copy of a document that has no number yet. For callers inside their own transaction."""
    copy = document.signed_copy
    file = copy.version.file
    copy.delete()
    remove(file, by=by, reason=reason)
    record(document.dossier, "document.signed-copy-removed", by=by, reason=reason)
    document.refresh_from_db()
