"""Order lists as papers, matching, search and the duplicate check know them."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from khue.core.calendar import add_working_days
from khue.directory.models import Unit
from khue.flow.shelf.values import Provision
from khue.flow.shelf.words import label_in
from khue.matching.beside import Signals
from khue.matching.sources import Record
from khue.missions.models import Mission, Order, OrderList
from khue.missions.rules.order.orders import grounds, version_of


def list_words(orders: OrderList) -> dict[str, Any]:
    """What the decision with its list says."""
    rows = orders.orders.select_related("orderer").exclude(state=Order.State.CANCELLED)
    return {
        "year": orders.year,
        "decision": {
            "sign": orders.decision_sign, "signed_on": orders.decided_on or "", "ground": _ground(orders),
        },
        "orders": [order_words(row) for row in rows],
    }  # fmt: skip


def orderers(orders: OrderList) -> list[str]:
    """Who ordered something of the list: they get the decision."""
    rows = orders.orders.exclude(state=Order.State.CANCELLED).filter(orderer__isnull=False).order_by("number")
    return list(dict.fromkeys(rows.values_list("orderer__name", flat=True)))


def _ground(orders: OrderList) -> str:
    """What the decision rests on, as it goes on after "Căn cứ"; that the department asks for it stands there anyway.
    Dots before anybody wrote it."""
    lines = [line.strip().rstrip(";,.") for line in orders.ground.splitlines()]
    told = [line.removeprefix("Căn cứ ") for line in lines if line and not line.startswith("Theo đề nghị")]
    return "" if orders.ground and not told else "; ".join(told) or "……"


def order_words(row: Order) -> dict[str, Any]:
    """One item, with the ground where it is assigned directly."""
    ground = grounds().get(row.ground)
    way = f"{row.get_way_display()} ({ground})" if ground else str(row.get_way_display())
    return {
        "number": row.number, "name": row.name, "objective": row.objective, "products": row.products, "way": way,
        "ground": str(ground or ""), "orderer": row.orderer.name if row.orderer else "",
    }  # fmt: skip


def publish_by(orders: OrderList) -> tuple[date, Provision] | None:
    """Until when an approved list is to be published, and by which rule."""
    rule = version_of(orders).definition.provisions.get("publish-within")
    if rule is None or orders.decided_on is None or not isinstance(rule.value, int):
        return None
    if rule.kind == "working_days":
        return add_working_days(orders.decided_on, rule.value), rule
    return date.fromordinal(orders.decided_on.toordinal() + rule.value), rule


def grew_out_of(pks: Collection[int]) -> Iterator[tuple[int, tuple[str, int]]]:
    """The proposals that orders took up."""
    rows = Order.objects.filter(pk__in=pks).exclude(proposal=None).values_list("pk", "proposal")
    return ((order, ("proposal", proposal)) for order, proposal in rows)


def records(pks: Collection[int] | None) -> Iterator[Record]:
    """Published orders that stand, for matching."""
    rows = Order.objects.filter(list__state=OrderList.State.PUBLISHED).exclude(state=Order.State.CANCELLED)
    for one in (rows if pks is None else rows.filter(pk__in=pks)).select_related("list", "orderer").iterator(500):
        yield Record(
            one.pk, one.name, one.get_absolute_url(), summary=f"{one.objective} {one.products}", year=one.list.year,
            host=_name(one.orderer), field=label_in("fields", one.field),
            detail=f"{one.list} · {one.get_state_display()}",
        )  # fmt: skip


def order_signals(pks: Collection[int]) -> Mapping[int, Signals]:
    """What is compared of orders."""
    rows = Order.objects.filter(pk__in=pks).select_related("list", "orderer", "proposal__place")
    return {
        one.pk: Signals(
            name=one.name, objective=one.objective, products=one.products, host=_name(one.orderer),
            place=one.proposal.place.name if one.proposal and one.proposal.place else "", money="Ngân sách nhà nước",
            period=str(one.list.year),
        )
        for one in rows
    }  # fmt: skip


def mission_signals(pks: Collection[int]) -> Mapping[int, Signals]:
    """What is compared of missions: as contracted where there is a plan, as the record of the past has it otherwise."""
    rows = Mission.objects.filter(pk__in=pks).select_related("host", "place", "investigator", "plan", "order")
    return {one.pk: _mission(one) for one in rows.prefetch_related("plan__products")}


def _mission(one: Mission) -> Signals:
    answers = one.plan.answers if one.plan else {}
    products = "; ".join(product.name for product in one.plan.products.all()) if one.plan else ""
    days = [f"{day:%m/%Y}" for day in (one.starts_on, one.ends_on) if day]
    money = [
        word for word, amount in (("Ngân sách nhà nước", one.budget_state), ("nguồn khác", one.budget_other)) if amount
    ]
    return Signals(
        name=one.title, objective=str(answers.get("objective", "")) or (one.order.objective if one.order else ""),
        content=str(answers.get("content", "")) or one.abstract, products=products,
        place=one.place.name if one.place else "", host=one.host.name if one.host else one.host_name,
        investigator=one.investigator.full_name if one.investigator else one.investigator_name,
        money=", ".join(money), period=" – ".join(days) or str(one.year),
    )  # fmt: skip


def _name(unit: Unit | None) -> str:
    return unit.name if unit else ""
