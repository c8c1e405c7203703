"""What the secretary posts from the page of a council: one verb each, nothing that was typed is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.core.answering import refusal_on
from khue.core.asked import key
from khue.core.clock import today
from khue.core.refusals import require
from khue.core.toasts import say
from khue.councils import actions
from khue.councils.forms.acts import (
    AppointForm,
    AuthoriseForm,
    BoardForm,
    ConcludeForm,
    FeeForm,
    JudgeForm,
    MinutesForm,
    OpinionForm,
    ReasonForm,
    ReportForm,
    ScheduleForm,
)
from khue.councils.models import Conflict, Council, Fee, Seat, Subject
from khue.councils.rules.ballots import needs_ballots
from khue.councils.rules.managing import may_run
from khue.councils.rules.numbers import numbers
from khue.councils.rules.session import THERE
from khue.councils.views.asking import find_council
from khue.councils.views.board import show_board, show_count
from khue.councils.views.council import page_of
from khue.files.actions import attach

Do = Callable[[Council, dict[str, Any], HttpRequest, User], object]


@dataclass(frozen=True, slots=True)
class Act:
    """A verb: the form it reads, what it does, what it says afterwards."""

    form: Callable[[HttpRequest, Council], Form]
    do: Do
    said: Any


def _plain(kind: type[Form]) -> Callable[[HttpRequest, Council], Form]:
    return lambda request, _council: kind(request.POST)


def _with_council(kind: Callable[..., Form]) -> Callable[[HttpRequest, Council], Form]:
    return lambda request, council: kind(request.POST, council=council)


def _subject(council: Council, request: HttpRequest) -> Subject:
    return get_object_or_404(council.subjects, pk=key(request.POST.get("subject")))


def _attendance(council: Council, _data: dict[str, Any], request: HttpRequest, user: User) -> object:
    told = {
        seat: what
        for seat in council.seats.filter(state="accepted")
        if (what := request.POST.get(f"seat-{seat.pk}", "")) in Seat.Attendance.values
    }
    return actions.record_attendance(council, told, by=user)


def _fee(council: Council, data: dict[str, Any], _request: HttpRequest, user: User) -> object:
    """To one member, or the same to everybody who was there."""
    seat = data.pop("seat")
    there = list(council.seats.filter(attendance__in=THERE).select_related("council__host", "person"))
    return actions.set_fee(seat, by=user, **data) if seat else actions.set_fees(there, by=user, **data)


def _attach(council: Council, _data: dict[str, Any], request: HttpRequest, user: User) -> object:
    require(may_run(user, council))
    for upload in request.FILES.getlist("file"):
        attach(upload, dossier=council.journal, by=user, restricted=True)
    return None


ACTS: dict[str, Act] = {
    "appoint": Act(
        _plain(AppointForm),
        lambda c, data, _r, user: actions.appoint(c, by=user, **data),
        gettext_lazy("The decision was recorded."),
    ),
    "schedule": Act(
        _plain(ScheduleForm),
        lambda c, data, _r, user: actions.schedule(c, by=user, **data),
        gettext_lazy("The meeting was set."),
    ),
    "send-documents": Act(
        _plain(Form),
        lambda c, _d, _r, user: actions.send_documents(c, by=user),
        gettext_lazy("The documents were sent."),
    ),
    "authorise": Act(
        _with_council(AuthoriseForm),
        lambda _c, data, _r, user: actions.authorise(data["seat"], paper=data["paper"], by=user),
        gettext_lazy("The authority was recorded."),
    ),
    "attendance": Act(_plain(Form), _attendance, gettext_lazy("It was recorded who is there.")),
    "open-session": Act(
        _plain(Form), lambda c, _d, _r, user: actions.open_session(c, by=user), gettext_lazy("The session is open.")
    ),
    "adjourn": Act(
        _plain(ReasonForm),
        lambda c, data, _r, user: actions.adjourn(c, by=user, reason=data["reason"]),
        gettext_lazy("The session was put off."),
    ),
    "close": Act(
        _plain(Form),
        lambda c, _d, r, user: actions.close(c, by=user, without_missing="without" in r.POST),
        gettext_lazy("The ballots were closed and counted."),
    ),
    "vote-again": Act(
        _plain(ReasonForm),
        lambda c, data, _r, user: actions.vote_again(c, by=user, reason=data["reason"]),
        gettext_lazy("The ballots are open again."),
    ),
    "tie": Act(
        _plain(ReasonForm),
        lambda c, data, r, user: actions.break_tie(c, _subject(c, r), by=user, reason=data["reason"]),
        gettext_lazy("The order was recorded."),
    ),
    "decide": Act(
        _plain(Form),
        lambda c, _d, r, user: actions.decide(
            _subject(c, r), passed=r.POST.get("passed") == "yes", reason=r.POST.get("reason", ""), by=user
        ),
        gettext_lazy("The common conclusion was recorded."),
    ),
    "board": Act(
        _with_council(BoardForm),
        lambda c, data, _r, user: actions.elect_board(c, list(data["board"]), by=user),
        gettext_lazy("The counting board was recorded."),
    ),
    "minutes": Act(
        _plain(MinutesForm),
        lambda c, data, _r, user: actions.take_minutes(c, by=user, **data),
        gettext_lazy("The minutes were kept."),
    ),
    "conclude": Act(
        _plain(ConcludeForm),
        lambda c, data, _r, user: actions.conclude(c, conclusion=data["conclusion"], agreed=data["agreed"], by=user),
        gettext_lazy("The council is concluded."),
    ),
    "dissolve": Act(
        _plain(ReasonForm),
        lambda c, data, _r, user: actions.dissolve(c, by=user, reason=data["reason"]),
        gettext_lazy("The council was dissolved."),
    ),
    "judge": Act(
        _plain(JudgeForm),
        lambda c, data, r, user: actions.judge(
            c, get_object_or_404(Conflict, pk=r.POST.get("conflict") or 0),
            confirmed=data["confirmed"] == "yes", reason=data["reason"], by=user,
        ),
        gettext_lazy("The conflict was judged."),
    ),
    "report": Act(
        _with_council(ReportForm),
        lambda c, data, _r, user: actions.report(
            c, data["member"].person, data["subject"], ground=data["ground"], text=data["text"], by=user
        ),
        gettext_lazy("It was recorded. The member sees nothing of it until the conflict is judged."),
    ),
    "opinion": Act(
        _with_council(OpinionForm),
        lambda _c, data, _r, user: actions.write_opinion(
            data["writer"], data["on"], text=data["comment"], proposal=data.get("proposal", ""), by=user
        ),
        gettext_lazy("The comment was entered."),
    ),
    "fee": Act(
        _with_council(FeeForm),
        _fee,
        gettext_lazy("The fee was set."),
    ),
    "pay": Act(
        _plain(Form),
        lambda c, _d, r, user: actions.pay_fee(
            get_object_or_404(Fee, pk=r.POST.get("fee") or 0, seat__council=c), paid_on=today(), by=user
        ),
        gettext_lazy("The payment was recorded."),
    ),
    "attach": Act(_plain(Form), _attach, gettext_lazy("The files were attached.")),
}  # fmt: skip


@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Do it; when it is refused, the page again with what was typed and why."""
    council, user, found = find_council(request, pk), person(request), ACTS.get(verb)
    if found is None:
        raise Http404
    form = found.form(request, council)
    if form.is_valid():
        with refusal_on(form):
            found.do(council, form.cleaned_data, request, user)
            say(request, found.said)
            return redirect("councils:board" if verb == "board" else "councils:council", pk=pk)
    return _again(request, find_council(request, pk), verb, form)


def _again(request: HttpRequest, council: Council, verb: str, form: Form) -> HttpResponse:
    """The page that the form stands on, with what was typed and why it was refused."""
    if verb == "board" or (verb == "close" and needs_ballots(numbers(council))):
        return show_board(request, council, form)
    if verb == "tie" and (subject := council.subjects.filter(pk=key(request.POST.get("subject"))).first()):
        return show_count(request, council, subject, form)
    shown = page_of(council, person(request), **{verb.replace("-", "_"): form})
    return render(request, "councils/council.html", shown, status=422)


@require_POST
def act_on_seat(request: HttpRequest, pk: int, seat_pk: int, verb: str) -> HttpResponse:
    """What the secretary does with one seat."""
    council, user = find_council(request, pk), person(request)
    seat = get_object_or_404(council.seats.select_related("council__host", "person"), pk=seat_pk)
    reason = request.POST.get("reason", "")
    verbs: dict[str, tuple[Callable[[], object], str]] = {
        "accept": (lambda: actions.accept(seat, by=user), _("The answer was entered.")),
        "decline": (lambda: actions.decline(seat, reason=reason, by=user), _("The answer was entered.")),
        "declare": (lambda: actions.declare(seat, by=user), _("The declaration was entered.")),
        "remove": (lambda: actions.remove_seat(seat, reason=reason, by=user), _("The member was taken out.")),
    }
    if verb not in verbs:
        raise Http404
    do, said = verbs[verb]
    form = ReasonForm(request.POST)
    form.full_clean()
    form.errors.pop("reason", None)
    with refusal_on(form):
        do()
        say(request, said)
        return redirect(council)
    return render(request, "councils/council.html", page_of(council, user, seat=form), status=422)
