"""Where an order, a mission or a result stands on the river: from the directive and the needs to what came of it.

Each person sees the stations that the person may open; of what is published the name stays without a link.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.river import RiverItem
from khue.documents.rules.directive import visible_to as visible_directives
from khue.missions.models import Acceptance, Application, Mission, Order, Result, Selection
from khue.missions.rules.accept.acceptances import acceptances_visible_to
from khue.missions.rules.accept.need_uses import missions_for
from khue.missions.rules.accept.results import results_visible_to
from khue.missions.rules.order.orders import orders_for
from khue.missions.rules.select.applications import selections_visible_to
from khue.missions.rules.select.applications import visible_to as visible_applications
from khue.missions.rules.select.calls import visible_to as visible_calls
from khue.missions.rules.visibility import visible_to
from khue.needs.models import Need, Proposal
from khue.needs.rules.needs import visible_to as visible_needs
from khue.needs.rules.proposals import visible_to as visible_proposals

SHOWN = 3
"""Needs and results of one mission that the line has room for."""


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a mission, as far as somebody sees it: first attempts at acceptance and oldest results first."""

    acceptances: Sequence[Acceptance]
    results: Sequence[Result]


def came_of(mission: Mission, user: User) -> Came:
    """Its acceptances with their cases, and its results: two queries."""
    acceptances = acceptances_visible_to(user).filter(mission=mission).select_related("case__process_version")
    results = results_visible_to(user).filter(mission=mission)
    return Came(list(acceptances.order_by("attempt")), list(results.order_by("pk")))


def river(
    user: User, *, order: Order | None, mission: Mission | None, here: Any, came: Came | None = None
) -> list[RiverItem]:
    """The whole line through `order` and `mission`; `here` is the record whose page it stands on. `came`: what came of
    the mission, where the page knows it already."""
    items = _above(user, order.proposal if order else None)
    if order is not None:
        items.append(_station(_("Order"), order.name, order, here, orders_for(user)))
    application = mission.application if mission is not None else None
    if application is not None:
        items.append(_applied(user, application, here))
    if mission is None:
        return items
    items.append(_station(_("Mission"), mission.code or mission.title, mission, here, visible_to(user)))
    return [*items, *_below(came or came_of(mission, user), here)]


def through(user: User, selection: Selection, *, here: Any) -> list[RiverItem]:
    """The whole line through a selection; `here` is the selection itself or one of its applications."""
    order = selection.order
    items = [*_above(user, order.proposal), _station(_("Order"), order.name, order, here, orders_for(user))]
    if (call := selection.call) is not None:
        items.append(_station(_("Call"), call.title, call, here, visible_calls(user)))
    items.append(_station(_("Selection"), order.name, selection, here, selections_visible_to(user)))
    if isinstance(here, Application):
        items.append(RiverItem(_("Application"), str(here.lead), here.get_absolute_url(), current=True))
    mission = Mission.objects.filter(order=order).first()
    if mission is None:
        return items
    items.append(_station(_("Mission"), mission.code or mission.title, mission, here, visible_to(user)))
    return [*items, *_below(came_of(mission, user), here)]


def stations_after(need: Need, user: User) -> list[RiverItem]:
    """What came of a need: the orders that are published, their missions and results."""
    numbers = [need.pk, *([need.merged_into_id] if need.merged_into_id else [])]
    orders = orders_for(user).filter(proposal__needs__in=numbers).distinct().order_by("pk")
    items = [RiverItem(_("Order"), one.name, one.get_absolute_url()) for one in orders[:SHOWN]]
    # Put in order here: asked for the first few, the database would walk along all missions to find them.
    missions = visible_to(user).filter(pk__in=missions_for(need).values("pk")).order_by()
    for mission in sorted(missions, key=lambda one: one.pk)[:SHOWN]:
        items.append(RiverItem(_("Mission"), mission.code or mission.title, mission.get_absolute_url()))
        items += _results(results_visible_to(user).filter(mission=mission).order_by("pk")[:SHOWN], None)
    return items


def _above(user: User, proposal: Proposal | None) -> list[RiverItem]:
    """Directive, needs and proposal, as far as the person sees them."""
    if proposal is None:
        return []
    items, order = [], proposal.directive
    if order is not None and visible_directives(user).filter(pk=order.pk).exists():
        items.append(RiverItem(_("Directive"), str(order), address(order)))
    needs = visible_needs(user).filter(proposals=proposal).distinct().order_by("pk")[:SHOWN]
    items += [RiverItem(_("Need"), need.title, need.get_absolute_url()) for need in needs]
    seen = visible_proposals(user).filter(pk=proposal.pk).exists()
    return [*items, RiverItem(_("Proposal"), proposal.title, proposal.get_absolute_url() if seen else "")]


def _applied(user: User, application: Application, here: Any) -> RiverItem:
    """The application itself for whoever may read it, else the selection, else only who won."""
    title = str(application.lead)
    if visible_applications(user).filter(pk=application.pk).exists():
        return RiverItem(_("Application"), title, application.get_absolute_url(), current=here == application)
    chosen = application.selection
    sees = selections_visible_to(user).filter(pk=chosen.pk).exists()
    return RiverItem(_("Selection"), title, address(chosen) if sees else "")


def _below(came: Came, here: Any) -> list[RiverItem]:
    """The acceptance that is open or was the last one, then the results."""
    items = []
    if came.acceptances:
        last = came.acceptances[-1]
        title = last.get_rating_display() or _("attempt %(number)s") % {"number": last.attempt}
        current = isinstance(here, Acceptance)
        items.append(RiverItem(_("Acceptance"), title, (here if current else last).get_absolute_url(), current=current))
    return [*items, *_results(came.results[:SHOWN], here)]


def _results(found: Iterable[Result], here: Any) -> Iterable[RiverItem]:
    rows = list(found)
    if isinstance(here, Result) and here not in rows:
        rows.append(here)
    return [RiverItem(_("Result"), one.title, one.get_absolute_url(), current=one == here) for one in rows]


def _station(kind: str, title: str, record: Any, here: Any, visible: Any) -> RiverItem:
    current = record == here
    seen = current or visible.filter(pk=record.pk).exists()
    return RiverItem(kind, title, address(record) if seen else "", current=current)


def address(record: Any) -> str:
    """Where a record opens; nothing where this site has no page for it."""
    try:
        return str(record.get_absolute_url())
    except NoReverseMatch:
        return ""
