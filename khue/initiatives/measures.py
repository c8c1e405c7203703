"""Initiatives as figures of programmes: how many were filed with a unit in a period, and how many it recognised."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from khue.indicators import measures
from khue.indicators.measures import Span
from khue.initiatives.models import Initiative

Initiatives = QuerySet[Initiative, Initiative]
COLUMNS = measures.columns(
    (_("Number"), "code"),
    (_("Initiative"), "title"),
    (_("Unit"), "unit"),
    (_("State"), "get_state_display"),
    (_("Decision"), "decision_sign"),
    (_("Day of the decision"), "decided_on"),
)


def register() -> None:
    """Called once, when the app starts."""
    for name, label, rows in (
        ("filed", _("Initiatives filed"), filed),
        ("recognised", _("Initiatives recognised"), recognised),
    ):
        measures.register(f"initiatives.{name}", measures.of_rows(label, rows, unit="unit", columns=COLUMNS))


def filed(span: Span) -> Initiatives:
    """Those filed within the days and not withdrawn."""
    rows = Initiative.objects.filter(submitted_at__date__range=(span.first, span.last))
    return rows.exclude(state=Initiative.State.WITHDRAWN).select_related("unit")


def recognised(span: Span) -> Initiatives:
    """Those recognised by a decision of these days, whenever they were filed."""
    rows = Initiative.objects.filter(state=Initiative.State.RECOGNISED, decided_on__range=(span.first, span.last))
    return rows.select_related("unit").order_by("decided_on", "pk")
