"""What is posted from the page of a directive."""

from collections.abc import Callable

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from khue.accounts.asking import person
from khue.core.answering import written
from khue.core.clock import today
from khue.core.refusals import Refusal, Refused
from khue.directory.search import resolve_unit
from khue.documents.actions import directive_work as work
from khue.documents.actions.directive_assign import pass_down
from khue.documents.actions.directive_create import Order
from khue.documents.actions.directive_recurrence import repeat
from khue.documents.actions.directive_reminders import remind
from khue.documents.forms.directive import ExtensionForm, PassDownForm, ReportForm, ShareForm
from khue.documents.models import Directive, Document
from khue.documents.models.sign import sign_key
from khue.documents.rules.visibility import visible_to as visible_documents
from khue.documents.views.directive import find_directive, page_of


def _answer(request: HttpRequest, found: Directive, name: str, form: Form, write: Callable[[], str]) -> HttpResponse:
    """Write when the form is valid; otherwise, or when it is refused, the page again with nothing lost."""
    if written(request, form, write):
        return redirect(found.get_absolute_url())
    context = page_of(found, person(request), **{name: form})
    return render(request, "documents/directive.html", {**context, "opened": name}, status=422)


@require_POST
def directive_report(request: HttpRequest, pk: int) -> HttpResponse:
    """A report of the lead unit."""
    found = find_directive(request, pk)
    form = ReportForm(request.POST, request.FILES)

    def write() -> str:
        data = form.cleaned_data
        reply = _reply(request, data["reply"])
        made = work.report(
            found, by=person(request), text=data["text"], percent=data["percent"], done=data["done"], reply=reply,
            evidence=data["evidence"],
        )  # fmt: skip
        return _("Reported as done.") if made.kind == "done" else _("Progress reported.")

    return _answer(request, found, "report", form, write)


def _reply(request: HttpRequest, sign: str) -> Document | None:
    """The registered document of that sign, the newest when there are several."""
    if not sign.strip():
        return None
    key = sign_key(sign)
    document = visible_documents(person(request)).filter(sign_key=key).order_by("-issued_on", "-pk").first()
    if document is None:
        sentence = _("No document %(sign)s is registered here. Register it first, or leave this empty.")
        raise Refused(Refusal("reply-unknown", sentence % {"sign": sign}))
    return document


@require_POST
def directive_share(request: HttpRequest, pk: int) -> HttpResponse:
    """A report of a supporting unit on its own share."""
    found = find_directive(request, pk)
    form = ShareForm(request.POST, request.FILES)

    def write() -> str:
        data = form.cleaned_data
        work.report_share(
            found, by=person(request), text=data["text"], percent=data["percent"], evidence=data["evidence"]
        )
        return _("Your unit's share was reported.")

    return _answer(request, found, "share", form, write)


@require_POST
def directive_extension(request: HttpRequest, pk: int) -> HttpResponse:
    """A request for more time."""
    found = find_directive(request, pk)
    form = ExtensionForm(request.POST)

    def write() -> str:
        data = form.cleaned_data
        work.ask_extension(found, by=person(request), reason=data["reason"], new_due_on=data["new_due_on"])
        return _("The issuing unit was asked for more time.")

    return _answer(request, found, "extension", form, write)


@require_POST
def directive_pass_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Parts of the work for units below."""
    found = find_directive(request, pk)
    form = PassDownForm(request.POST, directive=found)

    def write() -> str:
        data = form.cleaned_data
        order = Order(content=data["content"], due_on=data["due_on"], priority=found.priority, field=found.field)
        made = pass_down(found, order, list(data["units"]), by=person(request))
        return _("%(n)d parts were given to units below.") % {"n": len(made)}

    return _answer(request, found, "pass_down", form, write)


@require_POST
def directive_move(request: HttpRequest, pk: int) -> HttpResponse:
    """A plain move of the process: acknowledge, accept, return, decide about more time, hand over, withdraw."""
    found = find_directive(request, pk)
    name, comment = request.POST.get("move", ""), request.POST.get("comment", "")
    form = Form(request.POST)

    def write() -> str:
        if name == "hand-over":
            to = resolve_unit(request.POST.get("unit", ""), today())
            if to is None:
                raise Refused(Refusal("unit-unknown", _("Choose the unit that takes over from the list.")))
            work.hand_over(found, to, by=person(request), reason=comment)
        elif name == "repeat":
            repeat(found, request.POST.get("every", ""), by=person(request))
        else:
            work.act(found, name, by=person(request), comment=comment)
        return _("Done.")

    if not name:
        raise Http404
    return _answer(request, found, "move", form, write)


@require_POST
def directive_remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the lead unit about it."""
    found = find_directive(request, pk)
    form = Form(request.POST)

    def write() -> str:
        made = remind(found, by=person(request), comment=request.POST.get("comment", ""))
        return _("The unit was reminded.") if made else _("The unit has already been reminded today.")

    return _answer(request, found, "remind", form, write)
