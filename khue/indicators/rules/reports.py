"""Unit reports: who sees them, who writes them, and who has the next word."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.rules import may
from khue.accounts.scope import units_where
from khue.core.actors import Actor, SystemActor
from khue.core.refusals import Refusal
from khue.indicators.models import UnitReport
from khue.indicators.rules.locks import lock_of
from khue.indicators.rules.scope import APPROVE, MANAGE, REPORT, SEE, lead_of, oversees, received_by, receives

if TYPE_CHECKING:
    from django.db.models import QuerySet

    Reports = QuerySet[UnitReport, UnitReport]

State = UnitReport.State


def visible_to(user: User) -> "Reports":
    """One's units' reports, all of the programmes that one's office runs, and all for those who oversee."""
    if oversees(user):
        return UnitReport.objects.all()
    own = Q(unit__in=units_where(user, SEE, REPORT, APPROVE)) | Q(unit__parent__in=units_where(user, APPROVE))
    return UnitReport.objects.filter(own | received_by(user, "cycle__report_set__programme__"))


def for_action() -> "Reports":
    """Reports with all that the rules ask of them, in a constant number of queries."""
    above = UnitReport.objects.select_related(
        "unit__parent",
        "cycle__period",
        "cycle__locked_by",
        "cycle__report_set__programme__lead",
        "case__process_version",
    )
    return above.prefetch_related("reopenings")


def writes_for(by: Actor, report: UnitReport) -> bool:
    """Whether somebody may enter the figures of the unit: its own people; for a unit that ended, those who receive."""
    if isinstance(by, SystemActor):
        return True
    if may(by, REPORT, report.unit_id):
        return True
    ended = report.unit.valid_to is not None and report.unit.valid_to < report.due_on
    return ended and isinstance(by, User) and receives(by, report.cycle.report_set.programme, MANAGE)


def may_write(by: Actor, report: UnitReport) -> Refusal | None:
    """A report that is open, in a period that is open or opened for the unit, by those who report for it."""
    if not writes_for(by, report):
        sentence = _("Figures of %(unit)s are entered by its officers and heads.")
        return Refusal("report.not-yours", sentence % {"unit": report.unit.name})
    if not report.is_open:
        sentence = _("This report was %(state)s; take it back, or have it returned, to change it.")
        return Refusal("report.not-open", sentence % {"state": report.get_state_display().lower()})
    lock = lock_of(report)
    return lock.refusal() if lock else None


def may_submit(by: Actor, report: UnitReport) -> Refusal | None:
    """Who may write it may send it."""
    return may_write(by, report)


def may_take_back(by: Actor, report: UnitReport) -> Refusal | None:
    """The unit takes back what it sent, before anybody outside it approved."""
    if not writes_for(by, report):
        sentence = _("Reports of %(unit)s are taken back by its officers and heads.")
        return Refusal("report.not-yours", sentence % {"unit": report.unit.name})
    passed = report.cycle.report_set.approvals[: report.level]
    if report.state != State.SUBMITTED or any(step != "head" for step in passed):
        return Refusal("report.not-to-take-back", _("Only a report that was sent and not yet approved is taken back."))
    lock = lock_of(report)
    return lock.refusal() if lock else None


def waits_for(report: UnitReport) -> str:
    """The step (`head`, `above`, `lead`) whose approval it waits for; empty when it waits for none."""
    steps: list[str] = report.cycle.report_set.approvals
    return steps[report.level] if report.state == State.SUBMITTED and report.level < len(steps) else ""


def decides(by: Actor, report: UnitReport, step: str) -> bool:
    """Whether somebody has the word of a step."""
    if isinstance(by, SystemActor):
        return True
    if not isinstance(by, User):
        return False
    if step == "head":
        return may(by, APPROVE, report.unit_id)
    if step == "above":
        return report.unit.parent_id is not None and may(by, APPROVE, report.unit.parent_id)
    return receives(by, report.cycle.report_set.programme, MANAGE)


def may_approve(by: Actor, report: UnitReport) -> Refusal | None:
    """Those whose step it waits for."""
    step = waits_for(report)
    if not step:
        return Refusal("report.not-sent", _("Only a report that was sent and waits for approval is approved."))
    if decides(by, report, step):
        return None
    sentence = _("This report waits for approval by %(who)s.")
    return Refusal("report.not-yours-to-approve", sentence % {"who": who(report, step)})


def may_return(by: Actor, report: UnitReport) -> Refusal | None:
    """Those whose step it waits for; where it is received, an approved one as well, while the period is open."""
    step = waits_for(report)
    if step:
        return None if decides(by, report, step) or decides(by, report, "lead") else may_approve(by, report)
    if report.state != State.APPROVED:
        return Refusal("report.not-sent", _("Only a report that was sent is returned."))
    if not decides(by, report, "lead"):
        sentence = _("An approved report is returned by %(who)s.")
        return Refusal("report.not-yours-to-approve", sentence % {"who": who(report, "lead")})
    lock = lock_of(report)
    return lock.refusal() if lock else None


def may_correct(by: Actor, report: UnitReport) -> Refusal | None:
    """Single figures of an approved report are corrected, locked or not, where it is received."""
    if report.state != State.APPROVED:
        return Refusal(
            "report.not-approved", _("Only figures of an approved report are corrected; others are written.")
        )
    if decides(by, report, "lead"):
        return None
    sentence = _("Approved figures are corrected by %(who)s; ask for it, or for an exception for your unit.")
    return Refusal("report.not-yours-to-correct", sentence % {"who": who(report, "lead")})


def who(report: UnitReport, step: str) -> str:
    """Those who have the word of a step, for a sentence."""
    if step == "head":
        return _("the head of %(unit)s") % {"unit": report.unit.name}
    if step == "above" and report.unit.parent:
        return _("the head of %(unit)s") % {"unit": report.unit.parent.name}
    return lead_of(report.cycle.report_set.programme).name
