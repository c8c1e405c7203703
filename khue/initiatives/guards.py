"""Guards of the process `initiative-recognition`."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.by_number import NUMBER, ByNumber
from khue.core.clock import today
from khue.core.refusals import Refusal
from khue.flow import guards
from khue.flow.models import Case
from khue.initiatives.models import Initiative
from khue.initiatives.rules.application import faults, points_needed
from khue.initiatives.rules.initiatives import is_author

Data = Mapping[str, Any] | None


def initiative_of(case: Case) -> Initiative | None:
    """The initiative that the case is about; None for a story of the shelf."""
    kind, _colon, number = case.dossier.partition(":")
    if kind != "initiative" or not number.isdigit():
        return None
    return next(iter(_INITIATIVE.all(int(number))), None)


_INITIATIVE = ByNumber(lambda: Initiative.objects.select_related("unit", "case__process_version").filter(pk=NUMBER))


@guards.register("initiative-whole")
def initiative_whole(case: Case, *, by: Actor, data: Data) -> Refusal | None:
    """Nothing is missing or wrong in the application."""
    found = initiative_of(case)
    wrong = faults(found) if found is not None else {}
    return Refusal("initiative.incomplete", " ".join(wrong.values())) if wrong else None


@guards.register("initiative-not-own")
def initiative_not_own(case: Case, *, by: Actor, data: Data) -> Refusal | None:
    """Nobody judges what is their own."""
    found = initiative_of(case)
    if found is None or not isinstance(by, User) or not is_author(by, found):
        return None
    sentence = _("You are one of those who filed «%(title)s»: a colleague of the unit judges it.")
    return Refusal("initiative.own", sentence % {"title": found.title})


@guards.register("initiative-state-money")
def initiative_state_money(case: Case, *, by: Actor, data: Data) -> Refusal | None:
    """Only where the state invested is a consent asked for."""
    found = initiative_of(case)
    if found is None or found.state_money:
        return None
    return Refusal(
        "initiative.no-state-money", _("The application names no investment of the state: no consent is needed.")
    )


@guards.register("initiative-consent")
def initiative_consent(case: Case, *, by: Actor, data: Data) -> Refusal | None:
    """Where the state invested, the competent body has consented before."""
    found = initiative_of(case)
    if found is None or not found.state_money:
        return None
    if found.consent_on is None:
        sentence = _("The state invested in it: record the consent of the competent body first.")
        return Refusal("initiative.consent-missing", sentence)
    decided = _day(data, "decided_on")
    if decided is not None and decided < found.consent_on:
        sentence = _("The decision cannot be of a day before the consent of %(day)s.")
        return Refusal("initiative.before-consent", sentence % {"day": f"{found.consent_on:%d/%m/%Y}"})
    return None


@guards.register("initiative-scores")
def initiative_scores(case: Case, *, by: Actor, data: Data) -> Refusal | None:
    """Each member gives from 0 to the most points; the council has met."""
    if data is None:
        return None
    most = case.definition.number("points-most")
    for row in data.get("scores") or []:
        if not 0 <= Decimal(str(row["points"])) <= most:
            sentence = _("%(member)s gave %(points)s points: write a number from 0 to %(most)s.")
            told = {"member": row["member"], "points": row["points"], "most": most}
            return Refusal("initiative.points", sentence % told)
    met = _day(data, "met_on")
    if met is not None and met > today():
        return Refusal("initiative.met-later", _("The council has not met yet: choose the day of the minutes."))
    return None


@guards.register("initiative-threshold")
def initiative_threshold(case: Case, *, by: Actor, data: Data) -> Refusal | None:
    """Where a council gave points, their average reaches what the unit asks for."""
    found = initiative_of(case)
    if found is None or found.score is None or found.score >= (needed := points_needed(found)):
        return None
    sentence = _("The council gave %(score)s points on average; recognition needs %(needed)s. Refuse it with reasons.")
    told = {"score": _points(found.score), "needed": _points(needed)}
    return Refusal("initiative.below-threshold", sentence % told)


@guards.register("initiative-decision-day")
def initiative_decision_day(case: Case, *, by: Actor, data: Data) -> Refusal | None:
    """The decision was made between the day it was received and today."""
    found, decided = initiative_of(case), _day(data, "decided_on")
    if found is None or decided is None or found.received_on is None or found.received_on <= decided <= today():
        return None
    sentence = _("The day of the decision lies between %(first)s, when it was received, and today.")
    return Refusal("initiative.decision-day", sentence % {"first": f"{found.received_on:%d/%m/%Y}"})


def _points(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")


def _day(data: Data, name: str) -> date | None:
    return date.fromisoformat(str(data[name])) if data and data.get(name) else None
