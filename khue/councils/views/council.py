"""The page of a council: who sits in it, what it judges, what is missing and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.core.river import RiverItem
from khue.councils.actions.preparing import last_day_for_documents
from khue.councils.forms.acts import (
    AppointForm,
    AuthoriseForm,
    ConcludeForm,
    FeeForm,
    JudgeForm,
    MinutesForm,
    OpinionForm,
    ReasonForm,
    ReportForm,
    ScheduleForm,
)
from khue.councils.models import Conflict, Council, Fee, Opinion, Question, Seat, Subject
from khue.councils.rules.ballots import needs_ballots
from khue.councils.rules.comments import comment_paper, concluded
from khue.councils.rules.composition import missing, thinned
from khue.councils.rules.conflicts import earlier_councils, ground_label, not_known, standing_on
from khue.councils.rules.managing import may_run
from khue.councils.rules.numbers import numbers
from khue.councils.rules.session import lacking, opinions_missing, questions_until, takes_opinions, unready
from khue.councils.rules.standing import could_sit, may_name_reviewers
from khue.councils.rules.visibility import GONE, subjects_for
from khue.councils.rules.words import paper_label
from khue.councils.views.asking import find_council, problem_of
from khue.councils.views.papers import OF_COUNCIL, ON_EACH
from khue.files.models import File
from khue.flow.shelf.telling import told_number
from khue.journal.timeline import timeline

LATEST = 12
"""Entries of the journal that are shown at once."""
BEFORE_COUNT = (Council.State.FORMING, Council.State.APPOINTED, Council.State.PREPARING, Council.State.MEETING)


@dataclass(frozen=True, slots=True)
class Row:
    """A member as the secretary sees one."""

    seat: Seat
    reviews: list[int]
    conflicts: list[Conflict] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    earlier: list[Council] = field(default_factory=list)


@require_GET
def council(request: HttpRequest, pk: int) -> HttpResponse:
    """One council."""
    return render(request, "councils/council.html", page_of(find_council(request, pk), person(request)))


def page_of(council: Council, user: User, **bound: Form) -> dict[str, Any]:
    """What the page shows; `bound` replaces a form by one with errors."""
    runs = may_run(user, council) is None
    seats = list(council.seats.select_related("person", "unit", "follows__person").prefetch_related("reviews__subject"))
    own = next((seat for seat in seats if seat.person_id == user.person_id and seat.state not in GONE), None)
    context: dict[str, Any] = {
        "council": council,
        "river": _river(council, user),
        "subjects": subjects_for(user, council),
        "rows": _rows(council, seats, runs),
        "gone": [seat for seat in seats if seat.state in GONE] if runs else [],
        "own_seat": own,
        "runs": runs,
        "rules": [told_number(one) for one in numbers(council).bases().values()],
        "open": council.state in BEFORE_COUNT,
        "names_reviewers": council.standing_id is not None
        and council.state == Council.State.APPOINTED
        and may_name_reviewers(user, council) is None,
        "voting": needs_ballots(numbers(council)),
    }
    return context | (_for_secretary(council, bound) if runs else {})


def _river(council: Council, user: User) -> list[RiverItem]:
    """What the council judges leads here and goes on from here."""
    judged = [RiverItem(_("Judged"), one.title, one.url) for one in subjects_for(user, council)[:2]]
    return [*judged, RiverItem(_("Council"), council.title, current=True)]


def _rows(council: Council, seats: list[Seat], runs: bool) -> list[Row]:
    here = [seat for seat in seats if seat.state not in GONE]
    people = [seat.person_id for seat in here]
    if not runs:
        return [Row(seat, []) for seat in here]
    against, unknown, earlier = standing_on(council), not_known(people, council), earlier_councils(people, council)
    for rows in against.values():
        for row in rows:
            row.ground_label = ground_label(row.ground)  # type: ignore[attr-defined]
    return [
        Row(
            seat,
            [one.subject.number for one in seat.reviews.all()],
            _each_once(against.get(seat.person_id, [])),
            unknown.get(seat.person_id, []),
            earlier.get(seat.person_id, []),
        )
        for seat in here
    ]


def _each_once(found: Sequence[Conflict]) -> list[Conflict]:
    """One row for what stands in the way of several subjects alike: it is judged for all of them at once."""
    told = {(row.ground, row.state, str(row.evidence)): row for row in reversed(found)}
    return list(reversed(told.values()))


def _for_secretary(council: Council, bound: dict[str, Form]) -> dict[str, Any]:
    """Forms of what may be done now, what is missing, and the papers."""
    state, failed = council.state, next(iter(bound.values()), None)
    initial = {
        "meets_at": timezone.localtime(council.meets_at) if council.meets_at else None,
        "mode": council.mode, "venue": council.venue, "link": council.link,
    }  # fmt: skip
    told = {"discussion": council.discussion, "guests": council.guests}
    entries = list(timeline(council.journal))
    fees = list(Fee.objects.filter(seat__council=council).select_related("seat__person").order_by("seat", "pk"))
    lacks = missing(council) if state in (Council.State.FORMING, Council.State.APPOINTED) else []
    return {
        "lacks": lacks,
        "could_sit": could_sit(council),
        "quorum": lacking(council) if state in (Council.State.PREPARING, Council.State.MEETING) else None,
        "opinions_missing": opinions_missing(council) if state == Council.State.PREPARING else [],
        "unready": unready(council) if state == Council.State.PREPARING else [],
        "comment_paper": comment_paper(council),
        "opinions": [
            (one, concluded(council, one))
            for one in Opinion.objects.filter(subject__council=council).select_related("seat__person", "subject")
        ],
        "opinion_form": (bound.get("opinion") or OpinionForm(council=council)) if takes_opinions(council) else None,
        "asked": Question.objects.filter(subject__council=council).select_related("seat__person", "subject"),
        "asks_until": questions_until(council),
        "last_day": last_day_for_documents(council),
        "appoint_form": bound.get("appoint") or AppointForm(),
        "schedule_form": bound.get("schedule") or ScheduleForm(initial=initial),
        "authorise_form": bound.get("authorise") or AuthoriseForm(council=council),
        "minutes_form": bound.get("minutes") or MinutesForm(initial=told),
        "conclude_form": bound.get("conclude") or ConcludeForm(initial={"conclusion": council.conclusion}),
        "thinned": thinned(council),
        "asks_consent": bool(numbers(council).share("consent")),
        "fee_form": bound.get("fee") or FeeForm(council=council),
        "report_form": bound.get("report") or ReportForm(council=council),
        "failed": failed,
        "failed_name": next(iter(bound), ""),
        "problem": problem_of(failed),
        "why_typed": failed.data.get("reason", "") if isinstance(failed, ReasonForm | JudgeForm) else "",
        "fees": fees,
        "fees_sum": sum(fee.amount for fee in fees),
        "fees_open": sum(fee.amount for fee in fees if fee.paid_on is None),
        "papers": _papers(council, list(council.subjects.order_by("number"))),
        "files": File.objects.filter(
            dossier_kind="council", dossier_id=council.pk, removed_at=None
        ).prefetch_related("versions"),
        "entries": entries[:LATEST],
        "earlier_entries": entries[LATEST:],
        "noted": council.seats.exclude(attendance="").exists(),
    }  # fmt: skip


def _papers(council: Council, subjects: Sequence[Subject]) -> list[tuple[str, str, str]]:
    """The papers that this generation has for the kind, with their codes; those on one subject, once for each."""
    have = numbers(council).process.papers
    names = [name for name in (*OF_COUNCIL, *ON_EACH) if name in have]
    budget = [name for name in names if name.startswith("budget-")]
    asked = Question.objects.filter(subject__council=council).exists()
    names = [name for name in names if name != "questions" or asked]
    names = budget if council.kind == "budget" and budget else [name for name in names if name not in budget]
    found = []
    for name in names:
        label, on_each = paper_label(council, name), name in ON_EACH
        each = [(name, f"{label} · {one.title}", f"?subject={one.pk}") for one in subjects]
        found += each if on_each and len(subjects) > 1 else [(name, label, "")]
    return found
