"""The desk: what waits for me."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from khue.accounts.asking import person
from khue.accounts.rules import acting_in
from khue.core import navigation
from khue.core.moments import moment
from khue.core.pages import page_of
from khue.notices.rules import visible_to
from khue.site import desk as on_desk
from khue.site.demo.parts import missing
from khue.site.first_steps import first_steps

NEW = 5
"""Unread notices shown on the desk; all of them are one click away."""
_state = {"whole": False}
"""Whether the demo city is there with every part; once it is, the database is not asked again."""
OTHERS = 8
"""Rows of what others do, supported or waited for, until all are asked for."""


def desk(request: HttpRequest) -> HttpResponse:
    """What waits for the person who looks, ordered by what hurts first; `?kind=` keeps to one process."""
    with moment():
        context = _shown(request)
    return render(request, "site/desk.html", context)


def _shown(request: HttpRequest) -> dict[str, Any]:
    user, kind = person(request), request.GET.get("kind", "")
    counts, kinds = on_desk.counts(user)
    number = next((one.count for one in kinds if one.name == kind), 0) if kind else counts.all
    page = page_of(request, on_desk.waiting(user, kind), number)
    others = on_desk.others(user, kind)[: OTHERS + 1]
    supported = [] if kind else on_desk.supported(user, OTHERS + 1)
    return {
        "counts": counts,
        "kinds": kinds,
        "kind": kind,
        "page": page,
        "bunches": on_desk.bunches(user, list(page)),
        "supported": supported[:OTHERS],
        "post": [] if kind else on_desk.post(user, OTHERS),
        "to_hand_in": [] if kind else on_desk.to_hand_in(user),
        "supporters": on_desk.supporters(user) if len(supported) > OTHERS else [],
        "others": on_desk.rows_of_others(others[:OTHERS]),
        "more_others": len(others) > OTHERS,
        "stands_in": [part for part in acting_in(user) if part.delegated_by],
        "news": visible_to(user).filter(read_at=None)[:NEW],
        "board": _board(request),
        "begin": _begin(request),
        "first_steps": [] if counts.all else first_steps(user),
        "to_come": _to_come(),
    }


def waited_for(request: HttpRequest) -> HttpResponse:
    """Everything the person waits for."""
    user, kind = person(request), request.GET.get("kind", "")
    work = on_desk.others(user, kind)
    page = page_of(request, work, len(work))
    return render(request, "site/waited_for.html", {"page": page, "rows": on_desk.rows_of_others(list(page))})


def _board(request: HttpRequest) -> navigation.Item | None:
    """The board for leaders, where an app has one and the person may see it: it stands first on their desk."""
    user = person(request)
    roles = {part.role for part in acting_in(user)}
    found = navigation.open_item("board", user, roles)
    return found if found is not None and found.roles else None


def _begin(request: HttpRequest) -> list[navigation.Item]:
    """What the person begins often, such as registering documents, where an app offers it for the desk."""
    user = person(request)
    return navigation.items_for(user, (part.role for part in acting_in(user)), navigation.DESK)


def _to_come() -> list[str]:
    """Parts of the demo city that are still being built; nothing anywhere else."""
    if not settings.DEMO or _state["whole"]:
        return []
    labels = [part.label for part in missing()]
    _state["whole"] = not labels
    return labels
