"""Who is asked for reports on the use of results, and who asks."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from khue.accounts.models import Membership, User
from khue.accounts.scope import for_department
from khue.core.actors import Actor
from khue.core.clock import today
from khue.core.refusals import Refusal
from khue.directory.models.time import valid_on
from khue.flow.shelf.telling import ToldNumber, told_number
from khue.missions.models import Mission, UseReport
from khue.missions.rules.visibility import HANDLE, inside_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

REMIND_BEFORE, REPEAT = 30, 30
"""Days before the day of a report on which it is first asked for, and between reminders after it."""


def uses_visible_to(user: User) -> "QuerySet[UseReport, UseReport]":
    """Reports on missions that the person sees from within."""
    return UseReport.objects.filter(mission__in=inside_of(user))


def writers(unit_id: int | None) -> "QuerySet[User, User]":
    """Who writes for a lead organisation."""
    roles = ("officer", "unit-head")
    people = Membership.objects.filter(valid_on(today()), unit=unit_id, role__in=roles)
    return User.objects.filter(is_active=True, pk__in=people.values("user"))


def may_remind_use(by: Actor) -> Refusal | None:
    """The department asks for reports."""
    if not isinstance(by, User) or for_department(by, HANDLE):
        return None
    return Refusal("use-report.not-department", _("This is for the department."))


def may_accept_use(by: Actor, report: UseReport) -> Refusal | None:
    """The department takes note of what was sent."""
    if report.state != UseReport.State.SUBMITTED:
        return Refusal("use-report.not-sent", _("Only a report that was sent can be taken note of."))
    return may_remind_use(by)


def profit_shares(mission: Mission) -> list[ToldNumber]:
    """What authors and intermediaries receive of a profit, by the version that the mission is carried out under."""
    known = mission.case.definition.provisions if mission.case is not None else {}
    return [told_number(known[name]) for name in ("author-share", "broker-share") if name in known]
