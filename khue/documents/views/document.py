"""The page of one document."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.accounts.scope import units_where
from khue.core.answering import refusal_told
from khue.core.toasts import say
from khue.documents.actions.incoming import twins
from khue.documents.actions.way import advance
from khue.documents.forms.document import FactsForm
from khue.documents.forms.handling import DispositionForm, FilingForm, ForwardForm
from khue.documents.forms.outgoing import IssueForm, NumberForm
from khue.documents.models import Citation, Comment, Direction, Document, Recipient
from khue.documents.origins import origins_of
from khue.documents.rules.composing import may_comment, may_edit, may_sign
from khue.documents.rules.handling import may_dispose, may_keep
from khue.documents.rules.receiving import may_acknowledge
from khue.documents.rules.registering import REGISTER
from khue.documents.rules.sending import may_issue, may_send
from khue.documents.rules.visibility import is_inside, visible_to
from khue.documents.views.way import plain_offers, steps_of
from khue.files.models import File
from khue.flow.rules import MoveOffer, moves
from khue.journal.timeline import TimelineEntry, timeline

OWN_FORMS = {"register", "dispose", "pass-on", "comment", "sign", "number", "issue", "close", "recall", "file"}
"""Moves that the page makes through a form of its own."""
SHOWN_ENTRIES = 60


TERMS = {
    "sign": "number-and-sign",
    "type": "document-type",
    "issuer_name": "issuing-body",
    "subject": "subject",
    "urgency": "urgency-mark",
    "due_on": "due-date",
}
"""The facts whose words the glossary explains."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of the document on its page."""

    label: str | Promise
    value: Any
    read: bool
    term: str = ""
    """Its name in the glossary."""


def find(request: HttpRequest, pk: int) -> Document:
    """A document that the person may see; 404 otherwise."""
    rows = visible_to(person(request)).select_related(
        "unit", "case__process_version", "created_by", "series", "main_file"
    )
    return get_object_or_404(rows, pk=pk)


@require_GET
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: what it is, where it stands, what can be done next."""
    found = find(request, pk)
    return render(request, "documents/document_detail.html", page_of(found, person(request)))


def page_of(found: Document, user: User) -> dict[str, Any]:
    """What the page shows."""
    inside = is_inside(user, found)
    entries = timeline(found.dossier, limit=SHOWN_ENTRIES) if inside else []
    recipients = list(found.recipients.select_related("unit", "user").prefetch_related("acknowledgements__by"))
    context = {
        "document": found,
        "facts": facts(found),
        **_files(found),
        "recipients": recipients,
        "to_acknowledge": [one for one in recipients if _waits_for(user, one)],
        "registering": units_where(user, *REGISTER),
        "case_files": found.filings.select_related("case_file"),
        "entries": [one for one in entries if not _told_twice(one)],
        "inside": inside,
        "may_keep": may_keep(user, found) is None,
        "filing_form": FilingForm(user=user),
        **_citations(found, user),
    }
    if found.case is not None and inside:
        context |= {"steps": steps_of(found.case), "holding": found.case.holding}
        context["offers"] = plain_offers(moves(found.case, user), OWN_FORMS)
    context |= _incoming(found, user) if found.direction == Direction.IN else _outgoing(found, user)
    return context | _with_one_main(found, context)


def _files(found: Document) -> dict[str, Any]:
    """The files that are there, and those whose content was destroyed; of a secret document not even their names."""
    rows = File.objects.filter(dossier_kind="document", dossier_id=found.pk).prefetch_related("versions")
    there = Q(removed_at=None) if found.secret else Q(removed_at=None) | Q(disposed_at__isnull=False)
    files = list(rows.filter(there))
    return {
        "files": [file for file in files if file.disposed_at is None],
        "gone": [file for file in files if file.disposed_at is not None],
    }


def _with_one_main(found: Document, context: dict[str, Any]) -> dict[str, Any]:
    """The one next step that the page's primary button is for, and the moves, of which the first may be it."""
    offers: list[MoveOffer] = context.get("offers", [])
    leading = next((offer for offer in offers if offer.primary and offer.refusal is None), None)
    at_signature = found.case is not None and found.case.step == "for-signature"
    chances = {
        "acknowledge": context["to_acknowledge"],
        "attach": at_signature and context.get("may_sign") and not context.get("signed"),
        "number": context.get("number_form"),
        "issue": context.get("issue_form"),
        "move": leading,
        "directives": True,
    }
    main = next(name for name, open_ in chances.items() if open_)
    plain = [replace(offer, primary=offer is leading and main == "move") for offer in offers]
    return {"main": main, "offers": plain}


def _told_twice(entry: TimelineEntry) -> bool:
    """A move that the page made through a form of its own is told by the act itself."""
    return entry.verb == "flow.moved" and (entry.facts or {}).get("move") in OWN_FORMS


def _waits_for(user: User, recipient: Recipient) -> bool:
    said = {word.of for word in recipient.acknowledgements.all()}
    of = "recall" if recipient.document.recalled_at else "receipt"
    return of not in said and may_acknowledge(user, recipient, of) is None


def facts(found: Document) -> list[Fact]:
    """The facts that are known, in the order of the form."""
    told = []
    for name, field in FactsForm.base_fields.items():
        value = getattr(found, name)
        if value in (None, "", False, 0):
            continue
        shown = getattr(found, f"get_{name}_display", None)
        value = shown() if shown else _typed(name, value)
        told.append(Fact(str(field.label), value, name in found.read_fields, TERMS.get(name, "")))
    return told


def _typed(name: str, value: Any) -> Any:
    if name == "type":
        return dict(FactsForm.base_fields["type"].choices).get(value, value)  # type: ignore[attr-defined]
    return _("yes") if value is True else value


def _incoming(found: Document, user: User) -> dict[str, Any]:
    levels = [level for level, _label in DispositionForm.LEVELS if may_dispose(user, found, level) is None]
    return {
        "twins": seen_twins(found, user),
        "dispositions": found.dispositions.select_related("lead", "person", "by").prefetch_related("supports"),
        "disposition_form": DispositionForm(document=found, levels=levels) if levels else None,
        "forward_form": ForwardForm(document=found),
    }


def seen_twins(found: Document, user: User) -> list[Document]:
    """Documents that this one may be a second copy of, as far as the person may see them."""
    alike = [] if found.duplicate_reason else twins(found)
    seen = set(visible_to(user).filter(pk__in=[one.pk for one in alike]).values_list("pk", flat=True)) if alike else ()
    return [one for one in alike if one.pk in seen]


def _outgoing(found: Document, user: User) -> dict[str, Any]:
    answers = Comment.objects.select_related("by")
    signed = getattr(found, "signed_copy", None)
    draft = getattr(found, "draft", None) if is_inside(user, found) else None
    return {
        "draft": draft,
        "may_edit": draft is not None and may_edit(user, found) is None,
        "threads": found.comments.filter(parent=None)
        .select_related("by", "resolved_by")
        .prefetch_related(Prefetch("answers", answers)),
        "may_comment": may_comment(user, found) is None and draft is not None,
        "signed": signed,
        "origins": origins_of(found.dossier, user),
        "signatures": signed.signatures.all() if signed else [],
        "may_sign": draft is not None and may_sign(user, found) is None,
        "number_form": NumberForm() if found.serial is None and may_issue(user, found) is None else None,
        "issue_form": IssueForm.of(found) if found.serial and may_issue(user, found) is None else None,
        "may_send": may_send(user, found) is None,
        "send_form": IssueForm(),
    }


def _citations(found: Document, user: User) -> dict[str, Any]:
    based = list(found.citations.select_related("cited"))
    led = list(found.cited_by.select_related("document"))
    seen = _seen(user, [*(one.cited_id for one in based), *(one.document_id for one in led)])
    waiting = [
        proposal
        for citation in found.citations.filter(cited=None).prefetch_related("proposals__document")
        for proposal in citation.proposals.all()
        if proposal.state == "waiting"
    ]
    return {
        "based_on": [(one, one.cited_id in seen) for one in based],
        "led_to": [(one, one.document_id in seen) for one in led],
        "proposals": waiting,
        "kinds": Citation.Kind.choices,
    }


def _seen(user: User, pks: Iterable[int | None]) -> set[int | None]:
    return set(visible_to(user).filter(pk__in=[pk for pk in pks if pk]).values_list("pk", flat=True))


@require_POST
def move_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a move of the process that needs no more than a comment."""
    found = find(request, pk)
    with refusal_told(request):
        advance(
            found,
            request.POST.get("move", ""),
            by=person(request),
            comment=request.POST.get("comment", ""),
            expected_step=request.POST.get("step", ""),
        )
        say(request, _("Done."))
    return redirect(found)
