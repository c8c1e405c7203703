"""What a change that was granted, or made by the lead organisation itself, does to the mission and its outline."""

from datetime import date
from typing import Any

from django.db.models import F

from khue.core.actors import CALENDAR, Actor
from khue.core.clock import today
from khue.directory.models import Person, Unit
from khue.flow.actions import set_due, set_party
from khue.flow.models import Case
from khue.flow.shelf.words import words
from khue.missions.actions.owed import carry
from khue.missions.actions.plan_copies import copy_plan
from khue.missions.models import Adjustment, Mission, Plan, PlanPerson, ProgressReport
from khue.missions.rules.carry.adjusting import CHANGES
from khue.missions.rules.carry.carrying import case_of
from khue.missions.rules.carry.reports import WRITABLE
from khue.missions.rules.months import months_between


def before_of(mission: Mission, kind: str) -> dict[str, Any]:
    """What is there now of the thing that `kind` changes, to be kept beside the change."""
    what = CHANGES.get(kind, "text")
    if what == "end":
        return {"end": mission.ends_on.isoformat() if mission.ends_on else ""}
    if what == "investigator":
        return {"investigator": mission.investigator_id, "name": mission.investigator_name}
    if what == "lead":
        return {"lead": mission.host_id, "name": mission.host.name if mission.host else mission.host_name}
    if what == "title":
        return {"title": mission.title}
    answers = mission.plan.answers if mission.plan else {}
    return {what: answers.get("objective" if what == "objective" else f"changed-{kind}", "")}


def apply(mission: Mission, change: Adjustment, *, by: Actor) -> Plan | None:
    """Make the change: a new outline, at the stand «adjusted», and the columns of the mission that follow it."""
    what = CHANGES.get(change.kind, "text")
    value = change.after.get(what)
    plan = mission.plan
    assert plan is not None  # noqa: S101 - a mission that is carried out has one
    if what == "end":
        return _end(mission, plan, date.fromisoformat(str(value)), by=by)
    if what == "title":
        return _title(mission, plan, str(value))
    if what == "investigator":
        return _investigator(mission, plan, Person.objects.get(pk=value))
    if what == "lead":
        return _lead(mission, plan, Unit.objects.get(pk=value), by=by)
    name = "objective" if what == "objective" else f"changed-{change.kind}"
    return _adopt(mission, copy_plan(plan, stand=Plan.Stand.ADJUSTED, answers={**plan.answers, name: str(value)}))


def _adopt(mission: Mission, plan: Plan) -> Plan:
    mission.plan = plan
    mission.save()
    return plan


def _end(mission: Mission, plan: Plan, end: date, *, by: Actor) -> Plan:
    assert mission.starts_on is not None  # noqa: S101
    months = months_between(mission.starts_on, end)
    made = copy_plan(plan, stand=Plan.Stand.ADJUSTED, months=months)
    if months > plan.months:
        made.stages.filter(to_month=plan.months).update(to_month=months)
    else:
        made.stages.filter(to_month__gt=months).update(to_month=months)
        made.stages.filter(from_month__gt=months).update(from_month=F("to_month"))
        made.products.filter(due_month__gt=months).update(due_month=months)
    mission.ends_on = end
    _adopt(mission, made)
    _fit_reports(mission, end)
    set_due(case_of(mission), max(end, today()), by=by, reason=str(words("adjustments")["extension"]))
    return made


def _fit_reports(mission: Mission, end: date) -> None:
    """Reports that nobody has sent yet reach no further than the mission."""
    waiting = ProgressReport.objects.filter(mission=mission, state__in=WRITABLE)
    for report in waiting.filter(period_from__gt=end, state=ProgressReport.State.DUE):
        carry(report, "drop", by=CALENDAR)
        report.delete()
    waiting.filter(period_to__gt=end, period_from__lte=end).update(period_to=end, due_on=end)


def _title(mission: Mission, plan: Plan, title: str) -> Plan:
    mission.title = title.strip()
    Case.objects.filter(pk=case_of(mission).pk).update(title=mission.title)
    return _adopt(mission, copy_plan(plan, stand=Plan.Stand.ADJUSTED, name=mission.title))


def _investigator(mission: Mission, plan: Plan, person: Person) -> Plan:
    made = copy_plan(plan, stand=Plan.Stand.ADJUSTED)
    old = made.people.filter(role=PlanPerson.Role.INVESTIGATOR).first()
    task, months, share = (old.task, old.months, old.share) if old else ("", 0, None)
    made.people.filter(role=PlanPerson.Role.INVESTIGATOR).delete()
    made.people.filter(person=person).delete()
    PlanPerson.objects.create(
        plan=made, person=person, role=PlanPerson.Role.INVESTIGATOR, task=task, months=months, share=share
    )
    mission.investigator, mission.investigator_name = person, str(person)
    return _adopt(mission, made)


def _lead(mission: Mission, plan: Plan, unit: Unit, *, by: Actor) -> Plan:
    mission.host, mission.host_name = unit, unit.name
    set_party(case_of(mission), "host", unit, by=by, reason=str(words("adjustments")["lead"]))
    return _adopt(mission, copy_plan(plan, stand=Plan.Stand.ADJUSTED))


def take_back(mission: Mission, change: Adjustment, *, by: Actor) -> None:
    """Put the mission back as it was before a change to which the department objected."""
    back = Adjustment(mission=mission, kind=change.kind, after=change.before)
    if CHANGES.get(change.kind, "text") in ("text", "objective"):
        mission.plan = change.plan_before
        mission.save()
    else:
        apply(mission, back, by=by)
