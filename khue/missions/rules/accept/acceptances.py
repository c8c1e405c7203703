"""Who sees acceptances."""

from typing import TYPE_CHECKING

from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat

from khue.accounts.models import User
from khue.councils.rules import barred_dossiers, judged_dossiers
from khue.missions.models import Acceptance
from khue.missions.rules.visibility import inside_of

if TYPE_CHECKING:
    from django.db.models import QuerySet


def acceptances_visible_to(user: User) -> "QuerySet[Acceptance, Acceptance]":
    """Those of missions that the person sees from within, and those that the person judges in a council; never those
    that the person must not judge."""
    named = Concat(Value("acceptance:"), Cast("pk", CharField()), output_field=CharField())
    rows = Acceptance.objects.alias(named=named).exclude(named__in=barred_dossiers(user))
    return rows.filter(Q(mission__in=inside_of(user)) | Q(named__in=judged_dossiers(user)))
