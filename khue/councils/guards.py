"""What the steps of a council ask for."""

from collections.abc import Mapping
from typing import Any

from khue.core.actors import Actor
from khue.core.refusals import Refusal
from khue.councils.rules.managing import may_manage
from khue.flow import guards
from khue.flow.models import Case
from khue.flow.rules import parties_of


@guards.register("council-managed")
def council_managed(case: Case, *, by: Actor, data: Mapping[str, Any] | None) -> Refusal | None:
    """Only the body whose council it is."""
    row = parties_of(case).get("host")
    return may_manage(by, row.unit) if row is not None and row.unit is not None else None
