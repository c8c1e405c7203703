"""Missions as figures of programmes: ordered, selected, contracted, paid, running, accepted, their results and use."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from khue.core.money import dong
from khue.indicators import measures
from khue.indicators.measures import Span
from khue.missions.models import Contract, Instalment, Mission, Order, Result, Selection, UseReport

Missions = QuerySet[Mission, Mission]
MISSION_COLUMNS = measures.columns(
    (_("Code"), "code"),
    (_("Mission"), "title"),
    (_("Lead organisation"), lambda mission: mission.host or mission.host_name),
    (_("State"), "get_state_display"),
)
ORDER_COLUMNS = measures.columns(
    (_("Mission"), "name"),
    (_("Order list"), "list.title"),
    (_("State"), "get_state_display"),
)
CONTRACT_COLUMNS = measures.columns(
    (_("Contract"), "sign"),
    (_("Signed on"), "signed_on"),
    (_("Mission"), "mission"),
)
PAID_COLUMNS = measures.columns(
    (_("Mission"), "contract.mission"),
    (_("Instalment"), "number"),
    (_("Paid on"), "paid_on"),
    (_("Paid"), lambda instalment: dong(instalment.paid)),
)
RESULT_COLUMNS = measures.columns(
    (_("Result"), "title"),
    (_("Number of registration"), "registration_number"),
    (_("Registered on"), "registered_on"),
    (_("Mission"), "mission"),
)
USE_COLUMNS = measures.columns(
    (_("Mission"), "mission"),
    (_("Year"), "year"),
    (_("Effect"), "effect"),
)
SELECTION_COLUMNS = measures.columns(
    (_("Mission"), "order.name"),
    (_("Decision"), "decision_sign"),
    (_("Day of the decision"), "decided_on"),
)
MILLION = 1_000_000


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
    for name, label, counted, columns in (
        ("selected", _("Missions of which the organisation was approved"), selected, SELECTION_COLUMNS),
        ("contracted", _("Contracts signed"), contracted, CONTRACT_COLUMNS),
        ("registered", _("Results registered"), registered, RESULT_COLUMNS),
        ("used", _("Missions of which results are reported in use"), used, USE_COLUMNS),
    ):
        measures.register(f"missions.{name}", measures.of_rows(label, counted, unit="", columns=columns))
    money = measures.of_rows(
        _("State money paid, million đồng"), paid, unit="", columns=PAID_COLUMNS, amount="paid", per=MILLION
    )
    measures.register("missions.paid", money)


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


def selected(span: Span) -> QuerySet[Selection, Selection]:
    """Selections of which the result was approved within the days."""
    rows = Selection.objects.filter(decided_on__range=(span.first, span.last), winner__isnull=False)
    return rows.select_related("order")


def contracted(span: Span) -> QuerySet[Contract, Contract]:
    """Contracts signed within the days."""
    return Contract.objects.filter(signed_on__range=(span.first, span.last)).select_related("mission")


def paid(span: Span) -> QuerySet[Instalment, Instalment]:
    """Instalments paid within the days."""
    rows = Instalment.objects.filter(paid_on__range=(span.first, span.last), paid__gt=0)
    return rows.select_related("contract__mission")


def registered(span: Span) -> QuerySet[Result, Result]:
    """Results registered within the days."""
    return Result.objects.filter(registered_on__range=(span.first, span.last)).select_related("mission")


def used(span: Span) -> QuerySet[UseReport, UseReport]:
    """Yearly accounts, handed in within the days, that say that a mission's results are used."""
    rows = UseReport.objects.filter(used=True, submitted_at__date__range=(span.first, span.last))
    return rows.exclude(state=UseReport.State.DUE).select_related("mission")
