"""How a page answers when a rule refuses what was asked: with the rule's sentence, and nothing typed is lost.

if request.method == "POST" and form.is_valid():
    with refusal_on(form):
        made = actions.start(by=person(request), **form.cleaned_data)
        return redirect(made)
return render(…, {"form": form})
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse

from khue.core.refusals import Refused
from khue.core.toasts import say, warn

P = ParamSpec("P")


@contextmanager
def refusal_on(form: BaseForm) -> Iterator[None]:
    """A refusal within ends the block and stands on `form`, above what was typed."""
    try:
        yield
    except Refused as refused:
        form.add_error(None, str(refused))


@contextmanager
def refusal_told(request: HttpRequest) -> Iterator[None]:
    """A refusal within ends the block and is told on the next page: for acts without a form of their own."""
    try:
        yield
    except Refused as refused:
        warn(request, str(refused))


def refusal_in_json(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """For views that scripts ask: a refusal is answered as `{"refused": …, "code": …}` with status 409."""

    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(*args, **kwargs)
        except Refused as refused:
            return JsonResponse({"refused": str(refused), "code": refused.refusal.code}, status=409)

    return answer


def written(request: HttpRequest, form: BaseForm, write: Callable[[], str]) -> bool:
    """Do what a valid form asks and say what was done; False, with the reason on the form, when nothing was."""
    if form.is_valid():
        with refusal_on(form):
            say(request, write())
            return True
    return False
