"""Pages for what went wrong: what happened, what was kept, what to do."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

from khue.core.refusals import Refused
from khue.core.returning import is_ours


def _page(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    try:
        return render(request, "site/error.html", {"status": status, **context}, status=status)
    except Exception:  # noqa: BLE001 - whatever broke the page must not break the page that tells of it
        return render(None, "site/plain_error.html", {"status": status, **context}, status=status)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django passes it
    """400: the browser sent something that cannot be read."""
    return _page(
        request,
        400,
        title=_("The request could not be read"),
        text=_("The address or the form was damaged on its way. Nothing was changed. Go back and try again."),
    )


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the reason, where the rule gave one."""
    reason = str(exception.refusal) if isinstance(exception, Refused) else str(exception)
    return _page(
        request,
        403,
        title=_("You may not see or do this"),
        text=reason or _("Your present part does not reach this page. If you have another part, change to it."),
    )


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """404: nothing here, or nothing that this person may know of."""
    return _page(
        request,
        404,
        title=_("This page is not here"),
        text=_(
            "The address may be mistyped, the record removed, or not open to you. A few letters are enough to search."
        ),
    )


def not_allowed(request: HttpRequest) -> HttpResponse:
    """405: an address that takes forms only was opened by itself, from the history or a link that was copied."""
    return _page(
        request,
        405,
        title=_("Nothing is shown at this address"),
        text=_("It only takes what a form sends. Go back to the page of the form; what you typed is kept there."),
    )


@requires_csrf_token
def failed(request: HttpRequest) -> HttpResponse:
    """500: ours to mend; what was typed is kept."""
    return _page(
        request,
        500,
        title=_("Something broke on our side"),
        text=_(
            "Nothing was half done: the change was taken back whole. What you typed is kept in this browser. "
            "Try again in a few minutes; if it happens again, tell the administrator what you were doing."
        ),
    )


def session_lost(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django passes it
    """403 for a form that belongs to no session any more: its draft waits in the browser."""
    back = urlsplit(request.headers.get("Referer", ""))
    within = back._replace(scheme="", netloc="").geturl()
    ours = back.netloc == request.get_host() and is_ours(request, within)
    back_to = within if ours else settings.LOGIN_REDIRECT_URL
    return render(request, "site/session_lost.html", {"back": back_to}, status=403)


def offline(request: HttpRequest) -> HttpResponse:
    """What the browser shows when the server cannot be reached; kept in advance by the service worker."""
    return render(request, "site/offline.html")
