"""How a page answers when a rule refuses what was asked: with the rule's sentence, and nothing typed is lost.

if request.method == "POST" and form.is_valid():
    with refusal_on(form):
        made = actions.start(by=person(request), **form.cleaned_data)
        return redirect(made)
return render(…, {"form": form})
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.forms import BaseForm
from django.http import HttpRequest

from khue.core.refusals import Refused
from khue.core.toasts import say, warn


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


def written(request: HttpRequest, form: BaseForm, write: Callable[[], str]) -> bool:
    """Do what a valid form asks and say what was done; False, with the reason on the form, when nothing was."""
    if form.is_valid():
        with refusal_on(form):
            say(request, write())
            return True
    return False
