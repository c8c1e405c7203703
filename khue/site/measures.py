"""Directives and councils as figures of programmes. Documents and indicators are strangers; the site knows both."""

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from khue.councils.models import Council
from khue.documents.models import Directive
from khue.indicators import measures
from khue.indicators.measures import Span

Directives = QuerySet[Directive, Directive]
COLUMNS = measures.columns(
    (_("Directive"), "title"),
    (_("Document"), "document"),
    (_("Assigned on"), "assigned_on"),
    (_("Due on"), "due_on"),
    (_("Done on"), "done_on"),
)
SITTINGS = measures.columns(
    (_("Council"), "title"),
    (_("Decision"), "decision_sign"),
    (_("Met at"), "meets_at"),
)


def register() -> None:
    """Called once, when the app starts."""
    for name, label, rows in (
        ("assigned", _("Directives assigned"), assigned),
        ("finished", _("Directives done"), finished),
        ("on_time", _("Directives done on time"), on_time),
        ("open", _("Directives not done yet"), still_open),
        ("overdue", _("Directives overdue"), overdue),
    ):
        measures.register(f"directives.{name}", measures.of_rows(label, rows, unit="lead", columns=COLUMNS))
    met = measures.of_rows(_("Councils that concluded"), concluded, unit="host", columns=SITTINGS)
    measures.register("councils.concluded", met)


def concluded(span: Span) -> QuerySet[Council, Council]:
    """Councils that met within the days and concluded."""
    return Council.objects.filter(state=Council.State.CONCLUDED, meets_at__date__range=(span.first, span.last))


def _standing() -> Directives:
    rows = Directive.objects.exclude(state__in=[Directive.State.RECURRING, Directive.State.CANCELLED])
    return rows.select_related("document", "lead")


def assigned(span: Span) -> Directives:
    """Those assigned within the days."""
    return _standing().filter(assigned_on__range=(span.first, span.last))


def finished(span: Span) -> Directives:
    """Those reported done within the days."""
    return _standing().filter(done_on__range=(span.first, span.last))


def on_time(span: Span) -> Directives:
    """Those reported done within the days, on the last day of their deadline at the latest."""
    return finished(span).filter(Q(due_on=None) | Q(done_on__lte=F("due_on")))


def still_open(span: Span) -> Directives:
    """Those that were not done on the last day, whenever they were assigned."""
    return _standing().filter(Q(done_on=None) | Q(done_on__gt=span.last), assigned_on__lte=span.last)


def overdue(span: Span) -> Directives:
    """Those that were not done on the last day, though due before it."""
    return still_open(span).filter(due_on__lt=span.last)
