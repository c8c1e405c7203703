"""What has to be there before the council of an acceptance sits: products that can be measured were measured, experts
who were asked have reported. Where only a person can know, an officer confirms it with name and reason. Of a council
that sat on paper it is asked before its conclusion is entered."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khue.accounts.models import User
from khue.accounts.scope import for_department
from khue.core.actors import Actor
from khue.core.clock import today
from khue.core.refusals import Refusal
from khue.councils.owners import owner_of
from khue.councils.rules.composition import seats_of
from khue.councils.rules.conflicts import standing_on
from khue.directory.models import Person, Unit
from khue.flow.shelf.law import cite
from khue.flow.shelf.values import Process
from khue.flow.shelf.words import words
from khue.missions.models import Acceptance, AcceptanceOpinion, Measuring
from khue.missions.rules.accept.sitting import council_decided_on, council_subject
from khue.missions.rules.select.reviewing import barred
from khue.missions.rules.visibility import HANDLE

STEPS = ("council-forming", "evaluating")
DECIDES, CONCLUDES = "set-up-council", ("pass", "fail")
"""Moves that enter the decision on a council, and what it concluded."""
BEFORE_VOTES = ("forming", "appointed", "preparing", "meeting")
"""States of a council whose ballots are not counted yet."""


def definition_of(acceptance: Acceptance) -> Process:
    """The version of the rules that the acceptance is pinned to."""
    assert acceptance.case is not None  # noqa: S101 - every acceptance is opened with its case
    return acceptance.case.definition


def may_review(by: Actor, acceptance: Acceptance) -> Refusal | None:
    """The department keeps these, until the council has counted."""
    if isinstance(by, User) and not for_department(by, HANDLE):
        return Refusal("acceptance.not-department", _("This is for the department."))
    subject = council_subject(acceptance)
    counted = subject is not None and subject.council.state not in BEFORE_VOTES
    if acceptance.case is None or acceptance.case.step not in STEPS or counted:
        sentence = _("This is kept from the valid file until the council has counted its ballots.")
        return Refusal("acceptance.not-reviewed-now", sentence)
    return None


def measurable(acceptance: Acceptance) -> list[str]:
    """The promised products whose class is measured, by name."""
    classes = [name for name, word in words("products").items() if word.facts.get("measured")]
    rows = acceptance.products.filter(product__kind__in=classes).order_by("product__number")
    return list(rows.values_list("product__name", flat=True))


def unmeasured(acceptance: Acceptance) -> Refusal | None:
    """Why no council can judge it yet: products that can be measured have no group's findings, and nobody has confirmed
    that there is nothing to measure."""
    rule = definition_of(acceptance).provisions.get("accept-measuring")
    names = measurable(acceptance) if rule is not None and rule.value else []
    if rule is None or not names or Measuring.objects.filter(acceptance=acceptance).exists():
        return None
    sentence = _(
        "%(products)s can be measured: record what a group of %(people)s members of the council measured "
        "(%(basis)s), or confirm why there is nothing to measure, on the page of the acceptance under “Measuring and "
        "experts”."
    )
    told = {"products": ", ".join(names), "people": rule.value, "basis": cite(rule.basis)}
    return Refusal("acceptance.unmeasured", sentence % told)


def group_refused(acceptance: Acceptance, members: list[Person], measured_on: date) -> Refusal | None:
    """Enough members of the council, none of whom stands aside, between its decision and today. Who sat in a council
    on paper only its officer knows: of them it is asked that nothing keeps them from judging."""
    subject, decided_on = council_subject(acceptance), council_decided_on(acceptance)
    if decided_on is None:
        sentence = _("The group is of members of the council: its decision comes first.")
        return Refusal("measuring.no-council", sentence)
    rule = definition_of(acceptance).provisions["accept-measuring"]
    if len(members) < int(str(rule.value)):
        sentence = _("%(have)s people are named; at least %(least)s are needed (%(basis)s).")
        told = {"have": len(members), "least": rule.value, "basis": cite(rule.basis)}
        return Refusal("measuring.too-few", sentence % told)
    if not decided_on <= measured_on <= today():
        sentence = _("They measured between the decision on the council, %(day)s, and today.")
        return Refusal("measuring.day", sentence % {"day": f"{decided_on:%d/%m/%Y}"})
    if subject is None:
        return barred(owner_of("accept").involved(f"acceptance:{acceptance.pk}"), members)
    against = standing_on(subject.council)
    seated = {seat.person_id for seat in seats_of(subject.council) if seat.person_id not in against}
    if stranger := next((one for one in members if one.pk not in seated), None):
        sentence = _("%(person)s is no member of this council, or stands aside in it.")
        return Refusal("measuring.not-member", sentence % {"person": stranger})
    return None


def asked_too_few(acceptance: Acceptance, people: int, *, organisation: bool) -> Refusal | None:
    """Where independent experts are asked: one organisation, or at least so many people."""
    rule = definition_of(acceptance).provisions["accept-experts-least"]
    if organisation or people >= int(str(rule.value)):
        return None
    sentence = _("%(have)s experts are named: ask at least %(least)s, or one organisation (%(basis)s).")
    told = {"have": people, "least": rule.value, "basis": cite(rule.basis)}
    return Refusal("experts.too-few", sentence % told)


def takes_part(acceptance: Acceptance, unit: Unit) -> Refusal | None:
    """An organisation that carries the mission out, or helps, is not independent."""
    plan = acceptance.mission.plan
    partners = set(plan.partners.values_list("unit", flat=True)) if plan is not None else set()
    if unit.pk not in {acceptance.mission.host_id, *partners}:
        return None
    return Refusal("experts.takes-part", _("%(unit)s takes part in this mission.") % {"unit": unit})


def waiting(acceptance: Acceptance) -> list[AcceptanceOpinion]:
    """Opinions that were asked for, are not there, and without which nobody has confirmed to go on."""
    rows = AcceptanceOpinion.objects.filter(acceptance=acceptance, given_at=None, gone_without="")
    return list(rows.select_related("person", "unit"))


def unanswered(acceptance: Acceptance) -> Refusal | None:
    """Why no council can judge it yet: experts who were asked have not reported."""
    rows = waiting(acceptance)
    if not rows:
        return None
    sentence = ngettext(
        "An independent opinion is still awaited: %(names)s. Enter it, or confirm why the council sits without it, on "
        "the page of the acceptance under “Measuring and experts”.",
        "Independent opinions are still awaited: %(names)s. Enter them, or confirm why the council sits without them, "
        "on the page of the acceptance under “Measuring and experts”.",
        len(rows),
    )
    return Refusal("acceptance.unanswered", sentence % {"names": ", ".join(one.whose for one in rows)})


def entered_by_hand(acceptance: Acceptance, move: str, data: Mapping[str, Any]) -> Refusal | None:
    """Why what a council decided cannot be entered: it sits here and its page says it, or what has to be there before
    any council judges is not."""
    subject = council_subject(acceptance)
    if subject is None:
        return None if move == DECIDES else unmeasured(acceptance) or unanswered(acceptance)
    council = subject.council
    if council.state == "concluded" or (move == DECIDES and data.get("decision_sign") == council.decision_sign):
        return None
    sentence = _("“%(council)s” sits here: what it decides on its own page comes over by itself.")
    return Refusal("acceptance.council-here", sentence % {"council": council.title})


def unready(dossier: str) -> Refusal | None:
    """Why the council's session on this acceptance cannot begin (asked by the councils)."""
    rows = Acceptance.objects.select_related("mission", "case__process_version")
    acceptance = rows.filter(pk=int(dossier.partition(":")[2])).first()
    return (unmeasured(acceptance) or unanswered(acceptance)) if acceptance is not None else None
