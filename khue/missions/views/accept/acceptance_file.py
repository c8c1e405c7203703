"""The lead organisation's self-evaluation on one page: saved while it is written, handed in when it is whole."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from khue.accounts.asking import person
from khue.core.answering import Problem
from khue.core.asked import whole
from khue.core.money import dong
from khue.core.refusals import Refused
from khue.core.toasts import say
from khue.flow.shelf.words import words
from khue.missions.actions.accept import accepting
from khue.missions.actions.accept.acceptance_file import Delivered, save_draft
from khue.missions.models import Acceptance, Mission, ProductCheck
from khue.missions.rules.accept.accepting import may_write, not_written
from khue.missions.rules.accept.dossier import dossier_rows
from khue.missions.rules.accept.words import plain
from khue.missions.rules.river import river
from khue.missions.views.accept.acceptance import find_acceptance
from khue.missions.views.carry.report import money, quantity

TEMPLATE = "missions/accept/acceptance_file.html"
RATINGS = Mission.Rating.choices


@require_http_methods(["GET", "POST"])
def acceptance_file(request: HttpRequest, number: int) -> HttpResponse:
    """The file as a form; posting hands it in, or with `save` only keeps it."""
    found = find_acceptance(request, number)
    if request.method == "GET":
        if may_write(person(request), found) is not None:
            return redirect(found.get_absolute_url())
        return render(request, TEMPLATE, _page(request, found))
    with (problem := Problem()):
        _save(request, found)
        if "save" in request.POST:
            say(request, _("The draft was saved."))
            return redirect("missions:acceptance-file", number)
        accepting.file(found, by=person(request))
        say(request, _("The file was handed in to the department."))
        return redirect(found.get_absolute_url())
    return render(request, TEMPLATE, _page(request, find_acceptance(request, number), str(problem)), status=422)


@require_POST
def acceptance_save(request: HttpRequest, number: int) -> JsonResponse:
    """Keep what stands on the page; told in JSON to the page that saves while one writes."""
    found = find_acceptance(request, number)
    try:
        edits = _save(request, found)
    except Refused as refused:
        if refused.refusal.code in ("acceptance.changed-meanwhile", "acceptance.handed-in"):
            return JsonResponse({"refused": str(refused)}, status=409)
        return JsonResponse({"version": found.edits, "completeness": _completeness(found), "problem": str(refused)})
    fresh = find_acceptance(request, number)
    return JsonResponse({"version": edits, "completeness": _completeness(fresh), "problem": ""})


def _completeness(found: Acceptance) -> str:
    return render_to_string("missions/accept/_acceptance_lacks.html", _lacks(found))


def _lacks(found: Acceptance) -> dict[str, Any]:
    parts = [row for row in dossier_rows(found) if row.missing]
    return {"acceptance": found, "refusal": not_written(found), "missing_parts": parts}


def _save(request: HttpRequest, found: Acceptance) -> int:
    post = request.POST
    rating = post.get("rating", "")
    said = {
        check.product_id: Delivered(
            quantity(post.get(f"quantity-{check.product_id}", ""), check.product.name),
            _rating(post.get(f"rating-{check.product_id}", "")),
            post.get(f"quality-{check.product_id}", ""),
            post.get(f"proof-{check.product_id}", ""),
        )
        for check in found.products.select_related("product")
    }
    spent = money(request, "spent", _("State money spent")) if post.get("spent", "").strip() else None
    edits = whole(post.get("version"))
    return save_draft(
        found, by=person(request), edits=-1 if edits is None else edits, rating=_rating(rating),
        text=post.get("text", ""), spent=spent, products=said,
    )  # fmt: skip


def _rating(value: str) -> str:
    return value if value in Mission.Rating.values else ""


def _page(request: HttpRequest, found: Acceptance, problem: str = "") -> dict[str, Any]:
    posted = request.POST if problem else {}
    spent = dong(found.spent).removesuffix(" ₫") if found.spent is not None else ""
    return {
        "acceptance": found,
        "mission": found.mission,
        "river": river(person(request), order=found.mission.order, mission=found.mission, here=found),
        "problem": problem,
        "rows": [_row(check, posted) for check in found.products.select_related("product").order_by("product__number")],
        "ratings": RATINGS,
        "rating": posted.get("rating", found.self_rating),
        "text": posted.get("text", found.self_evaluation),
        "spent": posted.get("spent", spent),
        "supplement": found.case is not None and found.case.step == "supplementing",
        "asked": _asked(found),
        **_lacks(found),
    }


def _asked(found: Acceptance) -> str:
    """What the department asked to be supplemented."""
    if found.case is None or found.case.step != "supplementing":
        return ""
    record = found.case.records.filter(move="ask-supplement").order_by("-pk").first()
    return record.comment if record else ""


def _row(check: ProductCheck, posted: Any) -> dict[str, Any]:
    pk, kind = check.product_id, words("products").get(check.product.kind)
    return {
        "product": check.product,
        "proof_asked": str(kind.help) if kind else "",
        "ordered": plain(check.product.quantity),
        "quantity": posted.get(f"quantity-{pk}", plain(check.quantity) if check.quantity else ""),
        "quality": posted.get(f"quality-{pk}", check.quality),
        "proof": posted.get(f"proof-{pk}", check.proof),
        "rating": posted.get(f"rating-{pk}", check.self_rating),
    }
