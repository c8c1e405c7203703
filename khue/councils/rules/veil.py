"""Who is in conflict sees nothing of the case on the desk and in notices either, of its council and of the own seat."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Concat

from khue.accounts.models import User
from khue.accounts.rules import acting_in
from khue.accounts.veils import Told
from khue.councils.models import Conflict, Seat, Subject
from khue.councils.rules.managing import barred_from, stands_in_conflict
from khue.flow.models import CaseParty

COUNCIL, SEAT = "council", "seat"
Following = Callable[["QuerySet[Any, Any]"], "QuerySet[Any, Any]"]
_following: list[Following] = []
DEPARTMENT = "department"
"""The part, in the processes of missions, of those who judge."""


def let_follow(named: Following) -> None:
    """What is closed to a person with the dossiers that are: `named(dossiers)` asks for their names. Called once, when
    the app starts."""
    _following.append(named)


def held(user: User) -> list[Q]:
    """What of these dossiers is held by somebody. Most people stand in no conflict: to ask that first is quicker than
    to let the database think, for every page, of all that could follow from one."""
    if user.person_id is None or not stands_in_conflict(user.person_id):
        return []
    return [Q(case__dossier__in=found) for found in _in_words(user.person_id, _units(user))]


@lru_cache(maxsize=1_000)
def _in_words(person: int, units: frozenset[int]) -> list[RawSQL]:
    """The dossiers for the database, put together once: every page of who is in the directory asks for them."""
    found = [rows.order_by().query.sql_with_params() for rows in _dossiers(person, units)]
    return [RawSQL(statement, values) for statement, values in found]  # noqa: S611 - statements that Django made


def dossiers(user: User) -> list["QuerySet[Any, Any]"]:
    """Councils that are closed to `user`, the seats in them, what they judge and what follows that; but whoever
    applied follows the own case, conflict or not."""
    return [] if user.person_id is None else _dossiers(user.person_id, _units(user))


def _dossiers(person: int, units: frozenset[int]) -> list["QuerySet[Any, Any]"]:
    councils = _barring(person)
    seats = Seat.objects.filter(person=person, council__in=councils.values("council"))
    found = [
        councils.annotate(told=_named(COUNCIL, "council_id")).values("told"),
        seats.order_by().annotate(told=_named(SEAT, "pk")).values("told"),
    ]
    judged = barred_from(person).exclude(dossier__in=_own(units))
    return [*found, judged, *(named(judged) for named in _following)]


def _units(user: User) -> frozenset[int]:
    return frozenset(part.unit_id for part in acting_in(user))


def _own(units: frozenset[int]) -> "QuerySet[Any, Any]":
    """Cases in which one of the units takes part, and not as the department that judges it."""
    judging = CaseParty.objects.filter(case=OuterRef("case"), unit=OuterRef("unit"), party=DEPARTMENT)
    taken = CaseParty.objects.filter(unit__in=units).exclude(party=DEPARTMENT).exclude(Exists(judging))
    return taken.order_by().values("case__dossier")


def _named(kind: str, column: str) -> Concat:
    return Concat(Value(f"{kind}:"), Cast(F(column), CharField()), output_field=CharField())


def _barring(person: int) -> "QuerySet[Subject, Subject]":
    """Subjects that close their council to the person: one of those that stand against each other, or all of them."""
    barred = barred_from(person)
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
