"""Keeping what the reader found in a document's text."""

from collections.abc import Iterable

from django.db import transaction

from khue.accounts.models import User
from khue.core.refusals import require
from khue.documents.actions.reading_directives import source_of
from khue.documents.models import Document, Extraction
from khue.language.extract import extract
from khue.language.petition import Petition as Read
from khue.petitions.models import Reading, Voiced
from khue.petitions.rules.found import may_take


@transaction.atomic
def keep(document: Document, found: Iterable[Read]) -> Reading:
    """Write down what was found in a document, once."""
    Reading.objects.bulk_create([Reading(document=document)], ignore_conflicts=True)
    reading = Reading.objects.select_for_update().get(document=document)
    passages = [
        Voiced(
            reading=reading, start=one.start, end=one.end, text=one.text, kind=one.kind,
            voices=list(dict.fromkeys(one.voiced_by)), confidence=min(max(one.confidence, 0.0), 1.0),
        )
        for one in found
        if one.end > one.start and one.text.strip()
    ]  # fmt: skip
    Voiced.objects.bulk_create(passages, ignore_conflicts=True)
    return reading


def read(document: Document, *, by: User) -> None:
    """Read a document whose text was taken before petitions were kept; nothing happens to others.

    Raises:
        Refused: what `may_take` says.
    """
    require(may_take(by, document))
    text = Extraction.objects.filter(document=document, state=Extraction.State.READ).first()
    if text is not None and not Reading.objects.filter(document=document).exists():
        keep(document, extract(source_of(text.text, text.lines), document.issued_on).petitions)
