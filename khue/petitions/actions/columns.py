"""The effects of the process: a petition repeats in columns what its case says.

Whatever way a move was made (a page, the desk), the petition, its author and the search know of it.
"""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.actors import Actor
from khue.core.calendar import add_working_days, working_days_between
from khue.core.clock import today
from khue.directory.models import Unit
from khue.flow import effects
from khue.flow.actions import set_due, set_party
from khue.flow.models import Case
from khue.matching.actions import changed
from khue.petitions.models import Petition
from khue.petitions.models.petition import CLOSED_STATES, SETTLED_STATES

WITHIN = "answer-within"
"""The provision that says in how many working days a petition is answered."""


def locked(pk: int) -> Petition:
    """The petition as it is now, locked to the end of the transaction."""
    petitions = Petition.objects.select_for_update(of=["self"])
    return petitions.select_related("author", "unit", "recipient", "case__process_version").get(pk=pk)


def of_case(case: Case) -> Petition | None:
    """The petition of a case; None for another dossier."""
    kind, _, number = case.dossier.partition(":")
    if kind != "petition" or not number.isdigit():
        return None
    return Petition.objects.filter(pk=number).first()


@effects.register("petition-columns")
def follow(case: Case, *, by: Actor, data: Mapping[str, Any]) -> None:
    """Write the step into the petition, with the answer where it got one."""
    found = of_case(case)
    if found is None:
        return
    petition = locked(found.pk)
    petition.state = Petition.State(case.step)
    petition.closed_on = today() if case.step in CLOSED_STATES else None
    if case.step in SETTLED_STATES:
        _settle(petition, case, by, data)
    petition.save()
    changed("petition", petition.pk)


def _settle(petition: Petition, case: Case, by: Actor, data: Mapping[str, Any]) -> None:
    said = case.records.order_by("-pk")[0]
    petition.answer, petition.answered_by = said.comment, by if isinstance(by, User) else None
    petition.answer_document_id, petition.answer_directive_id = data.get("document"), data.get("directive")


@effects.register("petition-passed-on")
def pass_on(case: Case, *, by: Actor, data: Mapping[str, Any]) -> None:
    """The other unit has to answer from now on, and has the whole time for it."""
    to, reason = Unit.objects.get(pk=data["unit"]), _("passed on")  # why stands with the move itself
    set_party(case, "recipient", to, by=by, reason=reason)
    _due(case, add_working_days(today(), case.definition.number(WITHIN)), by, reason)
    if (found := of_case(case)) is not None:
        Petition.objects.filter(pk=found.pk).update(recipient=to)


@effects.register("petition-clock-goes-on")
def clock_goes_on(case: Case, *, by: Actor, data: Mapping[str, Any]) -> None:  # noqa: ARG001 - an effect's signature
    """The days on which a question waited for its reply are not those of the unit that has to answer."""
    asked = case.records.filter(move="ask-back").order_by("-pk").first()
    if asked is None or case.due_on is None:
        return
    waited = max(0, working_days_between(timezone.localtime(asked.at).date(), today()))
    due = add_working_days(case.due_on, waited)
    _due(case, max(due, today()), by, _("%(days)s working days until the question was replied to") % {"days": waited})


def _due(case: Case, day: Any, by: Actor, reason: str) -> None:
    if day != case.due_on:
        set_due(case, day, by=by, reason=reason)
        if (found := of_case(case)) is not None:
            Petition.objects.filter(pk=found.pk).update(due_on=day)
