"""Who runs a council."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db import connection
from django.db.models import BigIntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast, Substr
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.rules import acting_in, may
from khue.accounts.scope import for_department
from khue.core.actors import Actor, SystemActor
from khue.core.described import told
from khue.core.moments import once
from khue.core.refusals import Refusal
from khue.councils.models import Conflict, Council, Seat
from khue.directory.models import Person, Unit

NUMBERED = re.compile(r"^([a-z-]+):([0-9]+)$", re.MULTILINE)
MANAGE, SIT, SEE = "council:manage", "council:sit", "council:see"
BARRED = "SELECT EXISTS (SELECT 1 FROM councils_conflict WHERE person_id = %s AND state <> %s)"


def managed_hosts(user: User) -> Q:
    """The condition that a council's host is run by `user`: the unit of a part that may, the body whose division it
    is, or, for a role that reaches the whole tree, every unit below."""
    parts = [part for part in acting_in(user) if part.allows(MANAGE)]
    own = [part.unit_id for part in parts]
    trees = [part.unit_id for part in parts if part.reaches("tree")]
    if any(part.reaches("city") for part in parts):
        return Q(host__isnull=False)
    divisions = Unit.objects.filter(pk__in=own, kind=Unit.Kind.DIVISION).order_by().values("parent")
    below = Unit.objects.within(trees).order_by().values("pk")
    return Q(host__in=own) | Q(host__in=divisions) | Q(host__in=below) if own else Q(pk__in=[])


def runs_any(user: User) -> bool:
    """Whether a part of theirs runs councils at all; asks nothing."""
    return any(part.allows(MANAGE) for part in acting_in(user))


def _of_its_division(user: User, host: Unit) -> bool:
    parts = [part for part in acting_in(user) if part.allows(MANAGE)]
    return any(part.division_of == host.pk for part in parts)


def may_manage(by: Actor, host: Unit) -> Refusal | None:
    """The body that sets up the council, through the officers of it and of its divisions."""
    if isinstance(by, SystemActor) or may(by, MANAGE, host):
        return None
    if isinstance(by, User) and _of_its_division(by, host):
        return None
    sentence = _("Councils of %(unit)s are run by its officers and heads. Ask one of them.")
    return Refusal("council.not-yours", sentence % {"unit": host.name})


def runs_councils_of(by: Actor, about: Person) -> bool:
    """Whether `by` runs councils of the department, or one in which the person sits."""
    if not isinstance(by, User):
        return True
    if for_department(by, MANAGE):
        return True
    return Council.objects.filter(managed_hosts(by), seats__person=about).exists()


def may_tell_of(by: Actor, about: Person) -> Refusal | None:
    """Families and sanctions are the business of the person, and of an officer who runs councils."""
    if (isinstance(by, User) and by.person_id == about.pk) or runs_councils_of(by, about):
        return None
    return Refusal("person.not-yours", _("People declare this themselves, or an officer who runs councils does."))


def may_run(by: Actor, council: Council) -> Refusal | None:
    """Whether `by` runs this council: of its host, and not in conflict with what it judges."""
    refusal = may_manage(by, council.host)
    if refusal is None and isinstance(by, User) and is_barred(by, council):
        return Refusal("council.conflict", _("You have a part in what this council judges, so somebody else runs it."))
    return refusal


def barred_dossiers(user: User) -> QuerySet[Any]:
    """Dossiers (`application:12`) that `user` must see nothing of, as a subquery: a conflict stands, suspected ones
    too until somebody judges them.

    For the side that judges: `.exclude(dossier__in=barred_dossiers(user))` on what the department or a member may
    see. It is not for the side that applies: whoever filed an application still sees it there. Conflicts are of
    people: where the account is nobody's of the directory the subquery is empty, and is not asked.
    """
    return Conflict.objects.none().values("dossier") if user.person_id is None else barred_from(user.person_id)


def barred_from(person: int) -> QuerySet[Any]:
    """As `barred_dossiers`, of somebody of the directory."""
    return Conflict.objects.exclude(state=Conflict.State.DISMISSED).filter(person=person).order_by().values("dossier")


def stands_in_conflict(person: int) -> bool:
    """Whether `barred_from` has any."""
    return once(("in conflict", person), lambda: _stands_in_conflict(person))


def _stands_in_conflict(person: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(BARRED, (person, Conflict.State.DISMISSED))
        return bool(cursor.fetchone()[0])


def barred_numbers(user: User) -> Mapping[str, Sequence[int]]:
    """The numbers of those dossiers by kind, where the lists themselves are wanted: most people have none, and then
    nothing more need be asked. One query."""
    if user.person_id is None:
        return {}
    person = user.person_id
    return once(("barred", person), lambda: _by_kind(_barred_lines(person)))


def _barred_lines(person: int) -> str:
    """All of them as one text: thousands of rows take longer to bring here."""

    def rows() -> QuerySet[Any]:
        whole = barred_from(person).annotate(whole=Value(1)).values("whole")
        said: QuerySet[Any] = whole.annotate(said=StringAgg("dossier", "\n")).values_list("said")
        return said

    return "\n".join(said or "" for (said,) in told(("barred", person), rows))


@lru_cache(maxsize=100)
def _by_kind(dossiers: str) -> Mapping[str, Sequence[int]]:
    """Dossiers as the database has just told of them, a line each: the same thousands need not be read again."""
    numbers: dict[str, list[int]] = {}
    for kind, number in NUMBERED.findall(dossiers):
        numbers.setdefault(kind, []).append(int(number))
    return {kind: tuple(some) for kind, some in numbers.items()}


def numbers_of(dossiers: QuerySet[Any], kind: str) -> QuerySet[Any]:
    """The numbers of `dossiers` of one kind (`mission`), as a subquery: a list is compared by number, where by name
    every row of its table would have to be named first."""
    named = dossiers.filter(dossier__regex=rf"^{kind}:[0-9]+$")
    numbered = named.annotate(number=Cast(Substr("dossier", len(kind) + 2), BigIntegerField()))
    found: QuerySet[Any] = numbered.values("number")
    return found


def is_barred(user: User, council: Council) -> bool:
    """Whether `user` is in conflict with any of the council's subjects."""
    return user.person_id is not None and council.subjects.filter(dossier__in=barred_dossiers(user)).exists()


def may_act_as(by: Actor, seat: Seat) -> Refusal | None:
    """What a member does is done by the member's own account."""
    if isinstance(by, User) and by.person_id == seat.person_id:
        return None
    sentence = _("Only %(person)s can do this, with the account of that person.")
    return Refusal("council.not-your-seat", sentence % {"person": seat.person})


def wrong_state(council: Council, *allowed: str) -> Refusal | None:
    """That the council is not at one of the states in which something can be done."""
    if council.state in allowed:
        return None
    labels = dict(Council.State.choices)
    sentence = _("The council is at «%(state)s»; this is done at «%(allowed)s». Reload the page.")
    told = ", ".join(str(labels[state]) for state in allowed)
    return Refusal("council.wrong-state", sentence % {"state": council.get_state_display(), "allowed": told})
