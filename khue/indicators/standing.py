"""What indicators register with the apps below: files of reports, and what the journal says."""

from django.utils.translation import gettext_lazy as _

from khue.accounts.roles import all_roles
from khue.core import navigation
from khue.core.navigation import FIGURES, Item
from khue.files import rules as files_rules
from khue.flow import demands
from khue.indicators import finding
from khue.indicators.actions import desk
from khue.indicators.rules import reports
from khue.indicators.rules.scope import COMPOSE, SEE
from khue.journal import sentences

STEPS = ("writing", "at-head", "at-above", "at-lead", "approved", "dropped")


def register() -> None:
    """Called once, when the app starts."""
    demands.register(desk.PROCESS, *(f"step:{step}" for step in STEPS))
    roles = frozenset(role.name for role in all_roles().values() if role.allows(SEE))
    aims = Item("programmes", _("Programmes and indicators"), "indicators:programmes", "target", roles, 50, FIGURES)
    navigation.register(aims)
    place = Item("reports", _("Reports of units"), "indicators:reports", "clipboard-data", roles, 51, FIGURES, "k")
    navigation.register(place)
    composing = frozenset(role.name for role in all_roles().values() if role.allows(COMPOSE))
    composed = Item("composed", _("Composed reports"), "indicators:composed-list", "file-text", composing, 52, FIGURES)
    navigation.register(composed)
    finding.register()
    files_rules.register("unit-report", reports.visible_to, restricted=reports.visible_to)
    sentences.register(SENTENCES)


SENTENCES = {
    "composed.begun": _("%(actor)s composed “%(label)s”, %(period)s"),
    "composed.edited": _("%(actor)s changed the text of a part"),
    "composed.added": _("%(actor)s added a part: “%(text)s”"),
    "composed.laid-out-party": _("%(actor)s had the report laid out as a paper of the Party"),
    "composed.laid-out-state": _("%(actor)s had the report laid out as a paper of the state"),
    "composed.dropped": _("%(actor)s left a part out"),
    "composed.restored": _("%(actor)s brought a part back"),
    "composed.chosen": _("%(actor)s chose between two texts of a part"),
    "composed.refreshed": _("%(actor)s brought the figures up to date: %(changed)s parts changed, %(waiting)s wait"),
    "composed.handed-over": _("%(actor)s made it an outgoing document: %(document)s"),
    "cycle.opened": _("%(actor)s called for “%(set)s”, %(period)s, from %(units)s units"),
    "cycle.reminded": _("%(actor)s reminded %(count)s units: %(units)s"),
    "cycle.counted": _("%(actor)s had %(count)s figures counted from what is on file"),
    "cycle.taken-over": _("%(actor)s took over the reports of %(units)s units with %(figures)s figures"),
    "cycle.locked": _("%(actor)s locked %(period)s: %(reason)s"),
    "cycle.unlocked": _("%(actor)s opened %(period)s again: %(reason)s"),
    "programme.begun": _("%(actor)s began the programme “%(title)s”"),
    "programme.corrected": _("%(actor)s corrected the programme “%(title)s”"),
    "programme.set-defined": _("%(actor)s defined what is reported together: “%(set)s”"),
    "indicator.defined": _("%(actor)s defined “%(name)s” from %(since)s on"),
    "indicator.changed-here": _("%(actor)s changed what “%(name)s” means from %(since)s on"),
    "indicator.changed-back": _("%(actor)s took back what “%(name)s” was to mean from %(since)s on"),
    "indicator.ended": _("%(actor)s ended “%(name)s” on %(on)s"),
    "indicator.target": _("%(actor)s set the target of %(year)s: %(now)s instead of %(was)s"),
    "indicator.unit-target": _("%(actor)s set the target of %(unit)s for %(year)s: %(now)s instead of %(was)s"),
    "figures.brought-in": _("%(actor)s brought in %(new)s new figures and changed %(changed)s"),
    "unit-report.asked": _("%(actor)s asked for this report by %(due_on)s"),
    "unit-report.started": _("%(actor)s began the report"),
    "unit-report.text": _("%(actor)s wrote “%(label)s”"),
    "unit-report.send-to-head": _("%(actor)s sent the report to the head of the unit"),
    "unit-report.send-to-above": _("%(actor)s passed the report on to the unit above"),
    "unit-report.send-to-lead": _("%(actor)s passed the report on to the unit that puts reports together"),
    "unit-report.take-back": _("%(actor)s took the report back"),
    "unit-report.return": _("%(actor)s returned the report: %(reason)s"),
    "unit-report.approve": _("%(actor)s approved the report"),
    "unit-report.corrected": _("%(actor)s corrected “%(name)s” from %(was)s to %(now)s: %(reason)s"),
    "unit-report.reopened": _("%(actor)s opened the period for this unit until %(until)s: %(reason)s"),
    "unit-report.closed-again": _("%(actor)s ended the exception"),
}
