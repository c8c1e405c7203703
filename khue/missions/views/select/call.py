"""Calls: the list that everybody reads, the page of one, and what the department does with it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.core.answering import refusal_on, refusal_told
from khue.core.asked import wholes
from khue.core.clock import now, today
from khue.core.pages import View, address, filtered_by, paginate
from khue.core.spreadsheet import Column, answer
from khue.core.toasts import say
from khue.directory.models import Unit
from khue.flow.actions.opening import version_on
from khue.flow.models import ProcessVersion
from khue.flow.shelf.values import PaperForm, Process, ScoreSheet
from khue.flow.shelf.words import words
from khue.journal.timeline import timeline
from khue.missions.actions.select import calls as acts
from khue.missions.forms.select_filters import CallFilters
from khue.missions.forms.selecting import CLOSES, CallForm, ClosingForm, InviteForm, OpeningForm, ReasonForm
from khue.missions.models import Application, Call, Order, Selection
from khue.missions.rules.select.applications import own
from khue.missions.rules.select.calls import earliest_close, keeps_any, may_keep, open_orders, visible_to
from khue.missions.rules.select.parts import own_units
from khue.missions.rules.select.plan_forms import outline_name

MOST_DRAFTS = 20


@require_GET
@filtered_by("state")
def calls(request: HttpRequest) -> HttpResponse:
    """Calls, the open ones first; `excel=1` gives the same list as a file."""
    user, filters = person(request), CallFilters(request.GET)
    rows = filters.narrow(visible_to(user)).select_related("host").prefetch_related("selections")
    rows = rows.order_by("-closes_at", "-pk")
    if request.GET.get("excel"):
        return answer(_("Calls for applications"), _sheet(), rows, {_("Words"): request.GET.get("q", "")})
    context = {
        "page": paginate(request, rows),
        "excel": address(request, excel=1),
        "filters": list(filters),
        "views": [View(_("All"), "q="), View(_("Open now"), "state=open")],
        "may_call": keeps_any(user),
        "tab": "calls",
        "writing": _writing(user),
    }
    return render(request, "missions/select/calls.html", context)


def _sheet() -> list[Column]:
    return [
        Column(_("Title"), lambda one: one.title),
        Column(_("Number and sign"), lambda one: one.sign),
        Column(_("Missions"), lambda one: len(one.selections.all()), "number"),
        Column(_("State"), lambda one: str(one.get_state_display())),
        Column(_("Closes at"), lambda one: one.closes_at, "moment"),
        Column(_("Department"), lambda one: one.host.name),
    ]


def _writing(user: User) -> list[Application]:
    """Applications that the person's organisation has begun and can still hand in, those that close first first."""
    rows = Application.objects.filter(own(user), state=Application.State.DRAFT, selection__closes_at__gt=now())
    return list(rows.select_related("plan", "selection").order_by("selection__closes_at", "pk")[:MOST_DRAFTS])


def find_call(request: HttpRequest, pk: int) -> Call:
    """A call that the person may see; 404 otherwise."""
    return get_object_or_404(visible_to(person(request)).select_related("host", "repeats", "document"), pk=pk)


@require_GET
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """One call: what is looked for, by what criteria and forms, until when; how to apply."""
    return render(request, "missions/select/call.html", page_of(find_call(request, pk), person(request)))


def page_of(found: Call, user: User, **forms: Any) -> dict[str, Any]:
    """What the page shows; `forms` replaces a form by one with errors."""
    rows = list(found.selections.select_related("order__orderer", "case__process_version").order_by("order__number"))
    definition = _definition(rows)
    mine = {one.selection_id: one for one in Application.objects.filter(own(user), selection__call=found)}
    keeps = may_keep(user, found.host) is None
    lines = [_line(one, mine.get(one.pk)) for one in rows]
    failed = any(one.order.state == Order.State.FAILED and one.case and one.case.step == "failed" for one in rows)
    return {
        "call": found,
        "lines": lines,
        "sheets": _sheets(rows, definition),
        "forms": _forms(rows, definition),
        "past": now() > found.closes_at,
        "applicants": list(Unit.objects.filter(pk__in=own_units(user) - {found.host_id}).order_by("sort_name")),
        "keeps": keeps,
        "may_repeat": keeps and failed and not found.repeated_by.exists(),
        "entries": timeline(found.dossier) if keeps else [],
        "cancel_form": forms.get("cancel") or ReasonForm(prefix="cancel"),
        "repeat_form": forms.get("repeat") or ClosingForm(prefix="repeat", initial=_usual_close()),
        "opening_form": forms.get("opening") or OpeningForm(prefix="opening"),
        "open_rule": definition.provisions["call-open"] if definition else None,
    }


def _definition(rows: list[Selection]) -> Process | None:
    return rows[0].case.definition if rows and rows[0].case else None


def _line(selection: Selection, mine: Application | None) -> dict[str, Any]:
    word = words("types").get(selection.order.type)
    return {
        "selection": selection, "order": selection.order, "type": word, "mine": mine,
        "step": selection.case.step_now.staff if selection.case else "",
    }  # fmt: skip


def _sheets(rows: list[Selection], definition: Process | None) -> list[ScoreSheet]:
    """The scoring sheets of the types that are called for, each once."""
    found: dict[str, ScoreSheet] = {}
    for one in rows if definition else []:
        assert definition is not None  # noqa: S101 - the loop is empty without it
        sheet = definition.sheet_for(one.order.type)
        found[sheet.name] = sheet
    return list(found.values())


def _forms(rows: list[Selection], definition: Process | None) -> list[PaperForm]:
    """What an application consists of: the papers of the version, with the outline of each type that is called for."""
    outlines = [outline_name(one.order.type) for one in rows if one.order.type in words("types")]
    names = ["application", *dict.fromkeys(outlines), "host-profile", "cv", "partner-consent"]
    return [definition.papers[name] for name in names if name in definition.papers] if definition else []


def _usual_close() -> dict[str, Any]:
    version: ProcessVersion = version_on(acts.PROCESS, today())
    return {"closes_on": earliest_close(version.definition, today()) + timedelta(days=1), "closes_time": CLOSES}


@require_http_methods(["GET", "POST"])
def new_call(request: HttpRequest) -> HttpResponse:
    """Prepare a call for orders of approved lists."""
    user = person(request)
    if not keeps_any(user):
        raise PermissionDenied
    orders = open_orders(user).exclude(way="direct")
    picked = wholes(request.GET.getlist("order"))
    title = _("Selection of lead organisations, %(year)s") % {"year": today().year}
    form = CallForm(
        request.POST or None, orders=orders, initial={"orders": picked, "title": title, **_usual_close()}
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            made = acts.draft_call(
                list(form.cleaned_data["orders"]), title=form.cleaned_data["title"], closes_at=form.closes_at,
                text=form.cleaned_data["text"], sign=form.cleaned_data["sign"], by=user,
            )  # fmt: skip
            say(request, _("Saved. Read it through, then publish it."))
            return redirect(made)
    return render(request, "missions/select/call_form.html", {"form": form, "none": not orders.exists()})


@require_http_methods(["GET", "POST"])
def edit_call(request: HttpRequest, pk: int) -> HttpResponse:
    """Write on in a call that is not published."""
    user, found = person(request), find_call(request, pk)
    if may_keep(user, found.host):
        raise PermissionDenied
    closes = timezone.localtime(found.closes_at)
    initial = {
        "title": found.title, "text": found.text, "sign": found.sign, "closes_on": closes.date(),
        "closes_time": closes.time(),
    }  # fmt: skip
    form = CallForm(request.POST or None, orders=None, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("title", "text", "sign")}
        with refusal_on(form):
            acts.change_call(found, closes_at=form.closes_at, by=user, **told)
            say(request, _("Saved."))
            return redirect(found)
    return render(request, "missions/select/call_form.html", {"form": form, "call": found})


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish, cancel or repeat a call."""
    user, found = person(request), find_call(request, pk)
    verbs: dict[str, Callable[[HttpRequest, Call, User], HttpResponse]] = {
        "publish": _publish, "cancel": _cancel, "repeat": _repeat
    }  # fmt: skip
    with refusal_told(request):
        return verbs.get(request.POST.get("do", ""), _nothing)(request, found, user)
    return redirect(found)


def _nothing(_request: HttpRequest, found: Call, _user: User) -> HttpResponse:
    return redirect(found)


def _publish(request: HttpRequest, found: Call, user: User) -> HttpResponse:
    acts.publish(found, by=user)
    say(request, _("Published. Organisations were told; applications are sealed until you open them."))
    return redirect(found)


def _cancel(request: HttpRequest, found: Call, user: User) -> HttpResponse:
    form = ReasonForm(request.POST, prefix="cancel")
    if not form.is_valid():
        return render(request, "missions/select/call.html", page_of(found, user, cancel=form))
    acts.cancel_call(found, by=user, reason=form.cleaned_data["reason"])
    say(request, _("Cancelled."))
    return redirect(found)


def _repeat(request: HttpRequest, found: Call, user: User) -> HttpResponse:
    form = ClosingForm(request.POST, prefix="repeat")
    if not form.is_valid():
        return render(request, "missions/select/call.html", page_of(found, user, repeat=form))
    made = acts.repeat(found, closes_at=form.closes_at, by=user)
    say(request, _("The next call is prepared. Read it through, then publish it."))
    return redirect(made)


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask one organisation for a file: direct assignment of an order."""
    user = person(request)
    order = get_object_or_404(open_orders(user), pk=pk)
    later = timezone.localtime(now()) + timedelta(days=30)
    initial = {"closes_on": later.date(), "closes_time": CLOSES, "ground": order.ground}
    form = InviteForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            made = acts.invite_directly(
                order, form.cleaned_data["unit"], closes_at=form.closes_at, ground=form.cleaned_data["ground"], by=user
            )
            say(request, _("Invited. The organisation was told."))
            return redirect(made)
    return render(request, "missions/select/invite.html", {"form": form, "order": order})
