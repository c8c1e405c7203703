"""What can be done next with a selection, each with why not where it cannot be done now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from khue.accounts.models import User
from khue.core.refusals import Refusal
from khue.flow.rules import may_move
from khue.missions.models import Selection
from khue.missions.rules.select.calls import is_past


@dataclass(frozen=True, slots=True)
class Act:
    """One verb: its button, the steps at which it is offered, the move of the process that it makes, its form."""

    label: str | Promise
    steps: tuple[str, ...]
    move: str = ""
    form: str = ""
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """An act as the page shows it."""

    name: str
    label: str
    primary: bool
    refusal: Refusal | None
    form: str
    asks: Any = None
    """The form on the page, with its errors where it was refused."""


ACTS: Mapping[str, Act] = {
    "open": Act(_("Open the applications"), ("open", "closed"), "open-files", "opening", primary=True),
    "recheck": Act(_("Check eligibility again"), ("checking",)),
    "form-council": Act(_("Form the council"), ("checking",), "convene", primary=True),
    "another-council": Act(_("Form another council"), ("evaluating",)),
    "choose": Act(_("Take over the council's choice"), ("evaluating",), "choose", primary=True),
    "hand-in": Act(_("Hand in the completed outline"), ("winner-completing",), "hand-in-outline", primary=True),
    "form-team": Act(_("Set up the budget team"), ("appraising",), "submit"),
    "submit": Act(_("Send for approval"), ("appraising",), "submit", primary=True),
    "ask-revision": Act(_("Ask for a revision"), ("appraising", "approving"), "ask-revision", "reason"),
    "hand-in-revision": Act(_("Hand in the revision"), ("winner-revising",), "hand-in-revision", primary=True),
    "approve": Act(_("Approve"), ("approving",), "approve", "decision", primary=True),
    "publish": Act(_("Publish the result"), ("assigned", "failed"), primary=True),
    "fail": Act(
        _("Record that nobody was found"),
        ("closed", "checking", "evaluating", "winner-completing", "appraising", "winner-revising", "approving"),
        "fail", "reason",
    ),
    "cancel": Act(_("Cancel the selection"), ("open", "closed", "checking", "evaluating"), "cancel", "reason"),
}  # fmt: skip
SPECIAL: Mapping[str, Callable[[Selection], bool]] = {
    "open": lambda one: is_past(one.closes_at) and one.receipts.filter(withdrawn_at=None).exists(),
    "publish": lambda one: one.published_on is None,
}


def offers(user: User, selection: Selection) -> list[Offer]:
    """The acts of this step; those that are somebody else's are greyed with whose they are."""
    case = selection.case
    if case is None:
        return []
    found = []
    for name, act in ACTS.items():
        if case.step not in act.steps or not SPECIAL.get(name, _always)(selection):
            continue
        refusal = _refusal(user, selection, act)
        found.append(Offer(name, str(act.label), act.primary, refusal, act.form))
    return sorted(found, key=lambda one: (one.refusal is not None, not one.primary))


def _always(_selection: Selection) -> bool:
    return True


def _refusal(user: User, selection: Selection, act: Act) -> Refusal | None:
    case = selection.case
    if not act.move or case is None or case.closed_at is not None:
        return None
    refusal = may_move(user, case, act.move)
    if refusal is not None and refusal.code == "flow.wrong-step":
        return None  # the closing of the call comes before it, and the action does that itself
    return refusal
