"""Saying something about a draft."""

from django.db import transaction
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.clock import now
from khue.core.refusals import Refusal, Refused, require
from khue.documents.models import Comment, Document
from khue.documents.rules.composing import may_comment
from khue.journal.actions import record


@transaction.atomic
def comment(document: Document, *, by: User, body: str, quote: str = "", parent: Comment | None = None) -> Comment:
    """Comment on a draft, or answer a comment (`parent`); an answer to an answer joins the same thread.

    Raises:
        Refused: `comment-empty`, `document-issued`, `document-not-yours`.
    """
    require(may_comment(by, document))
    if not body.strip():
        raise Refused(Refusal("comment-empty", _("Write the comment first.")))
    thread = parent.parent or parent if parent else None
    made = Comment.objects.create(document=document, by=by, body=body.strip(), quote=quote.strip()[:500], parent=thread)
    if thread is not None and thread.resolved_at is not None:
        Comment.objects.filter(pk=thread.pk).update(resolved_at=None, resolved_by=None)
    record(document.dossier, "document.commented", by=by, comment=made.body[:200])
    return made


@transaction.atomic
def resolve(thread: Comment, *, by: User) -> Comment:
    """Close a thread; an answer opens it again."""
    thread = Comment.objects.select_for_update().select_related("document").get(pk=thread.pk, parent=None)
    require(may_comment(by, thread.document))
    if thread.resolved_at is None:
        thread.resolved_at, thread.resolved_by = now(), by
        thread.save(update_fields=["resolved_at", "resolved_by"])
        record(thread.document.dossier, "document.comment-resolved", by=by, comment=thread.body[:200])
    return thread
