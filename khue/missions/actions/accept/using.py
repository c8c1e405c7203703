"""Results of a mission and the yearly account of where they are used."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.calendar import add_months, days_left
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused, require
from khue.journal.actions import record
from khue.matching.actions import changed
from khue.missions.models import Acceptance, Mission, Result, UseReport
from khue.missions.rules.accept.accepting import may_report_use
from khue.missions.rules.accept.results import may_describe
from khue.missions.rules.accept.uses import REMIND_BEFORE, REPEAT, may_accept_use, may_remind_use, writers
from khue.notices.actions import Telling, notify_many, saying

FACTS = (
    "product",
    "kind",
    "title",
    "description",
    "readiness",
    "usable_where",
    "conditions",
    "owner",
    "ownership_basis",
    "public",
)


@transaction.atomic
def describe_result(mission: Mission, *, by: Actor, result: Result | None = None, **facts: Any) -> Result:
    """Say what a result is, how ready, where it can be used: a new one, or a correction of `result`.

    Raises Refused: `result.not-yours`, `result.no-title`.
    """
    require(may_describe(by, mission))
    if not str(facts.get("title", result.title if result else "")).strip():
        raise Refused(Refusal("result.no-title", _("Give the result a name by which others can find it.")))
    described = result or Result(mission=mission)
    for name, value in facts.items():
        if name not in FACTS:
            raise TypeError(name)
        setattr(described, name, value)
    described.save()
    record(f"mission:{mission.pk}", "mission.result", by=by, title=described.title)
    changed("result", described.pk)
    return described


def owe_use_reports(acceptance: Acceptance, *, by: Actor) -> list[UseReport]:
    """A report is owed each year (`use-report-every` months) for `use-report-years` years after the acceptance."""
    assert acceptance.case is not None and acceptance.concluded_on is not None  # noqa: PT018, S101 - it was recognised
    rules = acceptance.case.definition
    every, years = rules.number("use-report-every"), rules.number("use-report-years")
    days = [add_months(acceptance.concluded_on, every * number) for number in range(1, years + 1)]
    made = UseReport.objects.bulk_create(
        [UseReport(mission=acceptance.mission, year=day.year, due_on=day) for day in days], ignore_conflicts=True
    )
    record(f"mission:{acceptance.mission_id}", "mission.use-owed", by=by, years=years)
    return made


@transaction.atomic
def report_use(report: UseReport, *, by: Actor, used: bool, effect: str, **facts: Any) -> UseReport:
    """Where and with what effect the results were used in the year, or why they were not.

    `facts`: `result`, `unit`, `place`, `value` (benefit in đồng). Raises Refused: `use-report.not-yours`,
    `use-report.empty`.
    """
    report = UseReport.objects.select_for_update(of=("self",)).select_related("mission").get(pk=report.pk)
    require(may_report_use(by, report))
    if not effect.strip():
        raise Refused(Refusal("use-report.empty", _("Write where and with what effect, or why it is not used.")))
    for name in ("result", "unit", "place", "value"):
        setattr(report, name, facts.get(name))
    report.used, report.effect, report.state = used, effect.strip(), UseReport.State.SUBMITTED
    report.submitted_at, report.submitted_by = now(), by if isinstance(by, User) else None
    report.save()
    record(f"mission:{report.mission_id}", "mission.use-reported", by=by, year=report.year)
    return report


@transaction.atomic
def accept_use(report: UseReport, *, by: Actor) -> UseReport:
    """The department takes note of a report. Raises Refused: `use-report.not-sent`, or the rule's."""
    report = UseReport.objects.select_for_update(of=("self",)).select_related("mission").get(pk=report.pk)
    require(may_accept_use(by, report))
    report.state = UseReport.State.ACCEPTED
    report.save(update_fields=["state"])
    record(f"mission:{report.mission_id}", "mission.use-accepted", by=by, year=report.year)
    return report


@transaction.atomic
def remind_uses(reports: Iterable[UseReport], *, by: Actor) -> int:
    """Ask for reports that are due, nobody twice on one day; returns how many notices were sent. Raises Refused by the
    rule."""
    require(may_remind_use(by))
    waiting = [report for report in reports if report.state == UseReport.State.DUE]
    return notify_many((_asking(report, f"asked-{today()}") for report in waiting), by=by)


def remind_of_use() -> int:
    """Tell those who owe a report on use: some time before its day, on the day after it, then again and again.
    Returns how many notices were sent. Safe to run again."""
    soon = today() + timedelta(days=REMIND_BEFORE)
    rows = UseReport.objects.filter(state=UseReport.State.DUE, due_on__lte=soon).select_related("mission")
    return notify_many(_asking(report, str(max(-1, (today() - report.due_on).days // REPEAT))) for report in rows)


def _asking(report: UseReport, occasion: str) -> Telling:
    left = days_left(report.due_on, today())
    sentence = gettext_lazy("Report on use %(year)s, %(left)s: %(title)s")
    return Telling(
        users=writers(report.mission.host_id),
        key=f"use-report:{report.pk}:{occasion}",
        subject=saying(sentence, year=report.year, left=left, title=report.mission.title),
        url=report.get_absolute_url(),
        dossier=f"mission:{report.mission_id}",
    )
