"""When a division (phòng) acts for the unit that holds a case.

Nobody does unless the process says so: `divisions = ["officer"]` of a party. Then a step or move that is open to one of
these roles is open to whoever has one of *its* roles in a division that stands directly below the unit. What only the
head of the unit decides is open to no head of a division; divisions of other units, and units below that are no
divisions, act for themselves.
"""

from collections.abc import Collection, Sequence

from django.db.models import Q

from khue.accounts.part import Part
from khue.directory.models import Unit
from khue.flow.shelf.values import Party


def work_there(party: Party | None, roles: Collection[str]) -> bool:
    """Whether what is open to `roles` of `party` is done in its divisions too."""
    return party is not None and not set(party.divisions).isdisjoint(roles)


def acts_for(part: Part, unit_id: int, party: Party | None, roles: Collection[str]) -> bool:
    """Whether `part`, which has one of `roles`, acts for the unit as one of its divisions."""
    return part.division_of == unit_id and work_there(party, roles)


def held_above(parts: Sequence[Part]) -> Q:
    """The condition that a holding is of a unit for which one of `parts` acts as a division."""
    found = Q(pk__in=[])
    for part in parts:
        if part.division_of is not None:
            found |= Q(divisions=True, unit=part.division_of, roles__contains=[part.role])
    return found


def members_of(unit_id: int, *, divisions: bool) -> Q:
    """The condition that a membership is in the unit, or in one of its divisions too."""
    here = Q(unit=unit_id)
    return here | Q(unit__parent=unit_id, unit__kind=Unit.Kind.DIVISION) if divisions else here
