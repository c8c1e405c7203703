"""Needs as figures of programmes: how many a unit sent in a period, and how many were answered."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from khue.indicators import measures
from khue.indicators.measures import Span
from khue.needs.models import Need

Needs = QuerySet[Need, Need]
COLUMNS = measures.columns(
    (_("Code"), "code"),
    (_("Need"), "title"),
    (_("State"), "get_state_display"),
)


def register() -> None:
    """Called once, when the app starts."""
    measures.register("needs.sent", measures.of_rows(_("Needs sent"), sent, unit="unit", columns=COLUMNS))
    measures.register("needs.raised", measures.of_rows(_("Needs raised"), received, unit="unit", columns=COLUMNS))
    measures.register("needs.received", measures.of_rows(_("Needs received"), received, unit="", columns=COLUMNS))
    measures.register("needs.settled", measures.of_rows(_("Needs answered by us"), answered, unit="", columns=COLUMNS))
    measures.register("needs.answered", measures.of_rows(_("Needs answered"), answered, unit="unit", columns=COLUMNS))


def sent(span: Span) -> Needs:
    """Those sent within the days."""
    return Need.objects.filter(submitted_at__date__range=(span.first, span.last))


def answered(span: Span) -> Needs:
    """Those to which an answer was given within the days, whenever they were sent."""
    return Need.objects.filter(state=Need.State.ANSWERED, closed_on__range=(span.first, span.last))


def received(span: Span) -> Needs:
    """Those sent within the days, whoever sent them, and not withdrawn."""
    return sent(span).exclude(state__in=[Need.State.DRAFT, Need.State.WITHDRAWN])
