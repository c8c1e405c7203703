"""Effects that any process may name."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.directory.models import Unit
from khue.flow import effects
from khue.flow.actions import set_due, set_party
from khue.flow.models import Case


@effects.register("grant-new-due")
def grant_new_due(case: Case, *, by: Actor, data: Mapping[str, Any]) -> None:
    """The due day that was asked for last becomes the case's, or another one given with the consent."""
    asked = case.records.filter(data__has_key="new_due").order_by("-pk").first()
    wanted = data.get("new_due") or (asked.data["new_due"] if asked else "")
    if wanted:
        set_due(case, date.fromisoformat(wanted), by=by, reason=(asked.comment if asked else "") or _("extension"))


@effects.register("hand-over-lead")
def hand_over_lead(case: Case, *, by: Actor, data: Mapping[str, Any]) -> None:
    """Another unit takes the lead, for instance the one that a merged unit went into."""
    said = case.records.order_by("-pk").first()
    reason = said.comment if said else ""
    set_party(case, "lead", Unit.objects.get(pk=data["unit"]), by=by, reason=reason or _("hand-over"))


@effects.register("assign-handler")
def assign_handler(case: Case, *, by: Actor, data: Mapping[str, Any]) -> None:
    """The unit chosen in the disposition handles the document, by the day set there."""
    set_party(case, "handler", Unit.objects.get(pk=data["unit"]), by=by, reason=_("disposition"))
    if data.get("due"):
        set_due(case, date.fromisoformat(data["due"]), by=by, reason=_("disposition"))
