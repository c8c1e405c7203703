"""The hash chain: what an entry's digest covers, and whether the chains still hold, to their ends."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

import psycopg
from django.db import connection, transaction
from django.utils.translation import gettext as _

from khue.core.refusals import Refusal, Refused
from khue.journal.models import Entry

BATCH = 5_000
ENDS = "journal.tsv"
"""The file of a backup that says how the chains ended."""
FOUND = "SELECT DISTINCT ON (dossier) dossier, sequence, digest FROM journal_entry ORDER BY dossier, sequence DESC"
BROKEN_ENDS = f"""
SELECT dossier, coalesce(found.sequence, 0), coalesce(kept.sequence, 0)
FROM ({FOUND}) AS found FULL JOIN journal_end AS kept USING (dossier)
WHERE (found.sequence, found.digest) IS DISTINCT FROM (kept.sequence, kept.digest)
"""  # noqa: S608 - of our own words alone
DIFFERING = """
SELECT told.dossier, coalesce((SELECT max(sequence) FROM journal_entry WHERE dossier = told.dossier), 0), told.sequence
FROM told LEFT JOIN journal_entry AS entry USING (dossier, sequence)
WHERE entry.digest IS DISTINCT FROM told.digest ORDER BY told.dossier
"""


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain is broken first, and how."""

    dossier: str
    sequence: int
    what: str
    """Permanent: `changed`, `missing`, `cut` (it does not follow from the entry before), `gone` (this entry and all
    after it, up to `last`), `unended` (nothing says any more that the dossier has so many entries), `replaced` (another
    entry was kept elsewhere)."""
    last: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a walk over the journal found."""

    entries: int
    dossiers: int
    breaks: tuple[Break, ...] = ()
    """The first break of each broken chain, in the order of dossiers; what comes after it in that chain is not looked
    at."""

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
    known = {one.dossier for one in breaks}
    breaks += [one for one in _broken_ends() if one.dossier not in known]
    return Verdict(entries, dossiers, tuple(sorted(breaks, key=lambda one: one.dossier)))


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


def _broken_ends() -> Iterator[Break]:
    """Chains that do not end as it was kept when their last entry was written."""
    with connection.cursor() as cursor:
        cursor.execute(BROKEN_ENDS)
        for dossier, found, kept in cursor:
            yield _gone(dossier, found, kept) if found < kept else Break(dossier, found, "unended")


def _gone(dossier: str, found: int, kept: int) -> Break:
    return Break(dossier, found + 1, "missing" if found + 1 == kept else "gone", kept)


def ends_told(session: psycopg.Connection) -> Iterator[str]:
    """How each chain ends, a line each (dossier, entries, digest of the last), to be kept elsewhere."""
    with session.cursor() as cursor, cursor.copy(f"COPY ({FOUND}) TO STDOUT") as lines:
        for line in lines:
            yield bytes(line).decode()


@transaction.atomic
def compare(kept_elsewhere: Path) -> tuple[Break, ...]:
    """Chains that no longer hold what `ends_told` once wrote into a file; they may have grown since. Raises Refused."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE told (dossier text, sequence integer, digest text)")
        try:
            with cursor.copy("COPY told FROM STDIN") as copy:
                copy.write(kept_elsewhere.read_bytes())
        except (OSError, psycopg.Error) as error:
            sentence = _("%(file)s cannot be read as the ends of a journal. Name a backup.")
            raise Refused(Refusal("journal.no-ends", sentence % {"file": kept_elsewhere})) from error
        cursor.execute(DIFFERING)
        differing = cursor.fetchall()
        cursor.execute("DROP TABLE told")
    return tuple(
        _gone(dossier, found, kept) if found < kept else Break(dossier, kept, "replaced")
        for dossier, found, kept in differing
    )
