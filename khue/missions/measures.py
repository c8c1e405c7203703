"""Missions as figures of programmes: ordered, running, accepted, settled in a period."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from khue.indicators import measures
from khue.indicators.measures import Span
from khue.missions.models import Mission, Order

Missions = QuerySet[Mission, Mission]
MISSION_COLUMNS = (
    (_("Code"), lambda mission: mission.code),
    (_("Mission"), lambda mission: mission.title),
    (_("Lead organisation"), lambda mission: mission.host or mission.host_name),
    (_("State"), lambda mission: mission.get_state_display()),
)
ORDER_COLUMNS = (
    (_("Mission"), lambda order: order.name),
    (_("Order list"), lambda order: order.list.title),
    (_("State"), lambda order: order.get_state_display()),
)


def register() -> None:
    """Called once, when the app starts."""
    ordering = measures.of_rows(_("Missions ordered"), ordered, unit="list__host", columns=ORDER_COLUMNS)
    measures.register("missions.ordered", ordering)
    for name, label, rows in (
        ("accepted", _("Missions accepted"), accepted),
        ("running", _("Missions running"), running),
        ("begun", _("Missions begun"), begun),
    ):
        measures.register(f"missions.{name}", measures.of_rows(label, rows, unit="", columns=MISSION_COLUMNS))
        hosted = measures.of_rows(label, rows, unit="host", columns=MISSION_COLUMNS)
        measures.register(f"missions.{name}_by_host", hosted)


def ordered(span: Span) -> QuerySet[Order, Order]:
    """Orders of lists that were decided within the days and not cancelled."""
    rows = Order.objects.filter(list__decided_on__range=(span.first, span.last))
    return rows.exclude(state=Order.State.CANCELLED).select_related("list")


def accepted(span: Span) -> Missions:
    """Those accepted within the days."""
    rows = Mission.objects.filter(accepted_on__range=(span.first, span.last))
    return rows.exclude(state=Mission.State.FAILED).select_related("host")


def begun(span: Span) -> Missions:
    """Those whose time began within the days."""
    return Mission.objects.filter(starts_on__range=(span.first, span.last)).select_related("host")


def running(span: Span) -> Missions:
    """Those under way on the last day: begun, and neither accepted nor over by then."""
    open_then = Q(accepted_on=None) | Q(accepted_on__gt=span.last)
    rows = Mission.objects.filter(open_then, starts_on__lte=span.last, ends_on__gte=span.last)
    stopped = (Mission.State.TERMINATED, Mission.State.FAILED)
    return rows.exclude(state__in=stopped).select_related("host")
