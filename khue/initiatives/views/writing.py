"""Writing an application: one page that keeps itself, and filing it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from khue.accounts.asking import person
from khue.core.answering import Problem, refusal_in_json, refusal_on, refusal_told
from khue.core.asked import whole
from khue.core.toasts import say, warn
from khue.flow.answers import missing
from khue.flow.forms import ShelfForm
from khue.initiatives.actions import handling
from khue.initiatives.actions import writing as work
from khue.initiatives.forms.application import HeadForm
from khue.initiatives.models import Initiative
from khue.initiatives.rules.application import faults, form_of
from khue.initiatives.rules.initiatives import may_edit
from khue.initiatives.rules.rounds import round_for
from khue.initiatives.views.asking import files_of, find_initiative

TEMPLATE = "initiatives/write.html"


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin an application; an empty draft is used again."""
    shown = reverse("initiatives:initiatives")
    with refusal_told(request):
        shown = reverse("initiatives:write", args=[work.begin(by=person(request)).pk])
    return redirect(shown)


def _edited(request: HttpRequest, pk: int) -> Initiative:
    """One's own application; 404 for what somebody else writes."""
    found = find_initiative(request, pk)
    if found.applicant_id != person(request).pk:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; posting files it. What is missing or wrong stands beside its question, and nothing is lost."""
    found = _edited(request, pk)
    if (refusal := may_edit(person(request), found)) is not None:
        warn(request, str(refusal))
        return redirect(found)
    if request.method == "POST":
        return _posted(request, found)
    return render(request, TEMPLATE, _page(request, found, ShelfForm(form_of(found), answers=found.answers)))


def _posted(request: HttpRequest, found: Initiative) -> HttpResponse:
    """Keep what is right; then go back to the list, or file it when all of it is there."""
    filing = "file" in request.POST
    form = kept = ShelfForm(form_of(found), request.POST, draft=True)
    if filing:
        form = ShelfForm(form_of(found), request.POST)
    head = HeadForm(request.POST, of=found)
    right = form.is_valid() & head.is_valid() & kept.is_valid()  # as a draft more of it is right, and is kept
    with refusal_on(form):
        found = work.save_draft(
            found,
            by=person(request),
            answers=kept.answers,
            revision=whole(request.POST.get("version")),
            **head.facts(),
        )
        if filing and _without_fault(found, form) and right:
            return _filed(request, found)
    if not filing and not form.errors:
        say(request, _("Draft kept."))
        return redirect("initiatives:initiatives")
    return render(request, TEMPLATE, _page(request, found, form, head), status=422)


def _without_fault(found: Initiative, form: ShelfForm) -> bool:
    """Whether nothing is wrong between the answers; what is, stands beside its question."""
    wrong = faults(found)
    for name, sentence in wrong.items():
        if name in form.fields and not form.has_error(name):
            form.add_error(name, sentence)
    return not wrong


def _filed(request: HttpRequest, found: Initiative) -> HttpResponse:
    if found.state == Initiative.State.DRAFT:
        done = work.file_application(found, by=person(request))
        say(request, _("Filed with %(unit)s. You are told when it is received.") % {"unit": done.unit.name})
    else:
        done = handling.act(found, "correct", by=person(request))
        say(request, _("The corrected application was filed."))
    return redirect(done)


def _page(request: HttpRequest, found: Initiative, form: ShelfForm, head: HeadForm | None = None) -> dict[str, Any]:
    asked = found.case.records.filter(move="ask-correction").order_by("-pk").first() if found.case else None
    return {
        "initiative": found, "form": form, "head": head or HeadForm(of=found), "asked": asked.comment if asked else "",
        "round": round_for(found.unit) if found.state == Initiative.State.DRAFT else None,
        "missing": missing(form.shelf, found.answers), "files": files_of(found, person(request)),
        "is_draft": found.state == Initiative.State.DRAFT, "may_edit": True,
    }  # fmt: skip


@require_POST
@refusal_in_json
def keep(request: HttpRequest, pk: int) -> JsonResponse:
    """Keep the draft as it stands; answers what is still missing. What is wrong is told, the rest is kept."""
    found = _edited(request, pk)
    form, head = ShelfForm(form_of(found), request.POST, draft=True), HeadForm(request.POST, of=found)
    form.is_valid()
    kept = work.save_draft(
        found, by=person(request), answers=form.answers, revision=whole(request.POST.get("version")), **head.facts()
    )
    left = {"missing": missing(form.shelf, kept.answers), "initiative": kept}
    wrong = [str(error) for errors in form.errors.values() for error in errors]
    completeness = render_to_string("initiatives/_completeness.html", left)
    return JsonResponse({"version": kept.revision, "completeness": completeness, "problem": " ".join(wrong)})


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop the draft."""
    with refusal_told(request):
        work.discard(_edited(request, pk), by=person(request))
        say(request, _("The draft was dropped."))
    return redirect("initiatives:initiatives")


@require_POST
def files(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach papers at once; the list of them comes back."""
    found, confidential = find_initiative(request, pk), "confidential" in request.POST
    with (problem := Problem()):
        work.add_files(found, request.FILES.getlist("files"), by=person(request), confidential=confidential)
    return _files(request, found, str(problem))


@require_POST
def drop_file(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """Take a paper off while the application is written."""
    found = _edited(request, pk)
    mine = {file.pk: file for file in files_of(found, person(request))}
    if file_pk not in mine:
        raise Http404
    with (problem := Problem()):
        work.remove_file(found, mine[file_pk], by=person(request))
    return _files(request, found, str(problem))


def _files(request: HttpRequest, found: Initiative, problem: str) -> HttpResponse:
    if request.headers.get("HX-Request") != "true":
        if problem:
            warn(request, problem)
        editing = may_edit(person(request), found) is None
        return redirect("initiatives:write" if editing else "initiatives:initiative", found.pk)
    context = {
        "initiative": found, "files": files_of(found, person(request)), "problem": problem,
        "may_edit": may_edit(person(request), found) is None,
    }  # fmt: skip
    return render(request, "initiatives/_files.html", context)
