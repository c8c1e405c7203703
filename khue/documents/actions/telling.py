"""Telling the people of a unit about a document."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from khue.core.actors import Actor
from khue.directory.models import Unit
from khue.documents.models import Document, Recipient
from khue.documents.rules.post import openers
from khue.notices.actions import notify, saying


def tell_unit(
    unit: Unit,
    *,
    key: str,
    subject: Promise,
    document: Document,
    by: Actor | None = None,
    body: str = "",
    urgent: bool = False,
) -> int:
    """Tell those who open the unit's post; returns how many were told. No mail tells what is secret."""
    return notify(
        openers(unit),
        key=key,
        subject=subject,
        body=body or ("" if document.secret else document.subject),
        url=document.get_absolute_url(),
        dossier=document.dossier,
        by=by,
        urgent=urgent or document.urgency > 0,
    )


def remind(recipient: Recipient, *, by: Actor, on_day: str) -> int:
    """Ask a recipient to acknowledge; once a day at most."""
    document = recipient.document
    subject = saying(gettext_lazy("Acknowledge receipt of %(sign)s"), sign=document.sign)
    if recipient.unit is not None:
        key = f"document-acknowledge:{recipient.pk}:{on_day}"
        return tell_unit(recipient.unit, key=key, subject=subject, document=document, by=by)
    people = [recipient.user] if recipient.user else []
    key = f"document-acknowledge:{recipient.pk}:{on_day}"
    return notify(people, key=key, subject=subject, url=document.get_absolute_url(), dossier=document.dossier, by=by)
