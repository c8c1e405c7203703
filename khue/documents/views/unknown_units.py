"""The dialog in which an unknown assignee is matched, entered, or asked for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from khue.accounts.asking import person
from khue.core import permissions
from khue.core.answering import Problem, refusal_on
from khue.core.asked import key
from khue.directory.models import Unit
from khue.directory.rules import may_add_unit
from khue.directory.search import find_units
from khue.documents.actions import unknown_units as actions
from khue.documents.forms.unknown_unit import NewUnitForm, OtherUnitForm
from khue.documents.models import Extraction
from khue.documents.views.extraction import find_extraction, panel_again

NEAR = 5


@require_GET
def unknown_unit(request: HttpRequest, pk: int, proposal_pk: int) -> HttpResponse:
    """What the name may mean, and the form for a unit that is not there yet."""
    extraction = find_extraction(request, pk)
    return _dialog(request, extraction, proposal_pk, request.GET.get("name", ""))


@require_POST
def proposal_choose(request: HttpRequest, pk: int, proposal_pk: int) -> HttpResponse:
    """Say which unit a name means, here and wherever else in this document the same words are still unknown."""
    extraction, words = find_extraction(request, pk), request.POST.get("name", "")
    other = OtherUnitForm(request.POST)
    if "typed" in request.POST:
        if not other.is_valid():
            return _dialog(request, extraction, proposal_pk, words, other=other)
        unit = other.cleaned_data["unit"]
    else:
        unit = get_object_or_404(Unit, pk=key(request.POST.get("unit")))
    remember = bool(request.POST.get("remember"))
    with (problem := Problem()):
        actions.match(extraction, words, unit, by=person(request), remember=remember)
    if problem:
        return panel_again(request, extraction, refused=str(problem), here=proposal_pk)
    said = _("Remembered: “%(name)s” is %(unit)s.") % {"name": words, "unit": unit.name} if remember else ""
    return panel_again(request, extraction, said=said, here=proposal_pk)


@require_POST
def unknown_unit_new(request: HttpRequest, pk: int, proposal_pk: int) -> HttpResponse:
    """Enter the unit, for those who may; for others, ask those who may. The dialog comes back with what is wrong."""
    extraction, user = find_extraction(request, pk), person(request)
    words, asks = request.POST.get("name_read", ""), not permissions.may(user, "unit:edit")
    form = NewUnitForm(request.POST, words=words, document=extraction.document, asks=asks)
    if form.is_valid():
        with refusal_on(form):
            if asks or may_add_unit(user, form.cleaned_data["parent"]) is not None:
                said = _asked(actions.suggest(extraction, form.unit(), by=user, why=form.cleaned_data.get("why", "")))
            else:
                remember = bool(request.POST.get("remember"))
                unit = actions.enter(extraction, words, form.unit(), by=user, remember=remember)
                said = _("%(unit)s is entered in the directory.") % {"unit": unit.name}
            return panel_again(request, extraction, said=said, here=proposal_pk)
    return _dialog(request, extraction, proposal_pk, words, form=form)


def _asked(count: int) -> str:
    return ngettext(
        "%(n)d administrator is asked to enter it. The directive waits here until then.",
        "%(n)d administrators are asked to enter it. The directive waits here until then.",
        count,
    ) % {"n": count}


def _dialog(
    request: HttpRequest,
    extraction: Extraction,
    proposal_pk: int,
    words: str,
    *,
    form: NewUnitForm | None = None,
    other: OtherUnitForm | None = None,
) -> HttpResponse:
    user = person(request)
    asks = not permissions.may(user, "unit:edit")
    facts = {
        "document": extraction.document,
        "proposal_pk": proposal_pk,
        "words": words,
        "asks": asks,
        "near": find_units(words, limit=NEAR),
        "may_remember": permissions.may(user, "unit:alias") or not asks,
        "form": form or NewUnitForm(words=words, document=extraction.document, asks=asks),
        "other": other or OtherUnitForm(),
    }
    answer = render(request, "documents/_unknown_unit.html", facts)
    answer["HX-Retarget"], answer["HX-Reswap"] = "#unknown-unit", "innerHTML"
    return answer
