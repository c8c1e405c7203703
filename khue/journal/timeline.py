"""The journal of a dossier as people read it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from khue.journal.models import Entry
from khue.journal.sentences import sentence_of


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One act, told in a sentence."""

    at: datetime
    actor: str
    sentence: str
    verb: str
    acting_for: str = ""
    note: str = ""
    """What the person wrote to it: a comment or a reason."""
    facts: dict[str, Any] | None = None


def timeline(*dossiers: str, limit: int | None = None) -> list[TimelineEntry]:
    """What happened to `dossiers`, newest first: one query."""
    entries = Entry.objects.filter(dossier__in=dossiers).order_by("-at", "-pk")[:limit]
    return [
        TimelineEntry(
            at=entry.at,
            actor=entry.actor_name,
            sentence=sentence_of(entry),
            verb=entry.verb,
            acting_for=entry.acting_for,
            note=str(entry.facts.get("comment") or entry.facts.get("reason") or ""),
            facts=entry.facts,
        )
        for entry in entries
    ]
