"""Calls: who sees them, who keeps them, when they may open, close and be repeated."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import for_department, units_where
from khue.core.actors import Actor
from khue.core.clock import now, today
from khue.core.refusals import Refusal
from khue.directory.models import Unit
from khue.flow.shelf.law import cite
from khue.flow.shelf.values import Process
from khue.missions.models import Call, Order, OrderList, Selection, Way
from khue.missions.rules.select.parts import MANAGE, SEE, department_side, may_for

APPROVED = (OrderList.State.APPROVED, OrderList.State.PUBLISHED)
FREE = (Order.State.LISTED, Order.State.FAILED)


def visible_to(user: User) -> QuerySet[Call]:
    """What was published is for everybody who signed in; a call in preparation only for the department."""
    public = Q(published_at__isnull=False)
    return Call.objects.filter(public | department_side(user, "host", MANAGE, *SEE))


def open_orders(user: User) -> QuerySet[Order]:
    """Approved orders for which nobody is being looked for, of departments whose calls `user` keeps."""
    free = Order.objects.filter(state__in=FREE, list__state__in=APPROVED, list__host__in=units_where(user, MANAGE))
    return free.select_related("list__host").order_by("-list__year", "list", "number")


def keeps_any(user: User) -> bool:
    """Whether the person keeps calls at all: of the department, or of another body that has order lists."""
    own = units_where(user, MANAGE)
    return bool(own) and (for_department(user, MANAGE) or OrderList.objects.filter(host__in=own).exists())


def may_keep(by: Actor, host: Unit) -> Refusal | None:
    """The department whose order list it is."""
    sentence = _("Calls of %(unit)s are kept by its officers and heads.") % {"unit": host.name}
    return may_for(by, host, MANAGE, Refusal("call.not-yours", sentence))


def may_draft(by: Actor, orders: Sequence[Order]) -> Refusal | None:
    """Approved orders of one department that wait for somebody; direct ones are not called for."""
    if not orders:
        return Refusal("call.no-order", _("Choose at least one mission of an approved order list."))
    if refusal := may_keep(by, orders[0].list.host):
        return refusal
    if len({order.list.host_id for order in orders}) > 1:
        return Refusal("call.two-hosts", _("These orders belong to two departments; make a call for each."))
    for order in orders:
        if refusal := may_select(order):
            return refusal
        if order.way == Way.DIRECT:
            sentence = _("«%(order)s» is assigned directly: invite the organisation instead of calling for it.")
            return Refusal("call.direct", sentence % {"order": order})
    return None


def may_select(order: Order) -> Refusal | None:
    """The list is approved, and nobody carries the order out or is being looked for."""
    if order.list.state not in APPROVED:
        sentence = _("The list «%(list)s» is not approved yet; nobody can be looked for before.")
        return Refusal("call.not-approved", sentence % {"list": order.list})
    if order.state not in FREE:
        sentence = _("«%(order)s» is at «%(state)s»; it cannot be put into another call now.")
        return Refusal("call.order-taken", sentence % {"order": order, "state": order.get_state_display()})
    return None


def earliest_close(definition: Process, opens: date) -> date:
    """The first day on which a call that opens then may close."""
    return opens + timedelta(days=definition.number("call-open"))


def may_publish(call: Call, definition: Process) -> Refusal | None:
    """It stays open for the days that the version asks for."""
    if call.state != Call.State.DRAFT:
        return Refusal("call.published", _("This call was published already. Reload the page."))
    first = earliest_close(definition, today())
    if timezone.localtime(call.closes_at).date() < first:
        sentence = _("Applications are taken for at least %(days)s days (%(basis)s): close on %(first)s or later.")
        told = {
            "days": definition.number("call-open"),
            "basis": cite(definition.provisions["call-open"].basis),
            "first": f"{first:%d/%m/%Y}",
        }
        return Refusal("call.too-short", sentence % told)
    return None


def repeat_until(selection: Selection, definition: Process) -> date:
    """The last day on which a failed selection may be called for again without a new order: months after the call."""
    call = selection.call
    began = timezone.localtime(call.published_at if call and call.published_at else selection.closes_at).date()
    return months_later(began, definition.number("call-repeat"))


def months_later(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month."""
    count = day.year * 12 + day.month - 1 + months
    first = date(count // 12, count % 12 + 1, 1)
    last = (date((count + 1) // 12, (count + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return first.replace(day=min(day.day, last))


def may_repeat(selection: Selection, definition: Process) -> Refusal | None:
    """A call that found nobody is repeated within the months that the version gives."""
    if selection.order.state != Order.State.FAILED:
        sentence = _("Only what found nobody is called for again; «%(order)s» is at «%(state)s».")
        told = {"order": selection.order, "state": selection.order.get_state_display()}
        return Refusal("call.not-failed", sentence % told)
    last = repeat_until(selection, definition)
    if today() > last:
        sentence = _(
            "The second call comes within %(months)s months of the first (%(basis)s), that was until %(last)s. "
            "The order has to be approved again."
        )
        told = {
            "months": definition.number("call-repeat"),
            "basis": cite(definition.provisions["call-repeat"].basis),
            "last": f"{last:%d/%m/%Y}",
        }
        return Refusal("call.too-late", sentence % told)
    return None


def is_past(closes_at: datetime) -> bool:
    """Whether the closing moment has passed: at the very moment itself one is still in time."""
    return now() > closes_at
