"""Who sees missions. That a mission is or was there is published; what it spends and reports is for those in it."""

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import everywhere, for_department, reaches_all, units_where
from khue.core.actors import Actor
from khue.core.refusals import Refusal
from khue.councils.rules import barred_dossiers, barred_numbers, numbers_of
from khue.matching.sources import AllBut
from khue.missions.models import Mission

if TYPE_CHECKING:
    from django.db.models import QuerySet

SEE, HANDLE = "mission:see", "mission:handle"


def visible_to(user: User) -> "QuerySet[Mission, Mission]":
    """Missions whose published facts the person may read, as one query: everybody who acts for a unit may, but for
    those that the person must not judge."""
    if not _may_read(user):
        return Mission.objects.none()
    if user.person_id is None:
        return Mission.objects.all()  # conflicts are of people
    return Mission.objects.exclude(pk__in=_barred(user))


def found_by(user: User) -> "QuerySet[Mission, Mission] | AllBut | None":
    """What search shows the person, so that no list of all missions is made: of these only those that are barred."""
    if not _may_read(user):
        return Mission.objects.none()
    barred = barred_numbers(user).get("mission")
    return AllBut(barred) if barred else None


def _may_read(user: User) -> bool:
    return everywhere(user, SEE) or bool(units_where(user, SEE))


def _barred(user: User) -> "QuerySet[Any, Any]":
    return numbers_of(barred_dossiers(user), "mission")


def inside_of(user: User) -> "QuerySet[Mission, Mission]":
    """Missions whose money, reports and papers the person may read: those of the host, of the body that ordered them,
    and all of them for the department, leaders, monitors and auditors."""
    seen = visible_to(user)
    if reaches_all(user, SEE):
        return seen
    units = units_where(user, SEE)
    return seen.filter(Q(host__in=units) | Q(orderer__in=units))


def may_keep(by: Actor) -> Refusal | None:
    """Only the department brings past missions in and puts spellings together."""
    if not isinstance(by, User) or for_department(by, HANDLE):
        return None
    return Refusal("missions-not-yours", _("Only the department keeps the list of missions."))
