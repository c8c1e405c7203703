"""Putting spellings of organisations and people together."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from khue.accounts.asking import person
from khue.core.answering import refusal_told
from khue.core.asked import whole
from khue.core.clock import today
from khue.core.refusals import Refusal, Refused, require
from khue.core.toasts import say
from khue.directory.models import Person, Unit
from khue.directory.search import resolve_unit
from khue.missions.actions.past import spellings as work
from khue.missions.models import Spelling
from khue.missions.rules.past.spellings import Group
from khue.missions.rules.visibility import may_keep

PER_PAGE, DONE = 20, 10


@require_GET
def spellings(request: HttpRequest) -> HttpResponse:
    """Groups that look the same, those with most missions first; what was decided lately, to be taken back."""
    refusal = may_keep(person(request))
    if refusal is not None:
        return render(request, "missions/past/no_spellings.html", {"refusal": refusal}, status=403)
    kind = request.GET.get("kind", "host")
    kind = kind if kind in Spelling.Kind.values else "host"
    page = Paginator(work.groups_of(kind), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "kind": kind,
        "kinds": Spelling.Kind.choices,
        "page": page,
        "groups": _shown(kind, list(page.object_list)),
        "done": Spelling.objects.filter(undone_at=None).select_related("unit", "person")[:DONE],
        "unit_kinds": Unit.Kind.choices,
    }
    return render(request, "missions/past/spellings.html", context)


def _shown(kind: str, groups: Sequence[Group]) -> list[dict[str, Any]]:
    known: Sequence[Unit | Person | None] = (
        work.known_units(groups) if kind == "host" else work.known_people(groups)
    )  # fmt: skip
    meant = [(group, one, one or group.proposed) for group, one in zip(groups, known, strict=True)]
    return [
        {"group": group, "known": one, "proposed": getattr(proposed, "name", "") or str(proposed)}
        for group, one, proposed in meant
    ]


@require_POST
def spelling_decide(request: HttpRequest) -> HttpResponse:
    """Put the picked spellings together, or keep them apart."""
    kind, names = request.POST.get("kind", "host"), request.POST.getlist("name")
    kind = kind if kind in Spelling.Kind.values else "host"
    back = f"{reverse('missions:spellings')}?kind={kind}"
    with refusal_told(request):
        require(may_keep(person(request)) or _picked(names))
        if "apart" in request.POST:
            made = work.keep_apart(kind, names, by=person(request))
            said = _("Kept apart; nobody is asked about them again.")
        else:
            made = work.put_together(kind, names, _target(request, kind), by=person(request))
            said = _("%(count)s missions were put to %(target)s.")
            said %= {"count": len(made.missions), "target": made.unit or made.person}
        say(request, said, undo=reverse("missions:spelling-undo", args=[made.pk]))
    return redirect(back)


def _picked(names: list[str]) -> Refusal | None:
    return None if names else Refusal("spelling-none", _("Pick at least one spelling."))


def _target(request: HttpRequest, kind: str) -> Unit | Person:
    """The unit or person that is meant: one that the directory knows, else a new one."""
    user, name = person(request), request.POST.get("target", "").strip()
    if not name:
        raise Refused(Refusal("spelling-target", _("Write whom these spellings mean.")))
    if kind == "host":
        found = resolve_unit(name, today())
        kinds = request.POST.get("unit_kind", "")
        chosen = kinds if kinds in Unit.Kind.values else Unit.Kind.INSTITUTE
        return found or work.new_host(name, chosen, by=user)
    if (known := whole(request.POST.get("person"))) is not None:
        return get_object_or_404(Person, pk=known)
    return work.new_person(name, by=user)


@require_POST
def spelling_undo(request: HttpRequest, number: int) -> HttpResponse:
    """Take a decision back."""
    found = get_object_or_404(Spelling, pk=number)
    with refusal_told(request):
        work.undo(found, by=person(request))
        say(request, _("Taken back."))
    return redirect(f"{reverse('missions:spellings')}?kind={found.kind}")
