"""Which of a person's parts the request is made in: the "acting for" of the header."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from khue.accounts.models import User
from khue.accounts.part import Part
from khue.accounts.rules import acting_in

CHOSEN = "acting"
"""The session's key for the number of the chosen membership."""


def acting(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Set `request.acting` to the chosen part, else the first one, else None."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.acting = _chosen(request)  # type: ignore[attr-defined]  # read through `part_of`
        return get_response(request)

    return middleware


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
