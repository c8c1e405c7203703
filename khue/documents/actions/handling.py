"""Steering an incoming document: forwarding it, the disposition slip, acknowledging."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.actors import CALENDAR
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused, require
from khue.directory.models import Unit
from khue.documents.actions.way import due, step
from khue.documents.models import Acknowledgement, Disposition, Document, Recipient
from khue.documents.rules.handling import may_dispose, may_keep
from khue.documents.rules.receiving import may_acknowledge
from khue.journal.actions import record


@transaction.atomic
def forward(document: Document, units: Iterable[Unit], *, by: User, people: Iterable[User] = ()) -> list[Recipient]:
    """Hand an incoming document on to units and people; those who have it already are left as they are."""
    require(may_keep(by, document))
    return hand_on(document, units, by=by, people=people)


def hand_on(
    document: Document,
    units: Iterable[Unit],
    *,
    by: User,
    people: Iterable[User] = (),
    part: str = Recipient.Part.ACTION,
) -> list[Recipient]:
    """Make units and people recipients, sent now. For callers that have asked their own rule."""
    made = []
    targets: list[dict[str, Any]] = [{"unit": unit, "name": unit.name} for unit in units]
    targets += [{"user": user, "name": user.full_name} for user in people]
    for target in targets:
        key = {name: value for name, value in target.items() if name != "name"}
        recipient, is_new = Recipient.objects.get_or_create(
            document=document, **key, defaults={"name": target["name"], "part": part, "sent_at": now()}
        )
        if is_new:
            made.append(recipient)
    if made:
        names = ", ".join(one.name for one in made)
        record(document.dossier, "document.forwarded", by=by, to=names)
    return made


@transaction.atomic
def dispose(
    document: Document,
    *,
    by: User,
    level: str,
    comment: str,
    lead: Unit | None = None,
    supports: Iterable[Unit] = (),
    person: User | None = None,
    due_on: date | None = None,
    written_on: date | None = None,
) -> Disposition:
    """Write a dated line on the disposition slip; named units and people receive the document.

    Raises:
        Refused: `disposition-not-yours`, `disposition-empty`, `due-in-the-past`.
    """
    require(may_dispose(by, document, level))
    day = written_on or today()
    if not (comment.strip() or lead or person):
        raise Refused(Refusal("disposition-empty", _("Write a comment, or name who is in charge.")))
    if due_on and due_on < day:
        raise Refused(Refusal("due-in-the-past", _("The deadline is before the day of the comment.")))
    line = Disposition.objects.create(
        document=document,
        level=level,
        comment=comment.strip(),
        lead=lead,
        person=person,
        due_on=due_on,
        written_on=day,
        by=by,
    )
    supports = list(supports)
    line.supports.set(supports)
    hand_on(document, [*([lead] if lead else []), *supports], by=by, people=[person] if person else [])
    if level == Disposition.Level.BODY:
        _steer(document, lead, due_on, by=by)
    record(
        document.dossier,
        "document.disposed",
        by=by,
        level=level,
        comment=line.comment,
        lead=lead.name if lead else "",
        due_on=due_on.isoformat() if due_on else "",
    )
    return line


def _steer(document: Document, lead: Unit | None, due_on: date | None, *, by: User) -> None:
    """What the head of the body wrote moves the document's case to the unit in charge, by the day given."""
    case = document.case
    if case is None or case.closed_at is not None:
        return
    if lead is not None and case.step == "registered":
        step(document, "submit", by=by)
    data = {"unit": lead, "due": due_on} if lead else None
    if lead is not None and case.step == "submitted":
        step(document, "dispose", by=by, data=data)
    elif lead is not None and case.step == "assigned":
        step(document, "pass-on", by=by, data=data, comment=_("New disposition"))
    if due_on is not None:
        due(document, due_on, by=by, reason=_("Disposition slip"))


@transaction.atomic
def acknowledge(
    recipient: Recipient, *, by: User, of: str = Acknowledgement.Of.RECEIPT, note: str = ""
) -> Acknowledgement:
    """Say that the document has arrived, or that its electronic copy was destroyed after a recall.

    Raises:
        Refused: `recipient-not-yours`, `not-sent`, `not-recalled`.
    """
    recipient = Recipient.objects.select_for_update().select_related("document").get(pk=recipient.pk)
    require(may_acknowledge(by, recipient, of))
    word, is_new = Acknowledgement.objects.get_or_create(
        recipient=recipient, of=of, defaults={"by": by, "at": now(), "note": note.strip()}
    )
    if is_new:
        record(recipient.document.dossier, f"document.acknowledged-{of}", by=by, acting_for=recipient.name)
        close_when_all_said(recipient.document)
    return word


def close_when_all_said(document: Document) -> None:
    """End the case of an issued document once everybody who can has acknowledged it."""
    case = document.case
    waiting = document.recipients.exclude(unit=None, user=None).exclude(acknowledgements__of=Acknowledgement.Of.RECEIPT)
    if case is not None and case.closed_at is None and case.step == "issued" and not waiting.exists():
        step(document, "close", by=CALENDAR)
