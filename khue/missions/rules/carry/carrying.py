"""Who may do what while a mission is carried out."""

from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import for_department, may_in
from khue.core.actors import Actor
from khue.core.refusals import Refusal
from khue.directory.models import Unit
from khue.flow.models import Case
from khue.flow.rules import may_move
from khue.missions.models import Mission
from khue.missions.rules.visibility import inside_of

REPORT, PAY, CONFIRM, HANDLE = "mission:report", "money:pay", "money:confirm", "mission:handle"
OPEN = (
    Mission.State.CONTRACTING, Mission.State.RUNNING, Mission.State.SUSPENDED, Mission.State.ENDED,
    Mission.State.ACCEPTING,
)  # fmt: skip
"""States in which something is still owed."""


def case_of(mission: Mission) -> Case:
    """The case of a mission that is carried out here; raises LookupError for one of the past."""
    if mission.case is None:
        raise LookupError(mission.pk)
    return mission.case


def department_of(mission: Mission) -> Unit:
    """The unit of the department that follows the mission."""
    return next(row.unit for row in case_of(mission).parties.all() if row.party == "department" and row.unit)


def may_step(by: Actor, mission: Mission, move: str) -> Refusal | None:
    """Why `by` may not make a move of the process now."""
    if mission.case is None:
        return Refusal("mission-past", _("This mission is a record of the past; it is not carried out here."))
    return may_move(by, mission.case, move)


def may_see_inside(user: User, mission: Mission) -> bool:
    """Whether the person may read money, reports and papers of the mission."""
    return inside_of(user).filter(pk=mission.pk).exists()


def may_follow(by: Actor, mission: Mission, permission: str = HANDLE) -> Refusal | None:
    """Only who has `permission` in the department, or in a division of it, writes for the department."""
    if not isinstance(by, User):
        return None
    if mission.case is None:
        return Refusal("mission-past", _("This mission is a record of the past; it is not carried out here."))
    if for_department(by, permission):
        return None
    sentence = _("This is for %(unit)s, which follows the mission.")
    return Refusal("mission-not-followed", sentence % {"unit": department_of(mission).name})


def may_write_for_host(by: Actor, mission: Mission) -> Refusal | None:
    """Only the lead organisation writes its reports and requests."""
    if not isinstance(by, User):
        return None
    if mission.host_id is not None and may_in(by, mission.host_id, REPORT):
        return None
    sentence = _("This is for the lead organisation, %(unit)s.")
    return Refusal("mission-not-host", sentence % {"unit": mission.host.name if mission.host else mission.host_name})
