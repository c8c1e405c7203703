"""Who is in conflict sees nothing of the case on the desk and in notices either, of its council and of the own seat."""

from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from khue.accounts.models import User
from khue.accounts.rules import acting_in
from khue.accounts.veils import Told
from khue.councils.models import Conflict, Seat, Subject
from khue.councils.rules.managing import barred_dossiers
from khue.flow.models import CaseParty

COUNCIL, SEAT = "council", "seat"
DEPARTMENT = "department"
"""The part, in the processes of missions, of those who judge."""


def held(user: User) -> list[Q]:
    """What of these dossiers is held by somebody."""
    return [Q(case__dossier__in=found) for found in dossiers(user)]


def dossiers(user: User) -> list["QuerySet[Any, Any]"]:
    """Councils that are closed to `user`, the seats in them, and what they judge; but whoever applied follows the own
    case, conflict or not."""
    if user.person_id is None:
        return []
    councils = _barring(user)
    seats = Seat.objects.filter(person=user.person_id, council__in=councils.values("council"))
    found = [
        councils.annotate(told=_named(COUNCIL, "council_id")).values("told"),
        seats.order_by().annotate(told=_named(SEAT, "pk")).values("told"),
    ]
    return [*found, barred_dossiers(user).exclude(dossier__in=_own(user))]


def _own(user: User) -> "QuerySet[Any, Any]":
    """Cases in which a unit of `user` takes part, and not as the department that judges it."""
    units = [part.unit_id for part in acting_in(user)]
    judging = CaseParty.objects.filter(case=OuterRef("case"), unit=OuterRef("unit"), party=DEPARTMENT)
    taken = CaseParty.objects.filter(unit__in=units).exclude(party=DEPARTMENT).exclude(Exists(judging))
    return taken.order_by().values("case__dossier")


def _named(kind: str, column: str) -> Concat:
    return Concat(Value(f"{kind}:"), Cast(F(column), CharField()), output_field=CharField())


def _barring(user: User) -> "QuerySet[Subject, Subject]":
    """Subjects that close their council to `user`: one of those that stand against each other, or all of them."""
    barred = barred_dossiers(user)
    free = Subject.objects.filter(council=OuterRef("council")).exclude(dossier__in=barred)
    return Subject.objects.filter(dossier__in=barred).filter(Q(council__competing=True) | ~Exists(free)).order_by()


def hidden(told: Told) -> set[tuple[str, int]]:
    """Whom of those who are about to be told a conflict keeps out: one query where no conflict stands."""
    users = {user.pk: user for users in told.values() for user in users if user.person_id is not None}
    people = {user.person_id for user in users.values()}
    standing = Conflict.objects.exclude(state=Conflict.State.DISMISSED).filter(person__in=people)
    touched = set(standing.order_by().values_list("person", flat=True)) if people else set()
    return {
        (dossier, user.pk)
        for dossier, listeners in told.items()
        for user in listeners
        if user.person_id in touched and _keeps_out(user, dossier)
    }


def _keeps_out(user: User, dossier: str) -> bool:
    return any(dossier in row.values() for rows in dossiers(user) for row in rows)
