"""What applicants do with their application, and the department with its eligibility."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.core.answering import Problem, refusal_on, refusal_told
from khue.core.asked import key
from khue.core.refusals import Refusal, Refused
from khue.core.toasts import say
from khue.directory.models import Unit
from khue.missions.actions.select import applications as acts
from khue.missions.actions.select.attachments import attach, remove_attachment
from khue.missions.actions.select.eligibility import declare, judge
from khue.missions.forms.selecting import AttachForm, JudgeForm
from khue.missions.models import Application, Selection
from khue.missions.rules.select.parts import own_units
from khue.missions.views.select.application import TEMPLATE, find_application, page_of


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the application of one's organisation."""
    user = person(request)
    found = get_object_or_404(Selection.objects.exclude(case__step="preparing"), pk=pk)
    asked = key(request.POST.get("unit"))
    lead = Unit.objects.filter(pk=asked, pk__in=own_units(user)).first()
    if lead is None:
        raise PermissionDenied
    with refusal_told(request):
        made = acts.start(found, lead, by=user)
        say(request, _("Begun. What the order says is filled in already; everything is kept while you write."))
        return redirect(made)
    there = Application.objects.filter(selection=found, lead=lead).first()
    return redirect(there or found.call or found)


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in, withdraw, change the authors, take a file out; declare valid or not."""
    user, found = person(request), find_application(request, pk)
    with (problem := Problem()):
        _do(request, found, user)
        return redirect(found)
    return _again(request, found, str(problem))


def _again(request: HttpRequest, found: Application, problem: str) -> HttpResponse:
    """The page with what was typed and why it was refused."""
    page = page_of(find_application(request, found.pk), person(request), problem=problem)
    return render(request, TEMPLATE, page, status=422)


def _do(request: HttpRequest, found: Application, user: User) -> None:
    what = request.POST.get("do", "")
    if what == "submit":
        receipt = acts.submit(found, by=user)
        say(request, _("Handed in. Your receipt is %(number)s.") % {"number": receipt})
    elif what == "withdraw":
        acts.withdraw(found, by=user)
        say(request, _("Withdrawn. You can change it and hand it in again until the closing moment."))
    elif what in ("add-author", "remove-author"):
        _authors(request, found, user, what)
    elif what == "remove-file":
        remove_attachment(get_object_or_404(found.attachments, pk=key(request.POST.get("file"))), by=user)
        say(request, _("Taken out."))
    elif what == "valid":
        declare(found, valid=True, by=user)
        say(request, _("Declared valid."))
    elif what == "invalid":
        declare(found, valid=False, by=user, reason=request.POST.get("reason", ""))
        say(request, _("Declared not valid. The organisation was told why."))


def _authors(request: HttpRequest, found: Application, user: User, what: str) -> None:
    if what == "add-author":
        email = request.POST.get("email", "").strip()
        other = User.objects.filter(email__iexact=email, is_active=True).first()
        if other is None:
            sentence = _("Nobody has an account with the address %(email)s.") % {"email": email}
            raise Refused(Refusal("application.no-such-author", sentence))
        acts.add_author(found, other, by=user)
        say(request, _("%(person)s writes along now.") % {"person": other.full_name})
    else:
        other = get_object_or_404(found.authors, pk=key(request.POST.get("user")))
        acts.remove_author(found, other, by=user)
        say(request, _("%(person)s no longer writes along.") % {"person": other.full_name})


@require_POST
def attach_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a file."""
    user, found = person(request), find_application(request, pk)
    form = AttachForm(request.POST, request.FILES, application=found)
    if form.is_valid():
        told = form.cleaned_data
        with refusal_on(form):
            attach(
                found, told["file"], kind=told["kind"], by=user, issued_on=told["issued_on"],
                who=form.part("person"), unit=Unit.objects.filter(pk=form.part("unit") or 0).first(),
            )  # fmt: skip
            say(request, _("Added."))
            return redirect(found)
    return render(request, TEMPLATE, page_of(found, user, attach=form))


@require_POST
def judge_eligibility(request: HttpRequest, pk: int) -> HttpResponse:
    """An officer's own judgement of one bar."""
    user, found = person(request), find_application(request, pk)
    form = JudgeForm(request.POST)
    if not form.is_valid():
        return _again(request, found, _("Choose a judgement and write on what it rests."))
    row = get_object_or_404(found.eligibility, pk=form.cleaned_data["row"])
    with (problem := Problem()):
        judge(row, finding=form.cleaned_data["finding"], reason=form.cleaned_data["reason"], by=user)
        say(request, _("Kept."))
        return redirect(found)
    return _again(request, found, str(problem))
