"""Which registered document a citation means: surely, perhaps, or none that is held."""

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import units_where
from khue.core.refusals import Refusal
from khue.documents.models import Citation, CitationProposal, Direction, Document, Family
from khue.documents.rules.registering import REGISTER
from khue.documents.rules.visibility import may_see
from khue.language.text import fold

ALIKE = 0.6
"""Trigram likeness from which a sign that is not the same is worth a person's look."""
TERM_DAYS = 366 * 5
"""Party numbers repeat each term, so a Party document cited with a date this far away is another one."""


def held(citation: Citation) -> list[Document]:
    """Documents with the very sign cited that nothing else contradicts: body, day, or the term of the Party.

    The organisation's own registers come first; else what another organisation issued, when the body is named.
    Party numbers repeat each term and individual state numbers each year; without a date two of them stay two.
    """
    same = Document.objects.filter(sign_key=citation.sign_key).exclude(pk=citation.document_id).order_by("pk")
    own = [one for one in same.filter(unit=citation.document.unit_id)[:20] if fits(citation, one)]
    if own or not citation.issuer_name:
        return own
    elsewhere = same.filter(direction=Direction.OUT, issued_at__isnull=False).exclude(issuer_name="")
    return [one for one in elsewhere[:20] if fits(citation, one)]


def fits(citation: Citation, document: Document) -> bool:
    """Whether issuing body and date of `document` agree with the citation as far as both are known."""
    if citation.issuer_name and document.issuer_name:
        said, known = fold(citation.issuer_name), fold(document.issuer_name)
        if said not in known and known not in said:
            return False
    if citation.issued_on and document.issued_on:
        return citation.issued_on == document.issued_on
    later = document.issued_on and citation.document.issued_on and document.issued_on > citation.document.issued_on
    if later or document.family != Family.PARTY or not (document.issued_on and citation.document.issued_on):
        return not later
    return (citation.document.issued_on - document.issued_on).days < TERM_DAYS


def likely(citation: Citation) -> list[Document]:
    """A few documents whose sign is nearly the one cited, or the same with other facts; only to be proposed."""
    near: QuerySet[Document] = (
        Document.objects.filter(unit=citation.document.unit_id)
        .exclude(pk=citation.document_id)
        .filter(sign_key__startswith=_beginning(citation.sign_key))
        .annotate(alike=TrigramSimilarity("sign_key", citation.sign_key))
        .filter(alike__gte=ALIKE)
        .order_by("-alike", "-issued_on")
    )
    return list(near[:3])


def _beginning(key: str) -> str:
    """Signs with different figures in front are different documents, however alike the rest."""
    return key.split("-", maxsplit=1)[0] + "-"


def waiting_for(document: Document) -> QuerySet[Citation]:
    """Citations not linked yet whose sign is that of `document` or nearly so."""
    if not document.sign_key:
        return Citation.objects.none()
    reach = Q(document__unit=document.unit_id)
    if document.direction == Direction.OUT:
        reach |= ~Q(issuer_name="")
    return (
        Citation.objects.filter(reach, cited=None, sign_key__startswith=_beginning(document.sign_key))
        .exclude(document=document)
        .select_related("document")
        .order_by("pk")[:200]
    )


def may_decide(by: User, proposal: CitationProposal) -> Refusal | None:
    """Those who keep the registers of the citing document's organisation decide on its links."""
    document = proposal.citation.document
    if document.unit_id in units_where(by, *REGISTER):
        return may_see(by, document) or may_see(by, proposal.document)
    return Refusal("register-not-yours", _("Only those who keep the register of this document may link it."))
