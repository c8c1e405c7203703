"""Who asks, and for what they may see."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.files.models import File
from khue.files.rules import visible_to as visible_files
from khue.initiatives.models import Initiative
from khue.initiatives.rules.initiatives import visible_to


def find_initiative(request: HttpRequest, pk: int) -> Initiative:
    """An initiative that the person may see; 404 otherwise."""
    rows = visible_to(person(request)).select_related(
        "unit", "applicant", "received_by", "round", "case__process_version"
    )
    return get_object_or_404(rows.prefetch_related("authors", "reaches"), pk=pk)


def files_of(initiative: Initiative, user: User) -> list[File]:
    """The papers of an initiative that the person may open."""
    rows = visible_files(user, "initiative").filter(dossier_kind="initiative", dossier_id=initiative.pk)
    return list(rows.order_by("pk").prefetch_related("versions"))
