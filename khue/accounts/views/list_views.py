"""Views of lists that people keep, changed from the bar above each list."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from khue.accounts import rules
from khue.accounts.actions import list_views as actions
from khue.accounts.asking import person
from khue.core import pages
from khue.core.answering import refusal_told
from khue.core.returning import way_back
from khue.core.toasts import say


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the filters and the order that the list is shown with."""
    by, path = person(request), request.POST.get("list", "")
    match = _list_at(path)
    query = pages.known(request.POST.get("query", ""), pages.filters_of(match.func))
    name, wishes = request.POST.get("name", ""), {word: word in request.POST for word in ("default", "shared")}
    with refusal_told(request):
        actions.keep_view(pages.list_name(match), name=name, query=query, by=by, **wishes)
        say(request, _("The view is kept."))
    return redirect(f"{path}?{query or pages.PLAIN}")


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename, share, open the list in it, or remove it."""
    by = person(request)
    view = get_object_or_404(rules.views_seen_by(by), pk=pk)
    name = request.POST.get("name", "")
    verbs: dict[str, tuple[Callable[[], object], str]] = {
        "rename": (lambda: actions.rename_view(view, name, by=by), _("Renamed.")),
        "share": (lambda: actions.share_view(view, True, by=by), _("Everybody sees this view now.")),
        "unshare": (lambda: actions.share_view(view, False, by=by), _("Only you see this view now.")),
        "default": (lambda: actions.open_in(view, by=by), _("The list opens in this view from now on.")),
        "plain": (lambda: actions.open_plain(view, by=by), _("The list opens without this view again.")),
        "remove": (lambda: actions.remove_view(view, by=by), _("The view is removed.")),
    }
    if request.POST.get("do") not in verbs:
        raise Http404
    act, done = verbs[request.POST["do"]]
    with refusal_told(request):
        act()
        say(request, done)
    return redirect(way_back(request, "/"))


def _list_at(path: str) -> ResolverMatch:
    """The list at an address of this site; 404 for what is none."""
    try:
        match = resolve(path)
    except Resolver404 as error:
        raise Http404 from error
    if pages.filters_of(match.func) is None:
        raise Http404
    return match
