"""The page of one ordered mission, and what is done to it."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.accounts.scope import reaches_all
from khue.core.answering import Problem, refusal_on
from khue.core.river import RiverItem
from khue.core.toasts import say, warn
from khue.flow.shelf.words import words
from khue.missions.actions.order import orders as actions
from khue.missions.forms.orders import OrderForm
from khue.missions.models import Order
from khue.missions.rules.order import orders as rules
from khue.missions.rules.river import river
from khue.missions.views.order.order_list import answer
from khue.needs.rules.proposals import visible_to as visible_proposals


def find_order(request: HttpRequest, pk: int) -> Order:
    """An order that the person may see; 404 otherwise."""
    rows = rules.orders_for(person(request)).select_related("list__host", "orderer", "proposal__directive__document")
    return get_object_or_404(rows, pk=pk)


@require_GET
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """One ordered mission: its four elements, where it comes from, what came of it."""
    return _show(request, find_order(request, pk))


def _show(request: HttpRequest, found: Order, problem: str = "") -> HttpResponse:
    user = person(request)
    context = {
        "problem": problem,
        "order": found,
        "type": words("types").get(found.type),
        "field": words("fields").get(found.field),
        "ground": rules.grounds().get(found.ground),
        "river": _river(request, found),
        "may_change": rules.may_change(user, found.list) is None,
        "may_cancel": rules.may_cancel(user, found) is None,
        "may_call": rules.may_manage(user) is None
        and found.list.state != "draft"
        and found.state in ("listed", "failed"),
        "sees_proposal": _sees_proposal(user, found),
    }
    return render(request, "missions/order/order.html", context, status=422 if problem else 200)


def _sees_proposal(user: User, found: Order) -> bool:
    proposal = found.proposal
    return proposal is not None and visible_proposals(user).filter(pk=proposal.pk).exists()


def _river(request: HttpRequest, found: Order) -> list[RiverItem]:
    """What is behind it, the selection while nobody has won yet, the mission that came of it."""
    user, mission = person(request), getattr(found, "mission", None)
    items = river(user, order=found, mission=mission, here=found)
    selection = found.selections.order_by("-pk").first() if mission is None else None
    if selection is not None:
        address = selection.get_absolute_url() if reaches_all(user, *rules.INSIDE) else ""
        items.append(RiverItem(_("Selection"), found.name, address))
    return items


@require_http_methods(["GET", "POST"])
def order_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Word an item of a list in preparation."""
    found, user = find_order(request, pk), person(request)
    refusal = rules.may_change(user, found.list)
    if refusal is not None:
        warn(request, str(refusal))
        return redirect(found)
    form = OrderForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.edit_order(Order(pk=found.pk), by=user, **form.cleaned_data)
            say(request, _("Kept."))
            return redirect(found.list)
    context = {"form": form, "order": found, "river": _river(request, found)}
    return render(request, "missions/order/order_edit.html", context, status=422 if form.errors else 200)


@require_POST
def order_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it off a list in preparation."""
    found = find_order(request, pk)

    def write() -> str:
        actions.drop_order(found, by=person(request))
        return _("Taken off the list; its proposal waits for another one.")

    return answer(request, found.list, "drop", forms.Form(request.POST), write)


@require_POST
def order_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it out of an approved list, with a reason."""
    found = find_order(request, pk)
    with (problem := Problem()):
        actions.cancel_order(found, reason=request.POST.get("reason", ""), by=person(request))
        say(request, _("Taken out; the reason stands beside it."))
        return redirect(found.list)
    return _show(request, find_order(request, pk), str(problem))
