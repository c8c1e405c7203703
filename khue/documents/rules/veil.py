"""What few may see stays off the desk, the calendar and the notices of everybody else too."""

from functools import lru_cache

from django.db.models import Q
from django.db.models.expressions import RawSQL

from khue.accounts.models import User
from khue.accounts.scope import everywhere, units_where
from khue.accounts.veils import Told
from khue.documents.models import Document
from khue.documents.rules.visibility import PLAIN, SEE_NARROW, kept_back, visible_to

KIND = "document:"


def held(user: User) -> list[Q]:
    """Documents marked secret or "seen by few" that are not for `user`."""
    if everywhere(user, "document:sign"):
        return []
    return [Q(case__id__of_array=_cases(user.pk, frozenset(units_where(user, *SEE_NARROW))))]


@lru_cache(maxsize=1_000)
def _cases(user: int, units: frozenset[int]) -> RawSQL:
    """Their cases. Every page asks this, and to put it into SQL takes longer than to answer it: that is done once."""
    statement, values = kept_back(user, units).order_by().values("case").query.sql_with_params()
    return RawSQL(f"ARRAY({statement})", values)  # noqa: S611 - a statement that Django made


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
