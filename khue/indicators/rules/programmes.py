"""Who reads programmes and their sums."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from khue.accounts.models import User
from khue.accounts.rules import acting_in
from khue.core.clock import today
from khue.directory.models import Unit
from khue.directory.search import department
from khue.indicators.models import Programme
from khue.indicators.rules.scope import SEE, oversees, received_by

if TYPE_CHECKING:
    Programmes = QuerySet[Programme, Programme]
    Units = QuerySet[Unit, Unit]


def visible_to(user: User) -> "Programmes":
    """What is promised is public within the administration: everybody who may see indicators reads it."""
    return Programme.objects.all() if _sees(user) else Programme.objects.none()


def _sees(user: User) -> bool:
    return any(part.allows(SEE) for part in acting_in(user))


def units_for(user: User, programme: Programme) -> "Units":
    """Whose figures the person may read, sums with all below: every unit where the reports are received, or for those
    who oversee; else the own units."""
    units = Unit.objects.as_of(today())
    if oversees(user) or Programme.objects.filter(received_by(user), pk=programme.pk).exists():
        return units
    own = {part.unit_id for part in acting_in(user) if part.allows(SEE)}
    return units.within(own)


def whole() -> Unit:
    """The unit whose sums are those of the whole city: the one above the department that the site serves."""
    office = department()
    return office.parent or office
