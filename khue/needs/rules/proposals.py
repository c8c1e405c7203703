"""Who sees a proposal, who writes it, who handles it."""

from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import for_department, may_in, reaches_all, units_where
from khue.core.actors import Actor, SystemActor
from khue.core.arrays import array
from khue.core.refusals import Refusal
from khue.councils.rules import barred_dossiers, barred_numbers, judged_dossiers
from khue.directory.models import Unit
from khue.matching.sources import AllBut
from khue.needs.models import Proposal, SecondOpinion

SEE, WRITE, HANDLE = "proposal:see", "proposal:write", "proposal:handle"


def dossier_of(kind: str) -> Concat:
    """The dossier of a row, `proposal:12`, to be compared with those of councils."""
    return Concat(Value(f"{kind}:"), Cast("pk", CharField()))


def visible_to(user: User) -> QuerySet[Proposal]:
    """As one query: one's own units' proposals, drafts too; what was sent, for the department and those who oversee
    it, unless a conflict of interest stands; what one judges in a council or is asked about."""
    rows = Proposal.objects.alias(dossier_key=dossier_of("proposal"))
    seen = Q(unit__in=units_where(user, SEE)) | Q(author=user)
    judged = Q(dossier_key__in=judged_dossiers(user)) | Q(pk__in=_asked(user))
    if reaches_all(user, SEE):
        judged |= ~Q(state=Proposal.State.DRAFT)
    return rows.filter(seen | (judged & ~Q(dossier_key__in=barred_dossiers(user))))


def found_by(user: User) -> "QuerySet[Proposal] | AllBut | None":
    """What search, which knows no drafts, shows the person: for those who see all that was sent but what they are
    barred from only that is told, so that no list of all proposals is made."""
    if not reaches_all(user, SEE):
        return visible_to(user)
    barred = barred_numbers(user).get("proposal")
    if not barred:
        return None
    near = Q(unit__in=units_where(user, SEE)) | Q(author=user)
    return AllBut(Proposal.objects.filter(pk__of_array=array(barred)).exclude(near))


def _asked(user: User) -> QuerySet[Any]:
    """Proposals about which the person, or a unit of theirs, was asked for a second opinion."""
    whom = Q(unit__in=units_where(user, SEE))
    if user.person_id is not None:
        whom |= Q(person=user.person_id)
    return SecondOpinion.objects.filter(whom).order_by().values("proposal")


def may_write(by: Actor, unit: Unit) -> Refusal | None:
    """Officers and heads of a unit propose in its name."""
    if isinstance(by, SystemActor) or (isinstance(by, User) and may_in(by, unit.pk, WRITE)):
        return None
    sentence = _("Proposals of %(unit)s are written by its officers and heads. Ask one of them.")
    return Refusal("proposal.not-yours", sentence % {"unit": unit.name})


def may_edit(by: Actor, proposal: Proposal) -> Refusal | None:
    """A draft, by anybody of the unit who writes proposals; what was sent stands as it was sent."""
    if refusal := may_write(by, proposal.unit):
        return refusal
    if proposal.state == Proposal.State.DRAFT:
        return None
    sentence = _("«%(title)s» was sent on %(day)s and stands as it was sent. Withdraw it to propose another.")
    told = {"title": proposal.title, "day": f"{proposal.submitted_at:%d/%m/%Y}"}
    return Refusal("proposal.sent", sentence % told)


def is_own(user: User, proposal: Proposal) -> bool:
    """Whether the person belongs to the side that proposes."""
    return proposal.author_id == user.pk or proposal.unit_id in units_where(user, SEE)


def may_handle(by: Actor, proposal: Proposal | None = None) -> Refusal | None:
    """The department's officers and heads; nobody who has a part in the proposal."""
    if isinstance(by, SystemActor):
        return None
    if not isinstance(by, User) or not for_department(by, HANDLE):
        return Refusal("proposal.not-department", _("Proposals are handled by officers of the department."))
    if proposal is not None and is_barred(by, proposal):
        sentence = _("You have a part in this proposal, so somebody else of the department handles it.")
        return Refusal("proposal.conflict", sentence)
    return None


def is_barred(user: User, proposal: Proposal) -> bool:
    """Whether a conflict of interest of `user` with the proposal stands."""
    return barred_dossiers(user).filter(dossier=proposal.dossier).exists()


def may_answer(by: Actor, opinion: SecondOpinion) -> Refusal | None:
    """The person who was asked, or officers and heads of the unit that was; once."""
    if opinion.given_at is not None:
        return Refusal("opinion.given", _("This opinion was given already; it stands as it was given."))
    own = isinstance(by, User) and (
        (opinion.person_id is not None and by.person_id == opinion.person_id)
        or (opinion.unit_id is not None and may_in(by, opinion.unit_id, WRITE))
    )
    if own or isinstance(by, SystemActor):
        return None
    who = opinion.person or opinion.unit
    return Refusal("opinion.not-yours", _("%(who)s was asked for this opinion.") % {"who": who})
