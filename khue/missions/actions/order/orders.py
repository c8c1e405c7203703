"""Order lists: gathered from recommended proposals, edited, approved by decision, published; items taken out again."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.accounts.models import User
from khue.accounts.rules import holders
from khue.core.actors import Actor
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused, require
from khue.directory.search import department
from khue.flow.actions.opening import version_on
from khue.journal.actions import record
from khue.matching.actions import changed_many
from khue.missions.actions.telling import tell_needers
from khue.missions.models import Order, OrderList, Way
from khue.missions.rules.order.orders import grounds, may_approve, may_cancel, may_change, may_manage, may_publish
from khue.needs.actions.proposal_answers import answer_ordered
from khue.needs.models import Proposal
from khue.needs.rules.proposal_forms import PROCESS
from khue.needs.rules.proposals import WRITE, is_barred
from khue.notices.actions import notify, saying

EDITED = ("name", "objective", "products", "requirements", "way", "ground", "field", "orderer")


@transaction.atomic
def start_list(
    *, title: str, year: int, by: Actor, supplements: OrderList | None = None, ground: str = ""
) -> OrderList:
    """Begin an order list of the department; with `supplements` one that adds to an approved list of the year. Raises
    Refused: `order.not-department`, `order.no-title`, `order.supplements-nothing`."""
    require(may_manage(by))
    if not title.strip():
        raise Refused(Refusal("order.no-title", _("Give the list a name.")))
    if supplements is not None and (supplements.state == OrderList.State.DRAFT or supplements.year != year):
        sentence = _("A supplementary list adds to an approved list of the same year.")
        raise Refused(Refusal("order.supplements-nothing", sentence))
    made = OrderList.objects.create(
        title=title.strip(), year=year, host=department(), supplements=supplements, ground=ground.strip(),
        process_version=version_on(PROCESS, today()), created_by=by if isinstance(by, User) else None,
    )  # fmt: skip
    record(made.dossier, "order-list.started", by=by, title=made.title)
    return made


def locked(orders: OrderList) -> OrderList:
    """The list as it is now, locked until the transaction ends."""
    rows = OrderList.objects.select_for_update(of=("self",)).select_related("host", "process_version")
    return rows.get(pk=orders.pk)


@transaction.atomic
def gather(orders: OrderList, proposals: Sequence[Proposal], *, by: Actor) -> list[Order]:
    """Put recommended proposals on the list with what their councils recommend. Raises Refused: `order.approved`,
    `order.not-recommended`, `order.on-a-list`, `proposal.conflict`."""
    current = locked(orders)
    require(may_change(by, current))
    fresh = Proposal.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk for one in proposals])
    rows = list(fresh.select_related("unit").order_by("year", "pk"))
    for one in rows:
        require(_not_gatherable(one, by))
    last = current.orders.aggregate(last=Max("number"))["last"] or 0
    made = [_order(current, one, number).prepare() for number, one in enumerate(rows, last + 1)]
    Order.objects.bulk_create(made)
    record(current.dossier, "order-list.gathered", by=by, count=len(made))
    return made


def _not_gatherable(one: Proposal, by: Actor) -> Refusal | None:
    if isinstance(by, User) and is_barred(by, one):
        return Refusal(
            "proposal.conflict", _("You have a part in a proposal that you chose; leave it to somebody else.")
        )
    if one.state != Proposal.State.RECOMMENDED:
        sentence = _("«%(title)s» is at «%(state)s»; only recommended proposals are put on a list.")
        return Refusal("order.not-recommended", sentence % {"title": one.title, "state": one.get_state_display()})
    if Order.objects.filter(proposal=one).exists():
        return Refusal("order.on-a-list", _("«%(title)s» stands on an order list already.") % {"title": one.title})
    return None


def _order(orders: OrderList, one: Proposal, number: int) -> Order:
    said = one.recommendation
    return Order(
        list=orders, number=number, proposal=one, name=said.get("name") or one.title, type=one.type, field=one.field,
        objective=said.get("objective", ""), products=said.get("products", ""), orderer=one.unit,
        way=Way.DIRECT if said.get("way") == "direct" else Way.SELECTION,
    )  # fmt: skip


@transaction.atomic
def edit_order(order: Order, *, by: Actor, **facts: Any) -> Order:
    """Word an item of a list in preparation: name, objective, products, requirements, way, ground, field, orderer.
    Raises Refused: `order.approved`, `order.no-ground`, `order.no-name`."""
    current = Order.objects.select_for_update(of=("self",)).select_related("list").get(pk=order.pk)
    require(may_change(by, locked(current.list)))
    for name in EDITED:
        if name in facts:
            setattr(current, name, facts[name])
    if current.way == Way.SELECTION:
        current.ground = ""
    elif current.ground and current.ground not in grounds():
        raise Refused(Refusal("order.no-ground", _("Choose one of the grounds of direct assignment.")))
    if not current.name.strip():
        raise Refused(Refusal("order.no-name", _("Write the name of the mission.")))
    current.save()
    record(current.list.dossier, "order-list.edited", by=by, number=current.number, name=current.name)
    order.refresh_from_db()
    return current


@transaction.atomic
def drop_order(order: Order, *, by: Actor) -> None:
    """Take an item out of a list in preparation; the others move up, its proposal waits for another list. Raises
    Refused: `order.approved`."""
    orders = locked(order.list)
    require(may_change(by, orders))
    record(orders.dossier, "order-list.dropped", by=by, name=order.name)
    Order.objects.filter(pk=order.pk).delete()
    for number, row in enumerate(orders.orders.order_by("number"), 1):
        if row.number != number:
            Order.objects.filter(pk=row.pk).update(number=number)


@transaction.atomic
def approve(orders: OrderList, *, decision_sign: str, decided_on: date, by: Actor, ground: str = "") -> OrderList:
    """Record the decision that approves the list; its proposals are ordered, their units are told. Raises Refused:
    `order.not-yours`, `order.incomplete`, `order.no-decision`, `order.approved-already`."""
    current = locked(orders)
    require(may_approve(by, current))
    if not decision_sign.strip() or decided_on > today():
        sentence = _("Write the number and sign of the decision and its day, not later than today.")
        raise Refused(Refusal("order.no-decision", sentence))
    current.state, current.decision_sign, current.decided_on = (
        OrderList.State.APPROVED,
        decision_sign.strip(),
        decided_on,
    )
    current.ground = ground.strip() or current.ground
    current.save()
    record(current.dossier, "order-list.approved", by=by, sign=current.decision_sign, on=decided_on.isoformat())
    _order_proposals(current, by=by)
    orders.refresh_from_db()
    return current


def _order_proposals(orders: OrderList, *, by: Actor) -> None:
    """The proposals of the list are ordered now; those who proposed them are told under which name."""
    rows = list(orders.orders.select_related("proposal__unit").filter(proposal__isnull=False))
    Proposal.objects.filter(order__in=rows).update(state=Proposal.State.ORDERED, changed_at=now())
    changed_many("proposal", [row.proposal_id for row in rows if row.proposal_id])
    for row in rows:
        assert row.proposal is not None  # noqa: S101 - filtered above
        record(row.proposal.dossier, "proposal.ordered", by=by, sign=orders.decision_sign, name=row.name)
        assert orders.decided_on is not None  # noqa: S101 - approve() has just written it
        answer_ordered(
            row.proposal, order=f"order:{row.pk}", name=row.name, sign=orders.decision_sign,
            decided_on=orders.decided_on,
        )  # fmt: skip
        subject = saying(gettext_lazy("Ordered by %(sign)s: %(name)s"), sign=orders.decision_sign, name=row.name)
        notify(
            holders(WRITE, row.proposal.unit), key=f"order:{row.pk}", subject=subject,
            url=row.proposal.get_absolute_url(), dossier=row.proposal.dossier, by=by,
        )  # fmt: skip


@transaction.atomic
def publish(orders: OrderList, *, by: Actor) -> OrderList:
    """Publish an approved list: everybody who signs in reads it from now on. Raises Refused: `order.not-approved`,
    `order.published`."""
    current = locked(orders)
    require(may_publish(by, current))
    current.state, current.published_on = OrderList.State.PUBLISHED, today()
    current.save(update_fields=["state", "published_on"])
    record(current.dossier, "order-list.published", by=by)
    changed_many("order", list(current.orders.values_list("pk", flat=True)))
    orders.refresh_from_db()
    return current


@transaction.atomic
def cancel_order(order: Order, *, reason: str, by: Actor) -> Order:
    """Take an item out of an approved list, with a reason that stands beside it. Raises Refused: `order.no-reason`,
    `order.wrong-state`, `order.still-draft`."""
    current = Order.objects.select_for_update(of=("self",)).select_related("list", "proposal__unit").get(pk=order.pk)
    require(may_cancel(by, current))
    if not reason.strip():
        raise Refused(Refusal("order.no-reason", _("Write why the mission is taken out of the list.")))
    current.state, current.cancelled_on, current.cancelled_because = Order.State.CANCELLED, today(), reason.strip()
    current.save(update_fields=["state", "cancelled_on", "cancelled_because"])
    record(current.list.dossier, "order-list.cancelled", by=by, name=current.name, reason=reason.strip())
    if current.proposal is not None:
        subject = saying(gettext_lazy("Taken out of the order list: %(name)s"), name=current.name)
        notify(
            holders(WRITE, current.proposal.unit), key=f"order-cancelled:{current.pk}", subject=subject,
            body=reason.strip(), url=current.proposal.get_absolute_url(), dossier=current.proposal.dossier, by=by,
        )  # fmt: skip
    told = saying(gettext_lazy("What was ordered from your need was taken off the list: %(name)s"), name=current.name)
    tell_needers(current, key=f"order-cancelled:{current.pk}", subject=told, body=reason.strip(), by=by)
    changed_many("order", [current.pk])
    order.refresh_from_db()
    return current
