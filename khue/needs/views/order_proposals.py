"""The order proposals of units: the list, writing, choosing and ranking, Word and Excel."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.accounts.asking import person
from khue.accounts.scope import units_where
from khue.core.answering import refusal_in_json, refusal_on, refusal_told
from khue.core.asked import whole, wholes
from khue.core.pages import address, filtered_by, paginate
from khue.core.river import RiverItem
from khue.core.spreadsheet import Column as PlainColumn
from khue.core.spreadsheet import answer
from khue.core.toasts import say, warn
from khue.councils.papers import response as word_response
from khue.councils.papers import word
from khue.flow.answer_words import told
from khue.flow.answers import missing
from khue.flow.forms import ShelfForm
from khue.journal.timeline import timeline
from khue.needs.actions import order_proposals as actions
from khue.needs.forms.proposal import OrderStartForm
from khue.needs.models import OrderProposal, Proposal
from khue.needs.rules.order_proposals import choosable, lacks, may_edit, visible_to
from khue.needs.rules.proposal_forms import order_form_of
from khue.needs.rules.proposal_papers import ORDER_PAPER, day_of, order_context, row_words
from khue.needs.rules.proposals import WRITE, may_write
from khue.needs.views.proposal_writing import kept
from khue.office.excel import Column, response, workbook
from khue.office.vietnamese import in_vietnamese


def _find(request: HttpRequest, pk: int) -> OrderProposal:
    rows = visible_to(person(request)).select_related("unit", "process_version", "round", "submitted_by")
    return get_object_or_404(rows, pk=pk)


@require_GET
@filtered_by("year", "state")
def order_proposals(request: HttpRequest) -> HttpResponse:
    """The list, fifty a page; `excel=1` gives it as a file."""
    user = person(request)
    rows = visible_to(user).select_related("unit").prefetch_related("proposals")
    for name in ("year", "state"):
        value = request.GET.get(name, "")
        if value and (name == "state" or whole(value)):
            rows = rows.filter(**{name: value})
    if request.GET.get("excel"):
        state = str(dict(OrderProposal.State.choices).get(request.GET.get("state", ""), ""))
        told = {_("State"): state, _("Plan year"): request.GET.get("year", "")}
        return answer(_("Order proposals"), _list_sheet(), rows, told)
    context = {
        "page": paginate(request, rows),
        "excel": address(request, excel=1),
        "states": OrderProposal.State.choices,
        "may_write": bool(units_where(user, WRITE)),
    }
    return render(request, "needs/order_proposals.html", context)


def _list_sheet() -> list[PlainColumn]:
    return [
        PlainColumn(_("Number"), lambda one: one.code or _("draft")),
        PlainColumn(_("Proposed by"), lambda one: one.unit.name),
        PlainColumn(_("Plan year"), lambda one: str(one.year)),
        PlainColumn(_("Proposals"), lambda one: len(one.proposals.all()), "number"),
        PlainColumn(_("Sent on"), lambda one: one.submitted_at, "date"),
        PlainColumn(_("State"), lambda one: str(one.get_state_display())),
    ]


@require_http_methods(["GET", "POST"])
def order_new(request: HttpRequest) -> HttpResponse:
    """Begin one."""
    user = person(request)
    form = OrderStartForm(request.POST or None, units=units_where(user, WRITE))
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            made = actions.start_order(by=user, **form.cleaned_data)
            return redirect("needs:order-proposal-edit", made.pk)
    return render(request, "needs/order_proposal_new.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def order_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One order proposal: its letter, its missions in their order."""
    found, user = _find(request, pk), person(request)
    context = {
        "order": found,
        "answers": told(order_form_of(found), found.answers),
        "rows": found.proposals.select_related("unit").order_by("rank"),
        "lacks": lacks(found) if found.state == OrderProposal.State.DRAFT else [],
        "may_edit": may_edit(user, found) is None,
        "may_withdraw": found.state == OrderProposal.State.SUBMITTED and may_write(user, found.unit) is None,
        "papers": [found.process_version.definition.papers[name] for name in sorted(set(ORDER_PAPER.values()))],
        "entries": timeline(found.dossier),
        "river": _river(found),
    }
    return render(request, "needs/order_proposal.html", context)


def _river(found: OrderProposal) -> list[RiverItem]:
    items = [RiverItem(_("Round"), str(found.round), found.round.get_absolute_url())] if found.round else []
    return [*items, RiverItem(_("Order proposal"), found.code or str(found), current=True)]


@require_http_methods(["GET", "POST"])
def order_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the letter, choose and rank the proposals; sent from here too."""
    found, user = _find(request, pk), person(request)
    refusal = may_edit(user, found)
    if refusal is not None:
        warn(request, str(refusal))
        return redirect(found)
    form = ShelfForm(
        order_form_of(found), request.POST or None, answers=found.answers, draft="send" not in request.POST
    )
    if request.method == "POST" and _kept(request, found, form):
        return redirect(found)
    context = {"order": found, "form": form, "missing": missing(form.shelf, found.answers), "choices": _choices(found)}
    return render(request, "needs/order_proposal_edit.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, found: OrderProposal, form: ShelfForm) -> bool:
    """Keep what is right, and send it where that was asked; False when something is wrong."""
    user, right = person(request), form.is_valid()
    with refusal_on(form):
        actions.save_order(found, by=user, answers=form.answers, revision=whole(request.POST.get("version")))
        actions.choose(found, _ranked(request, found), by=user)
        if right and "send" in request.POST:
            actions.send_order(found, by=user)
            say(request, _("Sent. Its number is %(code)s.") % {"code": found.code})
        elif right:
            say(request, _("Draft kept."))
    return right and not form.errors


def _ranked(request: HttpRequest, found: OrderProposal) -> list[Proposal]:
    """The proposals that were ticked, by the numbers typed beside them; without a number they come last."""
    picked = set(wholes(request.POST.getlist("pick")))
    rows = [one for one in choosable(found) if one.pk in picked]

    def place(one: Proposal) -> tuple[int, int]:
        given = whole(request.POST.get(f"rank-{one.pk}"))
        return (10_000 if given is None else given, one.pk)

    return sorted(rows, key=place)


def _choices(found: OrderProposal) -> list[dict[str, Any]]:
    return [{"row": one, "chosen": one.order_proposal_id == found.pk} for one in choosable(found)]


@require_POST
@refusal_in_json
def order_keep(request: HttpRequest, pk: int) -> JsonResponse:
    """Keep the letter as it stands while one types."""
    found = _find(request, pk)
    form = ShelfForm(order_form_of(found), request.POST, draft=True)
    form.is_valid()
    actions.save_order(found, by=person(request), answers=form.answers, revision=whole(request.POST.get("version")))
    return JsonResponse(kept(form, found.revision, found.answers))


@require_POST
def order_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back."""
    found = _find(request, pk)
    form = forms.Form(request.POST)
    with refusal_told(request):
        form.is_valid()
        actions.withdraw_order(found, by=person(request), reason=request.POST.get("comment", ""))
        say(request, _("The order proposal was withdrawn."))
    return redirect(found)


@require_GET
@in_vietnamese()
def order_word(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """The letter or the summary list as Word."""
    found = _find(request, pk)
    if name not in ORDER_PAPER.values():
        raise Http404
    words, sent = order_context(found, name), day_of(found.submitted_at)
    data = word(found.process_version, name, words, host=found.unit, issued_on=sent)
    return word_response(data, f"{name} {found.code or found.pk}")


@require_GET
def order_excel(request: HttpRequest, pk: int) -> HttpResponse:
    """The summary list as a sheet."""
    found = _find(request, pk)
    chosen = found.proposals.select_related("unit").order_by("rank")
    rows = [row_words(number, one) for number, one in enumerate(chosen, 1)]
    labels = {
        "number": _("No."), "title": _("Name of the mission"), "type": _("Type of mission"),
        "objective": _("Objective"), "products": _("Expected products"), "use": _("Who will use it"),
    }  # fmt: skip
    columns = [Column[dict[str, Any]](label, lambda row, key=key: row[key]) for key, label in labels.items()]  # type: ignore[misc]
    return response(workbook(_("Order proposal"), columns, rows), f"dat-hang-{found.code or found.pk}")
