"""Who asks, and for what they may see."""

from django.forms import Form
from django.http import Http404, HttpRequest

from khue.accounts.asking import person
from khue.councils.models import Council, Seat
from khue.councils.rules.managing import may_run, runs_any
from khue.councils.rules.visibility import GONE, visible_to


def find_council(request: HttpRequest, pk: int) -> Council:
    """The council, if the person may see it; one that is hidden is as if it were not there."""
    found = (
        visible_to(person(request))
        .select_related("process_version", "host", "standing", "case__process_version")
        .filter(pk=pk)
    )
    council = found.first()
    if council is None:
        raise Http404
    return council


def find_run_council(request: HttpRequest, pk: int) -> Council:
    """The council, if the person runs it; for everybody else it is as if it were not there. Who runs none is told at
    once."""
    user = person(request)
    if not runs_any(user):
        raise Http404
    council = find_council(request, pk)
    if may_run(user, council) is not None:
        raise Http404
    return council


def find_own_seat(request: HttpRequest, pk: int, seat_pk: int) -> Seat:
    """The person's own seat in a council that is visible to them. Whose seat it is comes first: that is told at once,
    who sees the council takes longer."""
    seats = Seat.objects.filter(pk=seat_pk, council=pk, person=person(request).person_id or 0).exclude(state__in=GONE)
    seat = seats.select_related("person", "case__process_version").first()
    if seat is None:
        raise Http404
    seat.council = find_council(request, pk)
    return seat


def problem_of(failed: Form | None) -> str:
    """Why the form that was sent was refused, in one sentence; empty for none."""
    return next((str(error) for errors in failed.errors.values() for error in errors), "") if failed else ""
