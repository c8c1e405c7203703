"""Finding documents by half-remembered words, without regard to accents, case or the way a sign is printed."""

from django.db.models import Q, QuerySet

from khue.core.search import every_word
from khue.documents.models import Document
from khue.documents.models.sign import sign_key
from khue.language.text import fold


def matching(documents: QuerySet[Document], words: str) -> QuerySet[Document]:
    """Those whose sign, abstract or issuing body hold every word, or whose sign begins as typed, in any variant."""
    every = every_word(fold(words))
    if not every:
        return documents
    key = sign_key(words)
    return documents.filter(every | Q(sign_key__startswith=key)) if key else documents.filter(every)


def document_meant(documents: QuerySet[Document], sign: str) -> Document | None:
    """The newest of `documents` that bears a sign, in whatever variant it was typed; None when none does."""
    key = sign_key(sign)
    return documents.filter(sign_key=key).order_by("-issued_on", "-pk").first() if key else None
