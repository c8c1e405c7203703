"""Fragments that other pages ask for."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from khue.accounts.models import User
from khue.matching import search
from khue.matching.ranking.record import Purpose

SHORTEST = 8
LIMIT = 6


@require_POST
def similar(request: HttpRequest) -> HttpResponse:
    """What is like the text being written.

    The text is in `text`, or in the fields that `fields` names; `purpose`; `exclude` as `kind:pk`; `kinds` to keep to.
    """
    if not isinstance(request.user, User):
        raise PermissionDenied
    text = _text(request)
    purpose = Purpose.NEED if request.POST.get("purpose") == Purpose.NEED else Purpose.DUPLICATE
    long_enough = len(text) >= SHORTEST
    kinds = request.POST.getlist("kinds") or None
    found = search.similar(
        request.user, text, purpose=purpose, kinds=kinds, limit=LIMIT, exclude=_excluded(request)
    ) if long_enough else []  # fmt: skip
    return render(request, "matching/_similar.html", {"found": found, "purpose": purpose, "long_enough": long_enough})


def _text(request: HttpRequest) -> str:
    named = [name.strip() for name in request.POST.get("fields", "text").split(",")]
    return ". ".join(part for name in named if (part := request.POST.get(name, "").strip()))


def _excluded(request: HttpRequest) -> list[tuple[str, int]]:
    named = (each.partition(":") for each in request.POST.getlist("exclude"))
    return [(kind, int(pk)) for kind, _, pk in named if pk.isdecimal() and len(pk) < 19]
