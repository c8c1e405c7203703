"""Any two records side by side: what they share, where they differ, what was said of them, and saying it."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.core.answering import refusal_told
from khue.core.toasts import say
from khue.journal.timeline import timeline
from khue.matching import actions, search
from khue.matching.bench import Key, beside, entries_of, key_of
from khue.matching.marking import LEGEND
from khue.matching.merging import merger_of
from khue.matching.models import Entry, Feedback, Likeness
from khue.matching.rules import likenesses_visible_to, may_judge, may_take_back, of_pair
from khue.matching.views.bench import back

OFFERED = 10
LONGEST_QUERY = 1000


@require_safe
def side_by_side(request: HttpRequest) -> HttpResponse:
    """`one` and `other`, each `kind:number`; with `one` alone, what it can be held against."""
    user = person(request)
    one, other = key_of(request.GET.get("one", "")), key_of(request.GET.get("other", ""))
    entries = entries_of(user, *(key for key in (one, other) if key))
    if (
        one is None
        or (other is None and "other" in request.GET)
        or len(entries) != 1 + (other is not None and other != one)
    ):
        raise Http404
    if other is None or one == other:
        return _choose(request, user, entries[0])
    context = {
        "pair": beside(user, *entries), "legend": LEGEND.items(), "back": request.GET.get("back", ""),
        **_judging(user, one, other),
    }  # fmt: skip
    return render(request, "matching/beside.html", context)


def _choose(request: HttpRequest, user: User, entry: Entry) -> HttpResponse:
    """What the other record could be: found by words, else what is like it."""
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    about = (entry.kind, entry.record)
    if query:
        found = search.find(user, query, limit=OFFERED + 1)
    else:
        found = search.similar(user, f"{entry.title}. {entry.summary}", limit=OFFERED, about=about)
    offered = [match for match in found if (match.kind, match.pk) != about]
    context = {"entry": entry, "query": query, "offered": offered, "key": f"{entry.kind}:{entry.record}"}
    return render(request, "matching/beside_choose.html", context)


def _judging(user: User, one: Key, other: Key) -> dict[str, Any]:
    """What the person may say of the pair, what was said, and the pair that comes after it on the bench."""
    if may_judge(user, one, other) is not None:
        return {"may_judge": False}
    (kind_a, pk_a), (kind_b, pk_b) = sorted((one, other))
    said = Feedback.objects.filter(kind_a=kind_a, pk_a=pk_a, kind_b=kind_b, pk_b=pk_b).select_related("by")
    likeness = likenesses_visible_to(user).filter(of_pair(one, other)).first()
    return {
        "may_judge": True, "said": list(said), "verdicts": Feedback.Verdict.choices, "likeness": likeness,
        "may_take_back": may_take_back(user, one, other) is None, "mergeable": merger_of(one, other) is not None,
        "entries": timeline(f"pair:{kind_a}:{pk_a}+{kind_b}:{pk_b}"), "next": _next(user, likeness),
    }  # fmt: skip


def _next(user: User, likeness: Likeness | None) -> str:
    """The address of the next pair that nobody judged; empty where there is none."""
    rows = likenesses_visible_to(user).filter(state=Likeness.State.OPEN)
    if likeness is not None:
        rows = rows.filter(score__lte=likeness.score).exclude(pk=likeness.pk)
    found = rows.first()
    return address_of(*found.pair) if found else ""


def address_of(one: Key, other: Key) -> str:
    """The page of the two side by side."""
    asked = {"one": f"{one[0]}:{one[1]}", "other": f"{other[0]}:{other[1]}"}
    return f"{reverse('matching:beside')}?{urlencode(asked, safe=':')}"


@require_POST
def judge(request: HttpRequest) -> HttpResponse:
    """Say what the two are, or merge one into the other: `do` is a verdict, `into-one` or `into-other`."""
    user, one, other = _posted(request)
    do, note = request.POST.get("do", ""), request.POST.get("note", "")
    with refusal_told(request):
        if do in ("into-one", "into-other"):
            gone, kept = (other, one) if do == "into-one" else (one, other)
            actions.unite(gone, kept, by=user, reasons=note)
            say(request, _("The two records were merged."))
        elif do in Feedback.Verdict.values:
            actions.judge(one, other, do, by=user, note=note)
            undo = address_of(one, other).replace(reverse("matching:beside"), reverse("matching:beside-undo"))
            say(request, _("Kept: %(verdict)s.") % {"verdict": Feedback.Verdict(do).label}, undo=undo)
        return back(request) if request.POST.get("back") else redirect(address_of(one, other))
    bench = request.POST.get("back", "")
    return redirect(address_of(one, other) + (f"&{urlencode({'back': bench})}" if bench else ""))


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back what one said of the two named in the address."""
    user, one, other = _posted(request)
    with refusal_told(request):
        actions.take_back(one, other, by=user)
        say(request, _("Taken back: to be judged again."))
    return redirect(address_of(one, other))


def _posted(request: HttpRequest) -> tuple[User, Key, Key]:
    user = person(request)
    one, other = (key_of(request.POST.get(name) or request.GET.get(name, "")) for name in ("one", "other"))
    if one is None or other is None or len(entries_of(user, one, other)) != 2:
        raise Http404
    return user, one, other
