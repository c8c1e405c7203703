"""The council's papers as Word, one click each."""

from datetime import date

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.core.asked import key, whole
from khue.core.clock import now
from khue.councils.models import Ballot, Council, Opinion, Question, Seat, Subject
from khue.councils.owners import owner_of
from khue.councils.papers import response, word
from khue.councils.rules.comments import comment_paper
from khue.councils.rules.numbers import numbers
from khue.councils.rules.visibility import subjects_for
from khue.councils.rules.words import ballot_words, comment_words, member_words, words_of
from khue.councils.views.asking import find_council, find_own_seat, find_run_council
from khue.journal.models import Entry
from khue.office.vietnamese import in_vietnamese

OF_THE_MEETING = ("ballot", "count", "ranking", "minutes", "budget-minutes")
DECISIONS = ("council-decision", "budget-decision")
OF_COUNCIL = ("council-decision", "budget-decision", "minutes", "budget-minutes", "ranking", "authorisation")
ON_EACH = ("questions", "count", "recommendation")
"""Papers that say nothing without the subject that they are on."""
OF_SUBJECT = (*ON_EACH, "minutes", "budget-minutes")
OF_SEAT = ("invitation",)


@require_GET
@in_vietnamese()
def council_paper(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A paper of the whole council, or with `?subject=` on one of its subjects, or with `?seat=` to one member."""
    if name not in {*OF_COUNCIL, *OF_SUBJECT, *OF_SEAT}:
        raise Http404
    council = find_run_council(request, pk)
    subject = _subject(request, council)
    words = words_of(council, subject)
    if name in OF_SEAT:
        seat = get_object_or_404(Seat, pk=key(request.GET.get("seat")), council=council)
        words |= {"member": member_words(seat)}
    return _answer(council, name, words, _acted(council, subject or council.subjects.first(), name))


def _acted(council: Council, subject: Subject | None, name: str) -> date | None:
    """The day of an act that is no act of the whole council: of the last question, or as the owner of what is judged
    tells."""
    if name == "questions":
        return _asked(council, subject)
    return owner_of(council.kind).issued_on(subject.dossier, name) if subject is not None else None


def _asked(council: Council, subject: Subject | None) -> date | None:
    """The day of the last question, when those on the paper had all been asked."""
    asked = Question.objects.filter(subject__council=council, subject=subject)
    last = asked.aggregate(last=Max("asked_at"))["last"]
    return localtime(last).date() if last is not None else None


def _subject(request: HttpRequest, council: Council) -> Subject | None:
    asked = whole(request.GET.get("subject"))
    return None if asked is None else get_object_or_404(subjects_for(person(request), council), pk=asked)


def _answer(council: Council, name: str, words: dict[str, object], day: date | None = None) -> HttpResponse:
    version = council.process_version
    if name not in version.definition.papers:
        raise Http404(_("This version of the process has no such paper."))
    title = f"{version.definition.papers[name].label.vi} {council.title}"
    about = f"Về việc thành lập {council.title}" if name in DECISIONS else ""
    data = word(
        version, name, words, host=council.host, subject=about, issued_on=day or _issued(council, name),
        signed=council.decision_sign if name in DECISIONS else "",
        recipients=[_("As in Article 3")] if name in DECISIONS else [],
    )  # fmt: skip
    return response(data, title)


def _issued(council: Council, name: str) -> date | None:
    """The day of the decision, of the chair's authority, or of the meeting that a paper tells of."""
    if name in DECISIONS:
        return council.decided_on
    if name == "authorisation":
        given = Entry.objects.filter(dossier=council.journal, verb="council.authorised").order_by("sequence").last()
        return localtime(given.at).date() if given is not None else None
    if council.meets_at is None or council.meets_at > now() or name not in OF_THE_MEETING:
        return None
    return localtime(council.meets_at).date()


@require_GET
@in_vietnamese()
def ballot_paper(request: HttpRequest, pk: int, seat_pk: int, subject_pk: int) -> HttpResponse:
    """The member's own ballot or review as Word: nobody else can ask for it."""
    seat = find_own_seat(request, pk, seat_pk)
    subject = get_object_or_404(subjects_for(person(request), seat.council), pk=subject_pk)
    sheet = numbers(seat.council).sheet(subject.type)
    ballot = Ballot.objects.filter(seat=seat, subject=subject).select_related("subject__council").first()
    if sheet is None or ballot is None:
        raise Http404
    words = {**words_of(seat.council, subject), "member": member_words(seat), "ballot": ballot_words(sheet, ballot)}
    return _answer(seat.council, "ballot", words)


@require_GET
@in_vietnamese()
def comment(request: HttpRequest, pk: int, seat_pk: int, subject_pk: int) -> HttpResponse:
    """What a member wrote about a subject, as Word: for the member, and for those who run the council."""
    user = person(request)
    seat = get_object_or_404(Seat.objects.select_related("person", "unit"), pk=seat_pk, council=pk)
    own = user.person_id is not None and seat.person_id == user.person_id
    council = find_council(request, pk) if own else find_run_council(request, pk)
    subject = get_object_or_404(subjects_for(user, council), pk=subject_pk)
    name = comment_paper(council)
    if not name:
        raise Http404
    written = Opinion.objects.filter(seat=seat, subject=subject).first()
    words = {**words_of(council, subject), "member": member_words(seat), "ballot": comment_words(seat, subject)}
    return _answer(council, name, words, localtime(written.written_at).date() if written else None)
