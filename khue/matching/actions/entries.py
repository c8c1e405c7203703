"""Keeping what search knows in step with the records. Called inside the actions that change them."""

from collections.abc import Collection, Iterable

from django.db import transaction

from khue.language.text import nfc
from khue.matching.models import Entry, this_transaction
from khue.matching.ranking.words import read
from khue.matching.sources import Record, every, of

TEXTS = ("title", "summary", "detail", "url", "sign", "host", "place", "field")
COMPARED = (*TEXTS, "year", "keys")
WRITTEN = (*COMPARED, "words", "gone", "transaction")
AT_ONCE = 500
LONGEST = {"title": 20_000, "summary": 20_000, "sign": 120, "field": 120}
"""Characters kept of each text; what is longer is cut, never refused: the record itself keeps it all."""
LONGEST_WORD = 60


def changed(kind: str, pk: int) -> None:
    """Record `pk` of `kind` was made, changed or removed: search knows of it when this transaction commits.

    Raises:
        KeyError: no app registered `kind`.
    """
    changed_many(kind, [pk])


@transaction.atomic
def changed_many(kind: str, pks: Collection[int]) -> None:
    """The same for several records: a fixed number of queries for each five hundred."""
    ordered = sorted(set(pks))
    for start in range(0, len(ordered), AT_ONCE):
        part = ordered[start : start + AT_ONCE]
        found = [_entry(kind, record) for record in of(kind).records(part)]
        _write(found)
        _forget(kind, set(part) - {entry.record for entry in found})


def heard(dossiers: Collection[str]) -> None:
    """The journal wrote of these dossiers: what search knows of the records they are about is brought in line."""
    numbers: dict[str, list[int]] = {}
    for dossier in dossiers:
        kind, _colon, number = dossier.partition(":")
        if number.isdecimal():
            numbers.setdefault(kind, []).append(int(number))
    for source in every():
        if pks := numbers.get(source.follows, []):
            changed_many(source.kind, pks)
        elif source.kind == "place" and any(dossier.startswith("places:") for dossier in dossiers):
            reconcile([source.kind])


def reconcile(kinds: Iterable[str] | None = None) -> int:
    """Bring everything that search knows in line with the records; returns how many rows were written.

    Safe at any time; run every night, and once where records were there before they were registered.
    """
    chosen = [source.kind for source in every()] if kinds is None else list(kinds)
    return sum(_reconcile(kind) for kind in chosen)


def _reconcile(kind: str) -> int:
    known = {row[0]: row[1:] for row in Entry.objects.filter(kind=kind, gone=False).values_list("record", *COMPARED)}
    batch: list[Entry] = []
    written = 0
    for record in of(kind).records(None):
        entry = _entry(kind, record)
        if known.pop(record.pk, None) != tuple(getattr(entry, name) for name in COMPARED):
            batch.append(entry)
        if len(batch) == AT_ONCE:
            written += _write(batch)
            batch = []
    return written + _write(batch) + _forget(kind, known)


def _entry(kind: str, record: Record) -> Entry:
    texts = {name: nfc(str(getattr(record, name))).replace("\x00", "") for name in TEXTS}
    texts = {name: text[: LONGEST.get(name, 400)] for name, text in texts.items()}
    said = " ".join(texts[name] for name in ("title", "summary", "sign", "host", "place", "detail"))
    words = sorted({word for word in read(said).bare if len(word) <= LONGEST_WORD})
    return Entry(
        kind=kind, record=record.pk, year=record.year, keys=sorted(record.keys), words=words,
        transaction=this_transaction(), **texts,
    )  # fmt: skip


def _write(entries: list[Entry]) -> int:
    if entries:
        Entry.objects.bulk_create(
            entries, update_conflicts=True, unique_fields=["kind", "record"], update_fields=list(WRITTEN)
        )
    return len(entries)


def _forget(kind: str, pks: Collection[int]) -> int:
    there = Entry.objects.filter(kind=kind, record__in=list(pks), gone=False)
    return there.update(gone=True, transaction=this_transaction()) if pks else 0
