"""Which rule keeps a report shut, since when, and who can open it."""

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from khue.core.clock import today
from khue.core.refusals import Refusal
from khue.indicators.models import Reopening, UnitReport
from khue.indicators.rules.scope import lead_of


@dataclass(frozen=True, slots=True)
class Lock:
    """Why nothing is entered: `rule` is a sentence for people, `who` those who can open it for one unit."""

    rule: str
    since: date
    who: str

    def refusal(self) -> Refusal:
        """The refusal of whoever tries nevertheless."""
        sentence = _("%(rule)s %(who)s can open it for one unit, with a reason and a last day.")
        return Refusal("report.locked", sentence % {"rule": self.rule, "who": self.who})


def lock_of(report: UnitReport) -> Lock | None:
    """What locks `report` today; None while its period is open or an exception for this unit runs."""
    cycle = report.cycle
    if not cycle.is_locked or opening_of(report) is not None:
        return None
    words = {"period": cycle.period.called, "basis": cycle.lock_basis, "reason": cycle.lock_reason.rstrip(".")}
    if cycle.locked_at is not None:
        since = localtime(cycle.locked_at).date()
        told = _("%(period)s was locked by %(name)s on %(day)s: %(reason)s.")
        words["name"] = cycle.locked_by.full_name if cycle.locked_by else _("the calendar")
    else:
        since = cycle.locks_on
        told = _("%(period)s is locked since %(day)s (%(basis)s).")
    rule = told % {**words, "day": f"{since:%d/%m/%Y}"}
    return Lock(rule, since, _("Heads of %(unit)s") % {"unit": lead_of(cycle.report_set.programme).name})


def opening_of(report: UnitReport) -> Reopening | None:
    """The exception that runs for `report` today; its last day is still within it."""
    running = (one for one in report.reopenings.all() if one.ended_at is None and one.until >= today())
    return next(running, None)
