"""The duplicate search of a proposal (C0): side by side, judged, signed."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from khue.accounts.asking import person
from khue.core.answering import refusal_told
from khue.core.asked import whole
from khue.core.river import RiverItem
from khue.core.toasts import say
from khue.matching.beside import LABELS
from khue.matching.marking import shared_marks
from khue.matching.models import Feedback
from khue.matching.ranking.record import Band
from khue.needs.actions import proposal_search as actions
from khue.needs.models import DuplicateSearch, Proposal
from khue.needs.rules.proposal_papers import BANDS
from khue.needs.rules.proposal_search import unjudged
from khue.needs.rules.proposals import may_handle
from khue.needs.views.proposal import find_proposal


def _find(request: HttpRequest, pk: int, number: int) -> DuplicateSearch:
    found = find_proposal(request, pk)
    return get_object_or_404(found.searches.select_related("proposal__unit", "made_by", "signed_by"), pk=number)


@require_GET
def search(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One record: what was looked through, every hit beside the proposal, what was concluded."""
    found = _find(request, pk, number)
    handles = may_handle(person(request), found.proposal) is None
    context = {
        "search": found,
        "proposal": found.proposal,
        "hits": [_shown(hit) for hit in found.hits if not _far(hit)],
        "far": [_shown(hit) for hit in found.hits if _far(hit)],
        "unjudged": len(unjudged(found)),
        "verdicts": Feedback.Verdict.choices,
        "conclusions": DuplicateSearch.Conclusion.choices,
        "may_judge": handles and found.signed_at is None,
        "river": [
            RiverItem(_("Proposal"), found.proposal.title, found.proposal.get_absolute_url()),
            RiverItem("C0", _("Duplicate search"), current=True),
        ],
    }
    return render(request, "needs/proposal_search.html", context)


def _far(hit: dict[str, Any]) -> bool:
    """Whether a hit is told of only for completeness: far, and nobody said anything of it."""
    return hit["band"] == Band.OTHER and not hit.get("judgement")


def _shown(hit: dict[str, Any]) -> dict[str, Any]:
    rows = [row for row in hit.get("signals") or [] if row["ours"] or row["theirs"]]
    signals = [{**row, "label": LABELS[row["name"]], **_marked(row)} for row in rows]
    key = f"{hit['kind']}:{hit['pk']}" if hit.get("kind") and hit.get("pk") else ""
    judged = dict(Feedback.Verdict.choices).get(hit.get("judgement", ""), "")
    return {**hit, "judged": judged, "band_label": BANDS[hit["band"]], "signals": signals, "key": key}


def _marked(row: dict[str, Any]) -> dict[str, SafeString]:
    return {side: shared_marks(row[side], row.get("shared", [])) for side in ("ours", "theirs")}


def _answer(
    request: HttpRequest, proposal: Proposal, write: Callable[[], DuplicateSearch | None], said: str
) -> HttpResponse:
    """Write, say so, and back to the record."""
    written = None
    with refusal_told(request):
        made = write()
        written = made.pk if made else None
        say(request, said)
    latest = written or proposal.searches.values_list("pk", flat=True).first()
    hit = whole(request.POST.get("number"))
    if latest is None:
        return redirect(proposal)
    address = reverse("needs:proposal-search", args=[proposal.pk, latest])
    return redirect(f"{address}#hit-{hit}" if hit is not None else address)


@require_POST
def search_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Look again; the earlier record stays."""
    found = find_proposal(request, pk)
    said = _("Looked up again; the earlier record stays below.")
    return _answer(request, found, lambda: actions.make_search(found, by=person(request)), said)


@require_POST
def search_judge(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Say whether a hit is the same, related, or something else."""
    found = _find(request, pk, number)
    hit, verdict = whole(request.POST.get("number")) or 0, request.POST.get("judgement", "")

    def write() -> DuplicateSearch:
        note = request.POST.get("note", "")
        return actions.judge(found, hit, verdict=verdict, by=person(request), note=note)

    return _answer(request, found.proposal, write, _("Kept."))


@require_POST
def search_sign(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Conclude and sign."""
    found = _find(request, pk, number)
    conclusion, remark = request.POST.get("conclusion", ""), request.POST.get("remark", "")

    def write() -> DuplicateSearch:
        return actions.sign(found, conclusion=conclusion, remark=remark, by=person(request))

    return _answer(request, found.proposal, write, _("The record was signed; the proposal can go to the council."))
