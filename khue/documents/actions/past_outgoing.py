"""Entering the register of outgoing documents of years past, with the numbers and signs they went out under."""

from collections.abc import Sequence
from datetime import datetime, time

from django.db import transaction
from django.utils import timezone

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.refusals import require
from khue.documents.actions.past_register import BATCH, account_for, link_waiting
from khue.documents.actions.series import open_series
from khue.documents.models import Direction, Document, NumberSeries
from khue.documents.rules.numbering import may_keep_numbers
from khue.journal.actions import begin_many

NOON = time(12)
"""The hour given to documents of which only the day is known."""


@transaction.atomic
def enter_issued(books: Sequence[tuple[NumberSeries, Sequence[Document]]], *, by: Actor) -> None:
    """Enter documents as issued, each with its own number, book by book; nobody is told, they have no case.

    A series that is not saved yet is opened for its year. Each goes on after the highest number of its book; numbers
    that the book leaves out are set aside with a note, so that the series has no gap. Callers have seen to it that no
    number is used.

    Raises:
        Refused: `series-not-yours`, `series-overlaps`.
    """
    for series, documents in books:
        require(may_keep_numbers(by, series))
        kept = _opened(series, by) if series._state.adding else series
        kept = NumberSeries.objects.select_for_update(of=["self"]).select_related("unit").get(pk=kept.pk)
        for document in documents:
            _as_issued(document, kept, by)
        Document.objects.bulk_create(documents, batch_size=BATCH)
        account_for(kept, {document.serial or 0 for document in documents}, by)
        facts = ((document.dossier, {"number": document.sign}) for document in documents)
        begin_many("document.entered", facts, by=by, acting_for=kept.unit.name)
        link_waiting(documents, by)


def _opened(series: NumberSeries, by: Actor) -> NumberSeries:
    return open_series(
        unit=series.unit, by=by, family=series.family, issuer_code=series.issuer_code, type=series.type,
        council=series.council, secret=series.secret, begins_on=series.period.lower,
    )  # fmt: skip


def _as_issued(document: Document, series: NumberSeries, by: Actor) -> None:
    assert document.issued_on is not None  # noqa: S101 - the column is required
    document.direction, document.series, document.unit = Direction.OUT, series, series.unit
    document.issuer, document.issuer_name = series.unit, document.issuer_name or series.unit.name
    document.number = f"{document.serial:02d}"
    document.created_by = by if isinstance(by, User) else None
    moment = datetime.combine(document.issued_on, NOON, tzinfo=timezone.get_default_timezone())
    document.issued_at = min(moment, timezone.now())
    document.prepare()
