"""What every answer carries."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

Handler = Callable[[HttpRequest], HttpResponseBase]


def _policy() -> str:
    rules = {
        "default-src": "'self'",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": " ".join(["'self'", *settings.FORM_TARGETS]),
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def content_security(get_response: Handler) -> Handler:
    """Lets a page run only our own scripts and styles, none of them inline, and talk only to this site."""
    policy = _policy()

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        debug_page = settings.DEBUG and response.status_code in {404, 500} and isinstance(response, HttpResponse)
        if not debug_page:
            response.headers.setdefault("Content-Security-Policy", policy)
        return response

    return middleware
