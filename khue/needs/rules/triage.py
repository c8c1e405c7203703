"""What hurts first: the order in which needs are looked at, how long they have waited, which are perhaps the same."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from khue.core.calendar import working_days_between
from khue.core.clock import today
from khue.flow.models import Holding
from khue.matching.ranking.corpus import Corpus
from khue.matching.ranking.record import Band, Item, Purpose
from khue.needs.models import Need
from khue.needs.models.need import OPEN_STATES, RANK

if TYPE_CHECKING:
    Needs = QuerySet[Need, Need]

COLUMNS = OPEN_STATES
OPEN = Q(state__in=OPEN_STATES)
COMPARED = 300
"""Open needs that are held against each other on the board; the first ones in the order of the board."""
NEAR, WORTH_A_LOOK = 6, 12
"""So many of the nearest may say the same as one; so many are compared with it word by word."""


def with_due(needs: "Needs") -> "Needs":
    """With `due_on`, until when whoever has it now should have dealt with it."""
    held = Holding.objects.filter(case=OuterRef("case"), until=None).order_by().values("due_on")[:1]
    return needs.annotate(due_on=Subquery(held))


def in_order(needs: "Needs") -> "Needs":
    """Urgent first, then what touches people's living, then the longest wait."""
    return needs.order_by(RANK, "-livelihood", "submitted_at", "pk")


def days_waiting(need: Need) -> int:
    """Working days since it was sent, until it was closed or today."""
    if need.submitted_at is None:
        return 0
    until: date = need.closed_on or today()
    return max(0, working_days_between(timezone.localtime(need.submitted_at).date(), until))


def overdue(day: date) -> Q:
    """Open needs whose present step should have been done before `day`."""
    return OPEN & _late(day)


def _late(day: date) -> Q:
    """Held now, and due before `day`: asked once for all, not for each need."""
    return Q(case__in=Holding.objects.filter(until=None, due_on__lt=day).order_by().values("case"))


@dataclass(frozen=True, slots=True)
class Counts:
    """How many needs stand where."""

    by_state: dict[str, int]
    open: int
    urgent: int
    livelihood: int
    overdue: int


def counted(needs: "Needs") -> Counts:
    """The counts of `needs`, which are open ones, in one query."""
    found = needs.aggregate(
        open=Count("pk"), urgent=Count("pk", filter=Q(urgency=Need.Urgency.URGENT)),
        livelihood=Count("pk", filter=Q(livelihood=True)), overdue=Count("pk", filter=_late(today())),
        **{name.replace("-", "_"): Count("pk", filter=Q(state=name)) for name in COLUMNS},
    )  # fmt: skip
    by_state = {name: found.pop(name.replace("-", "_")) for name in COLUMNS}
    return Counts(by_state=by_state, **found)


@dataclass(slots=True)
class Group:
    """Needs that perhaps say the same; the first is the oldest, into which the others would go."""

    needs: list[Need] = field(default_factory=list)

    @property
    def others(self) -> list[Need]:
        """All but the first."""
        return self.needs[1:]


def alike(needs: Sequence[Need]) -> list[Group]:
    """Groups of needs that say nearly the same, biggest first."""
    by_number = {need.pk: need for need in needs}
    groups = _alike(tuple((need.pk, need.title, need.problem) for need in needs))
    return [Group([by_number[number] for number in group]) for group in groups]


@lru_cache(maxsize=8)
def _alike(said: tuple[tuple[int, str, str], ...]) -> tuple[tuple[int, ...], ...]:
    """The numbers of each group. Kept for what was compared last: it takes a second, and depends on the words alone."""
    corpus = Corpus([Item(str(number), title, problem) for number, title, problem in said])
    group_of = list(range(len(said)))
    for place, (_number, title, problem) in enumerate(said):
        for found in corpus.rank(f"{title}. {problem}", Purpose.DUPLICATE, NEAR, compared=WORTH_A_LOOK):
            if found.position != place and found.band == Band.SAME:
                old, new = sorted((group_of[place], group_of[found.position]), reverse=True)
                group_of = [new if each == old else each for each in group_of]
    gathered: dict[int, list[int]] = {}
    for place, group in enumerate(group_of):
        gathered.setdefault(group, []).append(said[place][0])
    groups = [tuple(sorted(group)) for group in gathered.values() if len(group) > 1]
    return tuple(sorted(groups, key=len, reverse=True))


def sentence(counts: Counts) -> str:
    """What matters first, for the head of the board."""
    if not counts.open:
        return _("No need waits for an answer.")
    told = _("%(open)s needs wait for an answer") % {"open": counts.open}
    if counts.urgent:
        told += _(", %(urgent)s of them urgent") % {"urgent": counts.urgent}
    if counts.overdue:
        told += _("; %(late)s are past the day they should have moved on") % {"late": counts.overdue}
    return told + "."
