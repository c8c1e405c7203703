"""Registering what comes in: drop files, or type; and correcting what the reader read."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.accounts.asking import person
from khue.accounts.scope import units_where
from khue.core.answering import refusal_on, refusal_told
from khue.core.refusals import Refusal, Refused
from khue.core.toasts import say, warn
from khue.documents.actions.incoming import attach_main, correct, register_incoming
from khue.documents.forms.document import MAIN, FactsForm, IncomingForm, facts_of
from khue.documents.models import Document, Reading
from khue.documents.rules.registering import REGISTER, Duplicate
from khue.documents.rules.visibility import visible_to
from khue.documents.views.document import seen_twins

ONE_BY_ONE = "HTTP_X_ONE_FILE"
"""Header of the script that sends dropped files one after another."""
NOT_TYPED = {"unit", "arrived_on", "duplicate_reason"}


@require_http_methods(["GET", "POST"])
def register_documents(request: HttpRequest) -> HttpResponse:
    """The form; posted with files it registers one document a file, without files the one that was typed."""
    units = units_where(person(request), *REGISTER)
    form = IncomingForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        return _register(request, form)
    if ONE_BY_ONE in request.META:
        problems = "; ".join(f"{form.fields[name].label}: {errors[0]}" for name, errors in form.errors.items())
        return render(request, "documents/_drop_row.html", {"problem": problems, "name": _("Form")}, status=200)
    return render(request, "documents/register_incoming.html", {"form": form, "units": units, "main": MAIN})


def _register(request: HttpRequest, form: IncomingForm) -> HttpResponse:
    typed = {name: value for name, value in form.changed_facts().items() if name not in NOT_TYPED}
    files: list[Any] = [*request.FILES.getlist("file")] or [None]
    done: list[Document] = []
    refused: list[tuple[str, Refusal]] = []
    for upload in files:
        try:
            document = register_incoming(
                unit=form.cleaned_data["unit"],
                by=person(request),
                upload=upload,
                typed=typed,
                arrived_on=form.cleaned_data["arrived_on"],
                duplicate_reason=form.cleaned_data["duplicate_reason"],
            )
        except Refused as error:
            refused.append((upload.name or "" if upload else "", error.refusal))
        else:
            done.append(document)
    if ONE_BY_ONE in request.META:
        return _row(request, done, refused)
    for name, refusal in refused:
        field = "duplicate_reason" if isinstance(refusal, Duplicate) else None
        form.add_error(field, f"{name}: {refusal}" if name else str(refusal))
    if refused:
        _tell(request, done)
        held = [refusal.held for _name, refusal in refused if isinstance(refusal, Duplicate) and refusal.held]
        context = {"form": form, "units": True, "main": MAIN, "done": done, "held": held}
        return render(request, "documents/register_incoming.html", context)
    _tell(request, done)
    return redirect(done[0]) if len(done) == 1 else redirect("documents:register", "den")


def _row(request: HttpRequest, done: list[Document], refused: list[tuple[str, Refusal]]) -> HttpResponse:
    context = {"document": done[0] if done else None, "refused": refused[0] if refused else None}
    return render(request, "documents/_drop_row.html", context)


@require_GET
def registered(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of one dropped file: the row asks again by itself until the machine has read it."""
    document = get_object_or_404(visible_to(person(request)).select_related("main_file"), pk=pk)
    alike = seen_twins(document, person(request)) if document.reading != Reading.WAITING else []
    return render(request, "documents/_drop_row.html", {"document": document, "twins": alike})


def _tell(request: HttpRequest, done: list[Document]) -> None:
    if done:
        told = ngettext(
            "%(n)d document registered, first arrival number %(number)s.",
            "%(n)d documents registered, first arrival number %(number)s.",
            len(done),
        )
        say(request, told % {"n": len(done), "number": done[0].arrival_number})


@require_http_methods(["GET", "POST"])
def correct_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the facts of a document. What is changed, or sent from this form, counts as checked by a person."""
    document = get_object_or_404(visible_to(person(request)).select_related("case"), pk=pk)
    form = FactsForm(request.POST or None, initial=facts_of(document))
    if request.method == "POST" and form.is_valid():
        checked = {name: getattr(document, name) for name in document.read_fields if name in form.fields}
        with refusal_on(form):
            correct(document, by=person(request), changed=checked | form.changed_facts())
            say(request, _("Saved."))
            return redirect(document)
    return render(request, "documents/correct.html", {"form": form, "document": document, "main": MAIN})


@require_POST
def confirm_read(request: HttpRequest, pk: int) -> HttpResponse:
    """All that the machine read is right."""
    document = get_object_or_404(visible_to(person(request)), pk=pk)
    facts = {name: getattr(document, name) for name in document.read_fields}
    with refusal_told(request):
        correct(document, by=person(request), changed=facts)
        say(request, _("Checked. The machine will not change these fields any more."))
    return redirect(document)


@require_POST
def attach_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the file of a document that was registered without one."""
    document = get_object_or_404(visible_to(person(request)), pk=pk)
    upload = request.FILES.get("file")
    if upload is None:
        warn(request, _("Choose a file first."))
        return redirect(document)
    with refusal_told(request):
        attach_main(document, upload, by=person(request))
    return redirect(document)
