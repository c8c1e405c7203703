"""What an application still lacks before it can be handed in, each with where to put it right."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khue.flow.answers import missing
from khue.flow.shelf.law import by_rule
from khue.flow.shelf.values import Process
from khue.language.text import fold
from khue.missions.models import Application, Attachment, Plan, PlanPerson
from khue.missions.rules.select.plan_forms import (
    GENERAL,
    OUTLINE,
    PARTNERS,
    PEOPLE,
    PRODUCTS,
    SECTIONS,
    STAGES,
    form_of,
)
from khue.missions.rules.select.plans import ceiling, sums

FILES = "files"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the list: a section, whether it is complete, and what is missing."""

    section: str
    label: str
    done: bool
    lacks: Sequence[str] = ()

    @property
    def words(self) -> str:
        """The line as a sentence names it."""
        return f"{self.label}: {', '.join(self.lacks)}" if self.lacks else self.label


def checklist(application: Application, definition: Process, plan: Plan | None = None) -> list[Item]:
    """Every section of the application with what it lacks; `plan` is looked at instead of the one applied with."""
    plan = plan or application.plan
    found = {section: _lacks(plan, section, definition) for section in SECTIONS}
    found[FILES] = _file_lacks(application, plan, definition)
    labels = {section: str(form_of(plan, section, definition).label) for section in SECTIONS} | {
        FILES: _("Files")
    }  # fmt: skip
    return [Item(section, labels[section], not lacks, tuple(lacks)) for section, lacks in found.items()]


def lacking(application: Application, definition: Process, plan: Plan | None = None) -> list[Item]:
    """The sections that are not complete."""
    return [item for item in checklist(application, definition, plan) if not item.done]


def _lacks(plan: Plan, section: str, definition: Process) -> list[str]:
    if section == OUTLINE:
        empty = missing(form_of(plan, section, definition), plan.answers)
        return [f"«{field.label}»" for field in empty] if len(empty) <= MOST_NAMED else [_questions(len(empty))]
    return {
        GENERAL: _general, PEOPLE: _people, PARTNERS: _partners, STAGES: _stages, PRODUCTS: _products
    }.get(section, lambda _plan: _budget(plan, definition))(plan)  # fmt: skip


MOST_NAMED = 3


def _questions(count: int) -> str:
    return ngettext("%(n)d question without an answer", "%(n)d questions without an answer", count) % {"n": count}


def _general(plan: Plan) -> list[str]:
    return [] if plan.name.strip() else [_("the name")]


def _people(plan: Plan) -> list[str]:
    people = list(plan.people.all())
    lacks = []
    if not any(one.role == PlanPerson.Role.INVESTIGATOR for one in people):
        lacks.append(_("the principal investigator"))
    if people and not any(one.months for one in people):
        lacks.append(_("months of work"))
    return lacks


def _partners(plan: Plan) -> list[str]:
    silent = [one.unit.name for one in plan.partners.select_related("unit") if one.consented_on is None]
    return [_("the day on which %(unit)s consented") % {"unit": name} for name in silent]


def _stages(plan: Plan) -> list[str]:
    return [] if plan.stages.exists() else [_("at least one stage")]


def _products(plan: Plan) -> list[str]:
    return [] if plan.products.exists() else [_("at least one product")]


def _budget(plan: Plan, definition: Process) -> list[str]:
    if not sums(plan).total:
        return [_("the amounts")]
    over = ceiling(plan, definition)
    return [over.sentence] if over else []


def attachments(application: Application) -> list[Attachment]:
    """The files that are there, with their current contents: two queries."""
    rows = application.attachments.filter(file__removed_at=None).select_related("file", "unit")
    return list(rows.prefetch_related("file__versions"))


def files_of(application: Application) -> list[tuple[str, str, str]]:
    """Kind, title and SHA-256 of each file, for the receipt."""
    return [(one.kind, one.file.title, one.file.current.sha256) for one in attachments(application)]


def _file_lacks(application: Application, plan: Plan, definition: Process) -> list[str]:
    there = attachments(application)
    heads = plan.people.filter(role=PlanPerson.Role.INVESTIGATOR)
    with_cv = {fold(one.who) for one in there if one.kind == Attachment.Kind.CV}
    agreed = {one.unit_id for one in there if one.kind == Attachment.Kind.CONSENT}
    lacks = [_("the CV of %(person)s") % {"person": one.named} for one in heads if fold(one.name) not in with_cv]
    partners = plan.partners.select_related("unit")
    lacks += [_("the consent of %(unit)s") % {"unit": one.unit.name} for one in partners if one.unit_id not in agreed]
    kinds = {one.kind for one in there}
    if sums(plan).other and Attachment.Kind.COFUNDING not in kinds:
        lacks.append(_("proof of the money that is not from the state budget"))
    years = definition.number("finance-statements")
    if sums(plan).other and years and Attachment.Kind.FINANCE not in kinds:
        sentence = _("finance statements of the last %(years)s years%(basis)s")
        basis = f" {by_rule(definition.provisions['finance-statements'].basis)}"
        lacks.append(sentence % {"years": years, "basis": basis})
    return lacks
