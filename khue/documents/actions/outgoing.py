"""Numbering, issuing, sending and recalling documents."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.accounts.models import User
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused, require
from khue.directory.models import Unit
from khue.documents.actions.citations import arrived, cite
from khue.documents.actions.handling import close_when_all_said
from khue.documents.actions.incoming import TYPED
from khue.documents.actions.numbering import claim_number, outgoing, take_number
from khue.documents.actions.reading import cited_in
from khue.documents.actions.reading_directives import source_of
from khue.documents.actions.telling import tell_unit
from khue.documents.actions.way import retitle, step
from khue.documents.models import Direction, Document, Draft, NumberSeries, Recipient, Secrecy
from khue.documents.rules.numbering import printed_sign
from khue.documents.rules.registering import may_register
from khue.documents.rules.sending import may_issue, may_recall, may_send
from khue.journal.actions import record
from khue.language.extract import extract
from khue.language.text import fold
from khue.notices.actions import saying


@dataclass(frozen=True, slots=True)
class Target:
    """One line of "Kính gửi" or "Nơi nhận": a unit of the directory, or a name only."""

    name: str
    unit: Unit | None = None
    part: str = Recipient.Part.ACTION


@transaction.atomic
def number_document(document: Document, *, by: User, on: date | None = None, number: int | None = None) -> Document:
    """Give a signed document the next number of its series, or exactly `number`, and its date.

    Raises:
        Refused: `not-signed`, `issuing-not-yours`, `series-missing`, `number-used`, `number-skips`,
            `numbered-already`, `date-in-the-future`.
    """
    document = Document.objects.select_for_update(of=["self"]).select_related("unit", "case").get(pk=document.pk)
    require(may_issue(by, document))
    if document.serial is not None:
        sentence = _("It has its number already: %(sign)s.") % {"sign": document.sign}
        raise Refused(Refusal("numbered-already", sentence))
    draft = getattr(document, "draft", None)
    council, code = (draft.council, draft.drafting_code) if draft else ("", "")
    _take(document, on or today(), number, council=council, drafting_code=code)
    document.save()
    if draft is not None:
        _cite(document, draft)
    record(document.dossier, "document.numbered", by=by, acting_for=document.unit.name, sign=document.sign)
    retitle(document)
    step(document, "number", by=by)
    return document


def _cite(document: Document, draft: Draft) -> None:
    """Write down what its bases and its text cite."""
    bases = [line for line in draft.basis.splitlines() if line.strip()]
    said = [line if fold(line).startswith("can cu") else f"Căn cứ {line}" for line in bases]
    text = "\n".join([*said, draft.body])
    cite(document, cited_in(extract(source_of(text, []), document.issued_on), text))


def _take(document: Document, day: date, number: int | None, *, council: str, drafting_code: str) -> None:
    if day > today():
        raise Refused(Refusal("date-in-the-future", _("The date of the document is still to come. Check it.")))
    series: NumberSeries = outgoing(
        document.unit,
        family=document.family,
        type=document.type,
        on=day,
        council=council,
        secret=document.secrecy != Secrecy.NONE,
    )
    document.series = series
    document.serial = claim_number(series, number) if number else take_number(series)
    document.number = f"{document.serial:02d}"
    document.issued_on = day
    document.sign = printed_sign(
        series, document.serial, type=document.type, year=day.year, drafting_code=drafting_code
    )


@transaction.atomic
def issue(document: Document, *, by: User, targets: Iterable[Target] = (), copies: int | None = None) -> Document:
    """Issue a numbered document and send it to its recipients.

    Raises:
        Refused: `not-numbered`, `not-signed`, `issuing-not-yours`, `document-issued`.
    """
    document = Document.objects.select_for_update(of=["self"]).select_related("unit", "case").get(pk=document.pk)
    require(may_issue(by, document))
    if document.serial is None:
        raise Refused(Refusal("not-numbered", _("Give it a number and a date first.")))
    document.issued_at = now()
    document.copies = copies or document.copies
    document.save()
    record(document.dossier, "document.issued", by=by, acting_for=document.unit.name, sign=document.sign)
    step(document, "issue", by=by)
    send(document, by=by, targets=targets)
    arrived(document, by=by)
    return document


@transaction.atomic
def send(document: Document, *, by: User, targets: Iterable[Target]) -> list[Recipient]:
    """Send an issued document to more recipients; those with an account hear of it. Nobody gets it twice.

    Raises:
        Refused: `not-issued`, `recalled`, `sending-not-yours`.
    """
    require(may_send(by, document))
    sent = []
    kept = set(document.recipients.filter(unit=None, user=None).values_list("name", flat=True))
    for target in targets:
        if target.unit is None and target.name in kept:
            continue
        facts = {"name": target.name, "part": target.part, "sent_at": now()}
        if target.unit is None:
            sent.append(Recipient.objects.create(document=document, **facts))
            continue
        recipient, is_new = Recipient.objects.get_or_create(document=document, unit=target.unit, defaults=facts)
        if is_new:
            sent.append(recipient)
            tell_unit(
                target.unit,
                key=f"document-sent:{recipient.pk}",
                subject=saying(gettext_lazy("%(sign)s has been sent to you"), sign=document.sign),
                document=document,
                by=by,
            )
    if sent:
        record(document.dossier, "document.sent", by=by, to=", ".join(one.name for one in sent))
    else:
        close_when_all_said(document)
    return sent


@transaction.atomic
def recall(document: Document, *, by: User, reason: str) -> Document:
    """Recall an issued document: recipients are told to destroy the electronic copy and to confirm it (art. 18).

    Raises:
        Refused: `not-issued`, `recalled`, `reason-missing`, `sending-not-yours`.
    """
    document = Document.objects.select_for_update(of=["self"]).select_related("unit", "case").get(pk=document.pk)
    require(may_recall(by, document))
    if not reason.strip():
        raise Refused(Refusal("reason-missing", _("Say why; the recipients read it.")))
    document.recalled_at = now()
    document.save(update_fields=["recalled_at"])
    record(document.dossier, "document.recalled", by=by, acting_for=document.unit.name, reason=reason.strip())
    if document.case is not None and document.case.closed_at is None:
        step(document, "recall", by=by, comment=reason.strip())
    for recipient in document.recipients.filter(unit__isnull=False).select_related("unit"):
        if recipient.unit is not None:
            tell_unit(
                recipient.unit,
                key=f"document-recalled:{recipient.pk}",
                subject=saying(
                    gettext_lazy("%(sign)s has been recalled: destroy your copy and confirm"), sign=document.sign
                ),
                document=document,
                by=by,
                body=reason.strip(),
                urgent=True,
            )
    return document


@transaction.atomic
def register_outgoing(
    *, unit: Unit, by: User, typed: Mapping[str, Any], on: date | None = None, number: int | None = None,
    drafting_code: str = "", council: str = "",
) -> Document:  # fmt: skip
    """Enter a document that was signed on paper into the outgoing register, with the next number or exactly `number`.

    Raises:
        Refused: `register-not-yours`, `series-missing`, `number-used`, `number-skips`, `date-in-the-future`.
    """
    require(may_register(by, unit))
    given = {name: value for name, value in typed.items() if name in TYPED and value not in ("", None)}
    document = Document(unit=unit, direction=Direction.OUT, created_by=by, issuer=unit, **given)
    document.issuer_name = document.issuer_name or unit.name
    document.typed_fields = sorted(given)
    _take(document, on or today(), number, council=council, drafting_code=drafting_code)
    document.issued_at = now()
    document.save()
    record(document.dossier, "document.issued", by=by, acting_for=unit.name, sign=document.sign)
    arrived(document, by=by)
    return document
