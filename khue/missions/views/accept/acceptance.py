"""The page of an acceptance: where it stands, what is in the file, what can be done next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.accounts.scope import for_department
from khue.core.clock import today
from khue.flow.answer_words import told
from khue.flow.forms import ShelfForm
from khue.flow.models import Case
from khue.flow.rules import MoveOffer, moves
from khue.flow.shelf.law import cite
from khue.flow.shelf.telling import told_number
from khue.journal.timeline import timeline
from khue.missions.actions.accept.evaluating_output import form_of, known
from khue.missions.forms.acceptance_review import SignedForm
from khue.missions.models import Acceptance
from khue.missions.rules.accept.acceptances import acceptances_visible_to
from khue.missions.rules.accept.accepting import days_told, may_complete, may_evaluate, may_write, months_late
from khue.missions.rules.accept.confirming import STEP, confirmer, confirming_seat
from khue.missions.rules.accept.dossier import dossier_rows
from khue.missions.rules.accept.results import may_describe
from khue.missions.rules.accept.review import may_review, unanswered, unmeasured
from khue.missions.rules.accept.sitting import council_subject
from khue.missions.rules.accept.words import papers_for
from khue.missions.rules.river import river
from khue.missions.rules.visibility import HANDLE

TEMPLATE = "missions/accept/acceptance.html"
ELSEWHERE = ("file", "supplement", "confirm-on-paper")
"""Made where more is asked for: on the page of the file, with the signed paper."""
COUNCIL_MOVES = ("set-up-council", "pass", "fail")
"""Follow from what the council does, where it is run here."""


def find_acceptance(request: HttpRequest, number: int) -> Acceptance:
    """An acceptance that the person may see; 404 otherwise."""
    related = (
        "mission__host", "mission__investigator", "mission__plan", "mission__order__proposal__directive",
        "mission__application__lead", "case__process_version",
    )  # fmt: skip
    return get_object_or_404(acceptances_visible_to(person(request)).select_related(*related), pk=number)


@require_GET
def acceptance(request: HttpRequest, number: int) -> HttpResponse:
    """One acceptance."""
    return render(request, TEMPLATE, page_of(request, find_acceptance(request, number)))


def page_of(
    request: HttpRequest,
    found: Acceptance,
    *,
    forms: dict[str, ShelfForm] | None = None,
    problem: str = "",
    remarks: list[dict[str, str]] | None = None,
    signed: SignedForm | None = None,
) -> dict[str, Any]:
    """What the page shows; `forms`, `remarks` and `signed` are those that were sent and refused."""
    user, case = person(request), case_of(found)
    subject = council_subject(found)
    writes = may_write(user, found) is None
    completes = may_complete(user, found) is None
    remarks = found.completion if remarks is None else remarks
    shelf, parts = form_of(found), dossier_rows(found)
    missing = [row for row in parts if row.missing]
    papers = papers_for(user, found)
    return {
        "acceptance": found,
        "mission": found.mission,
        "case": case,
        "river": river(user, order=found.mission.order, mission=found.mission, here=found),
        "problem": problem,
        "late": months_late(found.due_on, found.submitted_on) if found.submitted_on else 0,
        "days": days_told(found),
        "late_basis": cite(case.definition.provisions["accept-late"].basis),
        "writes": writes,
        "completes": completes,
        "remarks": remarks,
        "blank_rows": range(len(remarks), len(remarks) + (3 if completes else 0)),
        "parts": parts,
        "missing_parts": missing if writes else [],
        "chosen_part": _part(request, [row.name for row in missing or parts[-1:]]),
        "paper_names": {name for name, _label, _code in papers},
        "may_attach": writes or completes,
        "products": found.products.select_related("product").order_by("product__number"),
        "offers": _offers(case, user, with_council=subject is not None, forms=forms or {}),
        "subject": subject,
        "may_form": case.step == "council-forming" and subject is None and for_department(user, HANDLE),
        "may_take_over": _may_take_over(case, user, subject),
        "papers": papers,
        "reviewing": _reviewing(found, user),
        "confirming": _confirming(found, user, signed),
        "results": found.mission.results.all(),
        "may_describe": may_describe(user, found.mission) is None,
        "effect_form": _effect_form(found, user, forms or {}),
        "effect": told(shelf, found.effect_answers) if shelf and found.effect_answers else [],
        "uses": found.mission.use_reports.all() if case.step == "accepted" else [],
        "entries": timeline(f"acceptance:{found.pk}", limit=100),
    }


def _reviewing(found: Acceptance, user: User) -> dict[str, Any] | None:
    """What stands about measuring and experts, for the department, from the valid file on."""
    if not for_department(user, HANDLE) or case_of(found).step in ("file-due", "checking", "supplementing"):
        return None
    lacks = [unmeasured(found), unanswered(found)] if may_review(user, found) is None else []
    return {"lacks": [lack for lack in lacks if lack is not None]}


def _confirming(found: Acceptance, user: User, signed: SignedForm | None) -> dict[str, Any] | None:
    """Who is asked to confirm the completed file, and how; the department may enter what was signed on paper."""
    if case_of(found).step != STEP:
        return None
    enters = for_department(user, HANDLE)
    return {
        "who": confirming_seat(found),
        "account": confirmer(found),
        "rule": told_number(case_of(found).definition.provisions["accept-confirmed-by"]),
        "form": signed or SignedForm(prefix="signed", initial={"confirmed_on": today()}) if enters else None,
    }


def _part(request: HttpRequest, missing: list[str]) -> str:
    """Which part is attached next: the one that was asked for, as long as it is missing; "other" when none is."""
    asked = request.POST.get("part") or request.GET.get("part") or ""
    return asked if asked in missing else next(iter(missing), "")


def _effect_form(found: Acceptance, user: User, forms: dict[str, ShelfForm]) -> ShelfForm | None:
    """The evaluation of the output, for whoever may write it now."""
    shelf = form_of(found)
    if shelf is None or may_evaluate(user, found) is not None:
        return None
    return forms.get("effect") or ShelfForm(shelf, answers=known(found), prefix="effect")


def case_of(found: Acceptance) -> Case:
    """Its case; every acceptance that can be seen has one."""
    if found.case is None:
        raise LookupError(found.pk)
    return found.case


def _may_take_over(case: Case, user: User, subject: Any) -> bool:
    """Whether the council has its decision, and the case does not have it yet."""
    decided = subject is not None and subject.council.decided_on is not None
    return decided and case.step == "council-forming" and for_department(user, HANDLE)


def _offers(
    case: Case, user: User, *, with_council: bool, forms: dict[str, ShelfForm]
) -> list[tuple[MoveOffer, ShelfForm | None]]:
    """The moves that have their place on this page, each with its form where it has one."""
    left_out = {*ELSEWHERE, *(COUNCIL_MOVES if with_council else ())}
    shown = [offer for offer in moves(case, user) if offer.name not in left_out]
    return [
        (offer, forms.get(offer.name) or (ShelfForm(offer.form, prefix=offer.name) if offer.form else None))
        for offer in shown
        if offer.refusal is None or offer.refusal.code != "flow.not-yours" or offer.primary
    ]
