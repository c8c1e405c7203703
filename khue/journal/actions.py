"""Writing the journal."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.utils.functional import Promise

from khue.core.actors import Actor
from khue.core.clock import now
from khue.journal.chain import digest_of
from khue.journal.listening import acted
from khue.journal.models import Entry


@dataclass(frozen=True, slots=True)
class Act:
    """What was done to one dossier, and for whom (a unit, or a person on leave)."""

    dossier: str
    verb: str
    facts: Mapping[str, Any]
    acting_for: str = ""


def record(dossier: str, verb: str, *, by: Actor, acting_for: str = "", **facts: Any) -> Entry:
    """Append an entry to the chain of `dossier`; callers are inside the action's transaction.

    Facts are text, numbers, true or false, nothing, dates, and lists and mappings of these; raises TypeError for
    others. A fraction is kept as text: it might not come back from the database as it went in, and the chain would
    seem broken.
    """
    return record_many([Act(dossier, verb, facts, acting_for)], by=by)[0]


@transaction.atomic(savepoint=False)  # nothing here is caught and gone on from, and it is called for every act
def record_many(acts: Sequence[Act], *, by: Actor) -> list[Entry]:
    """What `record` does, for several acts: two queries, however many dossiers they are about."""
    ends = _ends({act.dossier for act in acts})
    entries = []
    for act in acts:
        entries.append(_entry(act.dossier, act.verb, by, act.acting_for, act.facts, ends.get(act.dossier)))
        ends[act.dossier] = entries[-1]
    Entry.objects.bulk_create(entries, batch_size=1000)
    acted(ends)
    return entries


def _ends(dossiers: Collection[str]) -> dict[str, Entry]:
    """The last entries of these chains, as far as the next one needs them. They are locked until the transaction ends,
    in one order, so that two who write of the same dossiers wait for each other and never for ever."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM journal_ends(%s)", [sorted(dossiers)])
        return {row[0]: Entry(dossier=row[0], sequence=row[1], digest=row[2]) for row in cursor.fetchall()}


def begin_many(verb: str, begun: Iterable[tuple[str, Mapping[str, Any]]], *, by: Actor, acting_for: str = "") -> None:
    """Begin the chains of dossiers that this transaction has just made, each with its facts, in one write.

    Nobody else can see such dossiers yet, so there is nothing to lock: a list of thousands would otherwise hold a
    lock for each of them.
    """
    begin_chains(((dossier, verb, facts) for dossier, facts in begun), by=by, acting_for=acting_for)


def begin_chains(acts: Iterable[tuple[str, str, Mapping[str, Any]]], *, by: Actor, acting_for: str = "") -> None:
    """What `begin_many` does where more than one act is known of a dossier: its number, the verb, the facts."""
    entries: list[Entry] = []
    last: dict[str, Entry] = {}
    for dossier, verb, facts in acts:
        last[dossier] = _entry(dossier, verb, by, acting_for, facts, last.get(dossier))
        entries.append(last[dossier])
    Entry.objects.bulk_create(entries, batch_size=1000)
    acted(last)


def _entry(dossier: str, verb: str, by: Actor, acting_for: str, facts: Mapping[str, Any], last: Entry | None) -> Entry:
    entry = Entry(
        dossier=dossier,
        sequence=last.sequence + 1 if last else 1,
        at=now(),
        actor_id=by.actor_id,
        actor_name=by.actor_name,
        acting_for=_in_whose_place(acting_for, by)[:250],
        verb=verb,
        facts=_plain(facts),
        previous=last.digest if last else "",
    )
    entry.digest = digest_of(entry)
    return entry


def _in_whose_place(acting_for: str, by: Actor) -> str:
    """Says for whom a stand-in acts: the accounts note on the actor in whose place the request is made, or else whose
    part it was that allowed the act."""
    absent: str = getattr(by, "instead_of", "") or getattr(by, "stood_in_for", "")
    return f"{acting_for} (thay {absent})".strip() if absent and absent not in acting_for else acting_for


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str | Promise | float | Decimal):
        return str(value).replace("\0", "")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(inner) for inner in (sorted(value) if isinstance(value, set | frozenset) else value)]
    raise TypeError(f"a fact of the journal cannot be {type(value).__name__}")
