"""The bench of the department: pairs of records that look the same, judged one by one or many at once."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from khue.accounts.asking import person
from khue.core.answering import nothing_done, refusal_told
from khue.core.asked import wholes
from khue.core.pages import View, filtered_by, paginate
from khue.core.returning import way_back
from khue.core.toasts import say, warn
from khue.matching import actions
from khue.matching.bench import FILTERS, chosen, pair_of, told_filters
from khue.matching.marking import LEGEND
from khue.matching.merging import merger_of
from khue.matching.models import Feedback, Likeness, Sweep
from khue.matching.rules import likenesses_visible_to, may_sweep
from khue.matching.sources import comparable, of
from khue.office.excel import Column, workbook
from khue.office.excel import response as excel_response

MOST_WHY = 4


@require_GET
@filtered_by(*FILTERS)
def pairs(request: HttpRequest) -> HttpResponse:
    """Pairs with filters in the address bar, fifty a page, and how far the comparison of all records is."""
    user = person(request)
    if may_sweep(user) is not None:
        raise PermissionDenied
    page = paginate(request, chosen(user, request.GET))
    for likeness in page.object_list:
        _shown(likeness)
    states = Likeness.State
    views = [
        View(_("To be judged"), ""), View(str(states.MERGED.label), "state=merged"),
        View(str(states.LINKED.label), "state=linked"), View(str(states.DISMISSED.label), "state=dismissed"),
        View(_("All"), "state=all"),
    ]  # fmt: skip
    context = {
        "page": page, "views": views, "bands": Likeness.BandChoice.choices, "legend": LEGEND.items(),
        "kinds": [(kind, of(kind).label) for kind in comparable()], "verdicts": Feedback.Verdict, **_sweep_context(),
    }  # fmt: skip
    return render(request, "matching/pairs.html", context)


def _shown(likeness: Likeness) -> None:
    """What the row shows besides its columns."""
    likeness.sides = pair_of(likeness.one, likeness.other)  # type: ignore[attr-defined]
    likeness.reasons = likeness.why[:MOST_WHY]  # type: ignore[attr-defined]
    likeness.mergeable = merger_of(*likeness.pair) is not None  # type: ignore[attr-defined]


@require_GET
def pairs_excel(request: HttpRequest) -> HttpResponse:
    """The same list as a sheet."""
    user = person(request)
    if may_sweep(user) is not None:
        raise PermissionDenied
    rows = chosen(user, request.GET)
    sheet = workbook(_("Records that look the same"), columns(), rows, filters=told_filters(request.GET))
    return excel_response(sheet, "ho-so-trung")


def columns() -> list[Column[Likeness]]:
    """The columns of the sheet."""
    return [
        Column(_("Band"), lambda one: str(one.get_band_display())),
        Column(_("How near"), lambda one: round(one.score, 3), "decimal", _("From 0 to 1, as ranking tells it.")),
        Column(_("Kind"), lambda one: str(of(one.one.kind).label)),
        Column(_("Record"), lambda one: one.one.title),
        Column(_("What tells it apart"), lambda one: one.one.detail),
        Column(_("Kind of the other"), lambda one: str(of(one.other.kind).label)),
        Column(_("The other record"), lambda one: one.other.title),
        Column(_("What tells the other apart"), lambda one: one.other.detail),
        Column(_("Why"), lambda one: "\n".join(one.why)),
        Column(_("State"), lambda one: str(one.get_state_display())),
        Column(_("Judged by"), lambda one: one.verdict.by.full_name if one.verdict else ""),
        Column(_("Judged at"), lambda one: one.verdict.at if one.verdict else None, "moment"),
        Column(_("Note"), lambda one: one.verdict.note if one.verdict else ""),
    ]


@require_POST
def pairs_judge(request: HttpRequest) -> HttpResponse:
    """Judge one pair (`judge` is `12:other`) or all that were picked (`do` is the verdict): all or none."""
    user = person(request)
    number, _colon, verdict = request.POST.get("judge", "").partition(":")
    picked = [number] if number else request.POST.getlist("pick")
    rows = list(likenesses_visible_to(user).filter(pk__in=wholes(picked)))
    verdict = verdict or request.POST.get("do", "")
    if not rows or verdict not in Feedback.Verdict.values:
        warn(request, _("Pick at least one row first."))
        return back(request)
    with nothing_done(request):
        done = actions.judge_many(rows, verdict, by=user)
        undo = "&".join(f"pick={one.pk}" for one in rows)
        said = ngettext("%(n)d pair: %(verdict)s.", "%(n)d pairs: %(verdict)s.", done)
        label = Feedback.Verdict(verdict).label
        say(request, said % {"n": done, "verdict": label}, undo=f"{reverse('matching:pairs-undo')}?{undo}")
    return back(request)


@require_POST
def pairs_undo(request: HttpRequest) -> HttpResponse:
    """Take back what one said of the pairs named in the address."""
    user = person(request)
    rows = likenesses_visible_to(user).filter(pk__in=wholes(request.GET.getlist("pick")))
    with refusal_told(request):
        for one in rows:
            actions.take_back(*one.pair, by=user)
        say(request, _("Taken back: to be judged again."))
    return redirect("matching:pairs")


@require_POST
def sweep_start(request: HttpRequest) -> HttpResponse:
    """Have all records compared with each other; one that is under way is joined."""
    with refusal_told(request):
        actions.sweep_all(by=person(request))
        say(request, _("All records are being compared. You can go on working; the pairs appear here."))
    return redirect("matching:pairs")


@require_GET
def sweep_progress(request: HttpRequest) -> HttpResponse:
    """How far it is, asked again and again while it goes on."""
    if may_sweep(person(request)) is not None:
        raise PermissionDenied
    return render(request, "matching/_sweep.html", _sweep_context())


def _sweep_context() -> dict[str, Any]:
    sweep = Sweep.objects.select_related("by").first()
    working = sweep is not None and sweep.state == Sweep.State.WORKING and not sweep.given_up
    return {"sweep": sweep, "sweep_working": working}


def back(request: HttpRequest) -> HttpResponse:
    """To the page that was left, as it was filtered."""
    return redirect(way_back(request, "matching:pairs"))
