"""Who defines programmes and indicators of the office's own, and sets targets."""

from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import for_department
from khue.core.actors import Actor, SystemActor
from khue.core.refusals import Refusal
from khue.indicators.models import Programme
from khue.indicators.rules.scope import MANAGE, lead_of, receives


def may_define(by: Actor, programme: Programme | None = None) -> Refusal | None:
    """Where the programme is run; a new one in the department. What the shelf defines is changed in its file."""
    if programme is not None and programme.shelved:
        sentence = _("%(programme)s is defined by its file in processes/programmes; add a new version of the file.")
        return Refusal("programme.shelved", sentence % {"programme": programme.code})
    return may_set_targets(by, programme)


def may_set_targets(by: Actor, programme: Programme | None = None) -> Refusal | None:
    """Where the programme is run, whether or not the shelf defines it: targets may be decided later."""
    if isinstance(by, SystemActor):
        return None
    if isinstance(by, User) and (receives(by, programme, MANAGE) if programme else for_department(by, MANAGE)):
        return None
    unit = lead_of(programme).name if programme else _("the department")
    sentence = _("Programmes and indicators are defined by officers and heads of %(unit)s.")
    return Refusal("programme.not-yours", sentence % {"unit": unit})
