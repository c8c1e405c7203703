"""What a lost session and a refused action look like, on a page and inside one."""

import json
from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlsplit

from django.conf import settings
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils import translation

from khue.core.refusals import Refused
from khue.site import appearance
from khue.site.views.errors import bad_request, forbidden, not_allowed, session_lost

Handler = Callable[[HttpRequest], HttpResponseBase]
FOUND = 302


def language(get_response: Handler) -> Handler:
    """Speak the language that was chosen; Vietnamese otherwise, whatever language the browser was installed in."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        chosen = appearance.language_of(request)
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        return response

    return middleware


class Answers:
    """Turns a refusal that no view caught into its page, and keeps the sign-in form out of fragments."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """A fragment (HTMX) asked for after the session was lost sends the whole page to the sign-in.

        A form says that the session is over and leads back to its page: many an address takes nothing but forms, so
        the sign-in must not lead there.
        """
        response = self.get_response(request)
        fragment = bool(request.headers.get("HX-Request"))
        if isinstance(response, HttpResponseNotAllowed) and request.method == "GET" and not fragment:
            return not_allowed(request)
        if response.status_code != FOUND:
            return response
        sign_in, wanted = resolve_url(settings.LOGIN_URL), urlsplit(response.headers["Location"])
        if wanted.path != sign_in:
            return response
        if fragment:
            page = urlsplit(request.headers.get("HX-Current-URL", "")).path or "/"
            return HttpResponse(status=204, headers={"HX-Redirect": f"{sign_in}?{urlencode({'next': page})}"})
        back_here = parse_qs(wanted.query).get("next") == [request.get_full_path()]
        return session_lost(request) if request.method == "POST" and back_here else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal, and text that the database cannot keep, is a page with a sentence, never a traceback."""
        if isinstance(exception, DataError) and "NUL" in str(exception):
            return bad_request(request, exception)
        if not isinstance(exception, Refused):
            return None
        if request.headers.get("HX-Request"):
            # Inside a page nothing is exchanged; its script shows the sentence as a toast.
            return HttpResponse(status=403, headers={"HX-Trigger": json.dumps({"khue-refused": str(exception)})})
        return forbidden(request, exception)
