"""Petitions as figures of programmes and reports: how many a unit raised, got answered, and still waits for."""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from khue.indicators import measures
from khue.indicators.measures import Span
from khue.petitions.models import Petition
from khue.petitions.models.petition import SETTLED_STATES

if TYPE_CHECKING:
    Petitions = QuerySet[Petition, Petition]

COLUMNS = measures.columns(
    (_("Code"), "code"),
    (_("Difficulty or request"), "title"),
    (_("Voiced by"), "voice"),
    (_("Counted under"), "through.name"),
    (_("Answered by"), "recipient.name"),
    (_("State"), "get_state_display"),
)


def register() -> None:
    """Called once, when the app starts."""
    for name, label, rows in (
        ("raised", _("Difficulties and requests raised"), raised),
        ("answered", _("Difficulties and requests settled"), answered),
        ("open", _("Difficulties and requests waiting for an answer"), waiting),
        ("of_others", _("Difficulties and requests of people and bodies that are no unit"), of_others),
    ):
        measures.register(f"petitions.{name}", measures.of_rows(label, rows, unit="through", columns=COLUMNS))
    received = measures.of_rows(
        _("Difficulties and requests to answer"), raised, unit="recipient", columns=COLUMNS
    )  # fmt: skip
    measures.register("petitions.received", received)


def raised(span: Span) -> "Petitions":
    """Those voiced within the days and not withdrawn."""
    rows = Petition.objects.filter(raised_on__range=(span.first, span.last)).exclude(state="withdrawn")
    return rows.select_related("recipient", "through")


def of_others(span: Span) -> "Petitions":
    """Those of them that voters, people, associations or enterprises voiced."""
    return raised(span).filter(unit=None)


def answered(span: Span) -> "Petitions":
    """Those answered, or declined with reasons, within the days, whenever they were voiced."""
    rows = Petition.objects.filter(state__in=SETTLED_STATES, closed_on__range=(span.first, span.last))
    return rows.select_related("recipient", "through")


def waiting(span: Span) -> "Petitions":
    """Those voiced by the last day and not closed by then."""
    open_then = Q(closed_on=None) | Q(closed_on__gt=span.last)
    return Petition.objects.filter(open_then, raised_on__lte=span.last).select_related("recipient", "through")
