"""Who sees and describes results."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import for_department, units_where
from khue.core.actors import Actor
from khue.core.arrays import array
from khue.core.refusals import Refusal
from khue.councils.rules import barred_numbers
from khue.matching.sources import AllBut
from khue.missions.models import Mission, Result
from khue.missions.rules.visibility import HANDLE, visible_to
from khue.missions.rules.visibility import found_by as missions_found_by

if TYPE_CHECKING:
    from django.db.models import QuerySet


def results_visible_to(user: User) -> "QuerySet[Result, Result]":
    """Public results of missions that the person may see; unpublished ones for those in it and the department."""
    rows = Result.objects.filter(mission__in=visible_to(user))
    if for_department(user, HANDLE):
        return rows
    return rows.filter(Q(public=True) | Q(mission__host__in=units_where(user, "mission:report")))


def found_by(user: User) -> "QuerySet[Result, Result] | AllBut | None":
    """What search shows the person, so that for the department no list of all results is made."""
    missions = missions_found_by(user)
    if missions is None or isinstance(missions, AllBut):
        if not for_department(user, HANDLE):
            return results_visible_to(user)
        barred = barred_numbers(user).get("mission")
        return AllBut(Result.objects.filter(mission__pk__of_array=array(barred))) if barred else None
    return Result.objects.none()


def may_describe(by: Actor, mission: Mission) -> Refusal | None:
    """The lead organisation and the department describe results."""
    if not isinstance(by, User) or for_department(by, HANDLE) or mission.host_id in units_where(by, "mission:report"):
        return None
    return Refusal("result.not-yours", _("Only the lead organisation and the department describe its results."))
