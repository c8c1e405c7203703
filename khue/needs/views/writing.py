"""Writing a need: one page that keeps itself."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from khue.accounts.asking import person
from khue.core.answering import Problem, refusal_in_json, refusal_on, refusal_told
from khue.core.asked import key, wholes
from khue.core.clock import now
from khue.core.toasts import say, warn
from khue.directory.maps import commune_choices, drawing
from khue.documents.models import Directive
from khue.documents.rules.directive import visible_to as visible_directives
from khue.files.models import File
from khue.needs.actions import writing
from khue.needs.actions.writing import Words
from khue.needs.forms.need import NeedForm
from khue.needs.models import Need, Round
from khue.needs.rules.elsewhere import asked_elsewhere
from khue.needs.rules.needs import may_edit, missing
from khue.needs.rules.rounds import visible_to as visible_rounds
from khue.needs.views.asking import find_need, writing_for

TEXTS = ("problem", "affected", "urgency", "tried", "hoped", "contact")
PROPOSED = ("problem", "hoped", "field")


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a need, with what a suggestion or a round knows already; an empty draft is used again."""
    asked = request.POST or request.GET
    shown = reverse("needs:needs")
    with refusal_told(request):
        draft = writing.begin(
            by=person(request), unit=writing_for(request), round=_round(request, asked.get("round", "")),
            directive=_directive(request, asked.get("directive", "")),
            words=Words(**{name: asked[name] for name in PROPOSED if asked.get(name)}),
        )  # fmt: skip
        shown = reverse("needs:write", args=[draft.pk])
    return redirect(shown)


def _round(request: HttpRequest, asked: str) -> Round | None:
    return visible_rounds(person(request)).filter(pk=key(asked)).first()


def _directive(request: HttpRequest, asked: str) -> Directive | None:
    return visible_directives(person(request)).filter(pk=key(asked)).first()


def _draft(request: HttpRequest, pk: int) -> Need:
    """One's own draft; 404 for whatever one may not see."""
    need = find_need(request, pk)
    if need.author_id != person(request).pk:
        raise Http404
    return need


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; posting sends the need. What is missing stands beside its field, and nothing is lost."""
    draft = _draft(request, pk)
    if may_edit(person(request), draft) is not None:
        return redirect(draft.get_absolute_url())
    if request.method == "POST":
        return _send(request, draft)
    return render(request, "needs/write.html", _page(draft, NeedForm(initial=_kept(draft), communes=_choices())))


def _send(request: HttpRequest, draft: Need) -> HttpResponse:
    form = NeedForm(request.POST, communes=_choices())
    form.full_clean()
    words, places = _said(form)
    draft = writing.save(draft, words, by=person(request), places=places)
    for name, sentence in missing(
        draft.problem, draft.affected, places=draft.places.count(), elsewhere=not _choices()
    ).items():
        form.add_error(name, sentence)
    if form.is_valid():
        with refusal_on(form):
            sent = writing.send(draft, by=person(request))
            told = _("%(code)s was sent. You will be told when it is taken up, and every answer comes with reasons.")
            say(request, told % {"code": sent.code})
            return redirect(sent.get_absolute_url())
    return render(request, "needs/write.html", _page(draft, form), status=422)


@require_POST
@refusal_in_json
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the draft as it is, while one types."""
    form = NeedForm(request.POST, communes=_choices())
    form.full_clean()
    words, places = _said(form)
    writing.save(_draft(request, pk), words, by=person(request), places=places)
    return JsonResponse({"at": now().isoformat()})


@require_POST
def elsewhere(request: HttpRequest, pk: int) -> HttpResponse:
    """Who else asked for the same, while one types."""
    draft = _draft(request, pk)
    text = ". ".join(part for name in ("problem", "hoped") if (part := request.POST.get(name, "").strip()))
    return render(request, "needs/_elsewhere.html", {"found": asked_elsewhere(person(request), text, writing=draft)})


def _said(form: NeedForm) -> tuple[Words, list[int]]:
    """What was filled in, also where the rest of the form is wrong."""
    given = form.cleaned_data
    return Words(**{name: given[name] for name in TEXTS if name in given}), given.get("places", [])


@require_POST
def photos(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach photos at once; the list of them comes back."""
    draft = _draft(request, pk)
    with (problem := Problem()):
        writing.add_photos(draft, request.FILES.getlist("photos"), by=person(request))
    return _photos(request, draft, str(problem))


@require_POST
def drop_photo(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """Take a photo off the draft."""
    draft = _draft(request, pk)
    file = get_object_or_404(File, pk=file_pk, dossier_kind="need", dossier_id=draft.pk, removed_at=None)
    with (problem := Problem()):
        writing.remove_photo(draft, file, by=person(request))
    return _photos(request, draft, str(problem))


def _photos(request: HttpRequest, draft: Need, problem: str) -> HttpResponse:
    if request.headers.get("HX-Request") != "true":
        if problem:
            warn(request, problem)
        return redirect("needs:write", draft.pk)
    return render(request, "needs/_photos.html", {"need": draft, "photos": files_of(draft), "problem": problem})


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop the draft."""
    with refusal_told(request):
        writing.discard(_draft(request, pk), by=person(request))
        say(request, _("The draft was dropped."))
    return redirect("needs:needs")


def files_of(need: Need) -> list[File]:
    """The photos and papers of a need, with what a link to them asks for."""
    rows = File.objects.filter(dossier_kind="need", dossier_id=need.pk, removed_at=None)
    return list(rows.prefetch_related("versions"))


def _choices() -> list[tuple[int, str]]:
    return commune_choices()


def _kept(draft: Need) -> dict[str, Any]:
    kept: dict[str, Any] = {name: getattr(draft, name) for name in TEXTS}
    kept["places"] = list(draft.places.values_list("pk", flat=True))
    return kept


def _page(draft: Need, form: NeedForm) -> dict[str, Any]:
    chosen = set(wholes(map(str, form["places"].value() or [])))
    return {
        "need": draft, "form": form.asking(), "photos": files_of(draft), "chosen": chosen, "drawing": drawing(),
        "communes": [(pk, name, pk in chosen) for pk, name in form.fields["places"].choices],  # type: ignore[attr-defined]
    }  # fmt: skip
