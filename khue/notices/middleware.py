"""Whoever opens a page has read what told of it, however they came there: by the notice, the desk or a search."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from khue.accounts.models import User
from khue.notices.actions import mark_seen
from khue.notices.rules import OPENED, Opened

Handler = Callable[[HttpRequest], HttpResponseBase]
DONE, DESK = 200, "/"
NOT_LOOKED_AT = ("Purpose", "Sec-Purpose", "X-Moz", "HX-Request")
"""Headers of what is fetched ahead, and of parts of a page."""


def opened(get_response: Handler) -> Handler:
    """Mark the person's own notices that lead to the page as read once it was shown whole, with its bell: not a part of
    it, nor what a browser fetches ahead."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        user = request.user
        if not isinstance(user, User) or not _is_looked_at(request):
            return get_response(request)
        address = request.get_full_path()
        page = user.__dict__[OPENED] = Opened([address, address.partition("?")[0]])
        response = get_response(request)
        if page.told and response.status_code == DONE:
            mark_seen(page.told, by=user)
        return response

    return middleware


def _is_looked_at(request: HttpRequest) -> bool:
    """The desk, where everybody lands, is the page of nothing."""
    if request.method != "GET" or request.path == DESK:
        return False
    return not any(header in request.headers for header in NOT_LOOKED_AT)
