"""Writing the journal."""

import hashlib
import json
from typing import Any

from django.db import connection, transaction

from khue.core.actors import Actor
from khue.core.clock import now
from khue.journal.models import Entry


def digest_of(entry: Entry) -> str:
    """SHA-256 over the entry's own content and the digest before it, in a fixed JSON form."""
    content = [
        entry.dossier,
        entry.sequence,
        entry.at.isoformat(),
        entry.actor_id,
        entry.actor_name,
        entry.acting_for,
        entry.verb,
        entry.facts,
        entry.previous,
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def record(dossier: str, verb: str, *, by: Actor, acting_for: str = "", **facts: Any) -> Entry:
    """Append an entry to the chain of `dossier`; `facts` must be JSON. Callers are inside the action's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"journal:{dossier}"])
    last = Entry.objects.filter(dossier=dossier).order_by("-sequence").first()
    entry = Entry(
        dossier=dossier,
        sequence=last.sequence + 1 if last else 1,
        at=now(),
        actor_id=by.actor_id,
        actor_name=by.actor_name,
        acting_for=acting_for,
        verb=verb,
        facts=facts,
        previous=last.digest if last else "",
    )
    entry.digest = digest_of(entry)
    entry.save(force_insert=True)
    return entry
