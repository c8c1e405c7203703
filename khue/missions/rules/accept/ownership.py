"""Who may be given the right to results, and who sees how it is decided."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from khue.accounts.heads import head_of
from khue.accounts.models import User
from khue.accounts.scope import for_department, units_where
from khue.core.actors import Actor
from khue.core.refusals import Refusal
from khue.councils.papers import department as department_words
from khue.flow.models import Case, Holding
from khue.flow.rules import parties_of
from khue.flow.shelf.law import cite
from khue.missions.models import Mission, Ownership
from khue.missions.rules.accept.need_uses import GIVEN
from khue.missions.rules.accept.words import accepted_words, mission_words
from khue.missions.rules.visibility import HANDLE, SEE, inside_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

HOST_PAPERS = ("request",)
RIGHTS = {"ownership": "quyền sở hữu", "use": "quyền sử dụng", "": ""}


def ownerships_visible_to(user: User) -> "QuerySet[Ownership, Ownership]":
    """Those of missions that the person sees from within, and those that a unit of the person asks for."""
    return Ownership.objects.filter(Q(mission__in=inside_of(user)) | Q(applicant__in=units_where(user, SEE)))


def owner_by_law(mission: Mission) -> str:
    """The rule by which the lead organisation owns the results without a decision; empty under older rules."""
    rule = mission.case.definition.provisions.get("owner-is-lead") if mission.case is not None else None
    return cite(rule.basis) if rule is not None and rule.value else ""


def may_open(by: Actor, mission: Mission) -> Refusal | None:
    """The department asks the lead organisation once the results were recognised, and only under rules that ask."""
    if isinstance(by, User) and not for_department(by, HANDLE):
        return Refusal("ownership.not-department", _("This is for the department."))
    if mission.host is None:
        return Refusal("ownership.no-host", _("The mission has no lead organisation in the directory. Enter it first."))
    if mission.state not in GIVEN or mission.rating == Mission.Rating.FAILED:
        return Refusal("ownership.too-early", _("The right is assigned once the results were recognised."))
    if rule := owner_by_law(mission):
        sentence = _("Under the rules of this mission its lead organisation owns the results already (%(rule)s).")
        return Refusal("ownership.by-law", sentence % {"rule": rule})
    running = mission.ownerships.filter(case__closed_at=None).exists()
    if running or mission.ownerships.filter(case__step="assigned").exists():
        return Refusal("ownership.open", _("The right to these results is being assigned, or was assigned already."))
    return None


def case_of(ownership: Ownership) -> Case:
    """Its case; every one that can be seen has one."""
    assert ownership.case is not None  # noqa: S101 - only the transaction that opens it knows it without
    return ownership.case


ASKED = ("asked", "offering")
"""Steps at which somebody is asked: the lead organisation, then whoever wants the results."""


def last_asked(ownership: Ownership) -> Holding | None:
    """When somebody was asked last, and until when the answer is waited for."""
    return case_of(ownership).holdings.filter(step__in=ASKED).order_by("pk").last()


def ownership_words(ownership: Ownership) -> Mapping[str, Any]:
    """What the papers say, by the names of `processes/papers.toml`."""
    mission, case = ownership.mission, case_of(ownership)
    asked, last = mission.host.name if mission.host else mission.host_name, last_asked(ownership)
    first = last is None or last.step == ASKED[0]
    told: dict[str, Any] = {
        **mission_words(mission),
        **accepted_words(mission),
        "ownership": {
            "asked": asked if first else "các tổ chức, cá nhân", "answer_by": (last and last.due_on) or "",
            "applicant": ownership.applicant.name if ownership.applicant else "",
            "head": head_of(ownership.applicant).name if ownership.applicant else "", "right": RIGHTS[ownership.right],
            "plan": ownership.plan, "opinion": ownership.opinion, "conditions": ownership.conditions or "không.",
            "conclusion": {True: "đề nghị giao quyền", False: "chưa đề nghị giao quyền", None: ""}[ownership.agrees],
        },
    }  # fmt: skip
    party = parties_of(case).get("department")
    if party is not None and party.unit is not None:
        told["department"] = department_words(party.unit)
    return told


def papers_of(ownership: Ownership) -> list[tuple[str, str, str]]:
    """Papers that can be had so far: name, label, form code."""
    case = case_of(ownership)
    reached = {case.step, *case.records.values_list("to_step", flat=True)}
    papers = case.definition.papers
    return [(name, str(one.label), one.code) for name, one in papers.items() if reached & set(one.steps)]
