"""Which councils a list or a search shows, by the filters of its address."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from khue.accounts.models import User
from khue.councils.models import Council, Seat, Subject
from khue.councils.rules.managing import barred_dossiers
from khue.councils.rules.visibility import GONE, SEATED, visible_to
from khue.language.text import fold

OVER = (Council.State.CONCLUDED, Council.State.DISSOLVED)


def chosen(user: User, asked: Mapping[str, Any]) -> QuerySet[Council]:
    """Councils by the filters of the address; without any, those that go on."""
    found = visible_to(user).select_related("host")
    for word in fold(asked.get("q", "")).split():
        found = found.filter(Q(folded__contains=word) | Q(Exists(_named(user, word))))
    state = asked.get("state", "")
    if state == "mine":
        seats = Seat.objects.filter(council=OuterRef("pk"), person=user.person_id or 0, state__in=SEATED)
        found = found.filter(Exists(seats))
    elif state in Council.State.values:
        found = found.filter(state=state)
    elif state != "all" and not asked.get("q"):
        found = found.exclude(state__in=OVER)
    if asked.get("kind"):
        found = found.filter(kind=asked["kind"])
    return found.annotate(members=Count("seats", filter=~Q(seats__state__in=GONE))).order_by("-meets_at", "-pk")


def _named(user: User, word: str) -> QuerySet[Subject]:
    """Subjects with the word in their title that the person may see."""
    return Subject.objects.filter(council=OuterRef("pk"), folded__contains=word).exclude(
        dossier__in=barred_dossiers(user)
    )
