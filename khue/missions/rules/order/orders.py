"""Order lists: who sees them, who keeps and approves them, what a list must have before it is approved."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import for_department, reaches_all
from khue.core.actors import Actor, SystemActor
from khue.core.clock import today
from khue.core.refusals import Refusal
from khue.councils.rules import barred_dossiers
from khue.flow.actions.opening import version_on
from khue.flow.models import ProcessVersion
from khue.flow.shelf.words import Word, words
from khue.missions.models import Order, OrderList, Way
from khue.needs.models import Proposal
from khue.needs.rules.proposal_forms import PROCESS
from khue.needs.rules.proposals import dossier_of

SEE, MANAGE, APPROVE = "order:see", "order:manage", "order:approve"
INSIDE = (SEE, MANAGE, APPROVE)
"""Each of them shows lists in preparation."""
PUBLIC = OrderList.State.PUBLISHED


def visible_to(user: User) -> QuerySet[OrderList]:
    """Published lists for everybody who signed in, lists in preparation for the department and those above it."""
    return OrderList.objects.all() if reaches_all(user, *INSIDE) else OrderList.objects.filter(state=PUBLIC)


def orders_for(user: User) -> QuerySet[Order]:
    """The orders of these lists; in a list that is not published nothing of a proposal in which the person has a
    part: one query."""
    rows = Order.objects.filter(list__in=visible_to(user))
    barred = Proposal.objects.alias(dossier_key=dossier_of("proposal")).filter(dossier_key__in=barred_dossiers(user))
    return rows.exclude(~Q(list__state=PUBLIC) & Q(proposal__in=barred.values("pk")))


def may_manage(by: Actor) -> Refusal | None:
    """Order lists are kept by the department's officers and heads."""
    if isinstance(by, SystemActor) or (isinstance(by, User) and for_department(by, MANAGE)):
        return None
    return Refusal("order.not-department", _("Order lists are kept by officers and heads of the department."))


def may_change(by: Actor, orders: OrderList) -> Refusal | None:
    """A list may be changed until it is approved; what is approved is changed by another decision."""
    if refusal := may_manage(by):
        return refusal
    if orders.state == OrderList.State.DRAFT:
        return None
    sentence = _("The list was approved by %(sign)s; take an item out with a reason, or make a supplementary list.")
    return Refusal("order.approved", sentence % {"sign": orders.decision_sign})


def may_approve(by: Actor, orders: OrderList) -> Refusal | None:
    """By heads of the department and leaders, once the list is complete."""
    allowed = isinstance(by, User) and reaches_all(by, APPROVE)
    if not allowed and not isinstance(by, SystemActor):
        return Refusal("order.not-yours", _("Order lists are approved by the head of the department or a leader."))
    if orders.state != OrderList.State.DRAFT:
        return Refusal("order.approved-already", _("This list is approved already."))
    left = lacks(orders)
    return Refusal("order.incomplete", " ".join(left)) if left else None


def may_publish(by: Actor, orders: OrderList) -> Refusal | None:
    """What was approved is published once."""
    if refusal := may_manage(by):
        return refusal
    if orders.state == OrderList.State.APPROVED:
        return None
    draft = orders.state == OrderList.State.DRAFT
    told = _("Approve the list first.") if draft else _("This list is published already.")
    return Refusal("order.not-approved" if draft else "order.published", told)


def may_cancel(by: Actor, order: Order) -> Refusal | None:
    """An item of an approved list, while nobody carries it out or applies for it."""
    if refusal := may_manage(by):
        return refusal
    if order.list.state == OrderList.State.DRAFT:
        return Refusal("order.still-draft", _("The list is not approved yet: simply take the item out of it."))
    if order.state in (Order.State.LISTED, Order.State.FAILED):
        return None
    sentence = _("«%(name)s» is at «%(state)s»; end that first.")
    return Refusal("order.wrong-state", sentence % {"name": order.name, "state": order.get_state_display()})


def lacks(orders: OrderList) -> list[str]:
    """What must be done before the list can be approved, each a sentence."""
    rows = list(orders.orders.all())
    if not rows:
        return [_("Put at least one mission on the list.")]
    told = []
    for row in rows:
        empty = [label for label, value in _elements(row) if not value.strip()]
        if empty:
            sentence = _("No. %(number)s lacks: %(what)s.")
            told.append(sentence % {"number": row.number, "what": ", ".join(empty)})
        if row.way == Way.DIRECT and not row.ground:
            told.append(_("No. %(number)s is assigned directly: choose the ground.") % {"number": row.number})
    return told


def _elements(row: Order) -> list[tuple[str, str]]:
    return [(_("name"), row.name), (_("objective"), row.objective), (_("requirements on the results"), row.products)]


def gatherable(user: User | None = None) -> QuerySet[Proposal]:
    """Recommended proposals that stand on no list yet; nothing in which the person has a part."""
    rows = Proposal.objects.filter(state=Proposal.State.RECOMMENDED, order=None).select_related("unit")
    if user is not None:
        rows = rows.alias(dossier_key=dossier_of("proposal")).exclude(dossier_key__in=barred_dossiers(user))
    return rows.order_by("year", "pk")


def version_of(orders: OrderList) -> ProcessVersion:
    """The version whose papers the list is written on."""
    return orders.process_version or version_on(PROCESS, orders.decided_on or today())


def grounds() -> dict[str, Word]:
    """The grounds of direct assignment, each with its basis."""
    return dict(words("grounds"))
