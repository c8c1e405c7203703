"""How a page answers when a rule refuses what was asked: with the rule's sentence, and nothing typed is lost.

if request.method == "POST" and form.is_valid():
    with refusal_on(form):
        made = actions.start(by=person(request), **form.cleaned_data)
        return redirect(made)
return render(…, {"form": form})
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from khue.core.refusals import Refused
from khue.core.toasts import say, warn

P = ParamSpec("P")


class Ended:
    """A block that a refusal within ends; `tell` hears the rule's sentence."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell

    def __enter__(self) -> None: ...

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        if isinstance(error, Refused):
            self._tell(str(error))
        return isinstance(error, Refused)


class Problem(Ended):
    """For pages with a place of their own for it: a refusal within ends the block and is this problem's sentence."""

    def __init__(self) -> None:
        super().__init__(self._keep)
        self.sentence = ""

    def _keep(self, sentence: str) -> None:
        self.sentence = sentence

    def __bool__(self) -> bool:
        return bool(self.sentence)

    def __str__(self) -> str:
        return self.sentence


def refusal_on(form: BaseForm, field: str | None = None) -> Ended:
    """A refusal within ends the block and stands on `form`, above what was typed or beside the field."""
    return Ended(lambda sentence: form.add_error(field, sentence))


def refusal_told(request: HttpRequest) -> Ended:
    """A refusal within ends the block and is told on the next page: for acts without a form of their own."""
    return Ended(lambda sentence: warn(request, sentence))


def nothing_done(request: HttpRequest) -> Ended:
    """The same for acts on several records, all or none: the next page says that none was touched, and why."""
    return Ended(lambda sentence: warn(request, _("Nothing was done. %(why)s") % {"why": sentence}))


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
