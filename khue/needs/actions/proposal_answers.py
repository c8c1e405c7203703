"""What becomes of the needs behind a proposal: answered when it is ordered, given back when it comes to nothing."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from khue.core.actors import SystemActor
from khue.flow.actions import move
from khue.needs.actions.columns import locked
from khue.needs.models import Need, Proposal

RIVER = SystemActor("Dòng nhiệm vụ")
ENDED = (Proposal.State.REFUSED, Proposal.State.WITHDRAWN)


@transaction.atomic
def answer_ordered(proposal: Proposal, *, order: str, name: str, sign: str, decided_on: date) -> int:
    """Answer every need behind `proposal` that has no answer yet: it is ordered, under which name, by which decision.

    `order` is the dossier of the order, to which the answer leads. Returns how many were answered. Safe to run again.
    """
    sentence = _("It was ordered as «%(name)s», by %(sign)s of %(day)s. You will be told what comes of it.")
    reasons = sentence % {"name": name, "sign": sign, "day": f"{decided_on:%d/%m/%Y}"}
    answered = 0
    for need in _open_needs(proposal):
        data = {"kind": "ordered", "solved_by": order, "passed_to": None}
        answered += _step(need, "answer", reasons, data)
    return answered


@transaction.atomic
def give_back(proposal: Proposal, *, reason: str) -> int:
    """Needs that waited for `proposal`, which came to nothing, are looked at again, so that somebody answers their
    authors; one that another proposal still carries goes on waiting. Returns how many."""
    living = Proposal.objects.exclude(state__in=ENDED).exclude(pk=proposal.pk)
    waiting = _open_needs(proposal).filter(state=Need.State.PROPOSED).exclude(proposals__in=living)
    return sum(_step(need, "take-back", reason, None) for need in waiting)


def _open_needs(proposal: Proposal) -> QuerySet[Need]:
    """In the order of their numbers, so that two who do the same wait for each other instead of blocking."""
    rows = Need.objects.filter(proposals=proposal, case__closed_at=None).exclude(state=Need.State.DRAFT)
    return rows.order_by("pk")


def _step(need: Need, name: str, comment: str, data: Mapping[str, Any] | None) -> int:
    taken = locked(need.pk)
    if taken.case is None or not taken.is_open:
        return 0
    move(taken.case, name, by=RIVER, comment=comment, data=data)
    return 1
