"""Who sees a petition, who writes one, and who takes those of a document into the register."""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import may_in, reaches_all, units_where
from khue.core.actors import Actor
from khue.core.refusals import Refusal
from khue.directory.models import Unit
from khue.flow.models import CaseParty, Holding
from khue.petitions.models import Petition

if TYPE_CHECKING:
    Petitions = QuerySet[Petition, Petition]

SEE, WRITE, ANSWER = "petition:see", "petition:write", "petition:answer"
"""Permissions of `processes/roles.toml`."""
SHORTEST = 15
"""Characters that tell a difficulty or a request at least."""


def visible_to(user: User) -> "Petitions":
    """The petitions that `user` may see, as one query: those that one wrote, that one's units voiced, that are counted
    under them, that they have to answer or had to before they passed them on; all of them for the department and for
    those who oversee it."""
    if reaches_all(user, SEE):
        return Petition.objects.all()
    seen = Q(author=user)
    if units := units_where(user, SEE):
        held = Holding.objects.filter(unit__in=units).order_by().values("case")
        parts = CaseParty.objects.filter(unit__in=units).order_by().values("case")
        seen |= Q(through__in=units) | Q(recipient__in=units) | Q(case__in=held) | Q(case__in=parts)
    return Petition.objects.filter(seen)


def found_by(user: User) -> "Petitions | None":
    """What search shows the person; None where nothing is kept from them, so that no list of all is made."""
    return None if reaches_all(user, SEE) else visible_to(user)


def may_write(by: Actor, unit: Unit | None) -> Refusal | None:
    """Officers, heads and clerks speak for their unit."""
    if unit is None:
        return Refusal("petition.may-not-write", _("Your role reads here; officers, heads and clerks of units write."))
    if not isinstance(by, User) or may_in(by, unit.pk, WRITE):
        return None
    sentence = _("You do not write in the name of %(unit)s. Choose your own unit in the header.")
    return Refusal("petition.not-for-this-unit", sentence % {"unit": unit.name})


def may_say(text: str, recipient: Unit, unit: Unit | None) -> Refusal | None:
    """It says enough, and goes to somebody else."""
    if len(text.strip()) < SHORTEST:
        return Refusal("petition.too-short", _("Tell in a sentence what the difficulty is, or what is asked for."))
    if unit is not None and recipient.pk == unit.pk:
        sentence = _("A petition goes to another unit. Choose who can do something about it.")
        return Refusal("petition.to-oneself", sentence)
    return None
