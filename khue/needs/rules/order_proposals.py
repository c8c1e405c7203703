"""Who sees and writes the order proposal of a unit, and what it must have before it is sent."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import reaches_all, units_where
from khue.core.actors import Actor
from khue.core.refusals import Refusal
from khue.directory.models import Unit
from khue.directory.search import department
from khue.flow.answers import missing
from khue.needs.models import OrderProposal, Proposal
from khue.needs.rules.proposal_forms import missing_in, order_form_of
from khue.needs.rules.proposals import SEE, may_write

OWN, MANAGING = "b1", "b2"


def visible_to(user: User) -> QuerySet[OrderProposal]:
    """Those of one's own units, and what was sent for the department and those who oversee it: one query."""
    seen = Q(unit__in=units_where(user, SEE))
    if reaches_all(user, SEE):
        seen |= ~Q(state=OrderProposal.State.DRAFT)
    return OrderProposal.objects.filter(seen)


def form_for(unit: Unit) -> str:
    """B2 where the managing body itself, or a division of it, proposes; B1 for everybody else."""
    return MANAGING if f"/{department().pk}/" in unit.path else OWN


def may_edit(by: Actor, order: OrderProposal) -> Refusal | None:
    """A draft, by whoever writes proposals of the unit."""
    if refusal := may_write(by, order.unit):
        return refusal
    if order.state == OrderProposal.State.DRAFT:
        return None
    return Refusal("order-proposal.sent", _("This order proposal was sent and stands as it was sent."))


def choosable(order: OrderProposal) -> QuerySet[Proposal]:
    """Proposals of the unit for that year that could stand in it: drafts and those still being handled, in no other."""
    ended = (Proposal.State.REFUSED, Proposal.State.WITHDRAWN, Proposal.State.ORDERED)
    rows = Proposal.objects.filter(unit=order.unit).exclude(state__in=ended)
    return rows.filter(Q(order_proposal=None) | Q(order_proposal=order)).order_by("rank", "pk")


def lacks(order: OrderProposal) -> list[str]:
    """What must be done before it can be sent, each a sentence."""
    told = [
        _("Answer «%(question)s».") % {"question": field.label}
        for field in missing(order_form_of(order), order.answers)
    ]
    chosen = list(order.proposals.select_related("case__process_version").order_by("rank"))
    if not chosen:
        told.append(_("Choose at least one proposal."))
    for one in chosen:
        if one.state == Proposal.State.DRAFT and (left := missing_in(one)):
            sentence = _("Complete «%(title)s»: %(questions)s.")
            told.append(sentence % {"title": one.title, "questions": ", ".join(left)})
    return told
