"""Opening files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from khue.accounts.models import User
from khue.core.refusals import Refused
from khue.files import actions
from khue.files.models import Version
from khue.files.rules import SHOWN, may_read


def _version(user: User, version_id: int) -> Version:
    version = Version.objects.select_related("file").filter(pk=version_id).first()
    if version is None or may_read(user, version) is not None:
        raise Http404
    return version


@require_GET
def download(request: HttpRequest, version_id: int) -> HttpResponse:
    """The content; `?xem=1` shows a PDF or picture in the browser. A file one may not see is simply not found."""
    assert isinstance(request.user, User)  # noqa: S101 - signed in, see LoginRequiredMiddleware
    version = _version(request.user, version_id)
    try:
        data = actions.open_version(version, by=request.user)
    except Refused as refused:
        return HttpResponse(str(refused), status=409, content_type="text/plain; charset=utf-8")
    shown = "xem" in request.GET and version.kind in SHOWN
    response = HttpResponse(data, content_type=version.media_type if shown else "application/octet-stream")
    disposition = content_disposition_header(as_attachment=not shown, filename=version.name)
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    if version.kind != "pdf":  # a browser's own PDF viewer does not open inside a sandbox
        response["Content-Security-Policy"] = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"
    response["Cache-Control"] = "private, no-store" if version.file.restricted else "private, max-age=3600"
    return response


@require_GET
def reading_state(request: HttpRequest, version_id: int) -> HttpResponse:
    """How far reading has come: a fragment that asks again by itself until the text is there."""
    assert isinstance(request.user, User)  # noqa: S101 - signed in, see LoginRequiredMiddleware
    return render(request, "files/_reading_state.html", {"version": _version(request.user, version_id)})
