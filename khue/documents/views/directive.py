"""The page of one directive."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.accounts.scope import may_in
from khue.core.clock import today
from khue.core.river import RiverItem
from khue.documents.forms.directive import ExtensionForm, PassDownForm, ReportForm, ShareForm
from khue.documents.models import Directive
from khue.documents.rules.directive import may_remind, may_support, visible_to
from khue.documents.rules.directive_words import field_label
from khue.documents.rules.lateness import soon_until, standing
from khue.documents.rules.visibility import visible_to as visible_documents
from khue.documents.views.directive_filters import standing_labels
from khue.files.models import File
from khue.flow.models import Case, StepRecord
from khue.flow.rules import MoveOffer, moves
from khue.journal.timeline import timeline

OWN_FORMS = {"report-progress", "report-done", "request-extension"}
"""Moves that have a form of their own on the page, with more than a comment."""


def find_directive(request: HttpRequest, pk: int) -> Directive:
    """A directive that the person may see; 404 otherwise."""
    rows = visible_to(person(request)).select_related(
        "document__unit", "lead", "issuer", "parent__lead", "case__process_version"
    )
    return get_object_or_404(rows, pk=pk)


@require_GET
def directive(request: HttpRequest, pk: int) -> HttpResponse:
    """One directive: where it comes from, where it stands, what can be done next."""
    return render(request, "documents/directive.html", page_of(find_directive(request, pk), person(request)))


def page_of(found: Directive, user: User, **forms: Any) -> dict[str, Any]:
    """What the page shows; `forms` replaces a form by one with errors."""
    case = found.case
    assert case is not None  # noqa: S101 - see Directive.case
    offers = moves(case, user)
    free = {offer.name for offer in offers if offer.refusal is None}
    sees_document = visible_documents(user).filter(pk=found.document_id).exists()
    return {
        "directive": found,
        "case": case,
        "asked": _asked(case),
        "returned": _returned(case),
        "standing": standing(found, today(), soon_until(today())),
        "recurs": found.state == Directive.State.RECURRING,
        "field": field_label(found.field),
        "river": _river(found, with_document=sees_document),
        "offers": [offer for offer in offers if _shown(offer, found)],
        "move_form": forms.get("move") or forms.get("remind"),
        "everies": Directive.Every.choices,
        "report_form": forms.get("report") or ReportForm(initial={"percent": found.percent}),
        "may_report": bool({"report-progress", "report-done", "acknowledge"} & free),
        "extension_form": forms.get("extension") or ExtensionForm(),
        "may_extend": "request-extension" in free or ("acknowledge" in free and found.due_on is not None),
        "share_form": forms.get("share") or ShareForm(),
        "may_share": may_support(user, found) is None,
        "pass_form": forms.get("pass_down") or PassDownForm(directive=found),
        "may_pass": found.is_open and may_in(user, found.lead_id, "directive:assign"),
        "may_remind": may_remind(user, found) is None,
        "sees_document": sees_document,
        "supports": found.support_rows.select_related("unit"),
        "reports": found.reports.select_related("unit", "by", "reply"),
        "parts": _parts(found),
        "evidence": File.objects.filter(
            dossier_kind="directive", dossier_id=found.pk, removed_at=None
        ).prefetch_related("versions"),
        "entries": timeline(found.dossier),
        "reminders": found.reminders.select_related("by", "unit"),
    }


def _parts(found: Directive) -> list[Directive]:
    """What is below it with its standing: parts by deadline, the rounds of what comes back with the newest first."""
    order = "-period_from" if found.every else "due_on"
    parts = list(found.children.select_related("lead", "parent").order_by(order, "pk"))
    now, soon, labels = today(), soon_until(today()), standing_labels()
    for part in parts:
        part.standing = standing(part, now, soon)  # type: ignore[attr-defined]
        part.standing_label = labels.get(part.standing, part.get_state_display())  # type: ignore[attr-defined]
    return parts


def _asked(case: Case) -> dict[str, Any] | None:
    """The request for more time that waits for a decision: who asks, until when, why."""
    if case.step != "extension-requested":
        return None
    record = case.records.filter(data__has_key="new_due").order_by("-pk").first()
    if record is None:
        return None
    return {"who": record.by_name, "until": parse_date(record.data["new_due"]), "why": record.comment}


def _returned(case: Case) -> StepRecord | None:
    """The return that the unit has to answer: who sent it back, and why."""
    return case.records.filter(to_step="returned").order_by("-pk").first() if case.step == "returned" else None


def _shown(offer: MoveOffer, found: Directive) -> bool:
    """Moves that are another unit's business are left out; one's own that are not possible now say why."""
    if offer.name in OWN_FORMS or offer.name == "start":
        return False
    if offer.name == "repeat" and found.period_from is not None:
        return False
    return offer.refusal is None or offer.refusal.code != "flow.not-yours"


def _river(found: Directive, *, with_document: bool) -> list[RiverItem]:
    document = found.document
    address = reverse("documents:outcome", args=[document.pk]) if with_document else ""
    items = [RiverItem(_("Document"), str(document), address)]
    if found.parent is not None:
        whole = found.parent.get_every_display() if found.period_from else found.parent.lead.name
        items.append(RiverItem(_("Directive"), str(whole), found.parent.get_absolute_url()))
    return [*items, RiverItem(_("Directive"), str(found), found.get_absolute_url(), current=True)]
