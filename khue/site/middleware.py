"""What a lost session and a refused action look like, on a page and inside one."""

import json
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils import translation

from khue.core.refusals import Refused
from khue.site import appearance
from khue.site.views.errors import forbidden

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
        """A fragment (HTMX) asked for after the session was lost sends the whole page to the sign-in."""
        response = self.get_response(request)
        if not request.headers.get("HX-Request") or response.status_code != FOUND:
            return response
        sign_in = resolve_url(settings.LOGIN_URL)
        if urlsplit(response.headers["Location"]).path != sign_in:
            return response
        page = urlsplit(request.headers.get("HX-Current-URL", "")).path or "/"
        return HttpResponse(status=204, headers={"HX-Redirect": f"{sign_in}?{urlencode({'next': page})}"})

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal is a page with its sentence, never a traceback."""
        if not isinstance(exception, Refused):
            return None
        if request.headers.get("HX-Request"):
            # Inside a page nothing is exchanged; its script shows the sentence as a toast.
            return HttpResponse(status=403, headers={"HX-Trigger": json.dumps({"khue-refused": str(exception)})})
        return forbidden(request, exception)
