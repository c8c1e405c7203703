"""Which of a person's parts the request is made in (the "acting for" of the header), and the kept views of a list."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from khue.accounts.models import ListView, User
from khue.accounts.part import Part
from khue.accounts.rules import acting_in, views_of_list
from khue.core import pages

CHOSEN = "acting"
"""The session's key for the number of the chosen membership."""


def acting(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Set `request.acting` to the chosen part, else the first one, else None."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.acting = _chosen(request)  # type: ignore[attr-defined]  # read through `part_of`
        return get_response(request)

    return middleware


class KeptViews:
    """Opens a list in the view that the person chose for it; `request.kept_views` are those of the list."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing by itself; see `process_view`."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_arguments: object) -> HttpResponse | None:
        """Ask for the kept views of a list, and go to the default one when the address names no filter."""
        if not isinstance(request.user, User) or pages.filters_of(view) is None or request.resolver_match is None:
            return None
        kept = views_of_list(request.user, pages.list_name(request.resolver_match))
        request.kept_views = kept  # type: ignore[attr-defined]  # read through `kept_views_of`
        default = next((one for one in kept if getattr(one, "is_default", False)), None)
        if default is None or request.method != "GET" or request.GET:
            return None
        return redirect(f"{request.path}?{default.query}")


def kept_views_of(request: HttpRequest) -> list[ListView]:
    """The views of the list shown, kept by the person or shared with everybody."""
    kept: list[ListView] = getattr(request, "kept_views", [])
    return kept


def part_of(request: HttpRequest) -> Part | None:
    """The part the request is made in; None for a visitor or an account without any."""
    part: Part | None = getattr(request, "acting", None)
    return part


def _chosen(request: HttpRequest) -> Part | None:
    if not isinstance(request.user, User):
        return None
    parts = acting_in(request.user)
    chosen = request.session.get(CHOSEN)
    part = next((part for part in parts if part.membership_id == chosen), parts[0] if parts else None)
    request.user.instead_of = part.delegated_by if part else ""
    return part
