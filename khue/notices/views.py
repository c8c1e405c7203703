"""The list of one's notices, and the calendar that opens without signing in."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from khue.accounts.asking import person
from khue.core import toasts
from khue.core.pages import View, address, filtered_by, paginate
from khue.core.spreadsheet import Column, answer
from khue.language.text import fold
from khue.notices import actions, calendar
from khue.notices.forms import PreferencesForm
from khue.notices.rules import visible_to


@filtered_by("state")
def notices(request: HttpRequest) -> HttpResponse:
    """All of one's notices, the newest first; `excel=1` gives the same list as a file."""
    found = visible_to(person(request))
    words = request.GET.get("q", "")
    for word in fold(words).split():
        found = found.filter(folded__contains=word)
    if request.GET.get("state") == "unread":
        found = found.filter(read_at=None)
    if request.GET.get("excel"):
        return answer(_("Notices"), _columns(), found, {_("Words"): words})
    facts = {
        "page": paginate(request, found),
        "views": [View(_("All"), ""), View(_("Unread"), "state=unread")],
        "excel": address(request, excel=1),
    }
    return render(request, "notices/notice_list.html", facts)


def _columns() -> list[Column]:
    return [
        Column(_("When"), lambda notice: notice.at, "moment"),
        Column(_("What"), lambda notice: notice.subject),
        Column(_("Read at"), lambda notice: notice.read_at, "moment"),
    ]


@require_POST
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark it read and go where it leads."""
    reader = person(request)
    notice = get_object_or_404(visible_to(reader), pk=pk)
    actions.mark_read(notice, by=reader)
    return redirect(notice.url or "notices:list")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all read."""
    actions.mark_all_read(by=person(request))
    toasts.say(request, _("All notices are marked as read."))
    return redirect("notices:list")


def preferences(request: HttpRequest) -> HttpResponse:
    """Which notices come by e-mail, and the address of one's calendar."""
    reader = person(request)
    form = PreferencesForm(request.POST or None, initial={"mail": actions.preferences_of(reader).mail})
    if request.method == "POST" and form.is_valid():
        actions.choose_mail(form.cleaned_data["mail"], by=reader)
        toasts.say(request, _("Saved."))
        return redirect("notices:preferences")
    address = reverse("notices:calendar", args=[actions.preferences_of(reader).calendar_secret])
    return render(request, "notices/preferences.html", {"form": form, "calendar": f"{settings.SITE_URL}{address}"})


@require_POST
def new_calendar(request: HttpRequest) -> HttpResponse:
    """A new secret address for the calendar."""
    actions.new_calendar_address(by=person(request))
    toasts.say(
        request, _("The calendar has a new address. Enter it again on your devices; the old one no longer works.")
    )
    return redirect("notices:preferences")


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:  # noqa: ARG001
    """The calendar of whoever the secret belongs to."""
    owner = calendar.owner_of(secret)
    if owner is None:
        raise Http404
    with translation.override(owner.language):
        content = calendar.feed(owner)
    headers = {"Content-Disposition": 'inline; filename="khue.ics"', "Cache-Control": "private, max-age=600"}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
