"""When units merge, what the ended one was writing, or had still to send, goes on at the unit that takes over."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy

from khue.core.actors import Actor
from khue.directory.models import Unit
from khue.documents.actions.signing import take_copy_off
from khue.documents.actions.telling import tell_unit
from khue.documents.actions.way import OUTGOING
from khue.documents.models import Document, Draft
from khue.flow.actions import set_party
from khue.flow.models import CaseParty
from khue.journal.actions import record
from khue.notices.actions import saying


@transaction.atomic
def hand_over_outgoing(old: Unit, to: Unit, *, by: Actor, reason: str) -> int:
    """What `old` drafts or issues and is not done goes on at `to`; returns how many documents.

    What has no number yet will go out in the name of `to`: a copy signed for `old` is taken off, and the clerk
    hands the document back or has it signed anew. A number once given stays, with the register that gave it; `to`
    sends that document and hears who acknowledged.
    """
    parts: dict[int, list[str]] = defaultdict(list)
    living = CaseParty.objects.filter(unit=old, case__closed_at=None, case__process_version__process=OUTGOING)
    for case, party in living.order_by("case", "party").values_list("case", "party"):
        parts[case].append(party)
    documents = Document.objects.filter(case__in=parts).select_for_update(of=["self"]).order_by("pk")
    for document in documents.select_related("case__process_version", "draft"):
        _hand_over(document, old, to, parts[document.case_id or 0], by=by, reason=reason)
    return len(parts)


def _hand_over(document: Document, old: Unit, to: Unit, parties: Iterable[str], *, by: Actor, reason: str) -> None:
    case = document.case
    if case is None:
        return
    for party in parties:
        set_party(case, party, to, by=by, reason=reason)
    if document.serial is None:
        _rename(document, old, to)
        if document.unit_id == to.pk and hasattr(document, "signed_copy"):
            take_copy_off(document, by, reason)
    record(document.dossier, "document.handed-over", by=by, old=old.name, new=to.name, reason=reason)
    sentence = gettext_lazy("%(document)s was handed over to you from %(unit)s")
    subject = saying(sentence, document=document, unit=old.name)
    tell_unit(to, key=f"document-handed-over:{document.pk}:{to.pk}", subject=subject, document=document, body=reason)


def _rename(document: Document, old: Unit, to: Unit) -> None:
    """Put the new unit's name, and the sign of a drafting unit, where the old one's would be printed."""
    Draft.objects.filter(document=document, drafting_code=old.abbreviation[:20]).exclude(drafting_code="").update(
        drafting_code=to.abbreviation[:20]
    )
    if document.unit_id == old.pk:
        document.unit = document.issuer = to
        document.issuer_name = to.name
        document.save(update_fields=["unit", "issuer", "issuer_name"])
