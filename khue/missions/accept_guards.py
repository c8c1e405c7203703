"""What the steps of `mission-accept` ask for; a case without an acceptance (a story of the shelf) is not held back."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.core.refusals import Refusal
from khue.flow import guards
from khue.flow.models import Case
from khue.missions.models import Acceptance
from khue.missions.rules.accept.confirming import may_confirm


def _acceptance(case: Case) -> Acceptance | None:
    return Acceptance.objects.select_related("case__process_version").filter(case=case).first()


@guards.register("confirms-completion")
def confirms_completion(case: Case, *, by: Actor, data: Mapping[str, Any] | None) -> Refusal | None:
    """Who the rules name of the council, with the own sign-in."""
    acceptance = _acceptance(case)
    return may_confirm(by, acceptance) if acceptance is not None else None


@guards.register("completion-confirmed")
def completion_confirmed(case: Case, *, by: Actor, data: Mapping[str, Any] | None) -> Refusal | None:
    """The signed confirmation was entered with who signed it and when."""
    acceptance = _acceptance(case)
    if acceptance is None or acceptance.confirmed_on is not None:
        return None
    sentence = _("Attach the signed confirmation, with who signed it and when.")
    return Refusal("completion.unsigned", sentence)
