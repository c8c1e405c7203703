"""Writing a plan section by section, and locking it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.core.by_number import NUMBER, ByNumber
from khue.core.clock import now
from khue.core.refusals import Refusal, Refused, require
from khue.flow.answers import checked
from khue.flow.models import Data
from khue.flow.shelf.values import Process
from khue.language.text import fold, nfc
from khue.missions.models import Plan, PlanBudget, PlanPartner, PlanPerson, PlanProduct, PlanStage
from khue.missions.rules.select.plan_forms import (
    BUDGET,
    GENERAL,
    OUTLINE,
    PARTNERS,
    PEOPLE,
    PRODUCTS,
    STAGES,
    form_of,
    years_of,
)
from khue.missions.rules.select.plans import fault


@transaction.atomic
def write_section(
    plan: Plan, section: str, data: Mapping[str, Any], *, definition: Process, by: Actor, expected: int | None = None
) -> Plan:
    """Replace one section of a draft by `data`. `expected` is the revision that the writer started from.

    Raises Refused and changes nothing: `plan.locked`, `plan.changed-meanwhile` (somebody else saved the section since),
    `flow.answer` (a cell cannot be read, named by row and column), or what does not fit together (`plan.…`).
    """
    current = _PLAN.get(plan.pk)
    if current.locked_at is not None:
        raise Refused(Refusal("plan.locked", _("This outline was handed in and cannot be changed any more.")))
    if expected is not None and expected != revision(current, section):
        raise Refused(_meanwhile(current, section))
    answers = checked(form_of(current, section, definition), data, draft=True)
    require(fault(current, section, answers))
    _write(current, section, answers)
    current.revisions = {
        **current.revisions,
        section: {"number": revision(current, section) + 1, "by": by.actor_name, "at": now().isoformat()},
    }
    current.save()
    plan.refresh_from_db()
    return current


_PLAN = ByNumber(lambda: Plan.objects.select_for_update().filter(pk=NUMBER))


def revision(plan: Plan, section: str) -> int:
    """How often the section was written."""
    return int(plan.revisions.get(section, {}).get("number", 0))


def _meanwhile(plan: Plan, section: str) -> Refusal:
    last = plan.revisions.get(section, {})
    moment = parse_datetime(last.get("at", ""))
    sentence = _(
        "%(who)s saved this section at %(at)s while you were writing. Nothing of either is lost: your text stays on "
        "this page. Press “Save” to see both versions and put them together."
    )
    at = f"{localtime(moment):%H:%M %d/%m/%Y}" if moment else ""
    return Refusal("plan.changed-meanwhile", sentence % {"who": last.get("by", ""), "at": at})


def _write(plan: Plan, section: str, answers: Data) -> None:
    if section == GENERAL:
        _general(plan, answers)
    elif section == OUTLINE:
        plan.answers = answers
    else:
        rows: list[Data] = answers.get("rows") or []
        {PEOPLE: _people, PARTNERS: _partners, STAGES: _stages, PRODUCTS: _products, BUDGET: _budget}[section](
            plan, rows
        )


def _general(plan: Plan, answers: Data) -> None:
    plan.name = answers.get("name") or plan.name
    plan.months = answers["months"]
    plan.starts_on = date.fromisoformat(answers["starts_on"]) if answers.get("starts_on") else None
    plan.lump_sum = answers.get("lump_sum", "")
    beyond = plan.budget.filter(year__gt=years_of(plan), amount__gt=0).order_by("-year").first()
    if beyond is not None:
        sentence = _(
            "The budget has money in year %(year)s; with %(months)s months there is no such year. Move it first."
        )
        raise Refused(Refusal("plan.year-gone", sentence % {"year": beyond.year, "months": plan.months}))
    late = plan.stages.filter(to_month__gt=plan.months).first()
    if late is not None:
        sentence = _("Stage %(number)s ends in month %(month)s, after the last of %(months)s. Shorten it first.")
        told = {"number": late.number, "month": late.to_month, "months": plan.months}
        raise Refused(Refusal("plan.stage-too-long", sentence % told))


def _people(plan: Plan, rows: list[Data]) -> None:
    """Names only: who they are in the directory is kept for those who were found already, and looked for when the
    outline is no longer secret (`plan_people.enter_people`)."""
    before = {(fold(one.name), one.unit_id): one.person_id for one in plan.people.all()}
    people: list[PlanPerson] = []
    for number, row in enumerate(rows, 1):
        name, unit_id = nfc(row["name"])[:120], row.get("unit") or None
        if any(fold(one.name) == fold(name) and unit_id in (None, one.unit_id) for one in people):
            sentence = _("People, row %(row)s: %(name)s is there already.")
            raise Refused(Refusal("plan.twice", sentence % {"row": number, "name": name}))
        people.append(
            PlanPerson(
                plan=plan, name=name, title=nfc(row.get("title", ""))[:60], person_id=before.get((fold(name), unit_id)),
                unit_id=unit_id, role=row["role"], task=row.get("task", "")[:300],
                months=Decimal(row.get("months") or 0), share=Decimal(row["share"]) if row.get("share") else None,
            )
        )  # fmt: skip
    plan.people.all().delete()
    PlanPerson.objects.bulk_create(people)


def _partners(plan: Plan, rows: list[Data]) -> None:
    plan.partners.all().delete()
    PlanPartner.objects.bulk_create(
        PlanPartner(
            plan=plan, unit_id=row["unit"], task=row.get("task", "")[:300],
            consented_on=date.fromisoformat(row["consented_on"]) if row.get("consented_on") else None,
        )
        for row in rows
    )  # fmt: skip


def _stages(plan: Plan, rows: list[Data]) -> None:
    people = {fold(one.name): one.name for one in plan.people.all()}
    stages = []
    for number, row in enumerate(rows, 1):
        told = row.get("person", "")
        if told and fold(told) not in people:
            sentence = _(
                "Stages, row %(row)s: %(name)s is not among the people of the outline. Enter them there first."
            )
            raise Refused(Refusal("plan.who", sentence % {"row": number, "name": told}))
        stages.append(
            PlanStage(
                plan=plan, number=number, content=row["content"], outcome=row.get("outcome", ""),
                from_month=row["from_month"], to_month=row["to_month"], who=people.get(fold(told), ""),
            )
        )  # fmt: skip
    plan.stages.all().delete()
    PlanStage.objects.bulk_create(stages)


def _products(plan: Plan, rows: list[Data]) -> None:
    plan.products.all().delete()
    PlanProduct.objects.bulk_create(
        PlanProduct(
            plan=plan, number=number, kind=row["kind"], name=row["name"][:300], quality=row.get("quality", ""),
            unit_of_measure=row.get("unit_of_measure", "")[:40], quantity=Decimal(row["quantity"]),
            comparator=row.get("comparator", "")[:300], due_month=row.get("due_month"),
        )
        for number, row in enumerate(rows, 1)
    )  # fmt: skip


def _budget(plan: Plan, rows: list[Data]) -> None:
    plan.budget.all().delete()
    PlanBudget.objects.bulk_create(
        PlanBudget(
            plan=plan, item=row["item"], source=row["source"], note=row.get("note", "")[:300], year=year,
            amount=row[f"y{year}"],
        )
        for row in rows
        for year in range(1, years_of(plan) + 1)
        if row.get(f"y{year}") is not None
    )  # fmt: skip


@transaction.atomic
def lock_plan(plan: Plan, *, stand: str) -> Plan:
    """From now on nobody writes in it."""
    current = Plan.objects.select_for_update().get(pk=plan.pk)
    current.stand, current.locked_at = stand, now()
    current.save(update_fields=["stand", "locked_at"])
    plan.refresh_from_db()
    return current
