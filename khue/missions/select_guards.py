"""What the steps of `mission-select` ask for; a case without a selection (a story of the shelf) is not held back."""

from collections.abc import Mapping
from typing import Any

from khue.core.actors import Actor
from khue.core.refusals import Refusal
from khue.flow import guards
from khue.flow.models import Case
from khue.missions.models import Selection
from khue.missions.rules.select import reviewing


def _selection(case: Case) -> Selection | None:
    return Selection.objects.select_related("case__process_version", "order").filter(case=case).first()


@guards.register("sites-checked")
def sites_checked(case: Case, *, by: Actor, data: Mapping[str, Any] | None) -> Refusal | None:
    """Every place that must be looked at has its minutes (B2-9)."""
    selection = _selection(case)
    return reviewing.sites_checked(selection) if selection is not None else None


@guards.register("explained")
def explained(case: Case, *, by: Actor, data: Mapping[str, Any] | None) -> Refusal | None:
    """The winner answered every remark (B2-8-GTHĐ, B3-3-GTTĐKP)."""
    selection = _selection(case)
    return reviewing.explained(selection) if selection is not None else None
