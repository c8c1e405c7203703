"""What waits for a person, and what a person waits for."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from khue.accounts.models import User
from khue.accounts.rules import acting_in
from khue.accounts.veils import veiled
from khue.core.counting import count_named
from khue.core.described import told
from khue.flow.divisions import held_above
from khue.flow.models import Case, CaseParty, Holding, Holdings
from khue.flow.rules import FOLLOW

FEW = 300


class Held(NamedTuple):
    """What lists of work show of a holding and its case."""

    case: int
    version: int
    digest: str
    """The process that the case is pinned to, by the number and the text of its version."""
    case_step: str
    title: str
    url: str
    whole_due_on: date | None
    step: str
    due_on: date | None
    unit: str | None
    user: str | None
    """Who has it: the name of the unit, or of the person."""


COLUMNS = (
    "case", "case__process_version", "case__process_version__digest", "case__step", "case__title", "case__url",
    "case__due_on", "step", "due_on", "unit__name", "user__full_name",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Work(Sequence[Held]):
    """Open holdings that are all of `only` and none of `never`, what hurts first. Every visit begins with such a list,
    so it reads no more than it shows, and what it asks is put into SQL once (`core.described`)."""

    only: tuple[Q, ...]
    never: tuple[Q, ...]

    def holdings(self) -> Holdings:
        """The holdings themselves."""
        found = Holding.objects.asking().filter(*self.only)
        for hidden in self.never:
            found = found.exclude(hidden)
        return found.for_lists().by_urgency()

    def of_kind(self, process: str) -> "Work":
        """Those of one process; all of them where it is empty."""
        return replace(self, only=(*self.only, Q(case__process_version__process=process))) if process else self

    def __len__(self) -> int:
        return count_named(self, self.holdings)

    def __getitem__(self, wanted: Any) -> Any:
        rows = told((COLUMNS, self), lambda: self.holdings().values_list(*COLUMNS), wanted.start or 0, wanted.stop)
        return [Held(*row) for row in rows]


def work_of(user: User) -> Work:
    """What is held by `user`, and by units in which, or in a division of which, `user` has one of the roles it asks
    for; nothing of which `user` must see nothing."""
    return Work((_mine(user),), tuple(veiled(user)))


def work_asked_by(user: User) -> Work:
    """What others have of cases that `user` opened or a unit of `user` takes part in."""
    return Work((_asked(user),), (*veiled(user), _mine(user)))


def waiting_for(user: User) -> Holdings:
    """The holdings of `work_of`."""
    return work_of(user).holdings()


def i_wait_for(user: User) -> Holdings:
    """The holdings of `work_asked_by`."""
    return work_asked_by(user).holdings()


def _asked(user: User) -> Q:
    """Cases that `user` opened or has a part in. A few are named one by one, and found by their numbers; with many,
    the list walks the holdings by urgency and looks at the case of each until the page is full."""
    units = frozenset(part.unit_id for part in acting_in(user) if part.allows(FOLLOW))
    taken = told(("taken", user.pk, units), lambda: _taken(user.pk, units), 0, FEW + 1)
    opened = told(("opened", user.pk), lambda: _opened(user.pk), 0, FEW + 1) if len(taken) <= FEW else []
    few = {*taken, *opened}
    return Q(case__in=frozenset(pk for (pk,) in few)) if len(few) <= FEW else _many_asked(user.pk, units)


@lru_cache(maxsize=1_000)
def _many_asked(user: int, units: frozenset[int]) -> Q:
    """Kept, because two of them would not be known to say the same (`core.described`)."""
    return Q(case__opened_by=user) | Q(Exists(_parts(user, units).filter(case=OuterRef("case"))))


def _taken(user: int, units: frozenset[int]) -> "QuerySet[CaseParty, tuple[int]]":
    return _parts(user, units).filter(case__closed_at=None).values_list("case")


def _opened(user: int) -> "QuerySet[Case, tuple[int]]":
    return Case.objects.filter(opened_by=user, closed_at=None).values_list("pk")


def _parts(user: int, units: frozenset[int]) -> "QuerySet[CaseParty, CaseParty]":
    return CaseParty.objects.filter(Q(unit__in=units) | Q(user=user))


def _mine(user: User) -> Q:
    roles = defaultdict(set)
    for part in acting_in(user):
        roles[part.unit_id].add(part.role)
    alike = defaultdict(list)
    for unit, names in roles.items():
        alike[tuple(sorted(names))].append(unit)
    mine = Q(user=user.pk)
    for together, units in alike.items():
        mine |= Q(unit__in=units) & (Q(roles=[]) | Q(roles__overlap=list(together)))
    return mine | held_above(acting_in(user))
