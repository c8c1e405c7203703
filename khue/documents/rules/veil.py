"""What few may see stays off the desk, the calendar and the notices of everybody else too."""

from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Concat

from khue.accounts.models import User
from khue.accounts.veils import Told
from khue.documents.models import Document
from khue.documents.rules.visibility import PLAIN, kept_from, visible_to

KIND = "document:"


def dossiers(user: User) -> list["QuerySet[Any, Any]"]:
    """Documents marked secret or "seen by few" that are not for `user`."""
    kept = kept_from(user)
    if kept is None:
        return []
    name = Concat(Value(KIND), Cast(F("pk"), CharField()), output_field=CharField())
    return [kept.order_by().annotate(told=name).values("told")]


def hidden(told: Told) -> set[tuple[str, int]]:
    """Whom of those who are about to be told of a document it is kept from; one query where none is kept back."""
    asked = {int(dossier.removeprefix(KIND)) for dossier in told if dossier.startswith(KIND)}
    kept = Document.objects.filter(pk__in=asked).exclude(PLAIN).values_list("pk", flat=True) if asked else []
    return {
        (f"{KIND}{pk}", user.pk)
        for pk in kept
        for user in told[f"{KIND}{pk}"]
        if not visible_to(user).filter(pk=pk).exists()
    }
