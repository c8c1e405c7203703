"""A composed report on one page: read, edited block by block, brought up to date, handed over."""

import json
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from khue.accounts.asking import person
from khue.core.answering import refusal_in_json, refusal_told
from khue.core.clock import today
from khue.core.toasts import say
from khue.indicators import sending
from khue.indicators.actions import composing
from khue.indicators.composing.links import cell, linked, marked, tokens_of
from khue.indicators.composing.paper import excel, official_paper, paper_of, parts_of, word
from khue.indicators.models import Composed, ComposedBlock
from khue.indicators.rules.composing import may_correct, may_edit, newer_figures, visible_to
from khue.indicators.views.composer import word_response
from khue.indicators.views.typed import whole as number
from khue.journal.timeline import timeline
from khue.language.merging import compared
from khue.office.excel import response as excel_response
from khue.office.vietnamese import in_vietnamese
from khue.office.word.preview import preview_of

SHORT = 16
"""Characters of entries that stay on one line."""


def find(request: HttpRequest, pk: int) -> Composed:
    """A report that the person may see, with its blocks; 404 otherwise."""
    rows = Composed.objects.filter(pk__in=visible_to(person(request)).values("pk"))
    rows = rows.select_related("unit__parent", "period", "programme__lead__parent", "corrects", "created_by")
    return get_object_or_404(rows.prefetch_related("blocks__edited_by", "corrections"), pk=pk)


@require_http_methods(["GET", "POST"])
def composed(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; every act posts to it."""
    found = find(request, pk)
    act = ACTS.get(request.POST.get("do", "")) if request.method == "POST" else None
    if act is None:
        return render(request, "indicators/composed.html", _page(request, found))
    with refusal_told(request):
        return act(request, found)
    return redirect(found)


def _page(request: HttpRequest, found: Composed) -> dict[str, Any]:
    refusal, user = may_edit(person(request), found), person(request)
    sent = sending.state_of(found.document)
    numbers = {one.name: one.number for one in parts_of(found)}
    blocks = [_block(one, numbers) for one in found.blocks.all() if _is_shown(one, numbers)]
    return {
        "report": found, "blocks": blocks, "sent": sent, "edits": refusal is None, "refusal": refusal,
        "corrects": may_correct(user, found) is None, "waiting": sum(one["block"].other is not None for one in blocks),
        "dropped": [one for one in blocks if one["block"].dropped], "entries": timeline(found.dossier),
        "corrections": found.corrections.all(), "newer": refusal is None and newer_figures(found),
    }  # fmt: skip


def _is_shown(block: ComposedBlock, numbers: dict[str, str]) -> bool:
    """Blocks that stand in the report, and dropped ones that could come back."""
    return block.name in numbers or (block.dropped and not block.is_empty)


def _block(block: ComposedBlock, numbers: dict[str, str]) -> dict[str, Any]:
    """What the page shows of a block."""
    shown: dict[str, Any] = {"block": block, "number": numbers.get(block.name, "")}
    if block.kind == "table":
        head, looks = block.data["head"], _looks(block.data)
        rows = [[cell(one["text"], one["tokens"]) for one in row] for row in block.data["rows"]]
        rows_shown = [list(zip(row, looks, head, strict=True)) for row in rows]
        return shown | {"heads": list(zip(head, looks, strict=True)), "rows": rows_shown}
    if block.kind == "chart":
        return shown | {"spec": {**block.data["spec"], "width": "container"}}
    shown["html"] = linked(block.text, tokens_of(block))
    if block.other is not None:
        one, other = compared(block.text, block.other)
        shown |= {"mine": marked(one), "new": marked(other)}
    return shown


def _looks(data: dict[str, Any]) -> list[str]:
    """How each column is set: its name in the first, numbers to the right, short words on one line."""
    longest = (max(map(len, column)) for column in zip(*_texts(data), strict=True))
    kinds = [
        "number" if side == "r" else "short" if long <= SHORT else ""
        for side, long in zip(data["sides"], longest, strict=True)
    ]
    return ["title", *kinds[1:]]


def _texts(data: dict[str, Any]) -> list[list[str]]:
    return [[one["text"] for one in row] for row in data["rows"]]


def _asked_block(request: HttpRequest, found: Composed) -> ComposedBlock:
    return get_object_or_404(ComposedBlock, report=found, pk=number(request.POST.get("block", "")))


def _back(found: Composed, block: ComposedBlock) -> HttpResponse:
    return redirect(f"{found.get_absolute_url()}#block-{block.pk}")


def _save(request: HttpRequest, found: Composed) -> HttpResponse:
    block, seen = _asked_block(request, found), number(request.POST.get("seen", ""))
    composing.save_text(block, request.POST.get("text", ""), seen=seen, by=person(request))
    return _back(found, block)


def _drop(request: HttpRequest, found: Composed) -> HttpResponse:
    block = composing.set_dropped(_asked_block(request, found), dropped=True, by=person(request))
    return _back(found, block)


def _restore(request: HttpRequest, found: Composed) -> HttpResponse:
    block = composing.set_dropped(_asked_block(request, found), dropped=False, by=person(request))
    return _back(found, block)


def _choose(request: HttpRequest, found: Composed) -> HttpResponse:
    which = request.POST.get("which", "")
    if which not in {"mine", "new", "made"}:
        raise Http404
    return _back(found, composing.choose(_asked_block(request, found), which, by=person(request)))


def _refresh(request: HttpRequest, found: Composed) -> HttpResponse:
    done = composing.refresh(found, by=person(request))
    if done.waiting:
        words = {"changed": done.changed, "n": done.waiting}
        say(request, _("New figures in %(changed)d parts; in %(n)d of them you choose between two texts.") % words)
    elif done.changed:
        say(request, _("New figures in %(n)d parts; what you wrote stays.") % {"n": done.changed})
    else:
        say(request, _("The figures are those of today already."))
    return redirect(found)


def _lay_out(request: HttpRequest, found: Composed) -> HttpResponse:
    composing.lay_out(found, request.POST.get("layout", ""), by=person(request))
    say(request, _("The report is laid out anew: look at it in the preview."))
    return redirect(found)


def _hand_over(request: HttpRequest, found: Composed) -> HttpResponse:
    sent = composing.hand_over(found, by=person(request))
    say(request, _("The report is a draft among outgoing documents: have it signed and numbered there."))
    return redirect(sent.url)


def _correct(request: HttpRequest, found: Composed) -> HttpResponse:
    made = composing.correct(found, by=person(request))
    say(request, _("This report corrects the one that was issued. Its figures are those of today."))
    return redirect(made)


ACTS: dict[str, Callable[[HttpRequest, Composed], HttpResponse]] = {
    "save": _save, "drop": _drop, "restore": _restore, "choose": _choose, "refresh": _refresh,
    "lay-out": _lay_out, "hand-over": _hand_over, "correct": _correct,
}  # fmt: skip


@require_POST
@refusal_in_json
def composed_keep(request: HttpRequest, pk: int) -> JsonResponse:
    """Keep a text block that is being written; one that changed meanwhile is refused, and nothing is written over."""
    found = find(request, pk)
    try:
        body = json.loads(request.body)
        block = get_object_or_404(ComposedBlock, report=found, pk=int(body["block"]))
        text, seen = str(body["text"]), int(body["seen"])
    except (ValueError, KeyError, TypeError) as wrong:
        raise Http404 from wrong
    kept = composing.save_text(block, text, seen=seen, by=person(request))
    html = linked(kept.text, tokens_of(kept))
    return JsonResponse({"seen": kept.revision, "html": html, "edited": kept.edited is not None})


@require_GET
def composed_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as it will be printed."""
    found = find(request, pk)
    shown = preview_of(official_paper(paper_of(found), on=today()))
    return render(request, "indicators/composed_preview.html", {"report": found, **shown})


@require_GET
@in_vietnamese()
def composed_word(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as a Word file."""
    found = find(request, pk)
    return word_response(word(paper_of(found), on=today()), _name(found))


@require_GET
def composed_excel(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures of the report as sheets."""
    found = find(request, pk)
    return excel_response(excel(paper_of(found)), _name(found))


def _name(found: Composed) -> str:
    return f"bao-cao-{found.template}-{found.period.code}-{found.pk}"
