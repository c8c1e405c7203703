"""The leader's board: what matters first, then numbers, each of which opens the list it counts."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cache as once
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.accounts.scope import everywhere, units_where
from khue.core.clock import today
from khue.core.toasts import say
from khue.directory.models import Unit
from khue.documents.actions.directive_reminders import late_ones, remind_all
from khue.documents.models import Directive, Document
from khue.documents.rules.board import Board, Line, Month
from khue.documents.rules.board import board as count_board
from khue.documents.rules.directive import REMIND, SEE, own_units, visible_to
from khue.documents.rules.directive_words import field_label
from khue.documents.rules.figures import leading_sentence
from khue.documents.rules.lateness import soon_until, standing_filter
from khue.documents.views.directive_filters import NO_FIELD
from khue.documents.views.outcome import tiles
from khue.office.charts import STATE_COLOURS, WHOLE, specification
from khue.office.excel import PlainSheet, sheets
from khue.office.excel import response as excel_response

DO_NOW = 8
KEEP = 60
"""Seconds for which counted figures are kept at most; two writes that end in another order than they began in are
told apart by nothing else."""


@dataclass(frozen=True, slots=True)
class Named:
    """A line of the board with its label and the filter that opens its list."""

    label: str
    query: str
    line: Line


def _counted(user: User) -> Board:
    """The board, counted anew only when a directive was written since it was last counted for the same reach."""
    reach = "all" if everywhere(user, SEE) else ",".join(map(str, sorted(units_where(user, SEE))))
    key = "board:" + hashlib.sha256(f"{today()}:{reach}".encode()).hexdigest()
    newest = Directive.objects.order_by("-touched_at").values_list("touched_at", flat=True).first()
    kept: tuple[datetime | None, Board] | None = cache.get(key)
    if kept is None or kept[0] != newest:
        kept = (newest, _count(user))
        cache.set(key, kept, KEEP)
    return kept[1]


def _count(user: User, limit: int = 10) -> Board:
    return count_board(visible_to(user), today(), soon_until(today()), limit=limit)


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """The board over everything that the person sees."""
    user = person(request)
    counted = _counted(user)
    now, soon = today(), soon_until(today())
    urgent = visible_to(user).filter(standing_filter("overdue", now, soon) | standing_filter("due-soon", now, soon))
    context = {
        "sentence": leading_sentence(counted.figures),
        "tiles": tiles(counted.figures),
        "figures": counted.figures,
        "do_now": urgent.select_related("lead", "document")
        .defer("passage", "folded")
        .order_by("due_on", "pk")[:DO_NOW],
        "tables": tables(counted),
        "chart": trend(counted.months),
        "may_remind": bool(own_units(user, REMIND)) and counted.figures.of("overdue") > 0,
        "empty": counted.figures.total == 0,
    }
    return render(request, "documents/board.html", context)


def tables(counted: Board) -> list[tuple[str, list[Named]]]:
    """The tables by unit, document, field and priority, worst first."""
    units = Unit.objects.in_bulk([line.key for line in counted.lines.get("lead_id", [])])
    documents = Document.objects.only("sign", "subject").in_bulk(
        [line.key for line in counted.lines.get("document_id", [])]
    )
    priorities = dict(Directive.Priority.choices)
    named: dict[str, list[Named]] = {
        "lead_id": [
            Named(units[line.key].name, f"unit={units[line.key].code}&part=lead", line)
            for line in counted.lines.get("lead_id", [])
        ],
        "document_id": [
            Named(str(documents[line.key]), f"document={line.key}", line)
            for line in counted.lines.get("document_id", [])
        ],
        "field": [
            Named(field_label(line.key) or _("No field given"), f"field={line.key or NO_FIELD}", line)
            for line in counted.lines.get("field", [])
        ],
        "priority": [
            Named(str(priorities.get(line.key, line.key)), f"priority={line.key}", line)
            for line in counted.lines.get("priority", [])
        ],
    }
    titles = {
        "lead_id": _("By lead unit"),
        "document_id": _("By document"),
        "field": _("By field"),
        "priority": _("By priority"),
    }
    return [(titles[axis], lines) for axis, lines in named.items() if lines]


MONTH_LABEL = "slice(datum.value, 5, 7) + '/' + slice(datum.value, 0, 4)"
"""2026-09, which the axis sorts as text, written as 09/2026."""


@once
def _trend_shape(_language: str | None) -> dict[str, Any]:
    """The drawing without its figures; made once, since describing a chart takes longer than counting it."""
    import altair as alt

    kinds = [_("Done on time"), _("Done late")]
    bars = alt.Chart(alt.NamedData(name="months")).mark_bar(size=18).encode(
        x=alt.X("month:O", title=None, axis=alt.Axis(labelAngle=0, labelExpr=MONTH_LABEL, labelOverlap=True)),
        y=alt.Y("count:Q", title=None, axis=alt.Axis(format="d", labelExpr=WHOLE)),
        color=alt.Color(
            "kind:N", title=None,
            scale=alt.Scale(domain=kinds, range=[STATE_COLOURS["done"], STATE_COLOURS["done-late"]]),
        ),
        tooltip=["label:N", "kind:N", "count:Q"],
    )  # fmt: skip
    line = alt.Chart(alt.NamedData(name="assigned")).mark_line(point=True, color="#5b5f6b").encode(
        x="month:O", y="count:Q", tooltip=["label:N", "count:Q"]
    )  # fmt: skip
    return specification((bars + line).properties(width="container", height=240))


def trend(months: list[Month]) -> dict[str, Any]:
    """Directives done by month, on time and late, with a line of those assigned."""
    on_time, late = _("Done on time"), _("Done late")
    bars = [
        {**_place_of(month), "kind": kind, "count": count}
        for month in months
        for kind, count in ((on_time, month.done - month.done_late), (late, month.done_late))
    ]
    line = [{**_place_of(month), "count": month.assigned} for month in months]
    return {**_trend_shape(get_language()), "datasets": {"months": bars, "assigned": line}}


def _place_of(month: Month) -> dict[str, str]:
    """A month as the axis sorts it and as people write it."""
    return {"month": f"{month.first:%Y-%m}", "label": f"{month.first:%m/%Y}"}


@require_GET
def board_excel(request: HttpRequest) -> HttpResponse:
    """Every line of each table of the board, and the months of its chart, a sheet each."""
    counted = _count(person(request), limit=100_000)
    head = [_("Overdue"), _("Due soon"), _("On time"), _("Done late this year")]
    shown = [
        PlainSheet(title, [title, *head], [(one.label, *_counts(one.line)) for one in lines])
        for title, lines in tables(counted)
    ]
    months = [(f"{month.first:%m/%Y}", month.assigned, month.done, month.done_late) for month in counted.months]
    shown.append(PlainSheet(_("By month"), [_("Month"), _("Assigned"), _("Done"), _("Done late")], months))
    return excel_response(sheets(_("Overview of directives"), shown), "tong-quan-nhiem-vu")


def _counts(line: Line) -> tuple[int, ...]:
    return line.overdue, line.due_soon, line.on_time, line.done_late


@require_http_methods(["GET", "POST"])
def remind_late(request: HttpRequest) -> HttpResponse:
    """Who would be reminded, by name; posting reminds them."""
    user = person(request)
    late = list(late_ones(user))
    if request.method == "POST":
        sent = remind_all(late, by=user, comment=request.POST.get("comment", ""))
        units = len({reminder.unit_id for reminder in sent})
        say(request, ngettext("%(n)d unit was reminded.", "%(n)d units were reminded.", units) % {"n": units})
        return redirect(reverse("documents:board"))
    by_unit: dict[Unit, list[Directive]] = {}
    for one in late:
        by_unit.setdefault(one.lead, []).append(one)
    names = sorted(by_unit.items(), key=lambda pair: (-len(pair[1]), pair[0].sort_name))
    return render(request, "documents/_remind_late.html", {"units": names, "total": len(late)})
