"""Copies of a plan: each stand of an outline is kept as it was."""

from typing import Any, TypeVar

from django.db import models, transaction

from khue.core.clock import now
from khue.missions.models import Plan

PARTS = ("people", "partners", "stages", "products", "budget")
Part = TypeVar("Part", bound=models.Model)


@transaction.atomic
def copy_plan(plan: Plan, *, stand: str, **changes: Any) -> Plan:
    """A copy of `plan` with everything in it, at `stand`; `changes` are columns of the plan that are other in it. A
    draft may still be written in, every other copy is locked."""
    kept = {field.name: getattr(plan, field.name) for field in Plan._meta.concrete_fields if not field.primary_key}
    fresh = {"stand": stand, "copied_from": plan, "created_at": now()}
    locked_at = None if stand == Plan.Stand.DRAFT else now()
    made = Plan.objects.create(**{**kept, **fresh, "locked_at": locked_at, **changes})
    for part in PARTS:
        _copy_rows(getattr(plan, part).all(), made)
    return made


def _copy_rows(rows: "models.QuerySet[Any, Any]", plan: Plan) -> None:
    copies = []
    for row in rows:
        row.pk, row._state.adding, row.plan = None, True, plan
        copies.append(row)
    rows.model._default_manager.bulk_create(copies)


def newest_of(plan: Plan, stand: str) -> Plan:
    """The latest copy of `plan`, or copy of a copy, that stands at `stand`; `plan` itself without one."""
    found, level = plan, [plan.pk]
    while level:
        copies = list(Plan.objects.filter(copied_from__in=level).order_by("pk"))
        found = next((copy for copy in reversed(copies) if copy.stand == stand), found)
        level = [copy.pk for copy in copies if copy.stand in (stand, Plan.Stand.DRAFT)]
    return found
