"""Case files: the list of files, and the list of documents in a file."""

from collections.abc import Sequence

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.accounts.asking import person
from khue.accounts.scope import units_where
from khue.core.answering import refusal_on, refusal_told
from khue.core.asked import key
from khue.core.clock import today
from khue.core.pages import filtered_by, paginate
from khue.core.toasts import say, warn
from khue.documents.actions.casefiles import change_case_file, file_documents, freeze, open_case_file, unfile
from khue.documents.actions.retention import destroy, keep_longer
from khue.documents.forms.filters import FileFilters
from khue.documents.forms.handling import CaseFileForm, FilingForm, RetentionForm
from khue.documents.models import CaseFile
from khue.documents.rules.archive import as_xml, due_for_archive
from khue.documents.rules.filing import KEEP_FILES, files_visible_to, may_change_file
from khue.documents.rules.retention import documents_going, may_decide, retention_over
from khue.documents.rules.visibility import visible_to
from khue.documents.views import columns
from khue.documents.views.document import find
from khue.documents.views.register_rows import rows as written
from khue.documents.views.registers import REGISTERS, YEARS_BACK, with_rows
from khue.journal.timeline import timeline
from khue.language.text import fold
from khue.office.excel import Column as SheetColumn
from khue.office.excel import response as excel_response
from khue.office.excel import workbook

SHOWN_ENTRIES = 50


def _sheet() -> Sequence[SheetColumn[CaseFile]]:
    return [
        SheetColumn(_("Year"), lambda one: one.year, "number"),
        SheetColumn(_("Number and sign of the file"), lambda one: one.notation),
        SheetColumn(_("Title"), lambda one: one.title),
        SheetColumn(_("Retention"), lambda one: one.retention),
        SheetColumn(_("Kept by"), lambda one: str(one.keeper or "")),
        SheetColumn(_("Begun"), lambda one: one.started_on, "date"),
        SheetColumn(_("Ended"), lambda one: one.ended_on, "date"),
        SheetColumn(_("Kept until"), lambda one: one.until),
        SheetColumn(_("Documents"), lambda one: getattr(one, "total", 0), "number"),
        SheetColumn(_("Note"), lambda one: one.note),
    ]


def _listed(request: HttpRequest) -> tuple[FileFilters, QuerySet[CaseFile]]:
    """The filters of the address and the files that they leave."""
    filters = FileFilters(request.GET, years=[today().year - back for back in range(YEARS_BACK)])
    rows = filters.narrow(files_visible_to(person(request))).select_related("unit", "keeper")
    return filters, rows.annotate(total=Count("filings")).order_by("-year", "notation", "pk")


@require_GET
@filtered_by("year", "state")
def case_files(request: HttpRequest) -> HttpResponse:
    """The list of files, fifty a page."""
    user = person(request)
    filters, rows = _listed(request)
    context = {
        "page": paginate(request, rows),
        "filters": list(filters),
        "may_open": bool(units_where(user, *KEEP_FILES)),
        **files_visible_to(user).aggregate(
            due=Count("pk", filter=due_for_archive()), over=Count("pk", filter=retention_over())
        ),
        "tabs": REGISTERS,
        "name": "ho-so",
    }
    return render(request, "documents/case_files.html", context)


@require_GET
def case_files_sheet(request: HttpRequest) -> HttpResponse:
    """The same list as a sheet."""
    filters, rows = _listed(request)
    return excel_response(workbook(_("List of files"), _sheet(), rows, filters=filters.told()), "ho-so")


def _find(request: HttpRequest, pk: int) -> CaseFile:
    return get_object_or_404(files_visible_to(person(request)).select_related("unit", "keeper"), pk=pk)


@require_GET
def case_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of documents in a file, in the order they were put; a document one may not see keeps its place only."""
    return _shown(request, _find(request, pk))


def _shown(request: HttpRequest, found: CaseFile, form: RetentionForm | None = None) -> HttpResponse:
    user = person(request)
    page = paginate(request, found.filings.order_by("ordinal"))
    filed = with_rows(visible_to(user), columns.IN_FILE).filter(pk__in=[row.document_id for row in page.object_list])
    seen = {document.pk: cells for document, cells in written(filed, columns.IN_FILE)}
    listed = [(row, seen.get(row.document_id)) for row in page.object_list]
    context = {
        "file": found,
        "page": page,
        "rows": listed,
        "columns": columns.IN_FILE,
        "refusal": may_change_file(user, found),
        "is_over": found.keep_until is not None and found.keep_until < today(),
        "entries": timeline(found.dossier, limit=SHOWN_ENTRIES),
    }
    if may_decide(user, found) is None:
        going = documents_going(found).count()
        context |= {"form": form or RetentionForm(), "going": going, "staying": page.paginator.count - going}
    return render(request, "documents/case_file.html", context)


@require_GET
def case_file_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of documents in a file as a sheet."""
    found = _find(request, pk)
    rows = (
        with_rows(visible_to(person(request)), columns.IN_FILE)
        .filter(filings__case_file=found)
        .order_by("filings__ordinal")
    )
    sheet = [column.sheet() for column in columns.IN_FILE]
    return excel_response(workbook(str(found)[:120], sheet, rows), "muc-luc-van-ban")


@require_http_methods(["GET", "POST"])
def edit_case_file(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Open a file, or correct its description and close it."""
    user = person(request)
    found = _find(request, pk) if pk else None
    form = CaseFileForm(request.POST or None, instance=found, user=user)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            kept = (
                change_case_file(found, by=user, **form.facts()) if found else open_case_file(by=user, **form.facts())
            )
            say(request, _("Saved."))
            return redirect("documents:case-file", kept.pk)
    return render(request, "documents/case_file_form.html", {"form": form, "file": found})


@require_POST
def put_in_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a document into a file."""
    document, user = find(request, pk), person(request)
    form = FilingForm(request.POST, user=user)
    if not form.is_valid():
        warn(request, _("Choose a case file first."))
        return redirect(document)
    with refusal_told(request):
        put = file_documents(form.cleaned_data["case_file"], [document], by=user)
        say(request, _("Put into the file.") if put else _("It is in that file already."))
    return redirect(document)


@require_POST
def change_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a document out, or freeze the file."""
    found, user = _find(request, pk), person(request)
    with refusal_told(request):
        if request.POST.get("do") == "freeze":
            freeze(found, by=user, reason=request.POST.get("comment", ""))
            say(request, _("The file is frozen."))
        else:
            unfile(get_object_or_404(found.filings, pk=key(request.POST.get("filing"))), by=user)
            say(request, _("Taken out; the document stays registered."))
    return redirect("documents:case-file", pk)


@require_POST
def decide_on_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what was decided when the retention was over."""
    found, user = _find(request, pk), person(request)
    form = RetentionForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, form)
    asked = form.cleaned_data
    decision = {"decision": asked["decision"], "decided_on": asked["decided_on"]}
    with refusal_on(form):
        if asked["outcome"] == form.DESTROY:
            destroy(found, by=user, **decision)
            say(request, _("The file is destroyed; its description and the register stay."))
        else:
            keep_longer(found, by=user, **decision, retention=asked["retention"], reason=asked["reason"])
            say(request, _("The file is kept longer."))
        return redirect("documents:case-file", pk)
    return _shown(request, found, form)


@require_GET
def export_case_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file with its documents in chronological order, as XML (appendix VI)."""
    found = _find(request, pk)
    documents = visible_to(person(request)).filter(filings__case_file=found).select_related("unit")
    answer = HttpResponse(as_xml(found, documents), content_type="application/xml")
    name = slugify(fold(str(found)))[:80]
    answer["Content-Disposition"] = f'attachment; filename="{name}-{today():%Y%m%d}.xml"'
    return answer
