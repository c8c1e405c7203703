"""Writing a proposal: begun, kept while one types, sent, thrown away."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.accounts.scope import reaches_all, units_where
from khue.core.answering import refusal_in_json, refusal_on, refusal_told
from khue.core.asked import whole, wholes
from khue.core.toasts import say, warn
from khue.documents.rules.directive import visible_to as visible_directives
from khue.flow.answers import missing
from khue.flow.forms import ShelfForm
from khue.needs.actions.proposals import Origin, discard, save_draft, send, start
from khue.needs.forms.proposal import HeadForm, StartForm
from khue.needs.models import Need, Proposal, Round
from khue.needs.rules.proposal_forms import form_of
from khue.needs.rules.proposals import SEE, WRITE, may_edit
from khue.needs.views.proposal import find_proposal


@require_http_methods(["GET", "POST"])
def proposal_new(request: HttpRequest) -> HttpResponse:
    """Choose what kind of mission; `?need=`, `?directive=` and `?round=` name what it comes from."""
    user = person(request)
    units = units_where(user, WRITE)
    origin = _origin(request, user)
    title = origin.needs[0].title if origin.needs else ""
    form = StartForm(request.POST or None, units=units, initial={"title": title})
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            made = start(by=user, origin=origin, **form.cleaned_data)
            return redirect("needs:proposal-edit", made.pk)
    context = {"form": form, "units": units, "origin": origin}
    return render(request, "needs/proposal_new.html", context, status=422 if form.errors else 200)


def _origin(request: HttpRequest, user: User) -> Origin:
    """What the address names, of what the person may see."""
    asked = {name: wholes(request.GET.getlist(name)) for name in ORIGINS}
    needs = Need.objects.filter(pk__in=asked["need"])
    if not reaches_all(user, SEE):
        needs = needs.filter(unit__in=units_where(user, WRITE))
    return Origin(
        needs=list(needs),
        directive=visible_directives(user).filter(pk__in=asked["directive"]).first(),
        round=Round.objects.filter(pk__in=asked["round"], published_at__isnull=False).first(),
    )


ORIGINS = ("need", "directive", "round")


@require_http_methods(["GET", "POST"])
def proposal_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of its type; it is kept while one types. Sent from here too."""
    found, user = find_proposal(request, pk), person(request)
    refusal = may_edit(user, found)
    if refusal is not None:
        warn(request, str(refusal))
        return redirect(found)
    shelf = form_of(found)
    if request.method == "POST":
        return _posted(request, found)
    context = _edit_page(found, ShelfForm(shelf, answers=found.answers), HeadForm(of=found))
    return render(request, "needs/proposal_edit.html", context)


def _posted(request: HttpRequest, found: Proposal) -> HttpResponse:
    """Keep what is right; then go back, or send it when all of it is there."""
    user, sending = person(request), "send" in request.POST
    form = ShelfForm(form_of(found), request.POST, draft=not sending)
    head = HeadForm(request.POST, of=found)
    right = form.is_valid() and head.is_valid()
    with refusal_on(form):
        save_draft(found, by=user, answers=form.answers, revision=whole(request.POST.get("version")), **head.facts())
        if sending and right:
            send(found, by=user)
    if not right or form.errors:
        context = _edit_page(found, form, head)
        return render(request, "needs/proposal_edit.html", context, status=422)
    say(request, _("Sent. Its number is %(code)s.") % {"code": found.code} if sending else _("Draft kept."))
    return redirect(found)


def _edit_page(found: Proposal, form: ShelfForm, head: HeadForm) -> dict[str, Any]:
    return {
        "proposal": found,
        "form": form,
        "head": head,
        "shelf": form.shelf,
        "missing": missing(form.shelf, found.answers),
        "exclude": f"proposal:{found.pk}",
    }


@require_POST
@refusal_in_json
def proposal_keep(request: HttpRequest, pk: int) -> JsonResponse:
    """Keep the draft as it stands; answers what is still missing. What is wrong is told, the rest is kept."""
    found, user = find_proposal(request, pk), person(request)
    form = ShelfForm(form_of(found), request.POST, draft=True)
    head = HeadForm(request.POST, of=found)
    form.is_valid()
    save_draft(found, by=user, answers=form.answers, revision=whole(request.POST.get("version")), **head.facts())
    return JsonResponse(kept(form, found.revision, found.answers, head))


def kept(form: ShelfForm, revision: int, answers: Mapping[str, Any], head: HeadForm | None = None) -> dict[str, Any]:
    """What the page's script is told after a draft was kept."""
    wrong = [
        str(error) for one in (form, head) if one is not None for errors in one.errors.values() for error in errors
    ]
    completeness = render_to_string("needs/_completeness.html", {"missing": missing(form.shelf, answers)})
    return {"version": revision, "completeness": completeness, "problem": " ".join(wrong)}


@require_POST
def proposal_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    found = find_proposal(request, pk)
    with refusal_told(request):
        discard(found, by=person(request))
        say(request, _("The draft was thrown away."))
        return redirect("needs:proposals")
    return redirect(found)
