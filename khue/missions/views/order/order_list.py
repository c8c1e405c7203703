"""Order lists: all of them, and the page of one with what is done to it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.accounts.scope import reaches_all
from khue.core.answering import refusal_on, written
from khue.core.asked import whole, wholes
from khue.core.pages import View, address, filtered_by, paginate
from khue.councils.papers import response as word_response
from khue.councils.papers import word
from khue.flow.shelf.law import cite
from khue.flow.shelf.words import label_in, words
from khue.journal.timeline import timeline
from khue.missions.actions.order import orders as actions
from khue.missions.forms.orders import DecisionForm, ListForm
from khue.missions.models import Order, OrderList
from khue.missions.rules.order import orders as rules
from khue.missions.rules.order.records import list_words, order_words, orderers, publish_by
from khue.needs.models import Proposal
from khue.office.excel import Column, response, workbook
from khue.office.vietnamese import in_vietnamese


def find_list(request: HttpRequest, pk: int) -> OrderList:
    """A list that the person may see; 404 otherwise."""
    rows = rules.visible_to(person(request)).select_related("host", "supplements", "process_version")
    return get_object_or_404(rows, pk=pk)


@require_GET
@filtered_by("year", "state")
def order_lists(request: HttpRequest) -> HttpResponse:
    """The lists, the newest year first; `excel=1` gives the same as a file."""
    user = person(request)
    rows = rules.visible_to(user).annotate(count=Count("orders")).order_by("-year", "-pk")
    year, state = request.GET.get("year", ""), request.GET.get("state", "")
    rows = rows.filter(year=planned) if (planned := whole(year)) else rows
    rows = rows.filter(state=state) if state else rows
    if request.GET.get("excel"):
        told = {_("Plan year"): year, _("State"): str(dict(OrderList.State.choices).get(state, ""))}
        return response(
            workbook(_("Order lists"), _lists_sheet(), rows, filters={k: v for k, v in told.items() if v}), "danh-muc"
        )
    manages = rules.may_manage(user) is None
    views = [View(_("All"), ""), View(_("Published"), "state=published")]
    context = {
        "page": paginate(request, rows),
        "views": [*views, View(_("Being prepared"), "state=draft")] if reaches_all(user, *rules.INSIDE) else views,
        "manages": manages,
        "excel": address(request, excel=1),
        "waiting": rules.gatherable(user).count() if manages else 0,
    }
    return render(request, "missions/order/order_lists.html", context)


def _lists_sheet() -> list[Column[Any]]:
    return [
        Column(_("List"), lambda one: one.title),
        Column(_("Plan year"), lambda one: str(one.year)),
        Column(_("Missions"), lambda one: one.count, "number"),
        Column(_("Decision"), lambda one: one.decision_sign),
        Column(_("Decided on"), lambda one: one.decided_on, "date"),
        Column(_("State"), lambda one: str(one.get_state_display())),
    ]


@require_http_methods(["GET", "POST"])
def list_new(request: HttpRequest) -> HttpResponse:
    """Begin a list."""
    form = ListForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            made = actions.start_list(by=person(request), **form.cleaned_data)
            return redirect(made)
    return render(request, "missions/order/order_list_new.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def order_list(request: HttpRequest, pk: int) -> HttpResponse:
    """One list: its missions, its decision, what can be done next."""
    return render(request, "missions/order/order_list.html", page_of(find_list(request, pk), person(request)))


def page_of(found: OrderList, user: User, **forms_: Any) -> dict[str, Any]:
    """What the page shows; `forms_` replaces a form by one with errors."""
    rows = rules.orders_for(user).filter(list=found).select_related("orderer", "proposal__unit").order_by("number")
    changing = rules.may_change(user, found) is None
    due = publish_by(found) if found.state == OrderList.State.APPROVED else None
    types, grounds = words("types"), rules.grounds()
    return {
        "orders": found,
        "rows": [(row, types.get(row.type), grounds.get(row.ground)) for row in rows],
        "may_change": changing,
        "gatherable": rules.gatherable(user) if changing else [],
        "approving": rules.may_approve(user, found) if found.state == OrderList.State.DRAFT else None,
        "may_publish": rules.may_publish(user, found) is None,
        "publish_due": due[0] if due else None,
        "publish_basis": cite(due[1].basis) if due else "",
        "inside": reaches_all(user, *rules.INSIDE),
        "added": found.supplemented_by.filter(pk__in=rules.visible_to(user)),
        "decision_form": forms_.get("decision") or DecisionForm(initial={"ground": found.ground}),
        "entries": timeline(found.dossier) if reaches_all(user, *rules.INSIDE) else [],
        **forms_,
    }


def answer(
    request: HttpRequest, found: OrderList, name: str, form: forms.Form, write: Callable[[], str]
) -> HttpResponse:
    """Write when the form is valid; otherwise, or when it is refused, the page again with nothing lost."""
    if written(request, form, write):
        return redirect(found)
    context = page_of(find_list(request, found.pk), person(request), **{name: form, "opened": name})
    return render(request, "missions/order/order_list.html", context, status=422)


@require_POST
def list_gather(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the picked proposals on the list."""
    found, user = find_list(request, pk), person(request)
    picked = wholes(request.POST.getlist("pick"))
    chosen = list(Proposal.objects.filter(pk__in=picked))

    def write() -> str:
        made = actions.gather(found, chosen, by=user)
        return _("%(count)s missions were put on the list.") % {"count": len(made)}

    return answer(request, found, "gather", forms.Form(request.POST), write)


@require_POST
def list_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the decision."""
    found = find_list(request, pk)
    form = DecisionForm(request.POST)

    def write() -> str:
        actions.approve(found, by=person(request), **form.cleaned_data)
        return _("The list is approved; those who proposed its missions were told.")

    return answer(request, found, "decision", form, write)


@require_POST
def list_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish it."""
    found = find_list(request, pk)

    def write() -> str:
        actions.publish(found, by=person(request))
        return _("The list is published.")

    return answer(request, found, "publish", forms.Form(request.POST), write)


@require_GET
@in_vietnamese()
def list_word(request: HttpRequest, pk: int) -> HttpResponse:
    """The decision with its list as Word: before it is signed as the draft of it."""
    found = find_list(request, pk)
    subject = _("approving the list of science and technology missions to order in %(year)s") % {"year": found.year}
    data = word(
        rules.version_of(found), "order-list", list_words(found), host=found.host, subject=subject,
        signed=found.decision_sign, issued_on=found.decided_on, recipients=orderers(found),
    )  # fmt: skip
    return word_response(data, f"danh-muc-{found.year} {found.decision_sign}")


@require_GET
def list_excel(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as a sheet."""
    found = find_list(request, pk)
    rows = rules.orders_for(person(request)).filter(list=found).select_related("orderer").order_by("number")
    columns = [
        Column[Order](_("No."), lambda row: row.number, "number"),
        Column[Order](_("Name of the mission"), lambda row: row.name),
        Column[Order](_("Type of mission"), lambda row: label_in("types", row.type)),
        Column[Order](_("Objective"), lambda row: row.objective),
        Column[Order](_("Requirements on the results"), lambda row: row.products),
        Column[Order](_("Way of assignment"), lambda row: order_words(row)["way"]),
        Column[Order](_("Ordered by"), lambda row: row.orderer.name if row.orderer else ""),
        Column[Order](_("State"), lambda row: row.get_state_display()),
        Column[Order](_("Taken out because"), lambda row: row.cancelled_because),
    ]
    return response(workbook(str(found), columns, rows), f"danh-muc-{found.year}-{found.pk}")
