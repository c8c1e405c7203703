"""What a plan says, section by section; its sums; what in it cannot stand."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from khue.core.money import dong
from khue.core.refusals import Refusal
from khue.flow.models import Data
from khue.flow.shelf.law import cite
from khue.flow.shelf.values import Process
from khue.flow.shelf.words import words
from khue.missions.models import Plan, PlanPerson, Source
from khue.missions.rules.select.plan_forms import (
    BUDGET,
    GENERAL,
    OUTLINE,
    PARTNERS,
    PEOPLE,
    PRODUCTS,
    SECTIONS,
    STAGES,
    years_of,
)

FULL = "full"
WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Sums:
    """The money of a plan in đồng: by source, by item and by year; all agree by construction."""

    state: int
    other: int
    by_item: Mapping[str, Mapping[str, int]]
    """Item -> `state`, `other`, `total`."""
    by_year: Mapping[int, Mapping[str, int]]
    capped: int
    """State money for items that the lump-sum ceiling counts."""

    @property
    def total(self) -> int:
        """All money."""
        return self.state + self.other


def sums(plan: Plan) -> Sums:
    """Add up the budget of `plan`: one query, none where it is prefetched."""
    by_item: dict[str, dict[str, int]] = {}
    by_year: dict[int, dict[str, int]] = {}
    capped = 0
    for line in plan.budget.all():
        column = "state" if line.source == Source.STATE else "other"
        for row in (
            by_item.setdefault(line.item, {"state": 0, "other": 0, "total": 0}),
            by_year.setdefault(line.year, {"state": 0, "other": 0, "total": 0}),
        ):
            row[column] += line.amount
            row["total"] += line.amount
        if column == "state" and _is_capped(line.item):
            capped += line.amount
    state, other = (sum(row[column] for row in by_item.values()) for column in ("state", "other"))
    return Sums(state, other, by_item, dict(sorted(by_year.items())), capped)


def _is_capped(item: str) -> bool:
    word = words("items").get(item)
    return word is not None and bool(word.facts.get("lump_ceiling"))


def ceiling(plan: Plan, definition: Process) -> Refusal | None:
    """Whether a lump sum to the final product keeps below the ceilings of the version (handbook 2.7): a share of the
    state money and an amount, for equipment and missions abroad together."""
    if plan.lump_sum != FULL:
        return None
    found = sums(plan)
    share = definition.share("lump-equipment")
    most = min(int(share * found.state), definition.number("lump-equipment-most"))
    if found.capped <= most:
        return None
    sentence = _(
        "Equipment and missions abroad come to %(sum)s of state money; with a lump sum to the final product at most "
        "%(most)s is allowed (%(basis)s). Lower them, or choose the partial lump sum."
    )
    basis = cite(definition.provisions["lump-equipment"].basis)
    return Refusal("plan.over-ceiling", sentence % {"sum": dong(found.capped), "most": dong(most), "basis": basis})


def read_section(plan: Plan, section: str) -> Data:
    """What one section says, as the answers of its form."""
    if section == GENERAL:
        return {
            "name": plan.name,
            "months": plan.months,
            **({"starts_on": plan.starts_on.isoformat()} if plan.starts_on else {}),
            **({"lump_sum": plan.lump_sum} if plan.lump_sum else {}),
        }
    if section == OUTLINE:
        return dict(plan.answers)
    rows = {PEOPLE: _people, PARTNERS: _partners, STAGES: _stages, PRODUCTS: _products, BUDGET: _budget}[section](plan)
    return {"rows": [{name: value for name, value in row.items() if value not in (None, "")} for row in rows]}


def _people(plan: Plan) -> list[Data]:
    return [
        {
            "name": row.name, "title": row.title, "unit": row.unit_id, "role": row.role,
            "task": row.task, "months": _number(row.months), "share": _number(row.share),
        }
        for row in plan.people.all()
    ]  # fmt: skip


def _partners(plan: Plan) -> list[Data]:
    return [
        {"unit": row.unit_id, "task": row.task, "consented_on": row.consented_on and row.consented_on.isoformat()}
        for row in plan.partners.order_by("pk")
    ]


def _stages(plan: Plan) -> list[Data]:
    return [
        {
            "content": row.content, "outcome": row.outcome, "from_month": row.from_month, "to_month": row.to_month,
            "person": row.who,
        }
        for row in plan.stages.all()
    ]  # fmt: skip


def _products(plan: Plan) -> list[Data]:
    return [
        {
            "kind": row.kind, "name": row.name, "quality": row.quality, "unit_of_measure": row.unit_of_measure,
            "quantity": _number(row.quantity), "comparator": row.comparator, "due_month": row.due_month,
        }
        for row in plan.products.all()
    ]  # fmt: skip


def _budget(plan: Plan) -> list[Data]:
    rows: dict[tuple[str, str, str], Data] = {}
    for line in plan.budget.order_by("pk"):
        row = rows.setdefault(
            (line.item, line.source, line.note), {"item": line.item, "source": line.source, "note": line.note}
        )
        row[f"y{line.year}"] = line.amount
    return list(rows.values())


def _number(value: Decimal | None) -> str | None:
    return None if value is None else format(value.normalize(), "f")


def digest(plan: Plan, files: Iterable[tuple[str, str, str]]) -> str:
    """The SHA-256 of all that a plan says and of its files (kind, title, SHA-256 of the content): anybody who has the
    same plan and files comes to the same number."""
    said = {
        "type": plan.type,
        "sections": {section: read_section(plan, section) for section in SECTIONS},
        "files": sorted(files),
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def fault(plan: Plan, section: str, answers: Mapping[str, Any]) -> Refusal | None:
    """What in the rows of a section cannot stand together, named by row and column."""
    rows: list[Data] = list(answers.get("rows") or [])
    check = {
        PEOPLE: _people_fault, PARTNERS: _partner_fault, STAGES: _stage_fault, PRODUCTS: _product_fault,
        BUDGET: _budget_fault,
    }.get(section)  # fmt: skip
    if section == GENERAL and not 1 <= int(answers.get("months") or 0) <= MOST_MONTHS:
        return Refusal("plan.months", _("Write how many months it takes, from 1 to %(most)s.") % {"most": MOST_MONTHS})
    return check(plan, rows) if check else None


MOST_MONTHS = 120


def _people_fault(_plan: Plan, rows: list[Data]) -> Refusal | None:
    heads = [number for number, row in enumerate(rows, 1) if row.get("role") == PlanPerson.Role.INVESTIGATOR]
    if len(heads) > 1:
        sentence = _("Rows %(rows)s are both principal investigator; there is only one.")
        return Refusal("plan.two-investigators", sentence % {"rows": ", ".join(map(str, heads))})
    total = sum((Decimal(row.get("share") or 0) for row in rows), Decimal(0))
    if total > WHOLE or any(Decimal(row.get("share") or 0) < 0 for row in rows):
        sentence = _("The shares add up to %(total)s %%; together they are at most 100 %%.")
        return Refusal("plan.shares", sentence % {"total": format(total.normalize(), "f").replace(".", ",")})
    for number, row in enumerate(rows, 1):
        if not row.get("name") or not row.get("role"):
            return Refusal("plan.person", _("People, row %(row)s: write the name and the role.") % {"row": number})
    return _twice(rows, ("name", "unit"), _("People"))


def _partner_fault(_plan: Plan, rows: list[Data]) -> Refusal | None:
    for number, row in enumerate(rows, 1):
        if not row.get("unit"):
            return Refusal("plan.partner", _("Partners, row %(row)s: choose the organisation.") % {"row": number})
    return _twice(rows, ("unit",), _("Partners"))


def _stage_fault(plan: Plan, rows: list[Data]) -> Refusal | None:
    for number, row in enumerate(rows, 1):
        first, last = row.get("from_month") or 0, row.get("to_month") or 0
        if not row.get("content") or not 1 <= first <= last <= plan.months:
            sentence = _("Stages, row %(row)s: write what is done, from which month to which, within %(most)s months.")
            return Refusal("plan.stage", sentence % {"row": number, "most": plan.months})
    return None


def _product_fault(plan: Plan, rows: list[Data]) -> Refusal | None:
    for number, row in enumerate(rows, 1):
        if not row.get("kind") or not row.get("name") or Decimal(row.get("quantity") or 0) <= 0:
            sentence = _("Products, row %(row)s: choose the class, write the name and how many (more than 0).")
            return Refusal("plan.product", sentence % {"row": number})
        if not 1 <= row.get("due_month", 1) <= plan.months:
            sentence = _("Products, row %(row)s: it is done in one of the %(most)s months of the outline.")
            return Refusal("plan.product", sentence % {"row": number, "most": plan.months})
    return None


def _budget_fault(plan: Plan, rows: list[Data]) -> Refusal | None:
    for number, row in enumerate(rows, 1):
        if not row.get("item") or not row.get("source"):
            sentence = _("Budget, row %(row)s: choose the item and whose money it is.")
            return Refusal("plan.budget-row", sentence % {"row": number})
        added = sum(row.get(f"y{year}") or 0 for year in range(1, years_of(plan) + 1))
        if row.get("total") is not None and row["total"] != added:
            sentence = _(
                "Budget, row %(row)s (%(item)s), column Total: %(told)s is written, but the years add up to %(added)s."
            )
            told = {"row": number, "item": words("items")[row["item"]], "told": dong(row["total"])}
            return Refusal("plan.does-not-add-up", sentence % {**told, "added": dong(added)})
    return _twice(rows, ("item", "source", "note"), _("Budget"))


def _twice(rows: list[Data], keys: tuple[str, ...], section: str) -> Refusal | None:
    seen: dict[tuple[Any, ...], int] = {}
    for number, row in enumerate(rows, 1):
        first = seen.setdefault(tuple(row.get(key) for key in keys), number)
        if first != number:
            sentence = _("%(section)s: rows %(first)s and %(second)s say the same; keep one of them.")
            return Refusal("plan.twice", sentence % {"section": section, "first": first, "second": number})
    return None
