"""The state of assigned directives of a unit or the whole city in a period: figures, and a text that says only them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, DateField, F, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khue.core.periods import Period
from khue.directory.models import Unit
from khue.documents.models import Directive
from khue.flow.past import due_days_then

Directives = QuerySet[Directive, Directive]


@dataclass(frozen=True, slots=True)
class Row:
    """How the directives of one lead unit, or of all, stood at the end of the period. The row of all has no name of its
    own: page and paper call it in their language."""

    name: str
    total: int
    assigned: int
    done: int
    done_late: int
    in_time: int
    overdue: int

    @property
    def rate(self) -> float | None:
        """Share of those done that were done on time; None when nothing was done."""
        finished = self.done + self.done_late
        return self.done / finished if finished else None


@dataclass(frozen=True, slots=True)
class StateOfDirectives:
    """All that the report says."""

    period: Period
    as_of: date
    unit: Unit | None
    whole: Row
    rows: list[Row]
    late: list[Directive]
    extended: int
    each: Directives
    """All that were counted, with their deadline then as `due_then`; asked for only by who goes through them."""


COUNTED = ("total", "assigned", "done", "done_late", "in_time", "overdue")
LATE_SHOWN = 20


def state_of_directives(rows: Directives, period: Period, unit: Unit | None, today: date) -> StateOfDirectives:
    """Count `rows` for the period, in five queries. Of a period that is not over, the figures are those of `today`.

    A directive counts when it was assigned by the end of the period and was not yet done when it began; by the
    deadline that it had at the end: one granted later does not change what was reported.
    """
    as_of = min(period.last, today)
    rows = rows.exclude(state__in=[Directive.State.RECURRING, Directive.State.CANCELLED]).order_by()
    rows = rows.filter(assigned_on__lte=as_of).filter(Q(done_on=None) | Q(done_on__gte=period.first))
    if unit is not None:
        rows = rows.filter(lead__in=Unit.objects.within([unit.pk]).values("pk"))
    rows = rows.annotate(due_then=_due_then(as_of))
    waiting = Q(done_on=None) | Q(done_on__gt=as_of)
    in_time = Q(done_on__lte=F("due_then")) | Q(due_then=None)
    counts = {
        "total": Count("pk"),
        "assigned": Count("pk", filter=Q(assigned_on__gte=period.first)),
        "done": Count("pk", filter=Q(done_on__lte=as_of) & in_time),
        "done_late": Count("pk", filter=Q(done_on__lte=as_of, done_on__gt=F("due_then"))),
        "in_time": Count("pk", filter=waiting & (Q(due_then__gte=as_of) | Q(due_then=None))),
        "overdue": Count("pk", filter=waiting & Q(due_then__lt=as_of)),
    }
    grouped: Iterable[Any] = rows.values("lead__name", "lead__sort_name").annotate(**counts)
    by_unit = sorted(grouped, key=lambda found: (-found["overdue"], found["lead__sort_name"]))
    late = rows.filter(waiting, due_then__lt=as_of).select_related("lead", "document")
    return StateOfDirectives(
        period=period,
        as_of=as_of,
        unit=unit,
        whole=Row(name="", **rows.aggregate(**counts)),
        rows=[Row(name=found["lead__name"], **{name: found[name] for name in COUNTED}) for found in by_unit],
        late=list(late.order_by("due_then", "pk")[:LATE_SHOWN]),
        extended=rows.filter(due_then__gt=F("first_due_on")).count(),
        each=rows.select_related("lead", "document").order_by("lead__sort_name", "due_then", "pk"),
    )


def _due_then(day: date) -> Case | F:
    """The deadline at the end of `day`."""
    numbers: dict[date | None, list[int]] = defaultdict(list)
    for number, due in due_days_then("directive", day).items():
        numbers[due].append(number)
    changed = [When(pk__in=some, then=Value(due, DateField())) for due, some in numbers.items()]
    return Case(*changed, default=F("due_on"), output_field=DateField()) if changed else F("due_on")


def sentences(state: StateOfDirectives) -> list[str]:
    """A first text: only what the figures show, nothing about causes."""
    whole, period = state.whole, state.period
    days = {"first": f"{period.first:%d/%m/%Y}", "last": f"{state.as_of:%d/%m/%Y}"}
    whom = state.unit.name if state.unit else _("the units")
    if not whole.total:
        return [_("From %(first)s to %(last)s no directive was assigned to %(whom)s.") % {**days, "whom": whom}]
    said = [
        _("From %(first)s to %(last)s %(whom)s had %(total)d directives to do, %(assigned)d of them newly assigned.")
        % {**days, "whom": whom, "total": whole.total, "assigned": whole.assigned}
    ]
    finished = whole.done + whole.done_late
    if whole.rate is not None:
        share = f"{whole.rate * 100:.1f}".replace(".", ",")
        said.append(
            _("%(finished)d were done, %(done)d on time (%(share)s%%) and %(late)d late.")
            % {"finished": finished, "done": whole.done, "share": share, "late": whole.done_late}
        )
    else:
        said.append(_("None was done in the period."))
    said.append(
        _("%(waiting)d are still being carried out: %(in_time)d within their deadline, %(overdue)d overdue.")
        % {"waiting": whole.in_time + whole.overdue, "in_time": whole.in_time, "overdue": whole.overdue}
    )
    said += _worst(state)
    if state.extended:
        said.append(
            ngettext(
                "%(n)d directive was given a later deadline.",
                "%(n)d directives were given a later deadline.",
                state.extended,
            )
            % {"n": state.extended}
        )
    return said


def _worst(state: StateOfDirectives) -> list[str]:
    """The units with most overdue, when there are several units."""
    late = [row for row in state.rows if row.overdue]
    if len(state.rows) < 2 or not late:
        return []
    named = "; ".join(f"{row.name} ({row.overdue})" for row in late[:3])
    return [_("Most overdue are with: %(units)s.") % {"units": named}]
