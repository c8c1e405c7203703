"""Signed copies, numbers, issuing, sending, recalling; documents signed on paper; number series."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from khue.accounts.asking import person
from khue.accounts.scope import everywhere, units_where
from khue.core.answering import refusal_on, refusal_told
from khue.core.asked import key, whole
from khue.core.toasts import say, warn
from khue.documents.actions.drafts import compose, relate
from khue.documents.actions.numbering import release_number, reserve_number
from khue.documents.actions.outgoing import issue, number_document, recall, register_outgoing, send
from khue.documents.actions.series import open_series
from khue.documents.actions.signing import attach_signed, take_signed_away
from khue.documents.forms.document import OutgoingForm
from khue.documents.forms.outgoing import IssueForm, NumberForm, SeriesForm
from khue.documents.models import Citation, NumberSeries
from khue.documents.views.document import find
from khue.documents.views.handling import attempt
from khue.documents.views.registers import REGISTERS
from khue.journal.timeline import timeline

LAST = 30
"""Acts shown below the number series."""


@require_POST
def attach_signed_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach the signed scan or PDF."""
    document, user, upload = find(request, pk), person(request), request.FILES.get("file")
    if upload is None:
        warn(request, _("Choose the signed file first."))
        return redirect(document)
    return attempt(
        request, document, lambda: attach_signed(document, upload, by=user), _("The signed copy is attached.")
    )


@require_POST
def remove_signed_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the signed copy off again."""
    document, user, reason = find(request, pk), person(request), request.POST.get("comment", "")
    return attempt(
        request,
        document,
        lambda: take_signed_away(document, by=user, reason=reason),
        _("The signed copy is taken away."),
    )


@require_POST
def give_number(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a signed document its number and date."""
    document, user, form = find(request, pk), person(request), NumberForm(request.POST)
    if not form.is_valid():
        warn(request, _("Give the date of the document."))
        return redirect(document)
    with refusal_told(request):
        done = number_document(document, by=user, **form.cleaned_data)
        say(request, _("It has its number: %(sign)s.") % {"sign": done.sign})
    return redirect(document)


@require_POST
def issue_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue it, or send what is issued to more recipients."""
    document, user, form = find(request, pk), person(request), IssueForm(request.POST)
    if not form.is_valid():
        warn(request, _("Check the recipients and the number of copies."))
        return redirect(document)
    if document.issued_at is None:
        copies = form.cleaned_data["copies"]
        act = lambda: issue(document, by=user, targets=form.targets(), copies=copies)  # noqa: E731 - one act of two
        return attempt(request, document, act, _("Issued and sent."))
    return attempt(request, document, lambda: send(document, by=user, targets=form.targets()), _("Sent."))


@require_POST
def recall_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Recall an issued document."""
    document, user, reason = find(request, pk), person(request), request.POST.get("comment", "")
    return attempt(
        request, document, lambda: recall(document, by=user, reason=reason), _("Recalled; the recipients are told.")
    )


LETTERS = {"correction": Citation.Kind.CORRECTION, "recall": Citation.Kind.RECALL}


@require_POST
def follow_letter(request: HttpRequest, pk: int, paper: str) -> HttpResponse:
    """Begin the letter of correction or of recall of an issued document, linked to it."""
    document, user = find(request, pk), person(request)
    shown = document.get_absolute_url()
    with refusal_told(request):
        made = compose(
            unit=document.unit,
            by=user,
            paper=paper if paper in LETTERS else "correction",
            subject=_about(document, paper),
        )
        relate(made, document, LETTERS.get(paper, Citation.Kind.CORRECTION), by=user)
        shown = reverse("documents:draft", args=[made.pk])
    return redirect(shown)


def _about(document: object, paper: str) -> str:
    words = "thu hồi" if paper == "recall" else "đính chính"
    return f"{words} văn bản {document}"


@require_http_methods(["GET", "POST"])
def register_signed(request: HttpRequest) -> HttpResponse:
    """Enter a document that was signed on paper into the outgoing register."""
    user = person(request)
    units = units_where(user, "document:register")
    form = OutgoingForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        facts = form.changed_facts()
        facts["subject"] = form.cleaned_data["subject"]
        with refusal_on(form):
            made = register_outgoing(
                unit=form.cleaned_data["unit"],
                by=user,
                typed={name: value for name, value in facts.items() if name not in {"sign", "issued_on", "number"}},
                on=form.cleaned_data["issued_on"],
                number=form.cleaned_data["number"],
                drafting_code=form.cleaned_data["drafting_code"],
                council=form.cleaned_data["council"],
            )
            say(request, _("It has its number: %(sign)s.") % {"sign": made.sign})
            return redirect(made)
    return render(request, "documents/register_outgoing.html", {"form": form, "units": units})


@require_http_methods(["GET", "POST"])
def series(request: HttpRequest) -> HttpResponse:
    """The number series of one's units, with what was reserved and given back; open one, reserve, give back."""
    user = person(request)
    units = units_where(user, "document:number")
    form = SeriesForm(request.POST if request.POST.get("do") == "open" else None, units=units)
    if request.method == "POST":
        if request.POST.get("do") != "open":
            return _set_aside(request)
        if form.is_valid():
            with refusal_on(form):
                made = open_series(by=user, **form.cleaned_data)
                say(request, _("The series %(name)s is open.") % {"name": made})
                return redirect("documents:series")
    kept = NumberSeries.objects.select_related("unit").prefetch_related("reserved_numbers__by")
    if not everywhere(user, "document:see"):
        kept = kept.filter(unit__in=units_where(user, "document:see"))
    shown = list(kept.order_by("-period_name", "unit__sort_name", "direction")[:200])
    context = {
        "form": form,
        "units": units,
        "series": shown,
        "entries": timeline(*(one.dossier for one in shown), limit=LAST),
        "tabs": REGISTERS,
        "name": "so",
    }
    return render(request, "documents/series.html", context)


def _set_aside(request: HttpRequest) -> HttpResponse:
    user, reason = person(request), request.POST.get("reason", "")
    kept = get_object_or_404(NumberSeries.objects.select_related("unit"), pk=key(request.POST.get("series")))
    typed = whole(request.POST.get("number"))
    with refusal_told(request):
        if request.POST.get("do") != "release":
            said = _("Number %(number)02d is reserved.")
            say(request, said % {"number": reserve_number(kept, by=user, reason=reason)})
        elif typed is None:
            warn(request, _("Type the number in figures."))
        else:
            release_number(kept, typed, by=user, reason=reason)
            say(request, _("Number %(number)02d is given back.") % {"number": typed})
    return redirect("documents:series")
