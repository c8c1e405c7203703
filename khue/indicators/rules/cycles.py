"""Cycles: who calls for reports, reminds, locks, and opens a locked period for one unit."""

from datetime import date

from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.actors import Actor, SystemActor
from khue.core.clock import today
from khue.core.refusals import Refusal
from khue.indicators.models import Cycle, ReportSet, UnitReport
from khue.indicators.rules.scope import DECIDE, MANAGE, lead_of, receives


def may_run(by: Actor, report_set: ReportSet) -> Refusal | None:
    """Reports are called for, and units reminded, where the programme's reports are received."""
    return _only(by, report_set, MANAGE, _("Reports of this programme are called for by %(unit)s."))


def may_lock(by: Actor, cycle: Cycle) -> Refusal | None:
    """Heads where the reports are received, once."""
    if cycle.locked_at is not None:
        return Refusal("cycle.locked", _("This period is locked already."))
    return _only(by, cycle.report_set, DECIDE, _("Periods are locked by heads of %(unit)s."))


def may_unlock(by: Actor, cycle: Cycle) -> Refusal | None:
    """What somebody locked by hand; what the calendar locked is opened for one unit at a time."""
    if cycle.locked_at is None:
        sentence = _("Nobody locked this period by hand. Open it for the unit that needs it, with a reason.")
        return Refusal("cycle.not-locked", sentence)
    return _only(by, cycle.report_set, DECIDE, _("Periods are opened by heads of %(unit)s."))


def may_reopen(by: Actor, report: UnitReport, *, until: date | None = None) -> Refusal | None:
    """Heads where the report is received, for a report that is locked and not approved, until a day to come."""
    refusal = _only(by, report.cycle.report_set, DECIDE, _("Exceptions are granted by heads of %(unit)s."))
    if refusal:
        return refusal
    if not report.cycle.is_locked:
        return Refusal("reopening.not-locked", _("The period is still open; no exception is needed."))
    if until is not None and until < today():
        return Refusal("reopening.past", _("The last day of the exception has passed; choose a day from today on."))
    return None


def _only(by: Actor, report_set: ReportSet, permission: str, sentence: str) -> Refusal | None:
    if isinstance(by, SystemActor) or (isinstance(by, User) and receives(by, report_set.programme, permission)):
        return None
    return Refusal("cycle.not-yours", sentence % {"unit": lead_of(report_set.programme).name})
