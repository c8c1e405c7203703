"""The registers: lists of documents with filters in the address bar, on the page and as Excel sheets."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.expressions import Combinable
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.accounts.scope import unit_ids, units_where
from khue.core.clock import today
from khue.core.pages import View, filtered_by, paginate
from khue.documents.forms.filters import DocumentFilters, unit_names
from khue.documents.models import Citation, Direction, Disposition, Document, Recipient
from khue.documents.rules.registering import REGISTER
from khue.documents.rules.visibility import visible_to
from khue.documents.views import columns
from khue.documents.views.columns import Column
from khue.documents.views.register_rows import rows as written
from khue.office.excel import response as excel_response
from khue.office.excel import workbook

YEARS_BACK = 8
MOST_BOOKS = 3
DISPOSED = Disposition.objects.filter(document=OuterRef("pk"))


@dataclass(frozen=True, slots=True)
class Register:
    """One register: which documents, which columns, in what order."""

    title: str | Promise
    columns: Sequence[Column]
    which: Combinable | Q
    by: str
    """The column whose year and days the filters mean."""
    order: tuple[str, ...]
    filters: tuple[str, ...]
    views: tuple[tuple[str | Promise, str], ...] = ()
    empty: str | Promise = ""


REGISTERS = {
    "tat-ca": Register(
        _("Documents"), columns.ALL, Q(), "created_at", ("-id",), ("type", "family", "state", "year"),
        empty=_("Documents that come in, go out or are being drafted appear here."),
    ),
    "den": Register(
        _("Incoming register"), columns.INCOMING, Q(direction=Direction.IN), "arrived_on",
        ("-register_year", "-arrival_number", "-id"), ("unit", "year", "type", "urgency", "state", "since", "until"),
        ((_("In hand"), "state=open"), (_("Overdue"), "state=overdue"), (_("To be checked"), "state=check")),
        _("Drop a file to register it: the machine reads number, date and abstract; you check them."),
    ),
    "di": Register(
        _("Outgoing register"), columns.OUTGOING, Q(direction=Direction.OUT, serial__isnull=False), "issued_on",
        ("-issued_on", "-serial", "-id"), ("unit", "year", "type", "family", "since", "until"),
        ((_("Recalled"), "state=recalled"),),
        _("Documents appear here once they have their number."),
    ),
    "theo-doi": Register(
        _("Follow-up register"), columns.FOLLOW_UP,
        Q(direction=Direction.IN) & (Q(due_on__isnull=False) | Exists(DISPOSED)), "arrived_on",
        ("due_on", "-arrived_on", "-id"), ("unit", "year", "type", "urgency", "state"),
        ((_("In hand"), "state=open"), (_("Overdue"), "state=overdue"), (_("Settled"), "state=closed")),
        _("Incoming documents that somebody has to resolve, with their deadlines and replies, appear here."),
    ),
    "du-thao": Register(
        _("Drafts"), columns.ALL, Q(direction=Direction.OUT, serial=None), "created_at", ("-id",),
        ("type", "family", "state"),
        ((_("Being drafted"), "state=drafts"), (_("Waiting for number or issue"), "state=unsigned")),
        _("Documents being drafted, commented on or signed appear here."),
    ),
}  # fmt: skip
ORDERS = {column.sort for register in REGISTERS.values() for column in register.columns if column.sort}


@require_GET
@filtered_by("unit", "year", "type", "family", "urgency", "state", "since", "until")
def register(request: HttpRequest, name: str = "tat-ca") -> HttpResponse:
    """A register, fifty rows a page."""
    user = person(request)
    kept, filters, rows = _asked(request, name)
    page = paginate(request, rows)
    context = {
        "name": name,
        "register": kept,
        "page": page,
        "rows": list(written(page.object_list, kept.columns)),
        "filters": [filters[field] for field in kept.filters],
        "views": [
            View(str(_("All")), ""),
            *(_own_books(user, filters) if "unit" in kept.filters else ()),
            *(View(str(label), query) for label, query in kept.views),
            *([View(str(series), f"series={series.pk}")] if (series := filters.cleaned_data.get("series")) else []),
        ],
        "tabs": REGISTERS,
        "may_register": bool(units_where(user, *REGISTER)),
        "may_draft": bool(units_where(user, "document:draft", "document:register")),
    }
    return render(request, "documents/register.html", context)


def _own_books(user: User, filters: DocumentFilters) -> list[View]:
    """One chip for each register that the person keeps; numbers of several registers mix in the list of all."""
    keeps = units_where(user, *REGISTER)
    books = [(pk, name) for pk, name in filters.units.items() if pk in keeps]
    return [View(name, f"unit={pk}") for pk, name in books] if len(books) <= MOST_BOOKS else []


@require_GET
def register_sheet(request: HttpRequest, name: str) -> HttpResponse:
    """The same rows and columns as a sheet."""
    kept, filters, rows = _asked(request, name)
    sheet = [column.sheet() for column in kept.columns]
    return excel_response(workbook(str(kept.title), sheet, rows, filters=filters.told()), name)


def _asked(request: HttpRequest, name: str) -> tuple[Register, DocumentFilters, QuerySet[Document]]:
    """The register of that name, the filters of the address, and the rows both leave, in the order asked for."""
    kept = REGISTERS.get(name)
    if kept is None:
        raise Http404
    filters = _filters(request)
    rows = with_rows(filters.narrow(visible_to(person(request)).filter(kept.which), by=kept.by), kept.columns)
    return kept, filters, rows.order_by(*_order(request, kept))


def _filters(request: HttpRequest) -> DocumentFilters:
    this_year = today().year
    years = [this_year - back for back in range(YEARS_BACK)]
    return DocumentFilters(request.GET, units=unit_names(unit_ids(person(request))), years=years)


def _order(request: HttpRequest, kept: Register) -> list[Any]:
    asked = request.GET.get("sort", "")
    column = asked.removeprefix("-")
    if column not in ORDERS:
        return list(kept.order)
    field = F(column)
    return [field.desc(nulls_last=True) if asked.startswith("-") else field.asc(nulls_last=True), "-id"]


def with_rows(documents: QuerySet[Document], shown: Sequence[Column]) -> QuerySet[Document]:
    """With what these columns show, in a constant number of queries."""
    needs = {column.needs for column in shown}
    documents = documents.select_related("unit", "case__process_version").defer("text", "folded")
    if "recipients" in needs:
        documents = documents.prefetch_related(
            Prefetch("recipients", Recipient.objects.prefetch_related("acknowledgements"))
        )
    if "replies" in needs:
        replies = Citation.objects.filter(kind=Citation.Kind.REPLY).select_related("document")
        documents = documents.prefetch_related(
            Prefetch("cited_by", replies.defer("document__text", "document__folded"))
        )
    return documents
