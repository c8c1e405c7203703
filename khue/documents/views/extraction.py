"""The page on which a document becomes directives."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from khue.accounts.asking import person
from khue.core.answering import Problem
from khue.core.asked import whole
from khue.core.toasts import say
from khue.documents.actions import proposals
from khue.documents.actions.assigning import start
from khue.documents.actions.extraction import main_version, open_extraction
from khue.documents.actions.proposal_changes import undo
from khue.documents.additions import additions_to
from khue.documents.models import Assigning, Document, Extraction
from khue.documents.rules.extraction import may_extract
from khue.documents.rules.visibility import visible_to
from khue.documents.views.cards import panel, spread_summary
from khue.documents.views.source_text import paragraphs

ACTS = {
    "accept": proposals.accept,
    "reject": proposals.reject,
    "reopen": proposals.reopen,
    "merge": proposals.merge,
}


def _document(request: HttpRequest, pk: int) -> Document:
    return get_object_or_404(visible_to(person(request)).select_related("unit", "main_file"), pk=pk)


def find_extraction(request: HttpRequest, pk: int) -> Extraction:
    """The extraction of a document that the person may see."""
    return get_object_or_404(Extraction.objects.select_related("document__unit"), document=_document(request, pk))


@require_GET
def extraction(request: HttpRequest, pk: int) -> HttpResponse:
    """The text on the left, proposals on the right; or why there is nothing to choose from yet."""
    document = _document(request, pk)
    if (refusal := may_extract(person(request), document)) is not None:
        return render(
            request, "documents/extraction_refused.html", {"document": document, "refusal": refusal}, status=403
        )
    opened = open_extraction(document, by=person(request))
    if opened.state != Extraction.State.READ:
        version = main_version(document)
        return render(
            request,
            "documents/extraction_waiting.html",
            {"extraction": opened, "document": document, "version": version},
        )
    if request.headers.get("HX-Request"):  # the page that waited asks: this one has scripts of its own
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {
        "document": document,
        "paragraphs": paragraphs(opened),
        "additions": additions_to(document, person(request)),
        **panel(opened, person(request)),
    }
    return render(request, "documents/extraction.html", context)


@require_GET
def extraction_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The proposals again; 204 when `?version=` is still the newest, so that the page can ask every few seconds."""
    opened = find_extraction(request, pk)
    if request.GET.get("version") == str(opened.version):
        return HttpResponse(status=204)
    return render(
        request, "documents/_extraction_panel.html", {"document": opened.document, **panel(opened, person(request))}
    )


def panel_again(
    request: HttpRequest, opened: Extraction, *, refused: str = "", said: str = "", here: int = 0
) -> HttpResponse:
    """The panel as it is now, with what was refused or said and the card to go back to."""
    opened.refresh_from_db(fields=["version"])
    shown = panel(opened, person(request))
    context = {"document": opened.document, "refused": refused, "said": said, "here": here, **shown}
    return render(request, "documents/_extraction_panel.html", context)


@require_POST
def proposal_act(request: HttpRequest, pk: int, proposal_pk: int, verb: str) -> HttpResponse:
    """Accept, leave out, reopen, split or merge one proposal; the panel comes back as it is then."""
    opened, user = find_extraction(request, pk), person(request)
    version = whole(request.POST.get("version")) or 0
    if verb not in {*ACTS, "split"}:
        raise Http404
    found = opened.proposals.filter(pk=proposal_pk).first()
    if found is None:
        return panel_again(request, opened, refused=_("Somebody has taken this one away in the meantime."))
    with (problem := Problem()):
        if verb == "split":
            proposals.split(found, at=whole(request.POST.get("at")) or 0, version=version, by=user)
        else:
            ACTS[verb](found, version=version, by=user)
    return panel_again(request, opened, refused=str(problem), here=proposal_pk)


@require_POST
def extraction_act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Accept all sure ones, undo, or add the marked words."""
    opened, user = find_extraction(request, pk), person(request)
    said, here = "", 0
    with (problem := Problem()):
        if verb == "accept-sure":
            count = proposals.accept_sure(opened, by=user)
            said = ngettext("%(n)d directive accepted.", "%(n)d directives accepted.", count) % {"n": count}
        elif verb == "undo":
            said = _("Taken back.") if undo(opened, by=user) else _("There is nothing of yours left to take back.")
        else:
            start, end = (whole(request.POST.get(name)) or 0 for name in ("start", "end"))
            here = proposals.add(opened, start=start, end=end, by=user).pk
    return panel_again(request, opened, refused=str(problem), said=said, here=here)


@require_GET
def assign_summary(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be assigned to whom, before it is."""
    opened = find_extraction(request, pk)
    context = {"document": opened.document, "extraction": opened, **spread_summary(opened)}
    return render(request, "documents/_assign_summary.html", context)


@require_POST
def assign_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Assign every accepted proposal and show what came of the document."""
    opened = find_extraction(request, pk)
    with (problem := Problem()):
        made = start(opened, by=person(request))
        if not isinstance(made, Assigning):
            return _assigned(request, pk, len(made), len({directive.lead_id for directive in made}))
        if not request.headers.get("HX-Request"):
            return redirect("documents:extraction", pk)
    return panel_again(request, opened, refused=str(problem))


def _assigned(request: HttpRequest, pk: int, count: int, units: int) -> HttpResponse:
    """To what came of the document, saying how much was assigned."""
    said = ngettext(
        "%(n)d directive assigned to %(units)d units.", "%(n)d directives assigned to %(units)d units.", count
    )
    say(request, said % {"n": count, "units": units})
    address = reverse("documents:outcome", args=[pk])
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


@require_GET
def assigning(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """How far an assignment is: the same words again, what it was refused with, or the way to what came of it."""
    opened = find_extraction(request, pk)
    found = get_object_or_404(opened.assignings.select_related("by"), pk=number)
    if found.state == Assigning.State.DONE:
        return _assigned(request, pk, found.done, found.units)
    if found.state == Assigning.State.WORKING and not found.given_up:
        return render(request, "documents/_assigning.html", {"document": opened.document, "assigning": found})
    problem = found.problem or _("The assignment was broken off; nothing was assigned. Try again.")
    answer = panel_again(request, opened, refused=problem)
    answer["HX-Retarget"], answer["HX-Reswap"] = "#panel", "outerHTML"
    return answer
