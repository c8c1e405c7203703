"""The answer of one unit to a round, and the sheet for those who work in Excel."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.accounts.asking import person
from khue.accounts.scope import parts_where
from khue.core.answering import refusal_told
from khue.core.exchange import address_of
from khue.core.refusals import require
from khue.core.toasts import say, warn
from khue.directory.cells import unit_cell
from khue.needs.actions import round_answers
from khue.needs.exchange.needs import FIELDS, NEEDS
from khue.needs.models import Round, RoundAddressee
from khue.needs.rules.needs import visible_to
from khue.needs.rules.rounds import addressees_for, is_open
from khue.needs.rules.scope import WRITE
from khue.needs.views.asking import find_round, writing_for
from khue.office.actions import bring_in
from khue.office.excel import response as excel_response
from khue.office.sheets import template


def _row(request: HttpRequest, found: Round, row_pk: int) -> RoundAddressee:
    rows = addressees_for(person(request), found).select_related("unit", "round", "case__process_version")
    row = rows.filter(pk=row_pk).first()
    if row is None:
        raise Http404
    return row


@require_http_methods(["GET", "POST"])
def round_answer(request: HttpRequest, pk: int, row_pk: int) -> HttpResponse:
    """Where a unit answers: with needs, with a sheet, or by saying why it has none."""
    found = find_round(request, pk)
    row = _row(request, found, row_pk)
    if request.method == "POST" and _answer(request, row):
        return redirect(row.get_absolute_url())
    own = row.unit_id in {part.unit_id for part in parts_where(person(request), WRITE)}
    needs = visible_to(person(request)).filter(round=found, unit=row.unit).order_by("state", "-pk")
    context = {
        "round": found, "row": row, "case": row.case, "needs": needs, "own": own,
        "may_answer": own and found.is_open, "may_say": own and found.is_open and row.answered_at is None,
        "typed": request.POST.get("comment", ""),
    }  # fmt: skip
    return render(request, "needs/round_answer.html", context, status=422 if request.method == "POST" else 200)


def _answer(request: HttpRequest, row: RoundAddressee) -> bool:
    """Say why there is nothing, or when it will come; False when that was refused."""
    said, user = request.POST.get("comment", ""), person(request)
    with refusal_told(request):
        if request.POST.get("do") == "nothing":
            round_answers.nothing(row, said, by=user)
            say(request, _("Recorded: your unit has nothing to propose this time."))
        else:
            round_answers.announce(row, said, by=user)
            say(request, _("The department was told when your answer will come."))
        return True
    return False


@require_POST
def round_sheet(request: HttpRequest, pk: int, row_pk: int) -> HttpResponse:
    """Take the sheet of a unit: checked first, then sent all or nothing; where its cells are empty it means this unit
    and this round, so that what is sent is the unit's answer."""
    found = find_round(request, pk)
    row, user = _row(request, found, row_pk), person(request)
    upload = request.FILES.get("file")
    if upload is None:
        warn(request, _("Choose the Excel file first."))
        return redirect(row.get_absolute_url())
    back = row.get_absolute_url()
    with refusal_told(request):
        require(is_open(found))
        blanks = {"unit": unit_cell(row.unit), "round": found.code}
        brought = bring_in(NEEDS, name=upload.name or "", data=upload.read(), by=user, blanks=blanks, back=back)
        return redirect(address_of(NEEDS.name, brought.pk))
    return redirect(back)


@require_GET
def round_template(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet of this round: its code and the unit are filled in."""
    found = find_round(request, pk)
    unit = writing_for(request)
    known: Mapping[str, Any] = {
        "unit": unit_cell(unit), "round": found.code, "places": str(unit.place or "") if unit else ""
    }  # fmt: skip
    example = [known.get(field.key) or field.example for field in FIELDS]
    return excel_response(template(FIELDS, [example]), f"mau-{found.code.lower().replace('đ', 'd')}")
