"""What is owed while a mission is carried out and after it: a progress report, the answer to a request, an inspection,
a repayment. Each has a case of its own process, which stands on the desk of who is next."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from khue.core.money import dong
from khue.councils.rules import numbers_of
from khue.flow.models import Case
from khue.flow.shelf.words import label_in
from khue.missions.models import Adjustment, Inspection, ProgressReport, Refund
from khue.missions.rules.carry.inspecting import next_regular
from khue.missions.rules.carry.reports import WRITABLE, due_of

if TYPE_CHECKING:
    Owed = ProgressReport | Adjustment | Inspection | Refund

ANSWERED_AT = ("running", "suspended")
INSPECTED_AT = ("running", "suspended", "ended")
"""Steps of a mission at which a request can still be answered, and an inspection be held."""
ON_DESK = Q(case__isnull=False, case__closed_at=None)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of what is owed, by the process that its cases go through."""

    process: str
    """Also how its rows are named in the journal."""
    model: Any
    to_be_asked: Q
    """Which rows of it stand on a desk as soon as they are there."""
    title: Callable[[Any], str]
    due: Callable[[Any], date | None]
    over: Callable[[Any, Case], bool]
    """Whether a mission that stands where this case does is no longer asked for the row."""
    resting: tuple[str, ...] = ()
    """Its steps at which nothing is asked while the mission is suspended."""


def _report_title(row: ProgressReport) -> str:
    sentence = _("Progress report no. %(number)s: %(title)s")
    return sentence % {"number": row.number, "title": row.mission.title}


def _change_title(row: Adjustment) -> str:
    sentence = _("Request for a change, %(kind)s: %(title)s")
    return sentence % {"kind": label_in("adjustments", row.kind), "title": row.mission.title}


def _visit_title(row: Inspection) -> str:
    sentence = _("Regular inspection: %(title)s") if row.regular else _("Unscheduled inspection: %(title)s")
    return sentence % {"title": row.mission.title}


def _refund_title(row: Refund) -> str:
    sentence = _("To be paid back, %(amount)s: %(title)s")
    return sentence % {"amount": dong(row.open), "title": row.mission.title}


def _visit_over(row: Inspection, whole: Case) -> bool:
    if whole.step not in INSPECTED_AT:
        return True
    return row.announced_on is None and next_regular(row.mission) != row.held_on


REPORT = Kind(
    "progress-report", ProgressReport, Q(state__in=WRITABLE, mission__case__closed_at=None), _report_title, due_of,
    over=lambda _row, whole: whole.closed_at is not None, resting=("writing",),
)  # fmt: skip
CHANGE = Kind(
    "adjustment-request", Adjustment, Q(state=Adjustment.State.ASKED, decides="head"), _change_title,
    due=lambda row: row.answer_due_on, over=lambda _row, whole: whole.step not in ANSWERED_AT,
    resting=("asked", "supplementing"),
)  # fmt: skip
VISIT = Kind(
    "inspection", Inspection, Q(closed_at=None, mission__case__step__in=INSPECTED_AT), _visit_title,
    due=lambda row: row.held_on, over=_visit_over, resting=("due",),
)  # fmt: skip
REFUND = Kind(
    "refund", Refund, Refund.OWED, _refund_title,
    due=lambda row: row.due_on, over=lambda _row, _whole: False,
)  # fmt: skip
KINDS = (REPORT, CHANGE, VISIT, REFUND)


def named(kind: Kind) -> "Callable[[QuerySet[Any, Any]], QuerySet[Any, Any]]":
    """The names of the rows of a kind on those of some dossiers that are missions."""

    def on(dossiers: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
        name = Concat(Value(f"{kind.process}:"), Cast("pk", CharField()), output_field=CharField())
        rows = kind.model.objects.filter(mission__in=numbers_of(dossiers, "mission")).order_by()
        found: QuerySet[Any, Any] = rows.annotate(told=name).values("told")
        return found

    return on
