"""Entering the register of arrivals of years past, number by number as it stands in the book."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.refusals import require
from khue.directory.models import Unit
from khue.documents.actions.citations import arrived
from khue.documents.actions.numbering import arrivals
from khue.documents.models import Citation, Direction, Document, NumberSeries, ReservedNumber
from khue.documents.rules.registering import may_register
from khue.journal.actions import begin_many, record

BATCH = 1000


@transaction.atomic
def enter_past(documents: Sequence[Document], *, by: Actor) -> None:
    """Enter documents of the books of earlier times, each with its own arrival number; nobody is told of them.

    They have no case: they were dealt with before. Callers have seen to it that no number is used yet. A number that
    the book leaves out is reserved with a note, and the running register goes on after the last one.

    Raises:
        Refused: `register-not-yours`.
    """
    for unit in {document.unit_id: document.unit for document in documents}.values():
        require(may_register(by, unit))
    books: dict[tuple[int, int, bool], list[Document]] = {}
    for document in documents:
        document.direction, document.register_year = Direction.IN, _day(document).year
        document.created_by = by if isinstance(by, User) else None
        books.setdefault((document.unit_id, document.register_year, document.secret), []).append(document.prepare())
    for book in books.values():
        _enter_book(book, by)
    link_waiting(documents, by)


def _day(document: Document) -> date:
    assert document.arrived_on is not None  # noqa: S101 - the column is required
    return document.arrived_on


def _enter_book(book: list[Document], by: Actor) -> None:
    unit: Unit = book[0].unit
    series = NumberSeries.objects.select_for_update().get(pk=arrivals(unit, on=_day(book[0]), secret=book[0].secret).pk)
    for document in book:
        document.series = series
    Document.objects.bulk_create(book, batch_size=BATCH)
    numbers = {document.arrival_number or 0 for document in book}
    account_for(series, numbers, by)
    facts = ((document.dossier, {"number": document.arrival_number}) for document in book)
    begin_many("document.entered", facts, by=by, acting_for=unit.name)


def account_for(series: NumberSeries, numbers: set[int], by: Actor) -> None:
    """Bring the series behind the last number of the book; what was set aside and has its row now is used."""
    series.reserved_numbers.filter(number__in=numbers).update(state=ReservedNumber.State.USED)
    last = max(numbers)
    missing = sorted(set(range(series.last + 1, last)) - numbers)
    ReservedNumber.objects.bulk_create(
        ReservedNumber(
            series=series, number=number, state=ReservedNumber.State.RESERVED, reason=_("Not in the book"),
            by=by if isinstance(by, User) else None,
        )
        for number in missing
    )  # fmt: skip
    series.last = max(series.last, last)
    series.save(update_fields=["last"])
    record(
        series.dossier, "series.entered", by=by, acting_for=series.unit.name, first=min(numbers), last=last,
        missing=len(missing),
    )  # fmt: skip


def link_waiting(documents: Iterable[Document], by: Actor) -> None:
    """Link citations that waited for one of these documents."""
    waited = set(Citation.objects.filter(cited=None).values_list("sign_key", flat=True))
    for document in documents:
        if document.sign_key in waited:
            arrived(document, by=by)
