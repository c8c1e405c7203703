"""A ballot: a sheet with points, pass or fail, or ratings, kept as it is filled in, cast and changed until closed."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from khue.accounts.asking import person
from khue.core.answering import Problem, refusal_in_json
from khue.core.toasts import say
from khue.councils.actions import cast, save_draft
from khue.councils.counting import Level
from khue.councils.models import Ballot, Seat, Subject
from khue.councils.owners import owner_of
from khue.councils.rules.ballots import PER_PRODUCT, aspect_label, total
from khue.councils.rules.numbers import numbers
from khue.councils.rules.session import against_member, may_vote
from khue.councils.rules.visibility import subjects_for
from khue.councils.rules.words import LEVELS
from khue.councils.views.asking import find_own_seat
from khue.flow.shelf.values import ScoreSheet


@dataclass(frozen=True, slots=True)
class Line:
    """One question of the sheet; `name` is its field."""

    name: str
    label: str
    help: str
    most: int
    value: Any


def _asked(request: HttpRequest, pk: int, seat_pk: int, subject_pk: int) -> tuple[Seat, Subject, ScoreSheet]:
    seat = find_own_seat(request, pk, seat_pk)
    subjects = subjects_for(person(request), seat.council).select_related("council__process_version")
    subject = get_object_or_404(subjects, pk=subject_pk)
    sheet = numbers(seat.council).sheet(subject.type)
    if sheet is None or seat.state != Seat.State.ACCEPTED or seat.interest_declared_at is None:
        raise Http404
    return seat, subject, sheet


@never_cache
@require_http_methods(["GET", "POST"])
def ballot(request: HttpRequest, pk: int, seat_pk: int, subject_pk: int) -> HttpResponse:
    """The sheet; posting casts it."""
    seat, subject, sheet = _asked(request, pk, seat_pk, subject_pk)
    problem, typed, opinion = Problem(), None, ""
    if request.method == "POST":
        typed, opinion = answers_of(sheet, subject, request), request.POST.get("opinion", "")
        with problem:
            cast(seat, subject, typed, opinion=opinion, by=person(request))
            say(request, _("Your ballot was cast. You can change it until the ballots are closed."))
            return redirect(seat)
    kept = Ballot.objects.filter(seat=seat, subject=subject).first()
    answers = typed if typed is not None else kept.answers if kept else {}
    context = {
        "seat": seat, "council": seat.council, "subject": subject, "sheet": sheet, "ballot": kept, "problem": problem,
        "lines": lines(sheet, subject, answers), "opinion": opinion or (kept.opinion if kept else ""),
        "total": _total(sheet, answers), "secret": numbers(seat.council).secret,
        "refusal": may_vote(seat, subject, against_member(seat)),
        "levels": [(str(level), LEVELS[level]) for level in Level],
        "facts": owner_of(seat.council.kind).facts(subject.dossier),
    }  # fmt: skip
    return render(request, "councils/ballot.html", context, status=422 if problem else 200)


@require_POST
@refusal_in_json
def draft(request: HttpRequest, pk: int, seat_pk: int, subject_pk: int) -> HttpResponse:
    """Keep what stands on the sheet so far; answers with what is wrong, in words."""
    seat, subject, sheet = _asked(request, pk, seat_pk, subject_pk)
    opinion = request.POST.get("opinion", "")
    save_draft(seat, subject, answers_of(sheet, subject, request), opinion=opinion, by=person(request))
    return JsonResponse({"said": _("Kept as a draft; not cast yet.")})


def answers_of(sheet: ScoreSheet, subject: Subject, request: HttpRequest) -> dict[str, Any]:
    """What was posted, in the shape that ballots have."""
    posted = request.POST
    if sheet.kind != "rating":
        return {one.name: posted.get(one.name, "") for one in sheet.criteria}
    products = owner_of(subject.council.kind).products(subject.dossier)
    rows = {one.name: {name: posted.get(f"{one.name}-{name}", "") for name in PER_PRODUCT} for one in products}
    return {"products": rows, "report": posted.get("report", "")}


def lines(sheet: ScoreSheet, subject: Subject, answers: dict[str, Any]) -> list[Line]:
    """The questions with what stands there."""
    if sheet.kind != "rating":
        return [
            Line(one.name, str(one.label), str(one.help), one.most, _shown(answers.get(one.name, "")))
            for one in sheet.criteria
        ]
    given = answers.get("products", {})
    found = [
        Line(f"{one.name}-{name}", f"{one.label}: {aspect_label(sheet, name)}", _ordered(one), 0,
             given.get(one.name, {}).get(name, ""))
        for one in owner_of(subject.council.kind).products(subject.dossier)
        for name in PER_PRODUCT
    ]  # fmt: skip
    return [*found, Line("report", aspect_label(sheet, "report"), "", 0, answers.get("report", ""))]


def _shown(value: Any) -> Any:
    return {True: "true", False: "false"}.get(value, value) if isinstance(value, bool) else value


def _ordered(product: Any) -> str:
    if product.ordered is None:
        return ""
    return _("ordered %(ordered)s, delivered %(delivered)s") % {
        "ordered": f"{product.ordered:f}", "delivered": f"{product.delivered or 0:f}"
    }  # fmt: skip


def _total(sheet: ScoreSheet, answers: dict[str, Any]) -> Decimal | None:
    if sheet.kind != "points":
        return None
    try:
        found = total(sheet, {name: str(value).replace(",", ".") for name, value in answers.items() if value})
    except ArithmeticError:
        return None
    return found if found.is_finite() else None
