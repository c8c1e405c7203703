"""Who sees an initiative, who reads its confidential parts, who may write and change it."""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.part import Part
from khue.accounts.rules import acting_in
from khue.accounts.scope import for_department, reaches_all, units_where
from khue.core.actors import Actor
from khue.core.refusals import Refusal
from khue.initiatives.models import Author, Initiative, Reach

if TYPE_CHECKING:
    Initiatives = QuerySet[Initiative, Initiative]

SEE, WRITE, HANDLE, DECIDE = "initiative:see", "initiative:write", "initiative:handle", "initiative:decide"
EDITED = (Initiative.State.DRAFT, Initiative.State.CORRECTING)


def parts_where(user: User, permission: str) -> list[Part]:
    """The person's parts that have `permission`, own ones first."""
    return [part for part in acting_in(user) if part.allows(permission)]


def units_of(user: User, *permissions: str) -> set[int]:
    """Units in which the person has any of `permissions`, and those whose division the person works in: a division
    does the work of its unit."""
    above = {part.division_of for one in permissions for part in parts_where(user, one)}
    return units_where(user, *permissions) | {pk for pk in above if pk is not None}


def visible_to(user: User) -> "Initiatives":
    """The initiatives that `user` may see, as one query.

    One's own, also as a co-author; what was filed with one's units; recognised ones for everybody whose role sees
    initiatives, so that good ones spread; all that was filed for the department, leaders, monitors and auditors.
    Drafts are their writer's alone.
    """
    filed = ~Q(state=Initiative.State.DRAFT)
    if reaches_all(user, SEE):
        return Initiative.objects.filter(Q(applicant=user) | filed)
    shown = Q(applicant=user) | filed & _authored(user)
    if units := units_of(user, SEE):
        shown |= filed & Q(unit__in=units) | Q(state=Initiative.State.RECOGNISED)
    return Initiative.objects.filter(shown)


def open_to(user: User) -> "Initiatives":
    """Those whose confidential parts `user` reads: the authors', and those that the person handles for the unit."""
    filed = ~Q(state=Initiative.State.DRAFT)
    handled = Q(unit__in=units_of(user, HANDLE, DECIDE))
    return Initiative.objects.filter(Q(applicant=user) | filed & (_authored(user) | handled))


def _authored(user: User) -> Q:
    return Q(pk__in=Author.objects.filter(user=user).values("initiative"))


def is_author(user: User, initiative: Initiative) -> bool:
    """Whether the person filed it or is one of its authors."""
    return initiative.applicant_id == user.pk or initiative.authors.filter(user=user).exists()


def reads_secrets(user: User, initiative: Initiative) -> bool:
    """Whether the person reads the confidential parts."""
    return open_to(user).filter(pk=initiative.pk).exists()


def handles(user: User, initiative: Initiative) -> bool:
    """Whether the person works on it for the unit that is asked to recognise it."""
    return initiative.state != Initiative.State.DRAFT and initiative.unit_id in units_of(user, HANDLE, DECIDE)


def may_write(user: User) -> Refusal | None:
    """Everybody with a desk whose role writes applications."""
    if parts_where(user, WRITE):
        return None
    sentence = _("Your role reads here. Officers and heads of units file applications in the authors' name.")
    return Refusal("initiative.may-not-write", sentence)


def may_edit(user: User, initiative: Initiative) -> Refusal | None:
    """Whoever began it, while it is a draft or while the unit waits for corrections."""
    if initiative.applicant_id != user.pk:
        return Refusal("initiative.not-yours", _("This application belongs to somebody else."))
    if initiative.state in EDITED:
        return None
    sentence = _("«%(title)s» was filed already. It can be changed when the unit asks for corrections.")
    return Refusal("initiative.filed", sentence % {"title": initiative.title})


def may_attach(user: User, initiative: Initiative) -> Refusal | None:
    """The applicant while editing; those who handle it, from filing on."""
    if handles(user, initiative) or may_edit(user, initiative) is None:
        return None
    sentence = _("Files are added by the applicant while the application is written, then by those who handle it.")
    return Refusal("initiative.may-not-attach", sentence)


def may_record_reach(user: User, initiative: Initiative, level: str) -> Refusal | None:
    """Only of a recognised one; at the level of the unit by those who handle it, above by the department."""
    if initiative.state != Initiative.State.RECOGNISED:
        sentence = _("Only a recognised initiative gets a range of effect; this one is at «%(state)s».")
        return Refusal("initiative.not-recognised", sentence % {"state": initiative.get_state_display()})
    if level == Reach.Level.UNIT and handles(user, initiative):
        return None
    if level != Reach.Level.UNIT and for_department(user, HANDLE):
        return None
    sentence = _(
        "The unit records the effect within the unit; the department that in the city and in the whole country."
    )
    return Refusal("initiative.reach-not-yours", sentence)


def may_enter(by: Actor) -> Refusal | None:
    """Those who handle initiatives bring in what was decided on paper; a person answers for it."""
    if isinstance(by, User) and (units_of(by, HANDLE, DECIDE) or for_department(by, HANDLE)):
        return None
    sentence = _("Registers of initiatives are brought in by those who handle initiatives in a unit.")
    return Refusal("initiative.may-not-enter", sentence)


def reach_levels(user: User, initiative: Initiative) -> list[tuple[str, str]]:
    """The levels that the person may record now."""
    kept = {reach.level for reach in initiative.reaches.all()}
    return [
        (level.value, str(level.label))
        for level in Reach.Level
        if level.value not in kept and may_record_reach(user, initiative, level) is None
    ]


def may_set_sheet(user: User, unit_id: int) -> Refusal | None:
    """Those who decide in the unit."""
    if unit_id in units_where(user, DECIDE):
        return None
    return Refusal("initiative.sheet-not-yours", _("The head of the unit sets its scoring sheet."))
