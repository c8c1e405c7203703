"""The service worker: keeps the offline page in the browser."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from khue.site.views import errors


@login_not_required
@cache_control(max_age=3600)
def worker(request: HttpRequest) -> HttpResponse:
    """The script; it must come from the root to watch over every page."""
    return render(request, "site/worker.js", content_type="text/javascript")


@login_not_required
def offline(request: HttpRequest) -> HttpResponse:
    """The page that the worker keeps."""
    return errors.offline(request)
