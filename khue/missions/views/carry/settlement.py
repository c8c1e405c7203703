"""The end of a mission on one page: what was bought and what becomes of it, the sums, the settlement."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.core.answering import Problem
from khue.core.asked import whole, wholes
from khue.core.days import DayField
from khue.core.river import RiverItem
from khue.core.toasts import say
from khue.flow.shelf.words import words
from khue.missions.actions.carry import assets as assets_work
from khue.missions.actions.carry import settling
from khue.missions.forms.settling import AssetForm, CloseFailedForm, DecideForm, SettleForm
from khue.missions.models import Asset, Mission
from khue.missions.rules.accept.need_uses import GIVEN
from khue.missions.rules.accept.ownership import may_open as may_ask
from khue.missions.rules.accept.ownership import owner_by_law
from khue.missions.rules.carry.assets import may_decide, may_list
from khue.missions.rules.carry.carrying import case_of, may_see_inside, may_step
from khue.missions.rules.carry.papers import offered as offered_papers
from khue.missions.rules.carry.settling import checks, refunds_a_failure, sums
from khue.missions.rules.river import river
from khue.missions.views.carry.book import find_mission

TEMPLATE = "missions/carry/settlement.html"
PAPERS = ("asset-inventory", "asset-decision", "settlement-report", "liquidation", "ownership")


def _found(request: HttpRequest, number: int) -> Mission:
    """A mission that is carried out here, for those in it; 404 otherwise."""
    mission = find_mission(request, number)
    if mission.case is None or not may_see_inside(person(request), mission):
        raise Http404
    return mission


@require_GET
def settlement(request: HttpRequest, number: int) -> HttpResponse:
    """The page."""
    return _show(request, _found(request, number))


def _show(request: HttpRequest, mission: Mission, problem: str = "", **forms_sent: forms.Form) -> HttpResponse:
    page = _page(mission, person(request), forms_sent) | {"problem": problem}
    return render(request, TEMPLATE, page, status=422 if problem or forms_sent else 200)


def _page(mission: Mission, user: User, sent: dict[str, forms.Form]) -> dict[str, Any]:
    rows = list(mission.assets.select_related("receiver"))
    lists, decides = may_list(user, mission) is None, may_decide(user, mission) is None
    failed = mission.rating == Mission.Rating.FAILED
    ends = may_step(user, mission, "close-failed" if failed else "settle") is None
    found = checks(mission)
    return {
        "mission": mission,
        "case": case_of(mission),
        "river": [
            *river(user, order=mission.order, mission=mission, here=None),
            RiverItem(_("Assets and settlement"), mission.code or mission.title, current=True),
        ],
        "assets": [_told(row, sent, may_correct=lists and row.decided_on is None) for row in rows],
        "sums": sums(mission),
        "refunds": mission.refunds.all(),
        "checks": found,
        "ready": not any(one.refusal for one in found),
        "lists": lists,
        "decides": decides and any(row.decided_on is None for row in rows),
        "conditions": [(name, str(word)) for name, word in words("asset-conditions").items()],
        "day": DayField(label=_("Day of the inventory")),
        "asset_form": sent.get("asset") or AssetForm(),
        "decide_form": sent.get("decide") or DecideForm(),
        "end_form": sent.get("end") or ((CloseFailedForm if failed else SettleForm)(mission=mission) if ends else None),
        "failed": failed,
        "no_refund": failed and not refunds_a_failure(mission),
        "by_law": owner_by_law(mission) if mission.state in GIVEN else "",
        "ownerships": mission.ownerships.select_related("applicant", "case__process_version"),
        "may_ask": may_ask(user, mission) is None,
        "papers": [one for one in offered_papers(mission) if one.name in PAPERS],
    }  # fmt: skip


def _told(row: Asset, sent: dict[str, forms.Form], *, may_correct: bool) -> dict[str, Any]:
    kinds = words("asset-handlings")
    return {
        "row": row,
        "counted_as": f"condition-{row.pk}",
        "condition": words("asset-conditions").get(row.condition),
        "wish": kinds.get(row.wish),
        "disposal": kinds.get(row.disposal),
        "form": (sent.get(f"asset-{row.pk}") or AssetForm(asset=row)) if may_correct else None,
    }


def _answer(request: HttpRequest, mission: Mission, write: Callable[[], str], **sent: forms.Form) -> HttpResponse:
    """Write, or show the page again with the form that was refused and why."""
    problem = Problem()
    with problem:
        say(request, write())
        return redirect("missions:settlement", mission.pk)
    for form in sent.values():
        form.add_error(None, problem.sentence)
    return _show(request, _found(request, mission.pk), "" if sent else problem.sentence, **sent)


@require_POST
def asset_keep(request: HttpRequest, number: int) -> HttpResponse:
    """Put something on the list, correct it, or with `drop` take it off."""
    mission, user = _found(request, number), person(request)
    pk = whole(request.POST.get("asset"))
    asset = get_object_or_404(Asset, mission=mission, pk=pk) if pk is not None else None
    if asset is not None and "drop" in request.POST:
        return _answer(request, mission, lambda: _drop(asset, request.POST.get("reason", ""), user))
    form, named = AssetForm(request.POST, asset=asset), f"asset-{asset.pk}" if asset else "asset"
    if not form.is_valid():
        faults = "; ".join(f"{form[name].label}: {errors[0]}" for name, errors in form.errors.items())
        return _show(request, mission, faults, **{named: form})

    def write() -> str:
        assets_work.keep_asset(mission, by=user, asset=asset, **form.cleaned_data)
        return _("The list of assets was saved.")

    return _answer(request, mission, write, **{named: form})


def _drop(asset: Asset, reason: str, user: User) -> str:
    assets_work.drop_asset(asset, reason=reason, by=user)
    return _("It was taken off the list.")


@require_POST
def assets_count(request: HttpRequest, number: int) -> HttpResponse:
    """Keep what the inventory found."""
    mission, user = _found(request, number), person(request)
    found = {row.pk: str(request.POST.get(f"condition-{row.pk}", "")) for row in mission.assets.all()}
    try:
        day = DayField().clean(request.POST.get("counted_on", ""))
    except forms.ValidationError:
        return _show(request, mission, _("Write the day of the inventory."))

    def write() -> str:
        assets_work.count_assets(mission, found, counted_on=day, by=user)
        return _("The inventory was saved.")

    return _answer(request, mission, write)


@require_POST
def assets_decide(request: HttpRequest, number: int) -> HttpResponse:
    """Enter the decision on the assets that were picked."""
    mission, user = _found(request, number), person(request)
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _show(request, mission, decide=form)
    picked = wholes(request.POST.getlist("pick"))

    def write() -> str:
        assets_work.decide_assets(mission, picked, by=user, **form.cleaned_data)
        return _("The decision was entered.")

    return _answer(request, mission, write, decide=form)


@require_POST
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """Settle the contract, or close what was not accepted."""
    mission, user = _found(request, number), person(request)
    failed = mission.rating == Mission.Rating.FAILED
    form: forms.Form = (CloseFailedForm if failed else SettleForm)(request.POST, mission=mission)
    if not form.is_valid():
        return _show(request, mission, end=form)

    def write() -> str:
        if failed:
            settling.close_failed(mission, by=user, **form.cleaned_data)
            return _("The mission was closed; what is to be paid back is followed here.")
        settling.settle(mission, by=user, **form.cleaned_data)
        return _("The contract was settled.")

    return _answer(request, mission, write, end=form)
