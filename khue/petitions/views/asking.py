"""Who asks, and for what they may see."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from khue.accounts.asking import person
from khue.accounts.middleware import part_of
from khue.accounts.rules import acting_in
from khue.directory.models import Unit
from khue.petitions.models import Petition
from khue.petitions.rules.petitions import WRITE, visible_to


def find_petition(request: HttpRequest, pk: int) -> Petition:
    """A petition that the person may see; 404 otherwise."""
    rows = visible_to(person(request)).select_related(
        "author", "unit", "through", "recipient", "document", "answer_document", "answer_directive", "answered_by",
        "case__process_version",
    )  # fmt: skip
    return get_object_or_404(rows, pk=pk)


def writing_for(request: HttpRequest) -> Unit | None:
    """The unit in which the person writes: that chosen in the header, else the first one; None without any."""
    parts = [part for part in acting_in(person(request)) if part.allows(WRITE)]
    own = [part.unit_id for part in parts]
    chosen = part_of(request)
    if chosen is not None and chosen.unit_id in own:
        own = [chosen.unit_id]
    return Unit.objects.filter(pk__in=own[:1]).first()
