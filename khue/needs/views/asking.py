"""Who asks, and for what they may see."""

from django.http import Http404, HttpRequest

from khue.accounts.asking import person
from khue.accounts.middleware import part_of
from khue.accounts.scope import parts_where
from khue.directory.models import Unit
from khue.needs.models import Need, Round
from khue.needs.rules.needs import visible_to
from khue.needs.rules.rounds import visible_to as visible_rounds
from khue.needs.rules.scope import WRITE


def find_need(request: HttpRequest, pk: int) -> Need:
    """A need that the person may see; 404 otherwise."""
    rows = visible_to(person(request)).select_related("unit", "case__process_version")
    # Most have none of these; where there are some, each is found sooner by itself than among so many tables.
    need = rows.prefetch_related("round", "directive__document", "merged_into").filter(pk=pk).first()
    if need is None:
        raise Http404
    return need


def find_round(request: HttpRequest, pk: int) -> Round:
    """A round that the person may see; 404 otherwise."""
    found = visible_rounds(person(request)).select_related("host", "document").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def writing_for(request: HttpRequest) -> Unit | None:
    """The unit in which the person writes: that chosen in the header, else the first one; None without any."""
    own = [part.unit_id for part in parts_where(person(request), WRITE)]
    chosen = part_of(request)
    if chosen is not None and chosen.unit_id in own:
        own = [chosen.unit_id]
    return Unit.objects.select_related("place").filter(pk__in=own[:1]).first()
