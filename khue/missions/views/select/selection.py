"""Selections: the list, and the page of one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.core.clock import now
from khue.core.pages import View, filtered_by, paginate
from khue.councils.models import Council
from khue.councils.rules.conflicts import standing_on
from khue.councils.rules.session import THERE
from khue.councils.rules.visibility import visible_to as councils_visible_to
from khue.flow.rules import parties_of
from khue.flow.shelf.words import words
from khue.journal.timeline import timeline
from khue.missions.actions.select.completing import BUDGET
from khue.missions.actions.select.evaluating import council_of, first_place
from khue.missions.actions.select.opening import open_by
from khue.missions.forms.select_filters import SelectionFilters
from khue.missions.forms.selecting import ASKED
from khue.missions.models import ApprovedLine, Selection
from khue.missions.rules.river import through
from khue.missions.rules.select.applications import is_author, runs, selections_visible_to, visible_to
from khue.missions.rules.select.completeness import Item, lacking
from khue.missions.rules.select.offers import Offer, offers
from khue.missions.rules.select.plans import sums
from khue.missions.rules.select.reviewing import EXPLAINED, explained, printed_by, unchecked
from khue.missions.rules.select.reviewing import STEPS as REVIEWED
from khue.office.excel import Column, response, workbook

TEMPLATE = "missions/select/selection.html"


def _listed(request: HttpRequest) -> tuple[SelectionFilters, "QuerySet[Selection, Selection]"]:
    filters = SelectionFilters(request.GET)
    rows = filters.narrow(selections_visible_to(person(request)))
    rows = rows.select_related("order__list", "call", "invited", "case__process_version", "winner__lead")
    in_force = Count("receipts", filter=Q(receipts__withdrawn_at=None))
    return filters, rows.annotate(handed_in=in_force).order_by("-closes_at", "-pk")


@require_GET
@filtered_by("step", "way", "year")
def selections(request: HttpRequest) -> HttpResponse:
    """The list, fifty a page; as Excel with `?format=xlsx`."""
    filters, rows = _listed(request)
    if request.GET.get("format") == "xlsx":
        return response(workbook(_("Selections"), _columns(), rows, filters=filters.told()), "tuyen-chon")
    context = {
        "page": paginate(request, rows),
        "filters": list(filters),
        "views": [View(_("All"), "q="), View(_("To be opened"), "step=closed"), View(_("Open"), "step=open")],
        "tab": "selections",
    }
    return render(request, "missions/select/selections.html", context)


def _columns() -> Sequence[Column[Any]]:
    return [
        Column(_("Name of the mission"), lambda one: one.order.name),
        Column(_("Year"), lambda one: one.order.list.year, "number"),
        Column(_("Way"), lambda one: str(one.order.get_way_display())),
        Column(_("Attempt"), lambda one: one.attempt, "number"),
        Column(_("Step"), lambda one: str(one.case.step_now.staff)),
        Column(_("Closes at"), lambda one: one.closes_at, "date"),
        Column(_("Handed in"), lambda one: one.handed_in, "number"),
        Column(_("Chosen"), lambda one: one.winner.lead.name if one.winner and one.decided_on else ""),
        Column(_("Decision"), lambda one: one.decision_sign),
    ]


def find_selection(request: HttpRequest, pk: int) -> Selection:
    """A selection that the person may see; 404 otherwise."""
    rows = selections_visible_to(person(request)).select_related(
        "order__list__host", "order__orderer", "order__proposal", "call", "invited", "case__process_version",
        "winner__lead", "winner__plan", "completed",
    )  # fmt: skip
    return get_object_or_404(rows, pk=pk)


@require_GET
def selection(request: HttpRequest, pk: int) -> HttpResponse:
    """One selection: where it stands, what comes next, and after the opening the applications side by side."""
    return render(request, TEMPLATE, page_of(find_selection(request, pk), person(request)))


def page_of(found: Selection, user: User, problem: Any = None) -> dict[str, Any]:
    """What the page shows; `problem` is the offer whose form has errors."""
    assert found.case is not None  # noqa: S101 - every selection is opened with its case
    inside = runs(user, found)
    seen = visible_to(user).filter(selection=found).select_related("lead", "investigator", "plan")
    rows = list(seen.prefetch_related("plan__budget").order_by("rank", "pk")) if found.opened_at else []
    shown = offers(user, found) if inside or _is_winner(user, found) else []
    if not inside:  # what is the department's to do is no business of the winner
        shown = [one for one in shown if one.refusal is None or one.refusal.code != "flow.not-yours"]
    return {
        "selection": found,
        "case": found.case,
        "inside": inside,
        "river": through(user, found, here=found),
        "offers": [problem if problem is not None and problem.name == one.name else _asking(one) for one in shown],
        "receipts": found.receipts.filter(withdrawn_at=None).count(),
        "open_by": open_by(found),
        "past": now() > found.closes_at,
        "rows": [(one, sums(one.plan)) for one in rows] if inside else [],
        "mine": seen.first() if not inside else None,
        "councils": _councils(user, found) if inside else [],
        "first": first_place(found) if inside and found.case.step == "evaluating" else None,
        "tainted": _tainted(found) if inside and found.case.step == "evaluating" else None,
        "lines": _lines(found) if inside or _is_winner(user, found) else [],
        "ground": words("grounds").get(found.order.ground),
        "lacks": _winner_lacks(found) if inside or _is_winner(user, found) else [],
        "unchecked": unchecked(found) if inside and found.case.step in REVIEWED else [],
        "explains": _explains(user, found, inside),
        "unexplained": found.case.step in EXPLAINED and not inside and explained(found) is not None,
        "stays_until": _stays_until(found),
        "papers": _papers(found, user),
        "entries": timeline(found.dossier) if inside else [],
        "department": parties_of(found.case).get("department"),
    }


def _lines(found: Selection) -> list[tuple[str, ApprovedLine]]:
    items = words("items")
    return [(str(items.get(row.item, row.item)), row) for row in found.approved_lines.all()]


def _asking(offer: Offer) -> Offer:
    return replace(offer, asks=ASKED[offer.form](prefix=offer.name)) if offer.form and not offer.refusal else offer


def _is_winner(user: User, found: Selection) -> bool:
    return found.winner is not None and is_author(user, found.winner)


def _explains(user: User, found: Selection, inside: bool) -> bool:
    """Whether there is an explanation to write or to read."""
    assert found.case is not None  # noqa: S101 - as above
    winner = _is_winner(user, found)
    return (winner and found.case.step in EXPLAINED) or ((inside or winner) and bool(found.explained))


def _tainted(found: Selection) -> tuple[Council, str] | None:
    """The council that concluded and who of it is, by what became known since, in conflict with an application."""
    council = council_of(found)
    if council is None or council.state != Council.State.CONCLUDED:
        return None
    seats = council.seats.filter(attendance__in=THERE, person__in=standing_on(council)).select_related("person")
    names = ", ".join(str(seat.person) for seat in seats)
    return (council, names) if names else None


def _winner_lacks(found: Selection) -> list[Item]:
    assert found.case is not None  # noqa: S101 - as above
    if found.winner is None or found.completed is None or not found.case.step.startswith("winner-"):
        return []
    return lacking(found.winner, found.case.definition, found.completed)


def _stays_until(found: Selection) -> date | None:
    assert found.case is not None  # noqa: S101 - as above
    if found.published_on is None:
        return None
    return found.published_on + timedelta(days=found.case.definition.number("published-for"))


def _councils(user: User, found: Selection) -> list[Council]:
    seen = set(councils_visible_to(user).values_list("pk", flat=True)[:500])
    both = [council_of(found), council_of(found, BUDGET)]
    return [one for one in both if one is not None and one.pk in seen]


PAPERS: Mapping[str, Callable[[Selection], bool]] = {
    "opening-minutes": lambda one: one.opened_at is not None,
    "invitation-direct": lambda one: one.invited_id is not None,
    "approval": lambda one: one.winner_id is not None,
    "result-notice": lambda one: one.decided_on is not None,
    "failure-notice": lambda one: one.case is not None and one.case.step == "failed",
    "explanation": lambda one: "winner-completing" in one.explained,
    "revision": lambda one: "winner-revising" in one.explained,
}


def _papers(found: Selection, user: User) -> list[tuple[str, str]]:
    """Names and labels of the papers that the person can print now."""
    assert found.case is not None  # noqa: S101 - as above
    papers = found.case.definition.papers
    ready = [name for name, is_ready in PAPERS.items() if name in papers and is_ready(found)]
    return [(name, f"{papers[name].label} {papers[name].code}".strip()) for name in printed_by(user, found, ready)]
