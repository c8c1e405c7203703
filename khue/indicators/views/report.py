"""A unit's report on one page: what the system knows is there, the rest is typed, sent, approved or returned."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from khue.accounts.asking import person
from khue.core.refusals import Refusal, Refused, require
from khue.core.templatetags.khue import date_vn
from khue.core.toasts import say, warn
from khue.files.actions import attach
from khue.files.models import File
from khue.indicators.actions import cycles, reporting
from khue.indicators.forms.exceptions import ReopenForm
from khue.indicators.models import Category, UnitReport
from khue.indicators.rules.checking import findings, told
from khue.indicators.rules.cycles import may_reopen
from khue.indicators.rules.filling import Unkept, groups_of, key_of, progress_of, rows_of
from khue.indicators.rules.locks import lock_of, opening_of
from khue.indicators.rules.reports import may_approve, may_correct, may_return, may_take_back, may_write
from khue.indicators.rules.sheet import sheet_of
from khue.indicators.rules.wording import contested, parts_of
from khue.indicators.views.asking import find_report
from khue.indicators.views.typed import typed_entries, typed_marks, typed_right, typed_texts
from khue.journal.timeline import timeline

State = UnitReport.State
WRITTEN = {"return", "correct", "reopen"}
"""Acts with words of their own: when one is refused, they stay on the page."""
LOOKS = {State.SUBMITTED: "waiting", State.RETURNED: "returned", State.APPROVED: "done"}


class FiguresUnkept(Refused):
    """Figures that are no numbers, or that a colleague changed meanwhile: what was typed goes back onto the page."""

    def __init__(self, unkept: list[Unkept]) -> None:
        sentences = [*(one.sentence for one in unkept), str(_("All other figures are kept."))]
        super().__init__(Refusal("figure.not-kept", "\n".join(sentences)))
        self.unkept = unkept


class TextsContested(Refused):
    """Text parts that a colleague changed meanwhile; what was `typed` goes back onto the page, with figures that could
    not be kept."""

    def __init__(self, report: UnitReport, typed: dict[str, str], unkept: list[Unkept]) -> None:
        labels = [one["label"] for one in report.cycle.report_set.texts if one["name"] in typed]
        sentence = _(
            "A colleague changed «%(label)s» meanwhile. Both texts are below: make one of them, and save again."
        )
        super().__init__(Refusal("report.changed-meanwhile", sentence % {"label": "», «".join(labels)}))
        self.report, self.typed, self.unkept = report, typed, unkept


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; every act posts to it, and a refusal leaves everything that was typed where it is."""
    found = find_report(request, pk)
    act = ACTS.get(request.POST.get("do", "")) if request.method == "POST" else None
    if act is None:
        return render(request, "indicators/report.html", page_of(request, found))
    try:
        say(request, act(request, found))
    except TextsContested as refused:
        warn(request, str(refused))
        page = page_of(request, find_report(request, pk), refused.unkept)
        page |= {"texts": contested(refused.report, refused.typed)}
        return render(request, "indicators/report.html", page, status=409)
    except FiguresUnkept as refused:
        _warn(request, refused)
        page = page_of(request, find_report(request, pk), refused.unkept)
        return render(request, "indicators/report.html", page, status=422)
    except Refused as refused:
        _warn(request, refused)
        if request.POST["do"] in WRITTEN:
            page = page_of(request, find_report(request, pk), posted=request.POST.dict())
            return render(request, "indicators/report.html", page, status=422)
    return redirect(found.get_absolute_url())


def _warn(request: HttpRequest, refused: Refused) -> None:
    for sentence in str(refused).splitlines():
        warn(request, sentence)


def page_of(
    request: HttpRequest, found: UnitReport, unkept: Iterable[Unkept] = (), posted: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What the page of a report shows; `unkept` could not be kept, `posted` belongs to an act that was refused."""
    user = person(request)
    sheet = sheet_of(found)
    refusal = may_write(user, found)
    rows = rows_of(sheet, findings(sheet, complete=False) if found.is_open else [], unkept, posted)
    period, opening = found.cycle.period, opening_of(found)
    due = opening.until if opening else found.due_on
    return {
        "report": found, "set": found.cycle.report_set, "period": period, "span": _span(found),
        "state": LOOKS.get(State(found.state), "draft"), "due": due,
        "before": sheet.before, "year_before": sheet.year_before, "groups": groups_of(rows),
        "progress": progress_of(rows), "writes": refusal is None, "refusal": refusal if found.is_open else None,
        "send_label": _send_label(found), "texts": parts_of(found), "lock": lock_of(found) if found.is_open else None,
        "opening": opening, "approves": may_approve(user, found) is None,
        "returns": may_return(user, found) is None, "corrects": may_correct(user, found) is None,
        "takes_back": may_take_back(user, found) is None, "reopens": may_reopen(user, found) is None,
        "decides": may_return(user, found) is None or may_reopen(user, found) is None,
        "files": File.objects.filter(dossier_kind="unit-report", dossier_id=found.pk, removed_at=None).prefetch_related(
            "versions"
        ),
        "entries": timeline(found.dossier), "posted": posted or {},
    }  # fmt: skip


def _span(found: UnitReport) -> str:
    period = found.cycle.period
    words = {"first": date_vn(period.first), "last": date_vn(period.last), "due": date_vn(found.due_on)}
    return _("Figures from %(first)s to %(last)s; to be sent by %(due)s") % words


def _send_label(found: UnitReport) -> str:
    first = next(iter(found.cycle.report_set.approvals), "")
    return _("Send to the head of the unit") if first == "head" else _("Send the report")


def _save(request: HttpRequest, found: UnitReport) -> str:
    (entries, wrong), texts = typed_entries(request.POST, sheet_of(found)), typed_texts(request.POST)
    was = typed_texts(request.POST, "was")
    saved = reporting.save_draft(found, entries, texts=texts, was=was, by=person(request))
    unkept = [*wrong, *map(_conflict, saved.conflicts)]
    if saved.contested:
        raise TextsContested(saved.report, {name: texts[name] for name in saved.contested}, unkept)
    if unkept:
        raise FiguresUnkept(unkept)
    return _("The draft is kept.")


def _conflict(one: reporting.Conflict) -> Unkept:
    who = one.there.author.full_name if one.there.author else _("the system")
    sentence = _("%(name)s: %(who)s wrote %(value)s meanwhile; yours was not written over it.")
    value = "–" if one.there.value is None else told(one.there.value)
    typed = "" if one.entry.value is None else told(one.entry.value)
    key = key_of((one.there.indicator_id, one.there.category_id or Category.TOTAL))
    return Unkept(key, typed, sentence % {"name": one.there.indicator.name, "who": who, "value": value})


def _submit(request: HttpRequest, found: UnitReport) -> str:
    _save(request, found)
    sent = reporting.submit(found, by=person(request))
    return _("The report is approved.") if sent.state == State.APPROVED else _("The report was sent.")


def _approve(request: HttpRequest, found: UnitReport) -> str:
    reporting.approve(found, by=person(request))
    return _("Approved.")


def _return(request: HttpRequest, found: UnitReport) -> str:
    reason, marks = request.POST.get("reason", ""), typed_marks(request.POST)
    reporting.return_(found, reason=reason, marks=marks, by=person(request))
    return _("The report was returned; the unit was told.")


def _take_back(request: HttpRequest, found: UnitReport) -> str:
    reporting.take_back(found, by=person(request))
    return _("The report is yours again. Send it when it is right.")


def _correct(request: HttpRequest, found: UnitReport) -> str:
    entries = typed_right(request.POST, sheet_of(found))
    saved = reporting.correct(found, entries, reason=request.POST.get("reason", ""), by=person(request))
    return _("%(n)d figures were corrected; sums follow.") % {"n": len(saved.saved)}


def _reopen(request: HttpRequest, found: UnitReport) -> str:
    until, reason = ReopenForm.read(request.POST)
    cycles.reopen(found, reason=reason, until=until, by=person(request))
    return _("The period is open for this unit until %(day)s.") % {"day": date_vn(until)}


def _end_reopening(request: HttpRequest, found: UnitReport) -> str:
    if opening := opening_of(found):
        cycles.end_reopening(opening, by=person(request))
    return _("The exception has ended.")


def _attach(request: HttpRequest, found: UnitReport) -> str:
    require(may_write(person(request), found))
    uploads = request.FILES.getlist("files")
    for upload in uploads:
        attach(upload, dossier=found.dossier, by=person(request))
    return _("%(n)d papers were attached.") % {"n": len(uploads)}


ACTS: dict[str, Callable[[HttpRequest, UnitReport], str]] = {
    "save": _save, "submit": _submit, "approve": _approve, "return": _return, "take-back": _take_back,
    "correct": _correct, "reopen": _reopen, "end-reopening": _end_reopening, "attach": _attach,
}  # fmt: skip
