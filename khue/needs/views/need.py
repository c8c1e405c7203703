"""The page of one need."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.core.river import RiverItem
from khue.directory.maps import drawing
from khue.documents.rules.directive import visible_to as visible_directives
from khue.files.models import File
from khue.flow.rules import moves
from khue.flow.shelf.words import label_in
from khue.journal.timeline import timeline
from khue.matching.search import similar
from khue.needs.forms.need import AnswerForm, ClassForm
from khue.needs.models import Answer, Need, Proposal
from khue.needs.outcomes import outcomes
from khue.needs.rules.needs import visible_to
from khue.needs.rules.proposals import visible_to as visible_proposals
from khue.needs.rules.solutions import solution
from khue.needs.rules.triage import days_waiting
from khue.needs.views.asking import find_need

OWN_FORMS = {"answer", "merge", "propose"}
"""Moves with a form of their own on the page."""


@require_GET
def need(request: HttpRequest, pk: int) -> HttpResponse:
    """One need: what it says, where it stands, what was asked and answered, what can be done next."""
    found = find_need(request, pk)
    if found.state == Need.State.DRAFT:
        return redirect("needs:write", found.pk)
    return render(request, "needs/need.html", page_of(found, person(request)))


def page_of(found: Need, user: User, **forms: Any) -> dict[str, Any]:
    """What the page shows; `forms` replaces a form by one with errors."""
    case = found.case
    assert case is not None  # noqa: S101 - it was sent
    offers = [offer for offer in moves(case, user) if offer.refusal is None or offer.refusal.code != "flow.not-yours"]
    free = {offer.name for offer in offers if offer.refusal is None}
    places = list(found.places.all())
    proposals = list(visible_proposals(user).filter(needs=found))
    later = outcomes(found, user)
    river = [*_river(found, user, proposals), *(station for one in later for station in one.river)]
    return {
        "need": found, "case": case, "river": river, "outcomes": later, "places": places,
        "chosen": {place.pk for place in places}, "drawing": drawing() if places else None,
        "field": label_in("fields", found.field), "waited": days_waiting(found),
        "offers": [offer for offer in offers if offer.name not in OWN_FORMS], "asked": _asked(found),
        "may_answer": "answer" in free, "may_merge": "merge" in free, "may_propose": "propose" in free,
        "answer_form": forms.get("answer_form") or AnswerForm(initial={"kind": Answer.Kind.DECLINED}),
        "class_form": ClassForm(initial={name: getattr(found, name) for name in ("urgency", "field", "livelihood")}),
        "answers": _answers(found, user), "questions": found.questions.select_related("asked_by", "answered_by"),
        "merged": found.merged.select_related("unit"), "proposals": proposals,
        "photos": _photos(found), "entries": timeline(found.dossier),
        **{name: form for name, form in forms.items() if name != "answer_form"},
    }  # fmt: skip


def _asked(found: Need) -> str:
    """The question that waits for the author's reply."""
    if found.state != Need.State.ASKED_BACK:
        return ""
    last = found.questions.filter(answered_at=None).last()
    return last.text if last else ""


def _answers(found: Need, user: User) -> list[Answer]:
    """Its own answers, and for a merged need those of the one that goes on, where the person sees it."""
    numbers = [found.pk]
    step = found
    while step.merged_into is not None and step.merged_into.pk not in numbers:
        step = step.merged_into
        if not visible_to(user).filter(pk=step.pk).exists():
            break
        numbers.append(step.pk)
    answers = list(Answer.objects.filter(need__in=numbers).select_related("need", "by", "passed_to"))
    for answer in answers:
        answer.solved = solution(answer, user) if answer.solved_by else None  # type: ignore[attr-defined]
    return answers


def _photos(found: Need) -> list[File]:
    rows = File.objects.filter(dossier_kind="need", dossier_id=found.pk, removed_at=None)
    return list(rows.prefetch_related("versions"))


@require_GET
def need_related(request: HttpRequest, pk: int) -> HttpResponse:
    """What may have solved it already, and who asked for the same; the page asks for it when it is there."""
    found, user = find_need(request, pk), person(request)
    text = f"{found.title}. {found.problem} {found.hoped}"
    related = similar(user, text, purpose="need", limit=6, about=("need", found.pk))
    return render(request, "needs/_related.html", {"need": found, "related": related})


def _river(found: Need, user: User, proposals: list[Proposal]) -> list[RiverItem]:
    items = []
    order = found.directive
    if order is not None:
        address = order.get_absolute_url() if visible_directives(user).filter(pk=order.pk).exists() else ""
        items.append(RiverItem(_("Directive"), str(order), address))
    if found.round is not None:
        items.append(RiverItem(_("Collecting round"), found.round.title, reverse("needs:round", args=[found.round_id])))
    items.append(RiverItem(_("Need"), found.title, found.get_absolute_url(), current=True))
    if (into := found.merged_into) is not None:
        items.append(RiverItem(_("Handled together with"), str(into), into.get_absolute_url()))
    items += [RiverItem(_("Proposal"), str(one), one.get_absolute_url()) for one in proposals]
    return items
