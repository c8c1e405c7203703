"""The page of one progress report: written by the lead organisation, answered by the department."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from khue.accounts.asking import person
from khue.core.answering import Problem
from khue.core.asked import whole
from khue.core.money import dong, read_dong
from khue.core.refusals import Refusal, Refused
from khue.core.toasts import say
from khue.flow.answers import MOST_NUMBER
from khue.flow.shelf.words import words
from khue.missions.actions.carry import reporting
from khue.missions.models import PlanProduct, ProductProgress, ProgressReport, Source, StageProgress
from khue.missions.rules.accept.words import plain
from khue.missions.rules.carry.carrying import may_step, may_write_for_host
from khue.missions.rules.carry.reports import WRITABLE, Finished, Key, Line, Spent, confirm_by, lines, percent_of
from khue.missions.rules.visibility import inside_of

TEMPLATE = "missions/carry/report.html"


def _found(request: HttpRequest, number: int, which: int) -> ProgressReport:
    stages = Prefetch("stages", StageProgress.objects.select_related("stage").order_by("stage__number"))
    rows = ProgressReport.objects.filter(mission__in=inside_of(person(request))).prefetch_related(stages)
    related = ("mission__case__process_version", "mission__host", "mission__plan", "submitted_by")
    return get_object_or_404(rows.select_related(*related), mission=number, number=which)


WHOLE = re.compile(r"\d{1,3}(\.\d{3}){0,2}(,\d{1,2})?")
FIGURE = re.compile(r"\d{1,9}(,\d{1,2})?")


@require_GET
def report(request: HttpRequest, number: int, which: int) -> HttpResponse:
    """One report."""
    return render(request, TEMPLATE, _page(request, _found(request, number, which)))


def _page(request: HttpRequest, found: ProgressReport, problem: str = "") -> dict[str, Any]:
    user, mission = person(request), found.mission
    waits = found.state == ProgressReport.State.SUBMITTED
    asked = {"volume": "confirm-volume", "money": "confirm-money", "return": "return-report"}
    may = {name: waits and may_step(user, mission, move) is None for name, move in asked.items()}
    writes = found.state in WRITABLE and may_write_for_host(user, mission) is None
    told = lines(found)
    rows = {(row.item, row.source, row.year): row.pk for row in found.spending.all()}
    posted = request.POST if problem else {}
    return {
        "report": found,
        "mission": mission,
        "percent": percent_of(found),
        "writes": writes,
        "lines": [_shown(line, rows.get(line.key), posted) for line in told],
        "sums": {
            name: sum(getattr(line, name) or 0 for line in told) for name in ("planned", "before", "spent", "confirmed")
        },
        "stages": [_stage(row, posted) for row in found.stages.all()],
        "products": _products(found, posted),
        "text": {name: posted.get(name, getattr(found, name)) for name in ("text", "difficulties", "requests")},
        "may_volume": may["volume"] and found.volume_confirmed_on is None,
        "may_money": may["money"] and found.money_confirmed_on is None,
        "may_return": may["return"],
        "volume_by": confirm_by(found, "confirm-volume"),
        "money_by": confirm_by(found, "confirm-money"),
        "problem": problem,
    }


def _shown(line: Line, pk: int | None, posted: Mapping[str, str]) -> dict[str, Any]:
    """A budget line as the page shows it; what was typed stays when it was refused."""
    amount = posted.get(line.name, _written(line.spent))
    return {
        "line": line, "amount": amount, "reason": posted.get(f"reason-{line.name}", line.reason), "pk": pk,
        "source": Source(line.source).label, "confirmed": posted.get(f"confirmed-{pk}", _written(line.spent)),
    }  # fmt: skip


def _written(amount: int) -> str:
    return dong(amount).removesuffix(" ₫") if amount else ""


def _stage(row: StageProgress, posted: Mapping[str, str]) -> dict[str, Any]:
    number = row.stage.number
    percent, text = posted.get(f"percent-{number}", row.percent), posted.get(f"done-{number}", row.text)
    return {"stage": row.stage, "percent": percent, "text": text}


def _products(found: ProgressReport, posted: Mapping[str, str]) -> list[dict[str, Any]]:
    """The promised products with what the report says of each; what was typed stays when it was refused."""
    said = {row.product.number: row for row in found.products.select_related("product")}
    plan = found.mission.plan
    products = list(plan.products.all()) if plan and found.state in WRITABLE else [row.product for row in said.values()]
    return [_product(product, said.get(product.number), posted) for product in products]


def _product(product: PlanProduct, row: ProductProgress | None, posted: Mapping[str, str]) -> dict[str, Any]:
    number, kept = product.number, row or ProductProgress()
    told = {name: posted.get(f"{name}-{number}", getattr(kept, name)) for name in ("proof", "place", "effect")}
    finished = posted.get(f"finished-{number}", plain(kept.quantity) if kept.quantity else "")
    return {"product": product, "promised": plain(product.quantity), "finished": finished, **told}


def _finished(request: HttpRequest, found: ProgressReport) -> dict[int, Finished]:
    post, plan = request.POST, found.mission.plan
    return {
        one.number: Finished(
            quantity(post.get(f"finished-{one.number}", ""), one.name),
            *(post.get(f"{name}-{one.number}", "").strip() for name in ("proof", "place", "effect")),
        )
        for one in (plan.products.all() if plan else ())
        if f"finished-{one.number}" in post
    }


@require_POST
def report_save(request: HttpRequest, number: int, which: int) -> HttpResponse:
    """Keep a draft, or with `send` send it."""
    found = _found(request, number, which)

    def write() -> str:
        reporting.save_report(
            found, by=person(request), stages=_stages(request, found), spending=_spending(request, found),
            products=_finished(request, found), files=request.FILES.getlist("files"),
            **{name: request.POST.get(name, "") for name in TEXTS},
        )  # fmt: skip
        if "send" not in request.POST:
            return _("The draft was saved.")
        reporting.submit_report(found, by=person(request))
        return _("The report was sent to the department.")

    return _answer(request, found, write)


TEXTS = ("text", "difficulties", "requests")


@require_POST
def report_answer(request: HttpRequest, number: int, which: int) -> HttpResponse:
    """The department returns a report, or confirms volume or money."""
    found = _found(request, number, which)
    user, comment, what = person(request), request.POST.get("comment", ""), request.POST.get("do", "")

    def write() -> str:
        if what == "return":
            reporting.return_report(found, by=user, comment=comment)
            return _("The report was returned.")
        if what == "volume":
            reporting.confirm_volume(found, by=user, comment=comment)
            return _("The volume was confirmed.")
        reporting.confirm_money(found, by=user, amounts=_amounts(request, found), comment=comment)
        return _("The money was confirmed.")

    return _answer(request, found, write)


def _answer(request: HttpRequest, found: ProgressReport, write: Callable[[], str]) -> HttpResponse:
    """Write, or show the page again with what was typed and why it was refused."""
    with (problem := Problem()):
        say(request, write())
        return redirect(found.get_absolute_url())
    fresh = _found(request, found.mission_id, found.number)
    return render(request, TEMPLATE, _page(request, fresh, str(problem)), status=422)


def _stages(request: HttpRequest, found: ProgressReport) -> dict[int, tuple[int, str]]:
    told = {}
    for row in found.stages.all():
        stage = row.stage.number
        percent = whole(request.POST.get(f"percent-{stage}", "").strip() or "0")
        if percent is None:
            sentence = _("Stage %(number)s: write a percentage from 0 to 100.")
            raise Refused(Refusal("percent-outside", sentence % {"number": stage}))
        told[stage] = percent, request.POST.get(f"done-{stage}", "")
    return told


def _spending(request: HttpRequest, found: ProgressReport) -> dict[Key, Spent]:
    return {
        line.key: Spent(money(request, line.name, line.label), request.POST.get(f"reason-{line.name}", ""))
        for line in lines(found)
    }


def _amounts(request: HttpRequest, found: ProgressReport) -> dict[int, int]:
    names, rows = words("items"), found.spending.all()
    return {row.pk: money(request, f"confirmed-{row.pk}", str(names.get(row.item, row.item))) for row in rows}


def quantity(text: str, label: str) -> Decimal:
    """A quantity with a comma, and points between thousands; nothing is 0. Raises Refused: `acceptance.quantity`."""
    written = text.strip()
    if not written:
        return Decimal(0)
    read = written.replace(".", "").replace(",", ".") if WHOLE.fullmatch(written) or FIGURE.fullmatch(written) else ""
    if not read or Decimal(read) >= MOST_NUMBER:
        sentence = _("«%(label)s»: «%(written)s» is no quantity. Write for example 1.250 or 12,5.")
        raise Refused(Refusal("acceptance.quantity", sentence % {"label": label, "written": written}))
    return Decimal(read)


def money(request: HttpRequest, name: str, label: str) -> int:
    """Whole đồng out of a field; nothing is 0. Raises Refused (`money-unreadable`) that names the field."""
    written = request.POST.get(name, "").strip()
    try:
        return read_dong(written) if written else 0
    except ValueError:
        sentence = _("«%(label)s»: «%(written)s» is no amount in whole đồng. Write for example 1.250.000.000.")
        raise Refused(Refusal("money-unreadable", sentence % {"label": label, "written": written})) from None
