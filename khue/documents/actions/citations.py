"""Linking what documents say of each other, in both directions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.actors import READER, Actor
from khue.core.clock import now
from khue.core.refusals import Refusal, Refused, require
from khue.documents.models import Citation, CitationProposal, Document
from khue.documents.models.sign import sign_key
from khue.documents.rules.citing import held, likely, may_decide, waiting_for
from khue.journal.actions import record


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation as it was read or typed."""

    sign: str
    text: str = ""
    kind: str = Citation.Kind.MENTION
    start: int | None = None
    end: int | None = None
    family: str = ""
    type: str = ""
    issuer_name: str = ""
    issued_on: date | None = None


@transaction.atomic
def cite(document: Document, found: Iterable[Cited], *, by: Actor = READER) -> list[Citation]:
    """Write down what `document` cites; each is linked at once when it is held, or waits. What was linked stays."""
    made = []
    for one in found:
        key = sign_key(one.sign)
        if not key or key == document.sign_key:
            continue
        citation, is_new = Citation.objects.get_or_create(
            document=document,
            sign_key=key,
            kind=one.kind,
            defaults={
                "sign": one.sign,
                "text": one.text or one.sign,
                "start": one.start,
                "end": one.end,
                "family": one.family,
                "type": one.type,
                "issuer_name": one.issuer_name,
                "issued_on": one.issued_on,
            },
        )
        if is_new:
            made.append(citation)
    _link(made, by)
    return made


def _link(citations: list[Citation], by: Actor) -> None:
    for citation in citations:
        found = held(citation)
        if len(found) == 1:
            _join(citation, found[0], by)
        else:
            propose(citation, found or likely(citation))


def _join(citation: Citation, document: Document, by: Actor) -> None:
    citation.cited, citation.linked_by = document, by.actor_name
    citation.save(update_fields=["cited", "linked_by"])
    record(citation.document.dossier, "citation.linked", by=by, sign=citation.sign, subject=document.subject)


def propose(citation: Citation, candidates: Iterable[Document]) -> None:
    """Lay documents that may be the cited one before a person; nothing is linked."""
    for document in candidates:
        reason = (
            _("same number and sign, other facts missing or different")
            if document.sign_key == citation.sign_key
            else _("number and sign differ a little: %(sign)s") % {"sign": document.sign}
        )
        CitationProposal.objects.get_or_create(citation=citation, document=document, defaults={"reason": reason})


@transaction.atomic
def arrived(document: Document, *, by: Actor = READER) -> int:
    """Link the citations that waited for `document`, now that its sign is known. Returns how many were linked."""
    linked = 0
    for citation in waiting_for(document):
        found = held(citation)
        if [one.pk for one in found] == [document.pk]:
            _join(citation, document, by)
            linked += 1
        elif document in (found or likely(citation)):
            propose(citation, [document])
    return linked


@transaction.atomic
def decide(proposal: CitationProposal, *, by: User, accept: bool) -> CitationProposal:
    """Accept or reject a proposed link; accepting one sets the others of the same citation aside.

    Raises:
        Refused: `document-not-yours`, `proposal-decided`.
    """
    proposal = (
        CitationProposal.objects.select_for_update()
        .select_related("citation__document", "document")
        .get(pk=proposal.pk)
    )
    require(may_decide(by, proposal))
    if proposal.state != CitationProposal.State.WAITING:
        raise Refused(Refusal("proposal-decided", _("Somebody has decided on this link already.")))
    proposal.state = CitationProposal.State.ACCEPTED if accept else CitationProposal.State.REJECTED
    proposal.decided_by, proposal.decided_at = by, now()
    proposal.save()
    if accept:
        _join(proposal.citation, proposal.document, by)
        proposal.citation.proposals.filter(state=CitationProposal.State.WAITING).update(
            state=CitationProposal.State.REJECTED, decided_by=by, decided_at=now()
        )
    return proposal
