"""What was asked lately in a commune and in those around it: of more than a thousand needs, only what is counted."""

from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection

from khue.core.clock import now
from khue.needs.models import Need

YEARS = 3
LATEST = 100
"""So many needs of a commune are looked at, the newest."""
ASIDE = [Need.State.DRAFT, Need.State.WITHDRAWN, Need.State.MERGED]
NEWEST = """
    WITH newest AS MATERIALIZED (
        SELECT place.id, ARRAY(SELECT link.need_id FROM needs_need_places link WHERE link.place_id = place.id
            ORDER BY link.need_id DESC LIMIT %(most)s) AS asked
        FROM unnest(%(places)s::bigint[]) AS place(id)
    )
    SELECT id, '', '', asked FROM newest
    UNION ALL
    SELECT NULL, field, state, array_agg(id) FROM needs_need
    WHERE id = ANY(ARRAY(SELECT unnest(asked) FROM newest)) AND submitted_at >= %(since)s AND state <> ALL(%(aside)s)
    GROUP BY field, state
"""
"""The newest of each place, found along an index however many there ever were, and of these the ones that count by
field and state. Numbers alone: to bring rows of so many here took longer than to find them."""


@dataclass(frozen=True, slots=True)
class Lately:
    """The needs that count, by number: the field of each, those that became a proposal, and those of each place."""

    fields: Mapping[int, str]
    proposed: Set[int]
    at: Mapping[int, Set[int]]
    here: Set[int]

    @property
    def elsewhere(self) -> Set[int]:
        """What was asked around and not here."""
        return self.fields.keys() - self.here

    def fields_at(self, numbers: Iterable[int]) -> set[str]:
        """The fields of these needs, of those that have one."""
        return {self.fields[number] for number in numbers} - {""}


NOTHING = Lately({}, frozenset(), {}, frozenset())


def lately(here: int, around: Collection[int], without: Set[int] = frozenset()) -> Lately:
    """What was asked in a commune and in those around it, of each commune at most the newest `LATEST`; needs by
    number, none of those `without`."""
    since = now() - timedelta(days=365 * YEARS)
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, {"places": [here, *around], "most": LATEST, "since": since, "aside": ASIDE})
        rows: list[tuple[int | None, str, str, list[int]]] = cursor.fetchall()
    counted = [(field, state, set(numbers) - without) for place, field, state, numbers in rows if place is None]
    fields = {number: field for field, _state, numbers in counted for number in numbers}
    proposed = {number for _field, state, numbers in counted if state == Need.State.PROPOSED for number in numbers}
    at = {place: fields.keys() & numbers for place, _field, _state, numbers in rows if place is not None}
    return Lately(fields, proposed, at, at[here])
