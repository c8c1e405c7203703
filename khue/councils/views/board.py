"""The counting board: who has voted, never what; then the count with each of its steps."""

from collections.abc import Mapping
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.councils.forms.acts import BoardForm
from khue.councils.models import Ballot, Council, Subject
from khue.councils.rules.composition import seats_of
from khue.councils.rules.managing import may_run
from khue.councils.rules.numbers import numbers
from khue.councils.rules.session import board_missing, lacking, not_voted, voters
from khue.councils.rules.visibility import subjects_for
from khue.councils.rules.words import count_words
from khue.councils.views.asking import find_council, find_run_council, problem_of
from khue.flow.shelf.telling import told_number


@require_GET
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has voted on what; the fragment of it is asked for again while the session runs."""
    return show_board(request, find_run_council(request, pk))


def show_board(request: HttpRequest, council: Council, failed: Form | None = None) -> HttpResponse:
    """The page; `failed` is what was refused on it. What the refusal says is not said a second time below it, nor by
    the fragment that such a page asks for (`?said`)."""
    cast = set(Ballot.objects.filter(subject__council=council, cast_at__isnull=False).values_list("subject", "seat"))
    here = voters(council)
    rows = [
        (subject, [(seat, (subject.pk, seat.pk) in cast) for seat in here[subject.pk]])
        for subject in council.subjects.all()
    ]
    quorum, problem = lacking(council), problem_of(failed)
    said = "said" in request.GET or (quorum is not None and quorum.sentence == problem)
    context = {
        "council": council, "rows": rows, "quorum": None if said else quorum, "missing": not_voted(council),
        "secret": numbers(council).secret, "failed": failed, "problem": problem, "said": said,
    }  # fmt: skip
    if getattr(request, "htmx", False):
        return render(request, "councils/_votes.html", context)
    return render(request, "councils/board.html", context | _elected(council, failed), status=422 if failed else 200)


def _elected(council: Council, failed: Form | None) -> dict[str, Any]:
    """Who counts, and the form to choose them, where the rules ask for a board."""
    wanted = numbers(council).provision("counting-board")
    if wanted is None:
        return {}
    chosen = [seat for seat in seats_of(council) if seat.counts_votes]
    form = failed if isinstance(failed, BoardForm) else None
    form = form or BoardForm(council=council, initial={"board": [seat.pk for seat in chosen]})
    return {"elected": chosen, "wanted": told_number(wanted), "board_form": form, "no_board": board_missing(council)}


@require_GET
def count(request: HttpRequest, pk: int, subject_pk: int) -> HttpResponse:
    """The count sheet of one subject: totals only."""
    council = find_council(request, pk)
    user = person(request)
    if may_run(user, council) is not None and council.state != "concluded":
        raise Http404
    subject = get_object_or_404(subjects_for(user, council), pk=subject_pk, counted_at__isnull=False)
    return show_count(request, council, subject)


def show_count(request: HttpRequest, council: Council, subject: Subject, failed: Form | None = None) -> HttpResponse:
    """The page; `failed` is what was refused on it."""
    criteria = numbers(council).sheet(subject.type)
    labels = {one.name: str(one.label) for one in criteria.criteria} if criteria else {}
    same = council.subjects.filter(place=subject.place).exclude(pk=subject.pk) if subject.place else []
    context = {
        "council": council, "subject": subject, "count": count_words(subject, seats_of(council)),
        "by_criterion": _by_criterion(subject.counted, labels),
        "counted": subject.counted, "same": same, "runs": may_run(person(request), council) is None,
        "failed": failed, "problem": problem_of(failed),
        "zeros": [(labels.get(name, name), times) for name, times in subject.counted.get("zeros", {}).items()],
        "fallen": [labels.get(name, name) for name in subject.counted.get("fallen_by_zero", [])],
    }  # fmt: skip
    return render(request, "councils/count.html", context, status=422 if failed else 200)


def _by_criterion(counted: Mapping[str, Any], labels: Mapping[str, str]) -> list[tuple[str, str]]:
    """What each criterion got: its mean of points, or on how many of the ballots it is passed."""
    found, of = counted.get("by_criterion", {}), counted.get("of")
    told = {name: f"{value}/{of}" if of is not None else str(value).replace(".", ",") for name, value in found.items()}
    return [(label, told[name]) for name, label in labels.items() if name in told]
