"""Collecting rounds: the list, the board of who has answered, opening and running one."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.accounts.asking import person
from khue.accounts.part import Part
from khue.accounts.scope import parts_where, the_department
from khue.core.answering import refusal_on, refusal_told
from khue.core.asked import key, wholes
from khue.core.clock import today
from khue.core.pages import filtered_by, paginate
from khue.core.refusals import require
from khue.core.toasts import say
from khue.directory.search import find_units, resolve_unit
from khue.files.actions import attach
from khue.files.models import File
from khue.journal.timeline import timeline
from khue.language.text import fold
from khue.needs.actions import rounds as acting
from khue.needs.actions.rounds import Call
from khue.needs.forms.round import RoundForm, proposed
from khue.needs.models import Round, RoundAddressee
from khue.needs.rules.rounds import addressees_for, may_run, members, visible_to
from khue.needs.rules.scope import WRITE
from khue.needs.views.asking import find_round
from khue.office.excel import Column, workbook
from khue.office.excel import response as excel_response

if TYPE_CHECKING:
    Addressees = QuerySet[RoundAddressee, RoundAddressee]
SHOWS = ("", "waiting", "late", "answered", "nothing")


@require_GET
@filtered_by()
def rounds(request: HttpRequest) -> HttpResponse:
    """Rounds, the newest first, each with how many have answered."""
    user = person(request)
    rows = visible_to(user).select_related("host").annotate(
        asked=Count("addressees"), answered=Count("addressees", filter=Q(addressees__answered_at__isnull=False))
    ).order_by("-year", "-pk")  # fmt: skip
    office = the_department(user)
    may_open = office is not None and may_run(user, office) is None
    return render(request, "needs/round_list.html", {"page": paginate(request, rows), "may_open": may_open})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Prepare a round."""
    user = person(request)
    host = the_department(user)
    if host is None or may_run(user, host) is not None:
        raise PermissionDenied
    form = RoundForm(request.POST or None, new=True, initial=proposed())
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            made = acting.open_round(_call(form), members(form.cleaned_data["kinds"], host=host), host=host, by=user)
            say(request, _("The round is prepared. Look at who is asked, then publish it."))
            return redirect(made.get_absolute_url())
    return render(request, "needs/round_form.html", {"form": form}, status=422 if form.is_bound else 200)


def _call(form: RoundForm, found: Round | None = None) -> Call:
    given = {name: value for name, value in form.cleaned_data.items() if name != "kinds"}
    return Call(document=found.document if found else None, **given)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a round, or give more time."""
    found = find_round(request, pk)
    if may_run(person(request), found.host) is not None:
        raise PermissionDenied
    told = {name: getattr(found, name) for name in ("title", "year", "opens_on", "closes_on", "guidance")}
    form = RoundForm(request.POST or None, new=False, initial=told)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            acting.change(found, _call(form, found), by=person(request))
            say(request, _("The round was corrected."))
            return redirect(found.get_absolute_url())
    context = {"form": form, "round": found}
    return render(request, "needs/round_form.html", context, status=422 if form.is_bound else 200)


@require_GET
@filtered_by("show")
def round_board(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has answered, who is late; for a unit that is asked, its own answer."""
    return render(request, "needs/round.html", page_of(request, find_round(request, pk)))


def page_of(request: HttpRequest, found: Round) -> dict[str, Any]:
    """What the page of a round shows."""
    user = person(request)
    runs = may_run(user, found.host) is None
    rows = addressees_for(user, found)
    own = found.addressees.filter(unit__in=[part.unit_id for part in _parts(request)])
    show = request.GET["show"] if request.GET.get("show") in SHOWS else ""
    listed = _listed(rows, show, found, request.GET.get("q", ""))
    counts = rows.aggregate(
        asked=Count("pk"), answered=Count("pk", filter=Q(answered_at__isnull=False)),
        nothing=Count("pk", filter=~Q(nothing_because="")),
    )  # fmt: skip
    waiting = counts["asked"] - counts["answered"]
    return {
        "round": found, "page": paginate(request, listed), "counts": counts, "waiting": waiting, "runs": runs,
        "late": waiting if found.closes_on < today() and found.is_open else 0, "show": show,
        "own": own.select_related("unit", "case"), "needs": found.needs.exclude(state="draft").count(),
        "papers": File.objects.filter(dossier_kind="round", dossier_id=found.pk, removed_at=None).prefetch_related(
            "versions"
        ),
        "entries": timeline(found.dossier),
    }  # fmt: skip


def _parts(request: HttpRequest) -> list[Part]:
    return parts_where(person(request), WRITE)


def _listed(rows: "Addressees", show: str, found: Round, asked: str) -> "Addressees":
    rows = rows.select_related("unit", "round", "case").annotate(
        sent=Count("round__needs", filter=Q(round__needs__unit=F("unit")) & ~Q(round__needs__state="draft"))
    )
    for word in fold(asked).split():
        rows = rows.filter(unit__folded__contains=word)
    chosen = {
        "waiting": Q(answered_at=None), "late": Q(answered_at=None) | Q(answered_at__date__gt=found.closes_on),
        "answered": Q(answered_at__isnull=False, nothing_because=""), "nothing": ~Q(nothing_because=""),
    }.get(show, Q())  # fmt: skip
    return rows.filter(chosen).order_by(F("answered_at").desc(nulls_first=True), "unit__sort_name")


@require_GET
def round_excel(request: HttpRequest, pk: int) -> HttpResponse:
    """The board as a sheet."""
    found = find_round(request, pk)
    rows = _listed(addressees_for(person(request), found), "", found, "")
    columns: list[Column[RoundAddressee]] = [
        Column(_("Unit"), lambda row: row.unit.name),
        Column(_("Answered at"), lambda row: row.answered_at, "moment"),
        Column(_("Needs sent"), lambda row: getattr(row, "sent", 0), "number", total=True),
        Column(_("Nothing because"), lambda row: row.nothing_because),
        Column(_("Late"), lambda row: row.late),
        Column(_("Reminded on"), lambda row: row.reminded_on, "date"),
    ]
    return excel_response(workbook(found.title, columns, rows), "dot-thu-thap")


@require_POST
def round_act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Publish, remind, close, ask further units, leave one out, attach a paper."""
    found = find_round(request, pk)
    with refusal_told(request):
        told = VERBS[verb](request, found) if verb in VERBS else _("Nothing was done.")
        say(request, told)
    return redirect(found.get_absolute_url())


def _publish(request: HttpRequest, found: Round) -> str:
    acting.publish(found, by=person(request))
    count = found.addressees.count()
    sentence = ngettext("Published: %(n)d unit was asked.", "Published: %(n)d units were asked.", count)
    return sentence % {"n": count}


def _remind(request: HttpRequest, found: Round) -> str:
    picked = wholes(request.POST.getlist("pick"))
    rows = addressees_for(person(request), found).filter(answered_at=None)
    count = acting.remind(list(rows.filter(pk__in=picked) if picked else rows), by=person(request))
    return ngettext("%(n)d unit was reminded.", "%(n)d units were reminded.", count) % {"n": count}


def _close(request: HttpRequest, found: Round) -> str:
    acting.close(found, by=person(request))
    return _("The round is closed.")


def _ask_also(request: HttpRequest, found: Round) -> str:
    name = request.POST.get("unit", "").strip()
    unit = resolve_unit(name, today())
    if unit is None:
        near = "; ".join(hit.unit.name for hit in find_units(name, today(), 3))
        return _("No unit is called “%(name)s”. Near it: %(near)s") % {"name": name, "near": near or "—"}
    count = acting.ask_also(found, [unit], by=person(request))
    return _("%(unit)s is asked too.") % {"unit": unit} if count else _("%(unit)s is asked already.") % {"unit": unit}


def _leave_out(request: HttpRequest, found: Round) -> str:
    row = get_object_or_404(found.addressees.select_related("unit"), pk=key(request.POST.get("row")))
    acting.leave_out(row, by=person(request))
    return _("%(unit)s is not asked.") % {"unit": row.unit}


def _attach(request: HttpRequest, found: Round) -> str:
    require(may_run(person(request), found.host))
    for upload in request.FILES.getlist("files"):
        attach(upload, dossier=found.dossier, by=person(request))
    return _("Attached.")


VERBS = {
    "cong-bo": _publish, "nhac": _remind, "dong": _close, "them": _ask_also, "bo-ra": _leave_out, "tep": _attach,
}  # fmt: skip
