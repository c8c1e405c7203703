"""A case whose parts were handed down: its state is rolled up from theirs."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q

from khue.core.clock import today
from khue.flow.models import Case


@dataclass(frozen=True, slots=True)
class Parts:
    """How the parts of a case stand; `next_due` is the earliest due day of one that is open."""

    total: int
    done: int
    cancelled: int
    overdue: int
    next_due: date | None

    @property
    def open(self) -> int:
        """Those still under way."""
        return self.total - self.done - self.cancelled

    @property
    def state(self) -> str:
        """`none`, `closed`, `overdue` or `open`: the worst of them speaks for all."""
        if not self.total:
            return "none"
        return "overdue" if self.overdue else "open" if self.open else "closed"


def parts_of(case: Case) -> Parts:
    """The state of the cases directly below `case`: one query. They close only after their own parts have."""
    still = Q(closed_at=None)
    counted = case.children.aggregate(
        total=Count("pk"),
        done=Count("pk", filter=Q(outcome="done")),
        cancelled=Count("pk", filter=Q(outcome="cancelled")),
        overdue=Count("pk", filter=still & Q(due_on__lt=today())),
        next_due=Min("due_on", filter=still),
    )
    return Parts(**counted)
