"""Who else asked for the same, while one writes: bodies of the state tell each other that much of what they asked for.

What an enterprise, an institute or an association wrote is told to nobody but those who may read it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from khue.accounts.models import User
from khue.accounts.scope import reaches_all
from khue.councils.rules import barred_dossiers
from khue.directory.models import Unit
from khue.matching.ranking.record import Band
from khue.matching.search import anywhere
from khue.needs.models import Need
from khue.needs.models.need import ASIDE_STATES
from khue.needs.rules.needs import of_dossiers, visible_to
from khue.needs.rules.scope import SEE

BODIES = (
    Unit.Kind.AUTHORITY, Unit.Kind.DEPARTMENT, Unit.Kind.DISTRICT, Unit.Kind.COMMUNE, Unit.Kind.DIVISION,
    Unit.Kind.PARTY,
)  # fmt: skip
SHORTEST = 8
LOOKED_AT, TOLD = 12, 3


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A need of somebody else's, as far as it is told: whose, what about, where it stands, and why it is named."""

    need: Need
    same: bool
    why: Sequence[str]


def asked_elsewhere(user: User, text: str, *, writing: Need) -> list[Elsewhere]:
    """Needs of other bodies that say what `text` says and that `user` may not open; those who see all needs find them
    among what could help."""
    if len(text) < SHORTEST or reaches_all(user, SEE):
        return []
    near = [one for one in anywhere(text, kind="need", limit=LOOKED_AT, exclude=[writing.pk]) if one.band != Band.OTHER]
    numbers = [one.pk for one in near]
    rows = Need.objects.filter(pk__in=numbers, unit__kind__in=BODIES).exclude(state__in=ASIDE_STATES)
    rows = rows.exclude(pk__in=visible_to(user).filter(pk__in=numbers).values("pk"))
    if user.person_id is not None:
        rows = rows.exclude(pk__in=of_dossiers(barred_dossiers(user)))
    there = {need.pk: need for need in rows.select_related("unit").prefetch_related("places")}
    told = [Elsewhere(there[one.pk], one.band == Band.SAME, one.why) for one in near if one.pk in there]
    return told[:TOLD]
