"""What indicators register with the apps below: files of reports, and what the journal says."""

from django.utils.translation import gettext_lazy as _

from khue.files import rules as files_rules
from khue.indicators.rules import reports
from khue.journal import sentences


def register() -> None:
    """Called once, when the app starts."""
    files_rules.register("unit-report", reports.visible_to, restricted=reports.visible_to)
    sentences.register(SENTENCES)


SENTENCES = {
    "cycle.opened": _("%(actor)s called for “%(set)s”, %(period)s, from %(units)s units"),
    "cycle.reminded": _("%(actor)s reminded %(count)s units: %(units)s"),
    "cycle.counted": _("%(actor)s had %(count)s figures counted from what is on file"),
    "cycle.locked": _("%(actor)s locked %(period)s: %(reason)s"),
    "cycle.unlocked": _("%(actor)s opened %(period)s again: %(reason)s"),
    "unit-report.asked": _("%(actor)s asked for this report by %(due_on)s"),
    "unit-report.started": _("%(actor)s began the report"),
    "unit-report.sent": _("%(actor)s sent the report"),
    "unit-report.taken-back": _("%(actor)s took the report back"),
    "unit-report.returned": _("%(actor)s returned the report with %(marks)s marked figures: %(reason)s"),
    "unit-report.passed": _("%(actor)s approved the report for %(unit)s"),
    "unit-report.approved": _("%(actor)s approved the report"),
    "unit-report.corrected": _("%(actor)s corrected “%(name)s” from %(was)s to %(now)s: %(reason)s"),
    "unit-report.reopened": _("%(actor)s opened the period for this unit until %(until)s: %(reason)s"),
    "unit-report.closed-again": _("%(actor)s ended the exception"),
}
