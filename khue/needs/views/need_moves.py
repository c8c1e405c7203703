"""What is posted from the page of a need."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from khue.accounts.asking import person
from khue.core.answering import refusal_on, refusal_told
from khue.core.asked import key
from khue.core.refusals import Refusal, Refused
from khue.core.toasts import say
from khue.matching.search import find, similar
from khue.needs.actions import intake
from khue.needs.actions.proposing import propose
from khue.needs.forms.need import AnswerForm, ClassForm
from khue.needs.models import Need
from khue.needs.rules.needs import visible_to
from khue.needs.views.asking import find_need
from khue.needs.views.need import page_of

SHORTEST_SEARCH = 2


def _after(request: HttpRequest, found: Need, act: Callable[[], Need], said: str) -> HttpResponse:
    """Do it and go back to the page; a refusal is told and what was typed comes back."""
    with refusal_told(request):
        done = act()
        say(request, said % {"code": done.code})
        return redirect(done.get_absolute_url())
    return _again(request, found)


def _again(request: HttpRequest, found: Need) -> HttpResponse:
    """The page with what was typed."""
    typed = {"typed": request.POST.get("comment", ""), "opened": request.POST.get("move") or "merge"}
    fresh = find_need(request, found.pk)
    return render(request, "needs/need.html", page_of(fresh, person(request), **typed), status=422)


@require_POST
def need_move(request: HttpRequest, pk: int) -> HttpResponse:
    """A move that takes a word of explanation, or none."""
    found, name = find_need(request, pk), request.POST.get("move", "")
    comment = request.POST.get("comment", "")
    return _after(
        request, found, lambda: intake.act(found, name, by=person(request), comment=comment), _("Done: %(code)s.")
    )


@require_POST
def need_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer with its reasons."""
    found = find_need(request, pk)
    form = AnswerForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        with refusal_on(form):
            done = intake.answer(
                found, given["kind"], given["reasons"], by=person(request), solved_by=given["solved_by"],
                passed_to=given["passed_to"],
            )  # fmt: skip
            say(request, _("The author of %(code)s was answered.") % {"code": done.code})
            return redirect(done.get_absolute_url())
    context = page_of(found, person(request), answer_form=form, opened="answer")
    return render(request, "needs/need.html", context, status=422)


@require_POST
def need_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge it into another need."""
    found = find_need(request, pk)
    asked = key(request.POST.get("into", "").removeprefix("need:"))
    into = visible_to(person(request)).filter(pk=asked).first()

    def act() -> Need:
        if into is None:
            raise Refused(Refusal("need.merge-unknown", _("Search for the need it goes into, and choose it.")))
        return intake.merge(found, into, request.POST.get("comment", ""), by=person(request))

    return _after(request, found, act, _("%(code)s was merged; both authors were told."))


@require_POST
def need_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it the draft of a proposal, and go on there."""
    found = find_need(request, pk)
    with refusal_told(request):
        draft = propose([found], request.POST.get("comment", ""), by=person(request))
        say(request, _("A draft of the proposal was made from %(code)s; its author was told.") % {"code": found.code})
        return redirect(draft.get_absolute_url())
    return _again(request, found)


@require_POST
def need_class(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct how it is classed."""
    found = find_need(request, pk)
    form = ClassForm(request.POST)
    form.full_clean()
    given = form.cleaned_data

    def act() -> Need:
        return intake.mark(
            found, by=person(request), urgency=given.get("urgency"), livelihood=given.get("livelihood"),
            field=given.get("field"),
        )  # fmt: skip

    return _after(request, found, act, _("%(code)s was classed anew."))


@require_GET
def choices(request: HttpRequest, pk: int) -> HttpResponse:
    """Records found by words, to choose what solves a need (any kind) or what it is merged into (`only=need`); before
    a word is typed those that look like it."""
    found = find_need(request, pk)
    text = request.GET.get("find", "").strip()
    kinds = ["need"] if request.GET.get("only") == "need" else None
    if kinds and not text:
        told = f"{found.title}. {found.problem} {found.hoped}"
        matches = similar(person(request), told, purpose="need", kinds=kinds, limit=4, about=("need", found.pk))
    else:
        matches = find(person(request), text, kinds=kinds, limit=8) if len(text) >= SHORTEST_SEARCH else []
    shown = [match for match in matches if (match.kind, match.pk) != ("need", found.pk)]
    name = "into" if kinds else "solved_by"
    return render(request, "needs/_choices.html", {"matches": shown, "name": name, "text": text})
