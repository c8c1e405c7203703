"""The page of one proposal, and its papers."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.core.asked import key
from khue.core.river import RiverItem
from khue.councils.papers import response, word
from khue.councils.rules.visibility import visible_to as visible_councils
from khue.directory.search import department
from khue.documents.rules.directive import visible_to as visible_directives
from khue.files.models import File
from khue.flow.answer_words import Told, told
from khue.flow.models import Case
from khue.flow.rules import MoveOffer, moves
from khue.journal.timeline import timeline
from khue.needs.forms.proposal import OpinionForm
from khue.needs.models import Proposal
from khue.needs.rules import proposal_forms as forms_of
from khue.needs.rules.proposal_papers import LETTER, day_of, issued_on, papers_of
from khue.needs.rules.proposal_papers import context as paper_context
from khue.needs.rules.proposal_review import checklist, subject_of
from khue.needs.rules.proposals import is_own, may_answer, may_edit, may_handle, visible_to
from khue.office.vietnamese import in_vietnamese

ELSEWHERE = {"start-search", "bring-to-council", "pass", "reject", "hand-in-recommendation", "ask-opinion"}
"""Moves with a page or a form of their own, or that follow from the council."""


def find_proposal(request: HttpRequest, pk: int) -> Proposal:
    """A proposal that the person may see; 404 otherwise."""
    rows = visible_to(person(request)).select_related(
        "unit",
        "author",
        "changed_by",
        "place",
        "round",
        "order_proposal",
        "directive__document",
        "case__process_version",
    )
    return get_object_or_404(rows, pk=pk)


@require_GET
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal: what is proposed, where it stands, what was found, what the council said."""
    return render(request, "needs/proposal.html", page_of(find_proposal(request, pk), person(request)))


def page_of(found: Proposal, user: User, **forms: Any) -> dict[str, Any]:
    """What the page shows; `forms` replaces a form by one with errors."""
    offers = moves(found.case, user) if found.case is not None else []
    subject = subject_of(found)
    council = subject.council if subject else None
    inside = may_handle(user, found) is None
    opinions = list(found.opinions.select_related("unit", "person"))
    return {
        "proposal": found,
        "case": found.case,
        "type": forms_of.word("types", found.type),
        "field": forms_of.word("fields", found.field) if found.field else "",
        "answers": forms_of.answers_of(found),
        "missing": forms_of.missing_in(found) if found.state == Proposal.State.DRAFT else [],
        "river": _river(found, user),
        "offers": [offer for offer in offers if _shown(offer)],
        "free": {offer.name for offer in offers if offer.refusal is None},
        "may_edit": may_edit(user, found) is None,
        "inside": inside,
        "searches": found.searches.select_related("made_by", "signed_by"),
        "subject": subject,
        "council": council if council and visible_councils(user).filter(pk=council.pk).exists() else None,
        "checks": checklist(found) if inside and found.state == Proposal.State.REVIEWING else [],
        "recommended": _recommended(found),
        "refused": _refused(found.case),
        "opinions": [(each, may_answer(user, each) is None) for each in opinions],
        "opinion_form": forms.get("opinion") or OpinionForm(),
        "papers": papers_of(found) if inside or is_own(user, found) else [],
        "files": File.objects.filter(dossier_kind="proposal", dossier_id=found.pk, removed_at=None).prefetch_related(
            "versions"
        ),
        "entries": timeline(found.dossier),
        **forms,
    }


def _shown(offer: MoveOffer) -> bool:
    if offer.name in ELSEWHERE:
        return False
    return offer.refusal is None or offer.refusal.code != "flow.not-yours"


def _recommended(found: Proposal) -> list[Told]:
    form = forms_of.version_of(found).definition.forms["recommendation"]
    return told(form, found.recommendation) if found.recommendation else []


def _refused(case: Case | None) -> str:
    """Why it ended without a recommendation, as the proposer is told."""
    if case is None or case.step not in ("refused", "withdrawn"):
        return ""
    record = case.records.filter(to_step=case.step).order_by("-pk").first()
    return record.comment if record else ""


def _river(found: Proposal, user: User) -> list[RiverItem]:
    items = []
    directive = found.directive
    if directive is not None:
        sees = visible_directives(user).filter(pk=directive.pk).exists()
        items.append(RiverItem(_("Document"), str(directive.document)))
        items.append(RiverItem(_("Directive"), str(directive), directive.get_absolute_url() if sees else ""))
    items += [RiverItem(_("Need"), str(need), need.get_absolute_url()) for need in found.needs.all()]
    items.append(RiverItem(_("Proposal"), found.title, found.get_absolute_url(), current=True))
    order = getattr(found, "order", None)
    if order is not None:
        items.append(RiverItem(_("Order"), order.name, order.get_absolute_url()))
    return items


@require_GET
@in_vietnamese()
def proposal_paper(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One of its papers as Word, under the code of its generation."""
    found = find_proposal(request, pk)
    user = person(request)
    inside = may_handle(user, found) is None
    if name == LETTER:
        return _letter(found, key(request.GET.get("opinion")), inside)
    if not (inside or is_own(user, found)) or name not in {paper.name for paper in papers_of(found)}:
        raise Http404
    host = found.unit if name.startswith("slip-") else department()
    data = word(forms_of.version_of(found), name, paper_context(found), host=host, issued_on=issued_on(found, name))
    return response(data, f"{name} {found.code or found.title}")


def _letter(found: Proposal, opinion: int, inside: bool) -> HttpResponse:
    """The department's letter to whom it asked for an opinion."""
    asked = found.opinions.select_related("person", "unit").filter(pk=opinion).first()
    version = forms_of.version_of(found)
    if asked is None or not inside or LETTER not in version.definition.papers:
        raise Http404
    told, day = paper_context(found, asked), day_of(asked.asked_at)
    data = word(version, LETTER, told, host=department(), issued_on=day, addressees=[str(asked)])
    return response(data, f"{LETTER} {found.code or found.title}")
