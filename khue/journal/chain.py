"""The hash chain: what an entry's digest covers, and whether the chains still hold."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC

from django.db import transaction

from khue.journal.models import Entry

BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain is broken first, and how."""

    dossier: str
    sequence: int
    what: str
    """Permanent: `changed`, `missing`, `cut` (it does not follow from the entry before)."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a walk over the journal found."""

    entries: int
    dossiers: int
    breaks: tuple[Break, ...] = ()
    """The first break of each broken chain; what comes after it in that chain is not looked at."""

    @property
    def broken(self) -> Break | None:
        """The first of all."""
        return self.breaks[0] if self.breaks else None


def digest_of(entry: Entry) -> str:
    """SHA-256 over the entry's own content and the digest before it, in a fixed JSON form."""
    content = [
        entry.dossier,
        entry.sequence,
        entry.at.astimezone(UTC).isoformat(),
        entry.actor_id,
        entry.actor_name,
        entry.acting_for,
        entry.verb,
        entry.facts,
        entry.previous,
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def verify() -> Verdict:
    """Walk every chain, in the order of the dossiers. Memory does not grow with the journal."""
    entries = dossiers = 0
    breaks: list[Break] = []
    last: Entry | None = None
    for entry in _stream():
        entries += 1
        if last is None or last.dossier != entry.dossier:
            last, dossiers = None, dossiers + 1
        if not breaks or breaks[-1].dossier != entry.dossier:
            breaks += _break(entry, last)
        last = entry
    return Verdict(entries, dossiers, tuple(breaks))


def _break(entry: Entry, last: Entry | None) -> list[Break]:
    what = _wrong(entry, last)
    missing = last.sequence + 1 if last else 1
    return [Break(entry.dossier, missing if what == "missing" else entry.sequence, what)] if what else []


def _stream() -> Iterator[Entry]:
    return Entry.objects.order_by("dossier", "sequence").iterator(chunk_size=BATCH)


def _wrong(entry: Entry, last: Entry | None) -> str:
    if entry.sequence != (last.sequence + 1 if last else 1):
        return "missing"
    if entry.previous != (last.digest if last else ""):
        return "cut"
    return "" if entry.digest == digest_of(entry) else "changed"
