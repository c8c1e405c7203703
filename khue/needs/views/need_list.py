"""The list of needs, as a page and as a sheet, and what is done with several at once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.accounts.scope import for_department
from khue.core.answering import nothing_done
from khue.core.asked import wholes
from khue.core.pages import filtered_by, paginate_numbered
from khue.core.returning import way_back
from khue.core.toasts import say, warn
from khue.directory.maps import commune_choices
from khue.flow.shelf.words import label_in, words
from khue.needs.actions import intake
from khue.needs.actions.proposing import propose
from khue.needs.forms.need import BulkForm
from khue.needs.models import Need
from khue.needs.rules.choosing import (
    NAMES,
    chosen,
    dressed,
    found_by_filters,
    name_places,
    read_filters,
    saved_views,
    state_labels,
)
from khue.needs.rules.needs import may_write, visible_to
from khue.needs.rules.rounds import choices as round_choices
from khue.needs.rules.scope import SEE, TRIAGE
from khue.needs.rules.triage import days_waiting
from khue.office.excel import Column, workbook
from khue.office.excel import response as excel_response

VERBS = ("decline", "merge", "propose")


@require_GET
@filtered_by(*NAMES)
def needs(request: HttpRequest) -> HttpResponse:
    """Needs with filters in the address bar, fifty a page."""
    user = person(request)
    found = read_filters(user, request.GET)
    page = paginate_numbered(request, found_by_filters(user, found), dressed(Need.objects.all()))
    name_places(page.object_list)
    for need in page.object_list:
        need.waited = days_waiting(need)  # type: ignore[attr-defined]
    context = {
        "page": page, "filters": found, "views": saved_views(user), "states": state_labels().items(),
        "urgencies": Need.Urgency.choices, "fields": words("fields").items(), "communes": commune_choices(),
        "rounds": round_choices(user), "may_write": may_write(user) is None,
        "may_triage": for_department(user, TRIAGE), "of_department": for_department(user, SEE),
    }  # fmt: skip
    return render(request, "needs/need_list.html", context)


@require_GET
def needs_excel(request: HttpRequest) -> HttpResponse:
    """The same list as a sheet."""
    user = person(request)
    found = read_filters(user, request.GET)
    rows = chosen(user, found).prefetch_related("answers")
    return excel_response(workbook(_("Needs"), columns(), rows, filters=found.told()), "nhu-cau")


def columns() -> list[Column[Need]]:
    """The columns of the sheet."""
    return [
        Column(_("Code"), lambda one: one.code),
        Column(_("Title"), lambda one: one.title),
        Column(_("Problem"), lambda one: one.problem),
        Column(_("Where"), lambda one: ", ".join(str(place) for place in one.places.all())),
        Column(_("Whom it hurts"), lambda one: one.affected),
        Column(_("Urgency"), lambda one: str(one.get_urgency_display())),
        Column(_("People's living"), lambda one: one.livelihood),
        Column(_("What was tried"), lambda one: one.tried),
        Column(_("What is hoped for"), lambda one: one.hoped),
        Column(_("Field of science"), lambda one: label_in("fields", one.field)),
        Column(_("Unit"), lambda one: one.unit.name if one.unit else ""),
        Column(_("Author"), lambda one: one.author_name),
        Column(_("Contact"), lambda one: one.contact),
        Column(_("Round"), lambda one: one.round.title if one.round else ""),
        Column(_("State"), lambda one: str(one.get_state_display())),
        Column(_("Sent at"), lambda one: one.submitted_at, "moment"),
        Column(_("Working days waited"), days_waiting, "number"),
        Column(_("Closed on"), lambda one: one.closed_on, "date"),
        Column(_("Answer"), lambda one: "\n".join(str(answer) for answer in one.answers.all())),
    ]


@require_POST
def needs_bulk(request: HttpRequest) -> HttpResponse:
    """Do one thing to the needs that were picked: first the page that names them, then, with reasons, all or none."""
    user = person(request)
    picked = _picked(user, request)
    verb = request.POST.get("do", "")
    if not picked:
        warn(request, _("Pick at least one row first."))
        return _back(request)
    if verb == "take-up":
        return _do(request, picked, verb, reasons="")
    if verb not in VERBS or (verb == "merge" and len(picked) < 2):
        warn(request, _("Pick at least two needs to merge."))
        return _back(request)
    form = BulkForm(request.POST if "confirmed" in request.POST else None)
    if form.is_valid():
        return _do(request, picked, verb, form.cleaned_data["reasons"])
    back = request.POST.get("back", "")
    context = {"needs": picked, "verb": verb, "form": form, "back": back, "into": _into(request, picked)}
    return render(request, "needs/bulk.html", context, status=422 if form.is_bound else 200)


def _picked(user: User, request: HttpRequest) -> list[Need]:
    picked = wholes(request.POST.getlist("pick"))
    return list(visible_to(user).filter(pk__in=picked).select_related("unit").order_by("pk"))


def _into(request: HttpRequest, picked: list[Need]) -> Need:
    """The need into which the others go: the chosen one, else the oldest."""
    return next((need for need in picked if str(need.pk) == request.POST.get("into")), picked[0])


def _do(request: HttpRequest, picked: list[Need], verb: str, reasons: str) -> HttpResponse:
    user = person(request)
    with nothing_done(request):
        if verb == "take-up":
            done = intake.take_up_many(picked, by=user)
        elif verb == "merge":
            done = intake.merge_many(picked, _into(request, picked), reasons, by=user)
        elif verb == "propose":
            return redirect(propose(picked, reasons, by=user).get_absolute_url())
        else:
            done = intake.answer_many(picked, "declined", reasons, by=user)
        say(request, ngettext("Done for %(n)d need.", "Done for %(n)d needs.", len(done)) % {"n": len(done)})
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """To the list or the board as it was filtered."""
    return redirect(way_back(request, "needs:needs"))
