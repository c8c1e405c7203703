"""Telling the people of a unit about a document."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from khue.accounts.models import Membership, User
from khue.core.actors import Actor
from khue.core.clock import today
from khue.directory.models import Unit, valid_on
from khue.documents.models import Document, Recipient
from khue.notices.actions import notify

OPEN_POST = ("clerk", "unit-head")
"""Roles that open a unit's post."""


def people_of(unit: Unit) -> QuerySet[User]:
    """Who opens the unit's post today."""
    today_s = Membership.objects.filter(valid_on(today()), unit=unit, role__in=OPEN_POST)
    return User.objects.filter(pk__in=today_s.values("user"), is_active=True)


def tell_unit(
    unit: Unit,
    *,
    key: str,
    subject: str,
    document: Document,
    by: Actor | None = None,
    body: str = "",
    urgent: bool = False,
) -> int:
    """Tell those who open the unit's post; returns how many were told."""
    return notify(
        people_of(unit),
        key=key,
        subject=subject,
        body=body or document.subject,
        url=document.get_absolute_url(),
        dossier=document.dossier,
        by=by,
        urgent=urgent or document.urgency > 0,
    )


def remind(recipient: Recipient, *, by: Actor, on_day: str) -> int:
    """Ask a recipient to acknowledge; once a day at most."""
    document = recipient.document
    subject = _("Acknowledge receipt of %(sign)s") % {"sign": document.sign}
    if recipient.unit is not None:
        key = f"document-acknowledge:{recipient.pk}:{on_day}"
        return tell_unit(recipient.unit, key=key, subject=subject, document=document, by=by)
    people = [recipient.user] if recipient.user else []
    key = f"document-acknowledge:{recipient.pk}:{on_day}"
    return notify(people, key=key, subject=subject, url=document.get_absolute_url(), dossier=document.dossier, by=by)
