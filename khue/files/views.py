"""Opening files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.core.refusals import Refused
from khue.core.templatetags.khue import date_vn
from khue.files import actions
from khue.files.models import File, Version
from khue.files.rules import SHOWN, disposal_seen_by, may_read


def _version(user: User, version_id: int, *, gone: bool = False) -> Version:
    """A version that the person may open; with `gone` also one that was destroyed and that they could have opened."""
    version = Version.objects.select_related("file").filter(pk=version_id).first()
    if version is not None and (may_read(user, version) is None or (gone and disposal_seen_by(user, version))):
        return version
    raise Http404


def _gone(file: File) -> HttpResponse:
    sentence = _("The content of this file was destroyed on %(day)s and cannot be opened any more. %(reason)s")
    told = sentence % {"day": date_vn(file.disposed_at), "reason": file.removal_reason}
    return HttpResponse(told, status=410, content_type="text/plain; charset=utf-8")


@require_GET
def download(request: HttpRequest, version_id: int) -> HttpResponse:
    """The content; `?xem=1` shows a PDF or picture in the browser. A file one may not see is simply not found."""
    user = person(request)
    version = _version(user, version_id, gone=True)
    if version.file.disposed_at is not None:
        return _gone(version.file)
    try:
        data = actions.open_version(version, by=user)
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
    return render(request, "files/_reading_state.html", {"version": _version(person(request), version_id)})
