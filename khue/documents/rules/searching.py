"""Finding documents by half-remembered words, without regard to accents, case or the way a sign is printed."""

from django.db.models import Q, QuerySet
from django.db.models.expressions import Combinable

from khue.documents.models import Document
from khue.documents.models.sign import sign_key
from khue.language.text import fold


def matching(documents: QuerySet[Document], words: str) -> QuerySet[Document]:
    """Those whose sign, abstract or issuing body hold every word, or whose sign begins as typed, in any variant."""
    folded = fold(words)
    if not folded:
        return documents
    every: Combinable | Q = Q()
    for word in folded.split():
        every = every & Q(folded__contains=word)
    key = sign_key(words)
    return documents.filter(every | Q(sign_key__startswith=key)) if key else documents.filter(every)
