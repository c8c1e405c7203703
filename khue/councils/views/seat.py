"""A member's own page: the invitation, the declaration of interests, documents, reviews and ballots."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.core.answering import Problem
from khue.core.asked import whole
from khue.core.refusals import Refusal, Refused
from khue.core.toasts import say
from khue.councils import actions
from khue.councils.models import Ballot, Council, Opinion, Question, Seat, Subject
from khue.councils.owners import owner_of
from khue.councils.rules.ballots import needs_ballots
from khue.councils.rules.comments import comment_paper, concluded, conclusion_asked
from khue.councils.rules.numbers import numbers
from khue.councils.rules.session import against_member, may_ask, may_vote, questions_until
from khue.councils.rules.visibility import READING, subjects_for, visible_to
from khue.councils.views.asking import find_council, find_own_seat
from khue.files.models import File


@dataclass(frozen=True, slots=True)
class Work:
    """One subject as the member has it before them."""

    subject: Subject
    facts: list[tuple[str, str]]
    files: list[File]
    reviews: bool
    opinion: Opinion | None
    concluded: str
    """What the comment comes to."""
    question: Question | None
    ballot: Ballot | None
    refusal: Refusal | None
    """Why no ballot can be cast now."""

    @property
    def waits(self) -> bool:
        """Whether it waits for this member's ballot."""
        return self.refusal is None and (self.ballot is None or self.ballot.cast_at is None)


@require_GET
def seat(request: HttpRequest, pk: int, seat_pk: int) -> HttpResponse:
    """What the member has to do. Who sees the council but sits in another seat is led to the council's page: the
    desk of an office shows what it waits for from each member."""
    council = find_council(request, pk)
    if not council.seats.filter(pk=seat_pk, person=person(request).person_id or 0).exists():
        return redirect(council)
    return render(request, "councils/seat.html", page_of(find_own_seat(request, pk, seat_pk), person(request)))


def page_of(seat: Seat, user: User, problem: str = "", posted: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What the page shows; `posted` is what was refused."""
    council = seat.council
    ready = seat.state == Seat.State.ACCEPTED and seat.interest_declared_at is not None
    reading = ready and council.state in READING
    works = _works(seat, user) if reading else []
    return {
        "seat": seat,
        "council": council,
        "problem": problem,
        "subjects": [_declared(one, posted or {}) for one in subjects_for(user, council)],
        "works": works,
        "first": next((one.subject for one in works if one.waits), None),
        "asked": seat.state in (Seat.State.PROPOSED, Seat.State.INVITED),
        "undeclared": seat.state == Seat.State.ACCEPTED and seat.interest_declared_at is None,
        "waiting": ready and not reading,
        "secret": numbers(council).secret,
        "writes": council.state in (Council.State.PREPARING, Council.State.MEETING),
        "asks_until": questions_until(council),
        "asking": may_ask(council),
        "dissents": seat.dissents.all(),
        "fees": seat.fees.order_by("pk"),
        "may_dissent": council.state in (Council.State.MEETING, Council.State.COUNTED),
        "voting": needs_ballots(numbers(council)),
        "comment_paper": comment_paper(council),
        "conclusion": conclusion_asked(council),
    }


def _declared(subject: Subject, posted: Mapping[str, str]) -> tuple[Subject, str, str]:
    """A subject with what was said of interests in it before that was refused."""
    return subject, posted.get(f"conflict-{subject.pk}", ""), posted.get(f"what-{subject.pk}", "")


def _works(seat: Seat, user: User) -> list[Work]:
    owner = owner_of(seat.council.kind)
    opinions = {row.subject_id: row for row in seat.opinions.all()}
    questions = {row.subject_id: row for row in seat.questions.all()}
    ballots = {row.subject_id: row for row in seat.ballots.all()}
    against = against_member(seat)
    reviewed = set(seat.reviews.values_list("subject", flat=True))
    return [
        Work(
            subject,
            list(owner.facts(subject.dossier)),
            _files(owner.files(subject.dossier)),
            subject.pk in reviewed,
            opinions.get(subject.pk),
            concluded(seat.council, opinions.get(subject.pk)),
            questions.get(subject.pk),
            ballots.get(subject.pk),
            may_vote(seat, subject, against),
        )
        for subject in subjects_for(user, seat.council).select_related("council__process_version")
    ]


def _files(dossiers: Any) -> list[File]:
    found: list[File] = []
    for dossier in dossiers:
        kind, _colon, pk = str(dossier).partition(":")
        if (about := whole(pk)) is not None:
            found += File.objects.filter(
                dossier_kind=kind, dossier_id=about, removed_at=None, restricted=False
            ).prefetch_related("versions")
    return found


@require_POST
def seat_verb(request: HttpRequest, pk: int, seat_pk: int, verb: str) -> HttpResponse:
    """What the member posts: accept, decline, declare, opinion, question, dissent."""
    own, user = find_own_seat(request, pk, seat_pk), person(request)
    posted = request.POST
    subject = own.council.subjects.filter(pk=posted.get("subject") or 0).first()
    verbs: dict[str, tuple[Callable[[], object], str]] = {
        "accept": (lambda: actions.accept(own, by=user), _("Thank you. Please declare your interests now.")),
        "decline": (lambda: actions.decline(own, reason=posted.get("reason", ""), by=user), _("Your answer was sent.")),
        "declare": (lambda: _declare(own, request, user), _("Your declaration was recorded.")),
        "opinion": (
            lambda: actions.write_opinion(
                own, _needed(subject), text=posted.get("text", ""), proposal=posted.get("proposal", ""), by=user
            ),
            _("Your comment was handed in."),
        ),
        "question": (
            lambda: actions.ask(own, _needed(subject), text=posted.get("question", ""), by=user),
            _("Your question was kept; the secretary sends it to the applicant."),
        ),
        "dissent": (
            lambda: actions.dissent(own, text=posted.get("text", ""), subject=subject, by=user),
            _("Your dissenting opinion is on record."),
        ),
    }
    if verb not in verbs:
        raise Http404
    do, said = verbs[verb]
    problem = Problem()
    with problem:
        do()
    if problem:
        context = page_of(find_own_seat(request, pk, seat_pk), user, str(problem), posted)
        return render(request, "councils/seat.html", context, status=422)
    say(request, said)
    own.refresh_from_db()
    if not visible_to(user).filter(pk=pk).exists():  # declined, or stands aside: there is nothing to see here any more
        return redirect("councils:councils")
    return redirect(own)


def _needed(subject: Subject | None) -> Subject:
    if subject is None:
        raise Http404
    return subject


def _declare(seat: Seat, request: HttpRequest, user: User) -> object:
    """Every subject is answered: none, or a conflict with what it is."""
    subjects = {str(one.pk): one for one in subjects_for(user, seat.council)}
    answers = {pk: request.POST.get(f"conflict-{pk}", "") for pk in subjects}
    if "" in answers.values():
        sentence = _("Say for each subject whether you have a conflict of interest: no answer is not “none”.")
        raise Refused(Refusal("seat.undeclared", sentence))
    told = {subjects[pk]: request.POST.get(f"what-{pk}", "") for pk, answer in answers.items() if answer == "yes"}
    return actions.declare(seat, conflicts=told, by=user)
